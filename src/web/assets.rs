//! The static files, as the build prepared them: in memory, compressed, under names that change with their content.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::cache::CachePolicy;
use super::negotiation::{accepts, is_known};

/// A static file, ready to send.
#[derive(Debug)]
pub struct Asset {
    /// Its path in `static/`, by which templates ask for it.
    source: &'static str,
    /// Its published name, which holds a hash of its content.
    pub name: &'static str,
    /// Its public path.
    pub path: &'static str,
    /// Its media type.
    pub content_type: &'static str,
    /// Its bytes.
    pub identity: &'static [u8],
    /// The same, compressed by gzip, where that is smaller.
    pub gzip: Option<&'static [u8]>,
    /// The same, compressed by brotli, where that is smaller.
    pub brotli: Option<&'static [u8]>,
    /// The hash of its content, without quotation marks; a strong validator also tells the coding (RFC 9110 §8.8.3).
    pub etag: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

impl Asset {
    /// The file in the best coding that the client takes, or 304 where the client has it.
    #[must_use]
    pub fn response(&self, asked: &HeaderMap) -> Response {
        let [brotli, gzip] = accepts(asked, ["br", "gzip"]);
        let offers = [(self.brotli, brotli, "br"), (self.gzip, gzip, "gzip")];
        let coded = offers
            .into_iter()
            .find_map(|(body, is_taken, coding)| Some((body.filter(|_| is_taken)?, coding)));
        let (body, etag) = match coded {
            Some((body, coding)) => (body, format!("\"{}-{coding}\"", self.etag)),
            None => (self.identity, format!("\"{}\"", self.etag)),
        };
        let known = is_known(asked, etag.as_bytes());
        let mut response = if known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(body).into_response()
        };
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, CachePolicy::Immutable.header());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            headers.insert(header::ETAG, etag);
        }
        if !known {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
            if let Some((_, coding)) = coded {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
            }
        }
        response
    }
}

/// The file published under a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}

/// The public path of a file of `static/`, for templates. An unknown file is a fault of the template, which tests find.
#[must_use]
pub fn path(source: &str) -> &'static str {
    let found = ASSETS.iter().find(|asset| asset.source == source);
    debug_assert!(found.is_some(), "no static file {source}");
    found.map_or("", |asset| asset.path)
}

/// Every static file.
#[must_use]
pub fn all() -> &'static [Asset] {
    ASSETS
}
