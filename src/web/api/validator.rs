//! Strong validators: who has the bytes already is told so (RFC 9110 §8.8.3, §13.1.2).

use std::fmt::Write;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::web::negotiation::is_known;

/// The longest resource: far more than a page of a hundred of the longest texts.
const LONGEST: usize = 256 << 20;

/// How many bytes of the hash make the validator.
const HASHED: usize = 16;

/// Adds `ETag`, and answers 304 where the client holds these very bytes. `HEAD` is a `GET` whose body stays here, so
/// that its headers are the same.
pub async fn validate(mut request: Request, next: Next) -> Response {
    let is_head = request.method() == Method::HEAD;
    if is_head {
        *request.method_mut() = Method::GET;
    }
    let asked = request.headers().clone();
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = match to_bytes(body, LONGEST).await {
        Ok(body) => body,
        Err(error) => return Error::Internal(Box::new(error)).into_response(),
    };
    let tag = tag(&body);
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    if is_known(&asked, &tag) {
        parts.status = StatusCode::NOT_MODIFIED;
        for described in [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::CONTENT_LENGTH] {
            parts.headers.remove(described);
        }
        return Response::from_parts(parts, Body::empty());
    }
    parts.headers.insert(header::CONTENT_LENGTH, body.len().into());
    let body = if is_head { Body::empty() } else { Body::from(body) };
    Response::from_parts(parts, body)
}

fn tag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let mut tag = String::from("\"");
    for byte in &digest[..HASHED] {
        // Writing to a string does not fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag + "\""
}
