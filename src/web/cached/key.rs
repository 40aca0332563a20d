//! Which addresses have an answer that can be kept: those of the site's own places, in their one spelling, where nothing
//! but the path is read. What anybody can make up without end has no key, or little room.

use axum::http::Uri;

use crate::model::address::{self, Parsed};
use crate::web::formats::{self, SECURITY, SITEMAP};

/// Longer paths are nobody's: two slugs and a date are shorter.
const LONGEST: usize = 255;

/// Which room an answer takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// The present, which has few addresses.
    Present,
    /// The past, which has one for each second.
    Past,
}

/// An address whose answer can be kept.
#[derive(Debug, Clone)]
pub struct Key {
    /// The address without its query, which its place does not read.
    pub uri: Uri,
    /// Which room the answer takes.
    pub share: Share,
}

impl Key {
    /// The key of an address, if it has one.
    #[must_use]
    pub fn of(uri: &Uri) -> Option<Self> {
        let path = uri.path();
        if path.len() > LONGEST {
            return None;
        }
        let (of, _) = formats::split(path);
        let is_settled = path == "/" || !path.ends_with('/') && !path.bytes().any(|byte| byte.is_ascii_uppercase());
        let share = match address::parse(of) {
            // Its capitals are those of its instant; another spelling redirects.
            Parsed::Past { .. } => Share::Past,
            _ if !is_settled => return None,
            Parsed::Document(_) | Parsed::Plan(_) | Parsed::Api(_) | Parsed::Short(..) => Share::Present,
            Parsed::Tool(_) | Parsed::History { .. } => unasked(uri)?,
            Parsed::Elsewhere if ["/", SITEMAP, SECURITY, "/robots.txt"].contains(&path) => Share::Present,
            Parsed::Elsewhere if address::is_timemap(path) => Share::Present,
            Parsed::Elsewhere if address::is_api(path) => unasked(uri)?,
            Parsed::Elsewhere | Parsed::Undated(_) => return None,
        };
        let uri = match uri.query() {
            None => uri.clone(),
            Some(_) => path.parse().ok()?,
        };
        Some(Self { uri, share })
    }

    /// The path by which the answer is found.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }
}

/// Places that read the query are kept without one.
fn unasked(uri: &Uri) -> Option<Share> {
    uri.query().is_none().then_some(Share::Present)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(address: &str) -> Option<(String, Share)> {
        let key = Key::of(&address.parse().unwrap())?;
        Some((key.uri.to_string(), key.share))
    }

    #[test]
    fn places_of_the_site_have_a_key() {
        for path in [
            "/",
            "/fr",
            "/en/mandates/advice",
            "/fr/mission.csl.json",
            "/fr/fil.atom",
            "/fr/plan-du-site",
            "/fr/recherche",
            "/fr/mission/historique",
            "/d/5",
            "/en/d/5",
            "/sitemap.xml",
            "/robots.txt",
            "/timemap/fr/mission",
            "/api/v1/documents",
        ] {
            assert_eq!(found(path), Some((path.to_owned(), Share::Present)));
        }
        let past = "/fr/au/2026-03-14T15:00:00Z/mission";
        assert_eq!(found(past), Some((past.to_owned(), Share::Past)));
    }

    #[test]
    fn a_query_that_nobody_reads_makes_no_other_answer() {
        assert_eq!(found("/fr/mission?utm=x"), found("/fr/mission"));
        assert_eq!(found("/?x"), found("/"));
        for asked in [
            "/fr/recherche?q=x",
            "/fr/mission/historique?de=1",
            "/api/v1/documents?limit=1",
        ] {
            assert_eq!(found(asked), None, "{asked}");
        }
    }

    #[test]
    fn what_can_be_made_up_without_end_has_no_key() {
        let long = format!("/fr/{}", "a".repeat(300));
        for path in [
            "/FR/mission",
            "/fr/mission/",
            "//",
            "/d/05",
            "/admin/fr",
            "/static/site.css",
            "/timegate/fr/mission",
            "/fr/au/hier",
            "/x",
            &long,
        ] {
            assert_eq!(found(path), None, "{path}");
        }
    }
}
