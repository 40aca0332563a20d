//! The static files, as the build prepared them: in memory, compressed, under names that change with their content.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::cache::CachePolicy;

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
        let offers = [(self.brotli, "br"), (self.gzip, "gzip")];
        let coded = offers
            .into_iter()
            .find_map(|(body, coding)| Some((body.filter(|_| accepts(asked, coding))?, coding)));
        let (body, etag) = match coded {
            Some((body, coding)) => (body, format!("\"{}-{coding}\"", self.etag)),
            None => (self.identity, format!("\"{}\"", self.etag)),
        };
        let known = is_known(asked, &etag);
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

/// The members of a header that is a list, over all its lines (RFC 9110 §5.3).
fn members<'a>(asked: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let lines = asked.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim)
}

/// Whether the client takes a coding (RFC 9110 §12.5.3): `q=0` refuses it, `*` speaks for those that are not named.
fn accepts(asked: &HeaderMap, coding: &str) -> bool {
    let weight = |wanted: &str| {
        members(asked, &header::ACCEPT_ENCODING).find_map(|member| {
            let (name, parameters) = member.split_once(';').unwrap_or((member, ""));
            let weight = parameters.split(';').find_map(|parameter| {
                let (name, value) = parameter.split_once('=')?;
                let is_weight = name.trim().eq_ignore_ascii_case("q");
                is_weight.then(|| value.trim().parse::<f32>().unwrap_or_default())
            });
            let is_wanted = name.trim().eq_ignore_ascii_case(wanted);
            is_wanted.then(|| weight.unwrap_or(1.0))
        })
    };
    weight(coding)
        .or_else(|| weight("*"))
        .is_some_and(|weight| weight > 0.0)
}

/// Whether the client has what this validator stands for (RFC 9110 §13.1.2): in a list, weak or strong, or whatever
/// there is. None of our validators holds a comma.
fn is_known(asked: &HeaderMap, etag: &str) -> bool {
    members(asked, &header::IF_NONE_MATCH).any(|known| known == "*" || known.trim_start_matches("W/") == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: &HeaderName, lines: &[&'static str]) -> HeaderMap {
        let lines = lines.iter().map(|line| HeaderValue::from_static(line));
        lines.map(|line| (name.clone(), line)).collect()
    }

    #[test]
    fn a_coding_is_taken_as_the_client_weighs_it() {
        let cases: [(&[&'static str], [bool; 2]); 12] = [
            (&[], [false, false]),
            (&[""], [false, false]),
            (&["gzip, deflate, br, zstd"], [true, true]),
            (&["gzip", "br"], [true, true]),
            (&["br;q=0, gzip"], [false, true]),
            (&["br; Q = 0.000, gzip;q=0.5"], [false, true]),
            (&["BR;q=1"], [true, false]),
            (&["*"], [true, true]),
            (&["*;q=0"], [false, false]),
            (&["br;q=0, *"], [false, true]),
            (&["gzip;q=0.1, *;q=0"], [false, true]),
            (&["brotli, gzip;q=beaucoup"], [false, false]),
        ];
        for (lines, expected) in cases {
            let asked = asked(&header::ACCEPT_ENCODING, lines);
            assert_eq!(
                ["br", "gzip"].map(|coding| accepts(&asked, coding)),
                expected,
                "{lines:?}"
            );
        }
    }

    #[test]
    fn what_the_client_has_is_found_in_a_list() {
        for (lines, expected) in [
            (&["\"a\""][..], true),
            (&["W/\"a\""], true),
            (&["\"b\", W/\"a\""], true),
            (&["\"b\"", "\"a\""], true),
            (&["*"], true),
            (&["\"b\", \"a-br\""], false),
            (&["a"], false),
            (&[""], false),
        ] {
            assert_eq!(
                is_known(&asked(&header::IF_NONE_MATCH, lines), "\"a\""),
                expected,
                "{lines:?}"
            );
        }
    }
}
