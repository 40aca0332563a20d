//! Strong validators: who has the bytes already is told so (RFC 9110 §8.8.3, §13.1.2).

use std::fmt::Write;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::error::Error;

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
    let known = entity_tags(request.headers());
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
    let is_known = known.iter().any(|known| known == "*" || *known == tag);
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    if is_known {
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

/// The tags of `If-None-Match`; weak ones count too, as its comparison is the weak one.
fn entity_tags(asked: &HeaderMap) -> Vec<String> {
    let values = asked.get_all(header::IF_NONE_MATCH).into_iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/").to_owned())
        .collect()
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
