//! A whole answer, and the answer in one coding with its headers ready to be sent (RFC 9110 §8.4, §8.8.3, §15.4.5).

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::OnceLock;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::web::cache::CachePolicy;
use crate::web::negotiation::{accepts, is_known};

/// The longest answer: far more than a page of a hundred of the longest texts.
const LONGEST: usize = 256 << 20;

/// What is shorter is sent as it is: it fits a packet anyway.
const SHORTEST_CODED: usize = 512;

/// How many bytes of the hash make the validator.
const HASHED: usize = 16;

/// What RFC 9110 wants of a 304; who asked from elsewhere must also be told that it may read.
const UNCHANGED: [HeaderName; 6] = [
    header::CACHE_CONTROL,
    header::CONTENT_LOCATION,
    header::EXPIRES,
    header::VARY,
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
];

/// How a body is coded on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As it is.
    Identity,
    /// At once.
    Gzip,
    /// At its best level, which takes its time.
    Brotli,
}

/// A whole answer.
#[derive(Debug)]
pub struct Whole {
    /// Its status.
    pub status: StatusCode,
    /// Its headers, but for those of a coding.
    pub headers: HeaderMap,
    body: Bytes,
}

/// A whole answer in one coding.
#[derive(Debug)]
pub struct Coded {
    status: StatusCode,
    headers: HeaderMap,
    /// What names it, if it can be asked for by name.
    tag: Option<HeaderValue>,
    /// What is said to who has it already.
    unchanged: HeaderMap,
    body: Bytes,
}

impl Whole {
    /// Takes an answer apart; one whose body fails is a bare 500.
    pub async fn of(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        match to_bytes(body, LONGEST).await {
            Ok(body) => Self {
                status: parts.status,
                headers: parts.headers,
                body,
            },
            Err(error) => {
                tracing::error!(%error, "an answer has no end");
                Self::failed()
            }
        }
    }

    /// A bare 500, where not even the error page can be had.
    pub fn failed() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    /// Whether it may be kept: pages, files and redirects that caches may keep, and what was removed for good reason.
    #[must_use]
    pub fn may_be_kept(&self) -> bool {
        let is_public = self.headers.get(header::CACHE_CONTROL) == Some(&CachePolicy::Page.header());
        let is_anybodys = !self.headers.contains_key(header::SET_COOKIE);
        is_anybodys
            && match self.status {
                StatusCode::OK | StatusCode::PERMANENT_REDIRECT => is_public,
                StatusCode::GONE => true,
                _ => false,
            }
    }

    /// The answer in the best coding that the client takes and that is made at once.
    #[must_use]
    pub fn answer<B: Default + From<Bytes>>(&self, method: &Method, asked: &HeaderMap) -> Response<B> {
        let [is_taken] = accepts(asked, ["gzip"]);
        let coded = is_taken.then(|| self.coded(Coding::Gzip)).flatten();
        coded.unwrap_or_else(|| self.identity()).answer(method, asked)
    }

    /// The answer as it is.
    #[must_use]
    pub fn identity(&self) -> Coded {
        self.with(self.body.clone(), Coding::Identity)
    }

    /// The answer in a coding; none where that makes it no shorter.
    #[must_use]
    pub fn coded(&self, coding: Coding) -> Option<Coded> {
        if !self.is_compressible() {
            return None;
        }
        let body = match coding {
            Coding::Identity => return Some(self.identity()),
            Coding::Gzip => gzip(&self.body),
            Coding::Brotli => brotli(&self.body),
        };
        let body = body.ok().filter(|body| body.len() < self.body.len())?;
        Some(self.with(body.into(), coding))
    }

    /// Pictures are compressed already.
    fn is_compressible(&self) -> bool {
        let kind = self.headers.get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let is_words = !kind.is_empty() && (!kind.starts_with("image/") || kind.contains("xml"));
        is_words && !self.headers.contains_key(header::CONTENT_ENCODING) && self.body.len() >= SHORTEST_CODED
    }

    fn with(&self, body: Bytes, coding: Coding) -> Coded {
        let mut headers = self.headers.clone();
        if self.is_compressible() {
            headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        let name = match coding {
            Coding::Identity => None,
            Coding::Gzip => Some("gzip"),
            Coding::Brotli => Some("br"),
        };
        if let Some(name) = name {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        let is_validated = self.status == StatusCode::OK
            && headers
                .get(header::CACHE_CONTROL)
                .is_some_and(|policy| policy != CachePolicy::Never.header());
        let tag = is_validated.then(|| HeaderValue::from_str(&tag(&body)).ok()).flatten();
        let mut unchanged = HeaderMap::new();
        if let Some(tag) = &tag {
            let kept = UNCHANGED
                .iter()
                .flat_map(|name| headers.get_all(name).iter().map(move |value| (name, value)));
            unchanged.extend(kept.map(|(name, value)| (name.clone(), value.clone())));
            unchanged.insert(header::ETAG, tag.clone());
            headers.insert(header::ETAG, tag.clone());
        }
        headers.insert(header::CONTENT_LENGTH, body.len().into());
        Coded {
            status: self.status,
            headers,
            tag,
            unchanged,
            body,
        }
    }
}

impl Coded {
    /// The answer to a `GET` or a `HEAD`, or 304 where the client has it.
    #[must_use]
    pub fn answer<B: Default + From<Bytes>>(&self, method: &Method, asked: &HeaderMap) -> Response<B> {
        let mut response = Response::new(B::default());
        if self.tag.as_ref().is_some_and(|tag| is_known(asked, tag.as_bytes())) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().clone_from(&self.unchanged);
            return response;
        }
        if method != Method::HEAD {
            *response.body_mut() = self.body.clone().into();
        }
        *response.status_mut() = self.status;
        response.headers_mut().clone_from(&self.headers);
        response
    }
}

/// A whole answer in the codings that it has so far.
#[derive(Debug)]
pub struct Codings {
    whole: Whole,
    identity: Coded,
    gzip: Option<Coded>,
    brotli: OnceLock<Option<Coded>>,
}

impl From<Whole> for Codings {
    fn from(whole: Whole) -> Self {
        Self {
            identity: whole.identity(),
            gzip: whole.coded(Coding::Gzip),
            brotli: OnceLock::new(),
            whole,
        }
    }
}

impl Codings {
    /// The answer itself.
    #[must_use]
    pub const fn whole(&self) -> &Whole {
        &self.whole
    }

    /// The shortest coding that the client takes.
    #[must_use]
    pub fn best(&self, asked: &HeaderMap) -> &Coded {
        let [brotli, gzip] = accepts(asked, ["br", "gzip"]);
        let shortest = brotli.then(|| self.brotli.get()?.as_ref()).flatten();
        let packed = || self.gzip.as_ref().filter(|_| gzip);
        shortest.or_else(packed).unwrap_or(&self.identity)
    }

    /// Whether the coding that takes its time is still to be made.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        self.gzip.is_some() && self.brotli.get().is_none()
    }

    /// Makes the coding that takes its time.
    pub fn finish(&self) {
        self.brotli.get_or_init(|| self.whole.coded(Coding::Brotli));
    }

    /// How many bytes its bodies are long, the one that may still be to come, which is shorter than the one before it,
    /// included.
    #[must_use]
    pub fn size(&self) -> usize {
        let gzip = self.gzip.as_ref().map_or(0, |coded| coded.body.len());
        self.identity.body.len() + 2 * gzip
    }
}

/// Bytes compressed by gzip, as well as it can.
///
/// # Errors
/// There is no memory for them.
pub fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    Ok(encoder.into_inner())
}

/// A strong validator speaks of the bytes sent.
fn tag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut tag = String::from("\"");
    for byte in &digest[..HASHED] {
        // Writing to a string does not fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag + "\""
}
