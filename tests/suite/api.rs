//! The API, through the front door: instants, validators, problems; its lists are beside.

use mandat::model::manuscript::Manuscripts;
use mandat::workflow::import::{Target, import};
use serde_json::Value;

use crate::support::database::TestDatabase;
use crate::support::folder;
use crate::support::visitor::Visitor;
use machine::Machine;

mod lists;
mod machine;

/// The founding file of a mandate, and the words of it that the tests change.
const MANDATE: &str = "migrations/founding/05-representation-a-l-etranger.toml";
const CLAUSE: &str = "assurer la représentation du Québec à l’étranger";

/// Publishes the mandate with other words in the place of its clause, at an instant.
async fn publish(database: &TestDatabase, instant: &str, words: &str) {
    let founding = std::fs::read_to_string(MANDATE).unwrap();
    assert!(founding.contains(CLAUSE));
    let folder = folder();
    std::fs::write(
        folder.path().join("05-representation-a-l-etranger.toml"),
        founding.replace(CLAUSE, words),
    )
    .unwrap();
    let release = "note = { fr = \"Autres mots\", en = \"Other words\" }\nminor = false\n";
    std::fs::write(folder.path().join("release.toml"), release).unwrap();
    database.set_clock(instant).await;
    let manuscripts = Manuscripts::read(folder.path()).unwrap();
    import(&database.pools.desk, &manuscripts, Target::AnyDatabase)
        .await
        .unwrap();
}

/// Founded on January 1 2026 at noon UTC.
async fn founded() -> TestDatabase {
    let database = TestDatabase::empty().await;
    database.set_clock("2026-01-01T12:00:00Z").await;
    let founding = Manuscripts::read("migrations/founding".as_ref()).unwrap();
    import(&database.pools.desk, &founding, Target::EmptyDatabase)
        .await
        .unwrap();
    database
}

/// Two more versions of the mandate, on February 1 and March 1; today is March 14.
async fn storied() -> TestDatabase {
    let database = founded().await;
    publish(
        &database,
        "2026-02-01T12:00:00Z",
        "assurer la présence du Québec à l’étranger",
    )
    .await;
    publish(
        &database,
        "2026-03-01T12:00:00Z",
        "assurer la présence durable du Québec à l’étranger",
    )
    .await;
    database.set_clock("2026-03-14T12:00:00Z").await;
    database
}

#[tokio::test]
async fn an_instant_is_read_as_it_was() {
    let database = storied().await;
    let machine = Machine::new(&database);
    let cases = [
        ("2026-02-01T11:59:59.999999Z", 1),
        ("2026-02-01T12:00:00Z", 2),
        ("2026-02-01T07:00:00-05:00", 2),
        ("2026-02-01t12:00:00.000z", 2),
        ("2026-01-31", 1),
        ("2026-02-01", 2),
        ("2026-02-28", 2),
        ("2026-03-01T12:00:00.000001Z", 3),
        ("2026-03-14", 3),
        ("2026-03-14T12:00:00.9Z", 3),
    ];
    for (as_of, version) in cases {
        let document = machine.read(&format!("documents/5?as_of={as_of}")).await;
        assert_eq!(document["document"]["version"], version, "{as_of}");
        let newest = &machine.read(&format!("documents/5/versions?as_of={as_of}")).await["items"][0];
        assert_eq!(
            (&newest["version"], &newest["until"]),
            (&version.into(), &Value::Null),
            "{as_of}"
        );
    }
    machine.get("documents/5?as_of=2025-12-31").await.is_problem(404);
    machine
        .get("documents/5/versions?as_of=2025-12-31")
        .await
        .is_problem(404);
    machine
        .get("documents/5/versions/3?as_of=2026-02-28")
        .await
        .is_problem(404);
    assert_eq!(
        machine.read("documents?as_of=1900-01-01").await["items"],
        Value::Array(Vec::new())
    );
    for ahead in ["2026-03-15", "2026-03-14T12:00:01Z", "9999-01-01"] {
        let problem = machine.get(&format!("documents?as_of={ahead}")).await.is_problem(400);
        assert!(problem["detail"].as_str().unwrap().contains("as_of"), "{problem}");
    }
}

#[tokio::test]
async fn what_may_still_change_is_not_kept() {
    let database = storied().await;
    let machine = Machine::new(&database);
    for resource in ["documents", "documents/5", "documents/5/versions", "releases"] {
        for young in ["2026-03-14T12:00:00Z", "2026-03-14T11:59:50.000001Z", "2026-03-14"] {
            let answer = machine.get(&format!("{resource}?as_of={young}")).await;
            assert_eq!(
                (answer.status, answer.header("cache-control")),
                (200, "no-store"),
                "{resource} {young}"
            );
        }
        for settled in ["", "?as_of=2026-03-14T11:59:50Z", "?as_of=2026-03-13"] {
            let answer = machine.get(&format!("{resource}{settled}")).await;
            assert!(
                answer.header("cache-control").starts_with("public"),
                "{resource} {settled}"
            );
        }
    }
}

#[tokio::test]
async fn versions_differ_by_words() {
    let database = storied().await;
    let machine = Machine::new(&database);
    let comparison = machine.read("documents/5/differences?from=2&to=3").await;
    let body = comparison["passages"]
        .as_array()
        .unwrap()
        .iter()
        .find(|passage| passage["part"] == "body")
        .unwrap();
    assert_eq!(body["fate"], "changed");
    let inserted: Vec<&Value> = body["spans"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|span| span["kind"] == "inserted")
        .collect();
    assert_eq!(inserted.len(), 1);
    assert_eq!(inserted[0]["text"].as_str().unwrap().trim(), "durable");
    let release = &machine.read("releases?limit=1&lang=en").await["items"][0];
    assert_eq!(release["at"], "2026-03-01T12:00:00Z");
    assert_eq!(release["changes"][0]["note"], "Other words");
    assert_eq!(release["changes"][0]["version"], 3);
    machine.get("documents/5/differences?from=2&to=4").await.is_problem(404);
    machine.get("documents/5/differences?from=2").await.is_problem(400);
}

#[tokio::test]
async fn who_has_the_bytes_is_told_so() {
    let database = storied().await;
    let machine = Machine::new(&database);
    for path in [
        "documents",
        "documents/5",
        "documents/5/versions?lang=en",
        "releases",
        "openapi.json",
    ] {
        let path = &format!("/api/v1/{path}");
        let whole = machine.ask("GET", path, &[]).await;
        let tag = whole.header("etag");
        assert!(tag.starts_with('"') && whole.status == 200, "{path}: {tag}");
        for known in [tag, "*", &format!("\"other\", W/{tag}")] {
            let answer = machine.ask("GET", path, &[("if-none-match", known)]).await;
            assert_eq!((answer.status, answer.body.len()), (304, 0), "{path} {known}");
            assert_eq!(answer.header("etag"), tag);
        }
        let coded = machine.ask("GET", path, &[("accept-encoding", "gzip")]).await;
        assert_ne!(coded.header("etag"), tag, "other bytes have another strong validator");
        let head = machine.ask("HEAD", path, &[]).await;
        assert_eq!((head.status, head.body.len()), (200, 0));
        for name in [
            "etag",
            "content-length",
            "content-type",
            "content-language",
            "cache-control",
        ] {
            assert_eq!(head.header(name), whole.header(name), "{name}");
        }
    }
    let before = machine.get("documents").await.header("etag").to_owned();
    database.set_clock("2026-03-15T12:00:00Z").await;
    assert_eq!(
        machine.get("documents").await.header("etag"),
        before,
        "nothing was published"
    );
    publish(&database, "2026-03-16T12:00:00Z", "une autre version").await;
    assert_ne!(machine.get("documents").await.header("etag"), before);
}

#[tokio::test]
async fn other_origins_may_read() {
    let database = founded().await;
    let machine = Machine::new(&database);
    for path in ["documents", "documents/999", "nothing"] {
        let answer = machine.get(path).await;
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
    }
    let asked = [
        ("origin", "https://elsewhere.example"),
        ("access-control-request-method", "GET"),
    ];
    let preflight = machine.ask("OPTIONS", "/api/v1/documents", &asked).await;
    assert_eq!(preflight.status, 204);
    assert_eq!(preflight.header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
    let page = machine.ask("GET", "/fr/api", &[]).await;
    assert_eq!(
        page.header("cross-origin-resource-policy"),
        "same-origin",
        "pages stay closed"
    );
    assert_eq!(page.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn every_failure_is_a_problem_in_the_language_asked_for() {
    let database = founded().await;
    let machine = Machine::new(&database);
    for method in ["POST", "PUT", "DELETE", "PATCH", "QUERY", "TRACE"] {
        for path in ["/api/v1/documents", "/api/v1/documents/5", "/api", "/api/v2"] {
            let answer = machine.ask(method, path, &[]).await;
            answer.is_problem(405);
            assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS", "{method} {path}");
        }
    }
    let hostile = [
        "documents?limit=0",
        "documents?limit=101",
        "documents?limit=-1",
        "documents?limit=1&limit=2",
        "documents?limit=99999999999999999999",
        "documents?limit=",
        "documents?lang=de",
        "documents?LANG=fr",
        "documents?kind=%00",
        "documents?kind='%20or%20true--",
        "documents?as-of=2026-01-01",
        "documents?as_of=yesterday",
        "documents?as_of=2026-02-30",
        "documents?as_of=-009999-01-01",
        "documents?as_of=2026-01-01T12:00:00%5BAmerica/Toronto%5D",
        "documents?as_of=2026-01-01T12Z",
        "documents?as_of=2026-01-01T12:00Z",
        "documents?as_of=2026-01-01T12:00:00",
        "documents?as_of=2026-01-01T12:00:00.Z",
        "documents?as_of=2026-01-01T07:00:00-05",
        "documents?as_of=20260101T120000Z",
        "documents?cursor=zz",
        "documents?cursor=1",
        "documents?cursor=dffffffffffffff-1",
        "documents?cursor=d-1-1",
        "documents?cursor=r1-1",
        "releases?cursor=d1-1",
        "documents/5/versions?cursor=d1-1",
        "releases?kind=list",
        "documents/5/differences?from=0&to=1",
        "documents?%FF=%FF",
    ];
    for path in hostile {
        machine.get(path).await.is_problem(400);
    }
    let missing = [
        "documents/0",
        "documents/01",
        "documents/+1",
        "documents/-1",
        "documents/%FF",
        "documents/5%00",
        "documents/",
        "documents/999",
        "documents/9223372036854775808",
        "documents/5/versions/2",
        "documents/5/versions/x",
        "",
        "documents/5/revisions",
        "releases/1",
        "documents/..%2f..%2fadmin",
    ];
    for path in missing {
        machine.get(path).await.is_problem(404);
    }
    let english = machine.get("documents/999?lang=en").await;
    assert_eq!(english.is_problem(404)["title"], "Resource not found");
    assert_eq!(english.header("content-language"), "en-CA");
    assert_eq!(machine.get("documents/999").await.header("content-language"), "fr-CA");

    database.pools.site.close().await;
    let answer = machine.get("documents").await;
    answer.is_problem(503);
    assert_eq!(answer.header("retry-after"), "10");
}

#[tokio::test]
async fn the_description_is_whole_in_both_languages() {
    let database = founded().await;
    let machine = Machine::new(&database);
    for language in ["fr", "en"] {
        let description = machine.read(&format!("openapi.json?lang={language}")).await;
        assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
        let text = description.to_string();
        let messages = std::fs::read_to_string(format!("locales/{language}/api.ftl")).unwrap();
        for line in messages.lines() {
            let used = ["api-field-", "api-operation-", "api-parameter-"]
                .iter()
                .any(|start| line.starts_with(start));
            if let Some((key, words)) = line.split_once(" = ").filter(|_| used) {
                assert!(text.contains(&Value::from(words).to_string()), "nothing uses {key}");
            }
        }
        for (path, item) in description["paths"].as_object().unwrap() {
            let responses = item["get"]["responses"].as_object().unwrap();
            for status in ["200", "304", "400", "404", "405", "500", "503"] {
                assert!(responses.contains_key(status), "{path} {status}");
            }
        }
    }
}

#[tokio::test]
async fn people_and_machines_find_the_api() {
    let database = founded().await;
    let visitor = Visitor::new(&database);
    for (language, tag, plan, mission) in [
        ("fr", "fr-CA", "/fr/plan-du-site", "/fr/mission"),
        ("en", "en-CA", "/en/site-map", "/en/mission"),
    ] {
        let guide = visitor.get(&format!("/{language}/api")).await;
        guide.is(200).speaks(tag);
        let paths = guide.words("h3 code");
        assert!(
            paths.contains(&"GET /api/v1/documents/{number}/differences".to_owned()),
            "{paths:?}"
        );
        assert_eq!(
            guide.words("#object-Text tbody th"),
            ["members", "office", "passages", "document", "withdrawal"]
        );
        let link = guide.attribute(".guide a[href*='openapi']", "href");
        assert_eq!(visitor.get(&link).await.header("content-language"), tag);
        let plan = visitor.get(plan).await;
        assert_eq!(plan.attribute("a[href$='/api']", "href"), format!("/{language}/api"));
        let resource = visitor
            .get(mission)
            .await
            .attribute("link[type='application/json']", "href");
        assert_eq!(visitor.get(&resource).await.is(200).header("content-language"), tag);
    }
}
