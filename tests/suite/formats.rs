//! The other forms of a page, through the front door.

use mandat::web::{Site, router};
use tower::ServiceExt;

use crate::memento::{LAST_SLUG, history};
use crate::support::database::TestDatabase;
use crate::support::visitor::{ORIGIN, Visitor};

/// The forms of a page, which the API's resource is not.
const FORMS: &str = "link[rel=alternate][type]:not([type='application/json'])";

#[tokio::test]
async fn every_form_that_a_page_announces_is_there() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let mut asked = 0;
    for path in [
        "/fr",
        "/en",
        "/fr/mission",
        "/en/mandates",
        "/fr/representants/jean-lemire",
        "/fr/plan-du-site",
    ] {
        let page = visitor.get(path).await;
        page.is(200);
        let forms = page.html();
        let selector = crate::support::visitor::css("link[rel=alternate][type], .files a");
        for form in forms.select(&selector) {
            let form_path = form.attr("href").unwrap();
            let answer = visitor.get(form_path).await;
            answer.is(200);
            if let Some(expected) = form.attr("type") {
                assert!(answer.header("content-type").starts_with(expected), "{form_path}");
            }
            asked += 1;
        }
        let picture = page.attribute("meta[property='og:image']", "content");
        let answer = visitor.get(picture.strip_prefix(ORIGIN).unwrap()).await;
        answer.is(200);
        assert_eq!(answer.header("content-type"), "image/png");
    }
    assert!(asked >= 16, "{asked}");
}

#[tokio::test]
async fn what_a_page_does_not_have_is_not_found_and_other_spellings_redirect() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    for path in [
        "/fr/mission.vcf",
        "/fr/mandats.bib",
        "/fr/nulle-part.ris",
        "/fr/plan-du-site.png",
        "/.well-known/security.txt",
    ] {
        visitor.get(path).await.is(404);
    }
    let moved = visitor.get("/FR/Mission.RIS").await;
    moved.is(308);
    assert_eq!(moved.header("location"), "/fr/mission.ris");
}

#[tokio::test]
async fn the_citation_names_the_version_at_its_permanent_address() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let page = visitor.get("/en/mission").await;
    let address = page.attribute("meta[name='DC.identifier']", "content");
    assert!(address.starts_with("https://mandat.example/en/as-of/20"), "{address}");
    assert!(page.words(".citation .sentence")[0].ends_with(&address));
    let read: serde_json::Value = serde_json::from_str(&visitor.get("/en/mission.csl.json").await.body).unwrap();
    assert_eq!(read[0]["URL"], address);
    assert!(
        visitor
            .get("/en/mission.ris")
            .await
            .body
            .contains(&format!("UR  - {address}\r\n"))
    );
    assert!(visitor.get("/en/mission.bib").await.body.contains(&address));
}

#[tokio::test]
async fn what_a_citation_names_is_what_stands_there() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    let page = visitor.get(LAST_SLUG).await;
    let address = page.attribute("meta[name='DC.identifier']", "content");
    let path = address.strip_prefix(ORIGIN).unwrap();
    assert_eq!(path, "/fr/au/2026-03-08T10:00:01Z/mandats/representation-dans-le-monde");
    let then = visitor.get(path).await;
    assert_eq!(then.is(200).words(".passage"), page.words(".passage"));
    assert_eq!(then.words(".aside dd")[1], "3");
    assert_eq!(
        then.attribute("meta[name='DC.identifier']", "content"),
        address,
        "a version names itself"
    );
}

#[tokio::test]
async fn pages_of_the_past_have_their_own_forms_and_no_feed() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    let past = "/fr/au/2026-03-06/mandats/representation-a-l-etranger";
    let page = visitor.get(past).await;
    let forms = page.is(200).attributes(FORMS, "href");
    assert_eq!(
        forms,
        [".csl.json", ".ris", ".bib"].map(|extension| format!("{past}{extension}"))
    );
    assert!(!page.has("script[type='application/ld+json']"));
    assert_eq!(
        page.attribute("meta[property='og:url']", "content"),
        format!("{ORIGIN}{past}")
    );
    for form in forms {
        let answer = visitor.get(&form).await;
        assert_eq!(answer.is(200).header("x-robots-tag"), "noindex", "{form}");
        assert!(
            answer
                .body
                .contains("/fr/au/2026-03-05T10:00:00Z/mandats/representation-a-l-etranger"),
            "{form}"
        );
    }
    let picture = visitor.get(&format!("{past}.png")).await;
    assert_eq!(picture.is(200).header("content-type"), "image/png");
    visitor.get(&format!("{past}.atom")).await.is(404);
    visitor.get("/fr/au/2026-02-01/mission.ris").await.is(404);
    let current = "/fr/au/2026-03-06/mandats/representation-dans-le-monde";
    let moved = visitor.get(&format!("{current}.bib")).await;
    moved.is(308);
    assert_eq!(moved.header("location"), format!("{past}.bib"));
    let today = visitor.get("/fr/au/2026-03-20/mission.ris").await;
    today.is(303);
    assert_eq!(today.header("location"), "/fr/mission.ris");
}

#[tokio::test]
async fn a_history_tells_of_its_feed_and_of_itself() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    let page = visitor.get("/fr/mission/historique").await;
    assert_eq!(
        page.is(200).attributes(FORMS, "href"),
        ["/fr/mission.atom", "/fr/fil.atom"]
    );
    assert_eq!(
        page.attribute("meta[property='og:url']", "content"),
        format!("{ORIGIN}/fr/mission/historique")
    );
}

#[tokio::test]
async fn the_button_that_copies_is_hidden_until_its_script_runs() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let page = visitor.get("/fr/representants/jean-lemire").await;
    page.is(200);
    let copied = page.attributes(".copy[hidden]", "data-copies");
    assert_eq!(copied.len(), 4, "three lengths and the citation");
    for words in copied {
        assert!(page.has(&format!("#{words}")), "{words}");
    }
    assert!(page.has("script[src][defer]"));
    assert!(
        !visitor.get("/fr/mandats").await.has("script[src]"),
        "only where something is copied"
    );
}

#[tokio::test]
async fn security_txt_says_whom_to_tell() {
    let database = TestDatabase::empty().await;
    database.set_clock("2026-03-14T15:00:00Z").await;
    let site = Site::new(database.pools.site.clone(), ORIGIN.parse().unwrap(), false, Vec::new())
        .with_security_contacts(vec!["mailto:securite@exemple.ca".to_owned()]);
    let request = axum::http::Request::get("/.well-known/security.txt").body(axum::body::Body::empty());
    let response = router(site.into()).oneshot(request.unwrap()).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    let body = axum::body::to_bytes(response.into_body(), 4096).await.unwrap();
    let told = std::str::from_utf8(&body).unwrap();
    assert!(
        told.starts_with("Contact: mailto:securite@exemple.ca\nExpires: 2026-09-10T00:00:00Z\n"),
        "{told}"
    );
}
