//! What is true of every page of the site, awkward ones included.

use std::collections::{BTreeMap, BTreeSet};

use super::crawl::{crawl, ours};
use super::{PAGE_POLICY, assert_framed};
use crate::support::database::TestDatabase;
use crate::support::visitor::{Answer, ORIGIN, Visitor, css};

/// The permanent link that a page's record shows.
fn short_link(page: &Answer) -> Option<String> {
    page.attributes(".aside a[href*='/d/']", "href").pop()
}

fn is_untranslated(page: &Answer) -> bool {
    page.has("main .onward[hreflang='fr-CA']")
}

#[tokio::test]
async fn every_page_answers_in_the_language_of_its_path() {
    for (language, tag) in [("fr", "fr-CA"), ("en", "en-CA")] {
        let mut count = 0;
        for page in crawl().await.pages_in(language) {
            page.is(200).speaks(tag);
            assert_eq!(page.header("cache-control"), PAGE_POLICY, "{}", page.path);
            count += 1;
        }
        assert!(count >= 30, "{count} pages in {language}");
    }
}

#[tokio::test]
async fn every_address_in_use_is_found_by_following_links() {
    let database = TestDatabase::awkward().await;
    let addresses: Vec<String> = sqlx::query_scalar("select path from address order by path")
        .fetch_all(&mut database.as_owner().await)
        .await
        .unwrap();
    let found: BTreeSet<&str> = crawl().await.pages().map(|page| page.path.as_str()).collect();
    for address in addresses {
        assert!(found.contains(address.as_str()), "nothing links to {address}");
    }
}

#[tokio::test]
async fn every_link_leads_to_a_page_and_to_its_fragment() {
    let crawl = crawl().await;
    for link in &crawl.links {
        let target = crawl.destination(&link.path);
        assert_eq!(target.status, 200, "{link:?}");
        if let Some(fragment) = &link.fragment {
            assert!(target.has(&format!("[id='{fragment}']")), "{link:?}");
        }
    }
}

#[tokio::test]
async fn headings_are_an_outline_and_identifiers_are_unique() {
    for page in crawl().await.pages() {
        let html = page.html();
        let mut before = 0;
        let mut tops = 0;
        for heading in html.select(&css("h1, h2, h3, h4, h5, h6")) {
            let level: u32 = heading.value().name()[1..].parse().unwrap();
            assert!(level <= before + 1, "{}: h{level} after h{before}", page.path);
            tops += u32::from(level == 1);
            before = level;
        }
        assert_eq!(tops, 1, "{}: one h1", page.path);
        let mut seen = BTreeSet::new();
        for id in page.attributes("[id]", "id") {
            assert!(seen.insert(id.clone()), "{}: {id} twice", page.path);
        }
    }
}

#[tokio::test]
async fn titles_and_descriptions_are_unique_in_their_language() {
    for language in ["fr", "en"] {
        let mut titles = BTreeMap::new();
        let mut descriptions = BTreeMap::new();
        for page in crawl().await.pages_in(language) {
            let title = page.words("title").concat();
            let description = page.attribute("meta[name=description]", "content");
            for (words, seen) in [(title, &mut titles), (description, &mut descriptions)] {
                assert!(!words.trim().is_empty(), "{}", page.path);
                let twin = seen.insert(words.clone(), &page.path);
                assert_eq!(twin, None, "{} says `{words}` too", page.path);
            }
        }
    }
}

#[tokio::test]
async fn canonical_addresses_stand_on_the_configured_origin() {
    for page in crawl().await.pages() {
        let canonical = page.attributes("link[rel=canonical]", "href");
        assert_eq!(canonical, [format!("{ORIGIN}{}", page.path)], "{}", page.path);
        // What has no words in its language stays out of search engines.
        let robots = page.attributes("meta[name=robots]", "content");
        let expected: &[&str] = if is_untranslated(page) { &["noindex"] } else { &[] };
        assert_eq!(robots, expected, "{}", page.path);
    }
}

#[tokio::test]
async fn language_alternates_are_whole_and_reciprocal() {
    let crawl = crawl().await;
    let alternates = |page: &Answer| -> BTreeMap<String, String> {
        let html = page.html();
        html.select(&css("link[rel=alternate][hreflang]"))
            .map(|link| ["hreflang", "href"].map(|name| link.attr(name).unwrap().to_owned()))
            .map(|[language, address]| (language, address))
            .collect()
    };
    for page in crawl.pages() {
        let counterpart = crawl.destination(&page.attribute(".tools a[translate=no]", "href"));
        let given = alternates(page);
        if is_untranslated(page) || is_untranslated(counterpart) {
            assert!(given.is_empty(), "{}: there is no English", page.path);
            continue;
        }
        let languages: Vec<&str> = given.keys().map(String::as_str).collect();
        assert_eq!(languages, ["en", "en-CA", "fr", "fr-CA", "x-default"], "{}", page.path);
        assert_eq!(given["x-default"], given["fr-CA"], "{}", page.path);
        for (language, address) in &given {
            let path = ours(&page.path, address).expect("an alternate on our origin");
            let other = crawl.destination(path);
            assert_eq!(other.path, path, "{}: {language} redirects", page.path);
            assert_eq!(alternates(other), given, "{} and {path}", page.path);
            if language.len() == 5 {
                assert_eq!(other.header("content-language"), language, "{path}");
            }
        }
        let own = format!("{ORIGIN}{}", page.path);
        assert_eq!(given[page.header("content-language")], own);
    }
}

#[tokio::test]
async fn the_language_link_leads_to_the_same_document_and_back() {
    let crawl = crawl().await;
    for page in crawl.pages() {
        let counterpart = crawl.destination(&page.attribute(".tools a[translate=no]", "href"));
        let tag = page.attribute(".tools a[translate=no]", "lang");
        counterpart.is(200).speaks(&tag);
        assert_ne!(page.header("content-language"), tag);
        assert_eq!(counterpart.attribute(".tools a[translate=no]", "href"), page.path);
        if let (Some(own), Some(other)) = (short_link(page), short_link(counterpart)) {
            assert_eq!(
                own.trim_start_matches("/en"),
                other.trim_start_matches("/en"),
                "{}",
                page.path
            );
            assert_eq!(crawl.destination(&own).path, page.path);
        }
        // Nothing is promised in a language that has no words yet.
        let promised = page.has(".tools a[translate=no][hreflang]");
        assert_eq!(promised, !is_untranslated(counterpart), "{}", page.path);
        // Without English, the page says so, and leads to the French.
        if is_untranslated(page) {
            assert_eq!(page.attribute("main .onward", "href"), counterpart.path);
        }
    }
    let untranslated = crawl.pages().filter(|page| is_untranslated(page)).count();
    assert_eq!(untranslated, 3, "those of the awkward set");
}

#[tokio::test]
async fn the_frame_is_whole_on_every_page() {
    for page in crawl().await.pages() {
        assert_framed(page);
        let at_home = ["/fr", "/en"].contains(&page.path.as_str());
        let crumbs = page.attributes(".breadcrumb a", "href");
        assert_eq!(crumbs.is_empty(), at_home, "{}: breadcrumb", page.path);
        if let Some(first) = crumbs.first() {
            assert_eq!(*first, page.path[..3]);
            assert!(
                !crumbs.contains(&page.path),
                "{}: the page is not its own parent",
                page.path
            );
        }
    }
}

#[tokio::test]
async fn the_demonstration_line_goes_when_the_site_is_official() {
    let database = TestDatabase::founded().await;
    let official = Visitor::of(&database, ORIGIN, true);
    for path in ["/fr", "/en/mission", "/fr/nulle-part"] {
        assert!(!official.get(path).await.has(".demonstration"), "{path}");
    }
}

#[tokio::test]
async fn nothing_of_a_hostile_host_comes_back() {
    let database = TestDatabase::founded().await;
    let hostile = Visitor::new(&database)
        .sending("host", "evil.example")
        .sending("x-forwarded-host", "evil.example")
        .sending("x-forwarded-proto", "gopher")
        .sending("forwarded", "host=evil.example;proto=gopher");
    for path in [
        "/",
        "/fr",
        "/en/mandates",
        "/fr/",
        "/d/2",
        "/fr/nulle-part",
        "/EN/Mission",
    ] {
        let answer = hostile.get(path).await;
        let headers = format!("{:?}", answer.headers);
        for word in ["evil", "gopher"] {
            assert!(!answer.body.contains(word) && !headers.contains(word), "{path}");
        }
    }
}

/// How long things are kept is told by the software, whatever the text says, and of today alone.
#[tokio::test]
async fn the_page_on_privacy_tells_how_long_things_are_kept() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    for (path, sessions) in [
        (
            "/fr/confidentialite",
            "Sessions – 60 minutes sans activité, et 12 heures au plus",
        ),
        (
            "/en/privacy",
            "Sessions – 60 minutes without activity, and 12 hours at most",
        ),
    ] {
        let lives = visitor.get(path).await.is(200).words("#kept-lives ~ ul li");
        assert_eq!(lives.len(), 7, "{lives:?}");
        assert!(lives[0].starts_with(sessions), "{lives:?}");
    }
    assert!(!visitor.get("/fr/accessibilite").await.is(200).has("#kept-lives"));
}
