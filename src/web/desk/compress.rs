//! Pages travel compressed, but never to a request that another site made the browser send: whoever could choose words on
//! such a page and watch its length would learn the secret ones beside them (BREACH).

use std::io;
use std::sync::Arc;

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Desk, origin};
use crate::web::cached::gzip;
use crate::web::negotiation::accepts;

/// Below this many bytes, nothing is won.
const SHORTEST: u64 = 1024;

/// Compresses the pages of those who asked for them themselves.
pub async fn compress(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let asked = request.headers();
    let [reads_gzip] = accepts(asked, ["gzip"]);
    let may = reads_gzip && origin::is_from_here(asked, desk.site.origin.as_str());
    let response = next.run(request).await;
    if !may || !is_page(&response) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let page = to_bytes(body, usize::MAX).await.map_err(io::Error::other);
    match page.and_then(|page| gzip(&page)) {
        Ok(packed) => {
            parts.headers.remove(header::CONTENT_LENGTH);
            parts
                .headers
                .insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            Response::from_parts(parts, Body::from(packed))
        }
        Err(error) => {
            tracing::error!(%error, "a page of the desk cannot be compressed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_html = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    is_html && response.body().size_hint().lower() >= SHORTEST
}
