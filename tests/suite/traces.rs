//! What stays of words that the law removed: a dated trace, on every page and of every version.

use crate::past::publish;
use crate::support::database::TestDatabase;
use crate::support::visitor::{Answer, Visitor};

/// Two versions of the mission, then the words of one of its passages removed, and two titles.
pub async fn redacted() -> TestDatabase {
    let database = TestDatabase::empty().await;
    database.set_clock("2026-03-01T15:00:00Z").await;
    publish(&database, |name, text| Some((name, text))).await;
    database.set_clock("2026-03-05T15:00:00Z").await;
    publish(&database, |name, text| match name.as_str() {
        "02-mission.toml" => Some((name, text.replace("\"Mission\"", "\"Mission et raison d’être\""))),
        "release.toml" => Some((name, text.replace("initiale", "précisée").replace("First", "Clearer"))),
        _ => None,
    })
    .await;
    database.set_clock("2026-03-09T15:00:00Z").await;
    for (document, anchor) in [(2, "k6x62"), (5, "j4qq3"), (17, "jmd43")] {
        database
            .run(&format!(
                "select take_instant(array[{document}]);
                 insert into redaction (document_id, anchor, author, ground)
                 select {document}, '{anchor}', id, 'Loi' from account where name = 'importer';
                 update passage set fr = null, en = null, salt = null
                  where document_id = {document} and anchor = '{anchor}'"
            ))
            .await;
    }
    database.set_clock("2026-03-20T12:00:00Z").await;
    database
}

#[track_caller]
fn assert_traced(page: &Answer, selector: &str) {
    page.is(200);
    let traces = page.attributes(&format!("{selector} time"), "datetime");
    assert!(!traces.is_empty(), "{}: no trace in {selector}", page.path);
    assert!(
        traces.iter().all(|day| day == "2026-03-09"),
        "{}: {traces:?}",
        page.path
    );
    for gone in ["est de diriger", "is to direct"] {
        assert!(!page.body.contains(gone), "{}", page.path);
    }
}

#[tokio::test]
async fn a_removed_passage_leaves_a_dated_trace_at_every_date() {
    let database = redacted().await;
    let visitor = Visitor::new(&database);
    for path in ["/fr/mission", "/en/mission", "/fr/au/2026-03-02/mission", "/fr", "/en"] {
        assert_traced(&visitor.get(path).await, ".redacted");
    }
    let page = visitor.get("/fr/mission").await;
    assert_eq!(
        page.words("#k6x62"),
        ["Passage retiré le 9\u{a0}mars 2026 en application de la loi."]
    );
    assert_eq!(
        visitor.get("/en/mission").await.words("#k6x62"),
        ["Passage removed on March 9, 2026 as required by law."]
    );
}

#[tokio::test]
async fn a_removed_title_or_name_leaves_no_heading_and_no_link_empty() {
    let database = redacted().await;
    let visitor = Visitor::new(&database);
    let trace = "Texte retiré le 9\u{a0}mars 2026 en application de la loi";
    for (path, selector) in [
        ("/fr/mandats", "ol.mandates h2 a"),
        ("/fr", "ol.mandates h3 a"),
        ("/fr/representants", ".card h3 a"),
        ("/fr/plan-du-site", ".plan li a"),
        ("/fr/representants/jean-lemire", "h1"),
        ("/fr/mandats/conseil-et-politiques", "a[rel=prev] b"),
        ("/fr/mandats/representation-a-l-etranger/historique", ".lead a"),
    ] {
        let words = visitor.get(path).await.words(selector);
        assert!(words.iter().any(|words| words == trace), "{path}: {words:?}");
        assert!(words.iter().all(|words| !words.is_empty()), "{path}: {words:?}");
    }
    let profile = visitor.get("/fr/representants/jean-lemire").await;
    let title = profile.words("title").concat();
    assert!(title.starts_with("Texte retiré le 9"), "{title}");
    assert_eq!(profile.words(".portrait span"), [""], "no initials of a trace");
}

#[tokio::test]
async fn histories_and_differences_show_the_trace() {
    let database = redacted().await;
    let visitor = Visitor::new(&database);
    for (path, told) in [
        ("/fr/mission/historique", "Passage retiré de toutes les versions"),
        ("/en/mission/history", "Passage removed from every version"),
        ("/fr/historique", "Passage retiré de toutes les versions"),
    ] {
        let first = &visitor.get(path).await.words(".changes li")[0];
        assert!(first.contains(told), "{path}: {first}");
    }
    for path in ["/fr/mission/historique", "/en/mission/history"] {
        let page = visitor.get(path).await;
        assert_traced(&page, ".compared .redacted");
        assert_eq!(page.words(".changes li").len(), 3, "{path}: two versions and the trace");
        assert!(page.has(".compared ins"), "{path}: the rest is compared");
    }
}
