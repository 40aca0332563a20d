//! Paths as people mistype them and robots bend them, and the ways of asking that are not reading.

use axum::http::Method;

use super::{PAGE_POLICY, assert_framed};
use crate::support::database::TestDatabase;
use crate::support::visitor::Visitor;

#[tokio::test]
async fn each_page_has_one_spelling() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let cases = [
        ("/fr/", "/fr"),
        ("/FR", "/fr"),
        ("/En/", "/en"),
        ("/en//", "/en"),
        ("/fr/mission/", "/fr/mission"),
        ("/fr/mission///", "/fr/mission"),
        ("/Fr/MISSION", "/fr/mission"),
        (
            "/EN/Mandates/Representation-Abroad/",
            "/en/mandates/representation-abroad",
        ),
        ("/fr/Plan-du-site", "/fr/plan-du-site"),
        ("/en/site-map/", "/en/site-map"),
        ("/d/1", "/fr"),
        ("/d/2", "/fr/mission"),
        ("/d/5", "/fr/mandats/representation-a-l-etranger"),
        ("/d/17", "/fr/representants/jean-lemire"),
        ("/d/2/", "/fr/mission"),
        ("/D/5", "/fr/mandats/representation-a-l-etranger"),
        ("/en/d/1", "/en"),
        ("/en/d/5", "/en/mandates/representation-abroad"),
        ("/EN/D/5/", "/en/mandates/representation-abroad"),
    ];
    for (path, settled) in cases {
        let answer = visitor.get(path).await;
        answer.is(308);
        assert_eq!(answer.header("location"), settled, "{path}");
        assert_eq!(answer.header("cache-control"), PAGE_POLICY, "{path}");
        visitor.get(settled).await.is(200);
    }
}

#[tokio::test]
async fn what_names_nothing_is_not_found_in_the_language_of_its_path() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let long = format!("/en/{}", "a".repeat(10_000));
    let deep = "/fr".repeat(3_000);
    let in_french = [
        "/nulle-part",
        "/fr/nulle-part",
        "/fr/mission/nulle-part",
        "/de",
        "/de/mission",
        "/english",
        "/frmission",
        "//fr",
        "//fr/",
        "/fr//mission",
        "//fr/plan-du-site",
        "//fr/plan-du-site/",
        "//evil.example/",
        "/fr//evil.example/",
        "/fr/../..",
        "/fr/./mission",
        "/fr/..%2f..",
        "/fr/%2e%2e/en",
        "/fr/%6dission",
        "/fr/mission%2f",
        "/fr/%00",
        "/fr/mission%00",
        "/fr/%ff%fe",
        "/fr/%c3%28",
        "/%",
        "/fr/%zz",
        "/fr/%F0%9F%98%80",
        "/fr/;drop",
        "/fr/'",
        "/fr/mandates",
        "/d",
        "/d/",
        "/d/0",
        "/d/-1",
        "/d/02",
        "/d/999",
        "/fr/d/2",
        "/d/2x",
        "/d/x",
        "/d/%32",
        "/d/99999999999999999999",
        "/d/9223372036854775807",
        "/d/9223372036854775808",
        "/static",
        "/static/",
        "/static/site.css",
        "/static/../fr",
        &deep,
    ];
    let in_english = [
        "/en/nowhere",
        "/EN/Nowhere/",
        "/en/mandats",
        "/en/%00",
        "/en/mission%ff",
        "/en/../fr",
        "/en/site-map/x",
        "/en/mandates/representation-a-l-etranger",
        "/en/plan-du-site",
        "/en/d/02",
        "/en/d/999",
        &long,
    ];
    for (language, paths) in [("fr-CA", &in_french[..]), ("en-CA", &in_english[..])] {
        for path in paths {
            let answer = visitor.get(path).await;
            answer.is(404).speaks(language);
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            assert_eq!(answer.attribute("meta[name=robots]", "content"), "noindex");
            assert!(
                !answer.has("link[rel=canonical], link[hreflang], .breadcrumb"),
                "{path}"
            );
            assert_eq!(answer.words("h1").len(), 1);
            let home = answer.attribute(".tools a[translate=no]", "href");
            visitor.get(&home).await.is(200);
            assert_framed(&answer);
        }
    }
}

#[tokio::test]
async fn a_query_changes_no_page_and_no_canonical_address() {
    let database = TestDatabase::founded().await;
    let answer = Visitor::new(&database).get("/en/mission?fr=1&%ff=/fr").await;
    answer.is(200).speaks("en-CA");
    assert_eq!(
        answer.attribute("link[rel=canonical]", "href"),
        "https://mandat.example/en/mission"
    );
}

#[tokio::test]
async fn pages_are_read_and_nothing_else() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let methods = [
        "POST", "PUT", "DELETE", "PATCH", "QUERY", "TRACE", "CONNECT", "PROPFIND", "get",
    ];
    let paths = [
        ("/", "fr-CA"),
        ("/fr/mission", "fr-CA"),
        ("/en/mission", "en-CA"),
        ("/en/nowhere", "en-CA"),
        ("/d/2", "fr-CA"),
        ("/static/x", "fr-CA"),
    ];
    for method in methods {
        for (path, language) in paths {
            let answer = visitor.ask(Method::from_bytes(method.as_bytes()).unwrap(), path).await;
            answer.is(405).speaks(language);
            assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS", "{method} {path}");
            assert_eq!(answer.header("cache-control"), "no-store", "{method} {path}");
            assert_framed(&answer);
        }
    }
}

#[tokio::test]
async fn options_tell_what_can_be_asked() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    for path in ["/", "/fr", "/en/nowhere", "/d/2", "/static/x", "*"] {
        let answer = visitor.ask(Method::OPTIONS, path).await;
        answer.is(204);
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS", "{path}");
        assert!(answer.body.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_head_is_that_of_the_page() {
    let database = TestDatabase::founded().await;
    for coding in ["identity", "br", "gzip"] {
        let visitor = Visitor::new(&database).sending("accept-encoding", coding);
        let stylesheet = mandat::web::assets::path("site.css");
        for path in [
            "/",
            "/fr",
            "/en/mandates",
            "/fr/",
            "/d/2",
            "/d/999",
            "/en/nowhere",
            stylesheet,
        ] {
            let (whole, head) = (visitor.get(path).await, visitor.ask(Method::HEAD, path).await);
            assert_eq!(head.status, whole.status, "{path}");
            assert!(head.body.is_empty(), "{path}");
            assert_eq!(head.headers, whole.headers, "{path} {coding}");
        }
    }
}
