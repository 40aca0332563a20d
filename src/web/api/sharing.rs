//! Who may read the API from a page of their own: everybody, without credentials (Fetch standard, CORS protocol).

use axum::http::Method;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// What scripts elsewhere may see of an answer, beside the body.
const SHARED: [(HeaderName, &str); 3] = [
    (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (header::ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Allow, Retry-After"),
    // The rest of the site keeps `same-origin`.
    (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
];

/// What a preflight is told; one day is the longest that a browser keeps it.
const PREFLIGHT: [(HeaderName, &str); 3] = [
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match"),
    (header::ACCESS_CONTROL_MAX_AGE, "86400"),
];

/// Opens an answer of the API to other origins.
pub fn share(method: &Method, sent: &mut HeaderMap) {
    let preflight = PREFLIGHT.iter().filter(|_| method == Method::OPTIONS);
    for (name, value) in SHARED.iter().chain(preflight) {
        sent.insert(name, HeaderValue::from_static(value));
    }
}
