//! The public pages, through the front door: the real router, in process.

mod addresses;
pub mod crawl;
mod failures;
mod headers;
mod pages;

use crate::support::database::TestDatabase;
use crate::support::visitor::{Answer, Visitor};

/// What caches are told of a page or a redirect.
const PAGE_POLICY: &str = "public, max-age=0, s-maxage=5, stale-if-error=86400";

/// Asserts what stands around every page, errors included.
#[track_caller]
fn assert_framed(page: &Answer) {
    let path = &page.path;
    let in_english = page.header("content-language") == "en-CA";
    assert_eq!(page.attributes(".sections a", "href").len(), 4, "{path}: navigation");
    assert_eq!(page.attribute("a.skip", "href"), "#main", "{path}");
    assert!(page.has("main#main"), "{path}");
    assert_eq!(page.has(".charter"), in_english, "{path}: the Charter notice");
    let problem = if in_english {
        "Report a problem"
    } else {
        "Signaler un problème"
    };
    assert!(
        page.words(".footer a").contains(&problem.to_owned()),
        "{path}: {problem}"
    );
    let demonstration = if in_english {
        "Demonstration site"
    } else {
        "Site de démonstration"
    };
    assert!(
        page.words(".demonstration").concat().starts_with(demonstration),
        "{path}"
    );
}

#[tokio::test]
async fn the_root_answers_in_french_whatever_the_browser_prefers() {
    let database = TestDatabase::founded().await;
    for languages in ["en-CA,en", "fr;q=0.1,en;q=1", "*", ""] {
        let answer = Visitor::new(&database).preferring(languages).get("/").await;
        answer.is(200).speaks("fr-CA");
        assert_eq!(answer.header("vary").to_ascii_lowercase(), "accept-encoding");
        assert_eq!(
            answer.attribute("link[rel=canonical]", "href"),
            "https://mandat.example/fr"
        );
    }
}
