//! The security headers of every response (standards §4.1).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use super::{Site, api};
use crate::model::address;

/// What a page may load: what comes from here, and no script that stands in it.
macro_rules! content_policy {
    ($more:literal) => {
        HeaderValue::from_static(concat!(
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; ",
            "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
            $more
        ))
    };
}

const HEADERS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
         microphone=(), midi=(), payment=(), usb=()",
    ),
];

/// Only where readers come over TLS: on plain HTTP browsers must ignore it.
const TRANSPORT: &str = "max-age=63072000; includeSubDomains; preload";

/// Adds the headers to whatever the inner layers answered.
pub async fn headers(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let (method, is_api) = (request.method().clone(), address::is_api(request.uri().path()));
    let mut response = next.run(request).await;
    let sent = response.headers_mut();
    for (name, value) in HEADERS {
        sent.insert(name, HeaderValue::from_static(value));
    }
    if site.origin.is_secure() {
        let policy = content_policy!("; upgrade-insecure-requests");
        sent.insert(header::CONTENT_SECURITY_POLICY, policy);
        sent.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TRANSPORT));
    } else {
        sent.insert(header::CONTENT_SECURITY_POLICY, content_policy!(""));
    }
    if is_api {
        api::sharing::share(&method, sent);
    }
    response
}
