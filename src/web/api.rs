//! The read-only JSON API: the same facts as the pages, at the same instants, out of the same views.

mod changes;
mod documents;
mod guide;
mod openapi;
mod parameters;
pub mod problem;
mod releases;
mod sample;
pub mod sharing;
mod versions;
mod words;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use serde::Serialize;

use super::Site;
use super::cache::CachePolicy;
use crate::error::{Error, Result};
use crate::i18n::Language;

pub use documents::address as document_address;
pub use guide::guide;

/// The media type of the resources.
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The resources, each at the path that its description names.
pub fn routes() -> Router<Arc<Site>> {
    let resources: [(String, MethodRouter<Arc<Site>>); 7] = [
        (path::<documents::__path_documents>(), get(documents::documents)),
        (path::<documents::__path_document>(), get(documents::document)),
        (path::<versions::__path_versions>(), get(versions::versions)),
        (path::<versions::__path_version>(), get(versions::version)),
        (path::<changes::__path_differences>(), get(changes::differences)),
        (path::<releases::__path_releases>(), get(releases::releases)),
        (path::<openapi::__path_openapi>(), get(openapi::openapi)),
    ];
    resources
        .into_iter()
        .fold(Router::new(), |router, (path, resource)| router.route(&path, resource))
}

/// The path of an operation, with its parameters in braces.
fn path<P: utoipa::Path>() -> String {
    P::path()
}

/// A resource, 200.
fn answer(language: Language, policy: CachePolicy, resource: &impl Serialize) -> Result<Response> {
    let body = serde_json::to_vec(resource).map_err(|error| Error::Internal(Box::new(error)))?;
    let headers = [
        (header::CONTENT_TYPE, JSON),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag())),
        (header::CACHE_CONTROL, policy.header()),
    ];
    Ok((headers, Body::from(body)).into_response())
}
