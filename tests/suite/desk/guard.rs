//! Who may ask for what, and from where.

use axum::body::Body;
use axum::http::Method;
use mandat::i18n::Language;
use mandat::model::Role;
use mandat::web::desk::{paths, routes};

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;

/// The paths of a route in both languages, with a number where it needs one.
fn addresses(route: &routes::Route) -> Vec<String> {
    Language::ALL
        .into_iter()
        .map(|language| paths::path_of(route.page, language, 1))
        .collect()
}

/// Every page of the desk is in the table, since the router is made from it: each is asked for by everybody.
#[tokio::test]
async fn every_route_asks_for_its_role() {
    let database = TestDatabase::founded().await;
    let nobody = Browser::new(&database);
    let mut staff = Vec::new();
    for role in Role::ALL {
        staff.push((*role, Browser::signed_in(&database, *role).await));
    }
    let mut refusals = 0;
    for route in routes::table() {
        let Some(least) = route.least else { continue };
        for path in addresses(&route) {
            let answer = nobody.ask(route.method.clone(), &path, Body::empty()).await;
            let to = answer.is(303).header("location").to_owned();
            assert!(
                to.starts_with("/admin/fr/session") || to.starts_with("/admin/en/sign-in"),
                "{path}: {to}"
            );
            assert_eq!(answer.body, "", "{path} tells nobody anything");
            for (role, browser) in &staff {
                if *role < least {
                    browser.ask(route.method.clone(), &path, Body::empty()).await.is(403);
                    refusals += 1;
                }
            }
        }
    }
    assert!(refusals > 0, "no route asks for more than an author");
}

/// A way of asking that the table does not name is no way at all, for anybody.
#[tokio::test]
async fn what_the_table_does_not_name_is_refused() {
    let database = TestDatabase::founded().await;
    let askers = [
        Browser::new(&database),
        Browser::signed_in(&database, Role::Administrator).await,
    ];
    let table = routes::table();
    for page in paths::ALL {
        let named: Vec<_> = table.iter().filter(|route| route.page == *page).collect();
        let path = paths::path_of(*page, Language::English, 1);
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            if named.iter().any(|route| route.method == method) {
                continue;
            }
            for asker in &askers {
                asker.ask(method.clone(), &path, Body::empty()).await.is(405);
            }
        }
    }
}

/// Sent without its button, a form that holds a text changes nothing: that is how a kept one is shown again.
#[tokio::test]
async fn no_form_does_anything_without_its_button() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Administrator).await;
    let account = browser.get("/admin/fr/compte").await;
    let account = account.attribute("main input[name=account]", "value");
    let lines = || async {
        let count = sqlx::query_scalar::<_, i64>("select count(*) from journal");
        count.fetch_one(&database.pools.desk).await.unwrap()
    };
    let before = lines().await;
    // Signing out holds no text, and says no account.
    let forms = routes::table()
        .into_iter()
        .filter(|route| route.method == Method::POST && route.page != paths::SIGN_OUT);
    for route in forms {
        for path in addresses(&route) {
            let answer = browser.post(&path, &[("account", &account)]).await;
            assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
            assert_eq!(lines().await, before, "{path} did something");
        }
    }
}

/// The routes that anybody may ask for, by name: one more is a decision.
#[test]
fn few_pages_are_for_anybody() {
    let open: Vec<_> = routes::table()
        .into_iter()
        .filter(|route| route.least.is_none())
        .collect();
    let open: Vec<_> = open
        .iter()
        .map(|route| (route.page.en, route.method.as_str()))
        .collect();
    let sign_in = [("/sign-in", "GET"), ("/sign-in", "POST")];
    assert_eq!(
        open,
        [&sign_in[..], &[("/invitation", "GET"), ("/invitation", "POST")]].concat()
    );
}

#[test]
fn every_page_with_an_address_has_a_route() {
    let routed: Vec<_> = routes::table().iter().map(|route| route.page).collect();
    for page in paths::ALL {
        assert!(routed.contains(page), "{page:?}");
    }
}

#[tokio::test]
async fn forms_of_other_sites_change_nothing() {
    let database = TestDatabase::founded().await;
    let cases: [(&str, Option<&str>); 4] = [
        ("cross-site", None),
        ("same-site", None),
        ("", Some("https://evil.example")),
        ("", None),
    ];
    for (site, origin) in cases {
        let mut browser = Browser::signed_in(&database, Role::Author).await;
        browser = if site.is_empty() {
            browser.without("sec-fetch-site")
        } else {
            browser.sending("sec-fetch-site", site)
        };
        if let Some(origin) = origin {
            browser = browser.sending("origin", origin);
        }
        let answer = browser.post("/admin/fr/fermeture", &[]).await;
        assert_eq!(answer.is(403).words("h1"), ["Formulaire refusé"], "{site} {origin:?}");
        browser.get("/admin/fr").await.is(200);
    }
    let old = Browser::signed_in(&database, Role::Author)
        .await
        .without("sec-fetch-site");
    let old = old.sending("origin", crate::support::visitor::ORIGIN);
    old.post("/admin/fr/fermeture", &[]).await.is(303);
}

#[tokio::test]
async fn one_slash_too_many_is_forgiven() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Author).await;
    for path in ["/admin/fr", "/admin/en/documents/7"] {
        let answer = browser.get(&format!("{path}/")).await;
        assert_eq!(answer.is(308).header("location"), path);
    }
    browser.get("/admin/fr/rien").await.is(404);
}

#[tokio::test]
async fn failures_are_told_in_the_language_of_the_path() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Author).await;
    let answer = browser.get("/admin/en/nothing").await;
    answer.is(404).speaks("en-CA");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert!(
        answer
            .header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    let answer = browser.ask(Method::DELETE, "/admin/fr/compte", Body::empty()).await;
    answer.is(405).speaks("fr-CA");
    assert!(answer.header("allow").contains("POST"), "{}", answer.header("allow"));
    let long = "x".repeat(600 * 1024);
    browser
        .post("/admin/fr/compte", &[("name", &long)])
        .await
        .is(413)
        .speaks("fr-CA");
    let not_a_form = browser.ask(Method::PUT, "/admin/en/account", Body::from("{}")).await;
    not_a_form.is(405).speaks("en-CA");
    let gone = browser.without_database();
    let answer = gone.get("/admin/en").await;
    answer.is(503).speaks("en-CA");
    assert_eq!(answer.header("retry-after"), "10");
}

#[tokio::test]
async fn what_was_typed_comes_back_when_the_database_is_gone() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Author).await.without_database();
    let typed = [
        ("account", "2"),
        ("name", "Zoé « <b> »\nX"),
        ("password", "secret secret"),
        ("do", "save"),
    ];
    let answer = browser.post("/admin/fr/compte?x=1", &typed).await;
    answer.is(503);
    assert_eq!(
        answer.attribute("form[method=post]:not(.desk-tools form)", "action"),
        "/admin/fr/compte?x=1"
    );
    let names = answer.attributes("main input[type=hidden]", "name");
    assert_eq!(names, ["account", "name", "do"]);
    let values = answer.attributes("main input[type=hidden]", "value");
    assert_eq!(values, ["2", "Zoé « <b> »\nX", "save"]);
    assert_eq!(
        answer.attributes("body a", "href"),
        ["#main"],
        "no link leaves it behind"
    );
}

#[tokio::test]
async fn the_root_leads_to_the_language_of_whoever_asks() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Author).await;
    assert_eq!(browser.get("/admin").await.is(303).header("location"), "/admin/fr");
    let english = [("name", "Zoé"), ("language", "en"), ("do", "save")];
    assert_eq!(
        browser
            .post("/admin/fr/compte", &english)
            .await
            .is(303)
            .header("location"),
        "/admin/en/account"
    );
    assert_eq!(browser.get("/admin").await.header("location"), "/admin/en");
}

/// Whoever could choose words on a page and watch its length would learn the secret ones beside them.
#[tokio::test]
async fn pages_are_compressed_for_those_who_ask_from_here() {
    let database = TestDatabase::founded().await;
    let cases = [
        ("same-origin", "gzip", "gzip"),
        ("none", "br, gzip;q=0.5", "gzip"),
        ("same-origin", "identity", ""),
        ("same-site", "gzip", ""),
        ("cross-site", "gzip", ""),
    ];
    for (site, accepted, coding) in cases {
        let browser = Browser::signed_in(&database, Role::Author).await;
        let browser = browser
            .sending("sec-fetch-site", site)
            .sending("accept-encoding", accepted);
        let answer = browser.get("/admin/fr/documents").await;
        assert_eq!(answer.is(200).header("content-encoding"), coding, "{site}, {accepted}");
    }
}
