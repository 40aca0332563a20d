//! Every failure below `/api`, as problem details (RFC 9457).

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::parameters;
use crate::config::Origin;
use crate::error::{Error, Fault};
use crate::i18n::{Language, Value, message};
use crate::model::address::{self, Place};
use crate::web::cache::CachePolicy;
use crate::web::render::RETRY_AFTER;

/// The media type of problems.
pub const PROBLEM: &str = "application/problem+json";

/// The statuses of the problems that the API answers, each explained on the page that describes it.
pub const STATUSES: [u16; 5] = [400, 404, 405, 500, 503];

/// What went wrong, without internals.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// What identifies the kind of problem: where it is explained.
    #[schema(format = "uri")]
    r#type: String,
    /// The kind of problem, in the language asked for.
    title: String,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What can be done about it.
    detail: String,
    /// The path that was asked for.
    #[schema(format = "uri-reference")]
    instance: String,
}

/// A request below `/api`, as far as a problem must know it.
#[derive(Debug)]
pub struct Asked {
    language: Language,
    path: String,
}

impl Asked {
    /// The request, if it is the API's.
    #[must_use]
    pub fn of(uri: &Uri) -> Option<Self> {
        address::is_api(uri.path()).then(|| Self {
            language: parameters::language_of(uri),
            path: uri.path().to_owned(),
        })
    }

    /// The problem of a status; `error` tells which parameter cannot be used.
    #[must_use]
    pub fn problem(&self, origin: &Origin, status: StatusCode, error: Option<&Error>) -> Response {
        let problem = describe(origin, self.language, status.as_u16(), error, &self.path);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM)),
            (header::CONTENT_LANGUAGE, HeaderValue::from_static(self.language.tag())),
            (header::CACHE_CONTROL, CachePolicy::Never.header()),
        ];
        let mut response = (status, headers, Body::from(body)).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }
}

/// A problem in a language.
#[must_use]
pub fn describe(origin: &Origin, language: Language, status: u16, error: Option<&Error>, path: &str) -> Problem {
    // An identifier does not change with the language: that of the page in French, the source.
    let explained = Place::Api.path(Language::French);
    Problem {
        r#type: origin.address(&format!("{explained}#{}", anchor(status))),
        title: title(language, status),
        status,
        detail: match error {
            Some(Error::Parameter { name, fault }) => fault_in(language, name, *fault),
            _ => text(language, status),
        },
        instance: path.to_owned(),
    }
}

/// Where the page that describes the API explains a status.
#[must_use]
pub fn anchor(status: u16) -> String {
    format!("problem-{status}")
}

/// The name of a status.
#[must_use]
pub fn title(language: Language, status: u16) -> String {
    message(language, &format!("api-problem-{status}-title"), &[])
}

/// What a status means here.
#[must_use]
pub fn text(language: Language, status: u16) -> String {
    message(language, &format!("api-problem-{status}-text"), &[])
}

fn fault_in(language: Language, name: &str, fault: Fault) -> String {
    let name = [("name", Value::from(name))];
    match fault {
        Fault::Unknown => message(language, "api-fault-unknown", &[]),
        Fault::Repeated => message(language, "api-fault-repeated", &name),
        Fault::Missing => message(language, "api-fault-missing", &name),
        Fault::Unreadable => message(language, "api-fault-unreadable", &name),
        Fault::Future => message(language, "api-fault-future", &name),
    }
}
