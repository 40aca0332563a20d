//! Lists, page after page.

use serde_json::Value;

use super::machine::Machine;
use super::{founded, publish, storied};

/// What a list gives for each of its items, page after page.
async fn walk(machine: &Machine, list: &str, field: &str) -> Vec<String> {
    let (mut found, mut next) = (Vec::new(), String::new());
    loop {
        let page = machine.read(&format!("{list}limit=2{next}")).await;
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        found.extend(items.iter().map(|item| item[field].to_string()));
        match page["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => return found,
        }
    }
}

#[tokio::test]
async fn a_list_is_whole_while_texts_are_published_between_its_pages() {
    let database = founded().await;
    let machine = Machine::new(&database);
    let all = walk(&machine, "documents?", "number").await;
    assert_eq!(all, (1..=24).map(|number| number.to_string()).collect::<Vec<_>>());

    publish(&database, "2026-02-01T12:00:00Z", "une deuxième version").await;
    let first = machine.read("releases?limit=1").await;
    let versions = machine.read("documents/5/versions?limit=1").await;
    publish(&database, "2026-03-01T12:00:00Z", "une troisième version").await;
    for (list, page) in [("releases", &first), ("documents/5/versions", &versions)] {
        let cursor = page["next"].as_str().unwrap();
        let second = machine.read(&format!("{list}?limit=1&cursor={cursor}")).await;
        assert_eq!(second["as_of"], "2026-02-01T12:00:00Z", "the instant of the first page");
        assert_eq!(second["next"], Value::Null, "{list}");
    }
    assert_eq!(
        walk(&machine, "documents/5/versions?", "version").await,
        ["3", "2", "1"]
    );
    assert_eq!(walk(&machine, "releases?", "at").await.len(), 3);
    assert_eq!(walk(&machine, "documents?kind=list&", "number").await, ["4", "16"]);
}

#[tokio::test]
async fn a_cursor_goes_on_the_list_that_gave_it() {
    let database = storied().await;
    let machine = Machine::new(&database);
    let lists = [
        ("documents", "/api/v1/documents"),
        ("documents/5/versions", "/api/v1/documents/{number}/versions"),
        ("releases", "/api/v1/releases"),
    ];
    let description = machine.read("openapi.json").await;
    for (list, path) in lists {
        let first = machine.read(&format!("{list}?limit=1&as_of=2026-02-28")).await;
        let cursor = first["next"].as_str().unwrap();
        for (other, _) in lists {
            let answer = machine.get(&format!("{other}?cursor={cursor}")).await;
            if other != list {
                answer.is_problem(400);
                continue;
            }
            assert_eq!(answer.json()["as_of"], "2026-02-01T12:00:00Z", "{list}");
            // The first page set the instant, whatever else is asked.
            let beside = machine.read(&format!("{list}?cursor={cursor}&as_of=2026-01-15")).await;
            assert_eq!(beside["as_of"], "2026-02-01T12:00:00Z", "{list}");
        }
        let parameters = description["paths"][path]["get"]["parameters"].as_array().unwrap();
        let described = parameters
            .iter()
            .find(|parameter| parameter["name"] == "cursor")
            .unwrap();
        let pattern = described["schema"]["pattern"].as_str().unwrap();
        assert!(pattern.starts_with(&format!("^{}", &cursor[..1])), "{list}: {pattern}");
    }
}
