//! What every response carries, whatever it is (standards §4.1).

use axum::http::Method;
use mandat::web::assets;

use super::crawl::crawl;
use crate::support::database::TestDatabase;
use crate::support::visitor::{Answer, Visitor};

const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; \
                              connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
                              frame-ancestors 'none'";

/// What the policy says more where readers come over TLS.
const UPGRADE: &str = "; upgrade-insecure-requests";

#[track_caller]
fn assert_guarded(answer: &Answer) {
    let over_tls = !answer.header("strict-transport-security").is_empty();
    let policy = format!("{CONTENT_POLICY}{}", if over_tls { UPGRADE } else { "" });
    assert_eq!(answer.header("content-security-policy"), policy, "{}", answer.path);
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
    ] {
        assert_eq!(answer.header(name), value, "{}", answer.path);
    }
    // Whoever reads the API may do it from a page of their own.
    let readers = if answer.path.starts_with("/api/") {
        "cross-origin"
    } else {
        "same-origin"
    };
    assert_eq!(
        answer.header("cross-origin-resource-policy"),
        readers,
        "{}",
        answer.path
    );
    assert!(
        answer.header("permissions-policy").contains("geolocation=()"),
        "{}",
        answer.path
    );
    assert!(answer.header("set-cookie").is_empty(), "{}: no cookie", answer.path);
}

#[tokio::test]
async fn every_page_and_file_is_guarded() {
    let crawl = crawl().await;
    for answer in crawl.pages().chain(crawl.others()) {
        assert_guarded(answer);
        assert_eq!(
            answer.header("strict-transport-security"),
            "max-age=63072000; includeSubDomains; preload"
        );
    }
}

#[tokio::test]
async fn failures_redirects_and_refusals_are_guarded() {
    let database = TestDatabase::founded().await;
    database.withdraw(7, "removed", None).await;
    let visitor = Visitor::new(&database);
    let gone = "/fr/mandats/action-a-l-etranger";
    for (method, path, status) in [
        (Method::GET, "/fr/", 308),
        (Method::GET, "/fr/nulle-part", 404),
        (Method::GET, gone, 410),
        (Method::POST, "/fr", 405),
        (Method::OPTIONS, "/fr", 204),
        (Method::HEAD, "/fr", 200),
    ] {
        let answer = visitor.ask(method, path).await;
        answer.is(status);
        assert_guarded(&answer);
    }
    database.run("alter view site.passage rename to lost").await;
    assert_guarded(visitor.get("/fr").await.is(500));
    database.pools.site.close().await;
    assert_guarded(visitor.get("/fr").await.is(503));
}

#[tokio::test]
async fn transport_security_is_for_readers_over_tls() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::of(&database, "http://127.0.0.1:8080", false);
    for path in ["/fr", "/fr/", "/fr/nulle-part", assets::path("site.css")] {
        let answer = visitor.get(path).await;
        assert_guarded(&answer);
        assert!(answer.header("strict-transport-security").is_empty(), "{path}");
    }
}

#[tokio::test]
async fn files_are_kept_for_ever_and_asked_for_once() {
    let database = TestDatabase::empty().await;
    for asset in assets::all() {
        let answer = Visitor::new(&database).get(asset.path).await;
        answer.is(200);
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(answer.header("content-type"), asset.content_type);
        let etag: &'static str = answer.header("etag").to_owned().leak();
        let again = Visitor::new(&database)
            .sending("if-none-match", etag)
            .get(asset.path)
            .await;
        again.is(304);
        assert!(again.body.is_empty());
        assert_guarded(&again);
    }
}

#[tokio::test]
async fn pages_travel_compressed() {
    let database = TestDatabase::founded().await;
    for (accepted, coding) in [("br, gzip", "gzip"), ("gzip;q=0", ""), ("", "")] {
        let answer = Visitor::new(&database)
            .sending("accept-encoding", accepted)
            .get("/fr/mandats")
            .await;
        answer.is(200);
        assert_eq!(answer.header("content-encoding"), coding, "{accepted}");
        assert!(answer.header("vary").to_ascii_lowercase().contains("accept-encoding"));
    }
}
