//! Forms are taken from pages of this site alone (standards §4.2): no token in the page, but what the browser says of
//! where a request comes from.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;

use super::Desk;
use crate::error::{Error, Result};

/// Refuses what would change something and did not come from here.
pub async fn guard(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Result<Response> {
    let is_safe = [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method());
    if is_safe || is_from_here(request.headers(), desk.site.origin.as_str()) {
        Ok(next.run(request).await)
    } else {
        Err(Error::ForeignForm)
    }
}

/// Fetch metadata decide; where a browser sends none, the origin that it names, or else the page that it came from.
pub fn is_from_here(headers: &HeaderMap, origin: &str) -> bool {
    let sent = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = sent("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    if let Some(named) = sent(header::ORIGIN.as_str()) {
        return named == origin;
    }
    let referrer = sent(header::REFERER.as_str()).and_then(|address| url::Url::parse(address).ok());
    referrer.is_some_and(|address| address.origin().ascii_serialization() == origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_site_send_forms() {
        const HERE: &str = "https://mandat.example";
        let cases: [(&[(&str, &str)], bool); 12] = [
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "same-site"), ("origin", HERE)], false),
            (&[("sec-fetch-site", "cross-site"), ("origin", HERE)], false),
            (&[("sec-fetch-site", ""), ("origin", HERE)], false),
            (&[("origin", HERE)], true),
            (&[("origin", "https://mandat.example.evil")], false),
            (&[("origin", "null")], false),
            (&[("origin", "http://mandat.example"), ("referer", HERE)], false),
            (&[("referer", "https://mandat.example/admin/fr")], true),
            (&[("referer", "https://evil.example/?https://mandat.example")], false),
            (&[], false),
        ];
        for (sent, expected) in cases {
            let headers: HeaderMap = sent
                .iter()
                .map(|(name, value)| (name.parse::<header::HeaderName>().unwrap(), value.parse().unwrap()))
                .collect();
            assert_eq!(is_from_here(&headers, HERE), expected, "{sent:?}");
        }
    }
}
