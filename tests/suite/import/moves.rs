//! Addresses and order: what changes, what redirects, what nobody else may take.

use super::{APRIL, FEBRUARY, FIRST, Folder, MANDATES, MARCH, Ministry};
use crate::support::visitor::Answer;

const SECOND: &str = "06-conseil-et-politiques.toml";

/// The first mandate under another French slug.
fn renamed(slug: &str) -> Folder {
    Folder::only(&[FIRST]).edit(FIRST, "representation-a-l-etranger", slug)
}

#[track_caller]
fn assert_moved(answer: &Answer, location: &str) {
    answer.is(308);
    assert_eq!(answer.header("location"), location, "{}", answer.path);
}

#[tokio::test]
async fn every_old_slug_redirects_in_one_hop() {
    let ministry = Ministry::founded().await;
    let slugs = [
        "representation-a-l-etranger",
        "presence-a-l-etranger",
        "antennes",
        "delegations",
    ];
    for (slug, instant) in slugs[1..].iter().zip([FEBRUARY, MARCH, APRIL]) {
        assert_eq!(ministry.import(instant, &renamed(slug)).await.unwrap(), [5]);
    }
    let now = "/fr/mandats/delegations";
    ministry.get(now).await.is(200);
    for old in &slugs[..3] {
        assert_moved(&ministry.get(&format!("/fr/mandats/{old}")).await, now);
        assert_moved(
            &ministry.get(&format!("/fr/mandats/{}/", old.to_uppercase())).await,
            now,
        );
    }
    assert_moved(&ministry.get("/d/5").await, now);
    ministry.get("/en/mandates/representation-abroad").await.is(200);
    assert_eq!(
        ministry.get("/fr/mandats").await.attributes("ol.mandates h2 a", "href")[0],
        now
    );
}

#[tokio::test]
async fn a_document_may_take_back_its_own_old_slug() {
    let ministry = Ministry::founded().await;
    ministry.import(FEBRUARY, &renamed("antennes")).await.unwrap();
    ministry.import(MARCH, &Folder::only(&[FIRST])).await.unwrap();
    ministry.get("/fr/mandats/representation-a-l-etranger").await.is(200);
    let old = ministry.get("/fr/mandats/antennes").await;
    assert_moved(&old, "/fr/mandats/representation-a-l-etranger");
}

#[tokio::test]
async fn another_document_that_wants_an_old_slug_is_refused() {
    let ministry = Ministry::founded().await;
    ministry.import(FEBRUARY, &renamed("antennes")).await.unwrap();
    let before = ministry.rows(false).await;
    let greedy = Folder::only(&[SECOND]).edit(SECOND, "conseil-et-politiques", "representation-a-l-etranger");
    let told = ministry.import(MARCH, &greedy).await.unwrap_err().to_string();
    assert_eq!(
        told,
        format!("{SECOND}:4: /fr/mandats/representation-a-l-etranger is another document's")
    );
    assert_eq!(ministry.rows(false).await, before);
}

#[tokio::test]
async fn a_reordered_list_shows() {
    let ministry = Ministry::founded().await;
    let order = "members = [15, 6, 7, 8, 9, 10, 11, 12, 13, 14, 5]";
    let reordered =
        Folder::only(&[MANDATES]).edit(MANDATES, "members = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]", order);
    let before = ministry.get("/fr/mandats").await.attributes("ol.mandates h2 a", "href");
    assert_eq!(ministry.import(MARCH, &reordered).await.unwrap(), [4]);
    let page = ministry.get("/fr/mandats").await;
    let mut expected = before.clone();
    expected.swap(0, 10);
    assert_eq!(page.attributes("ol.mandates h2 a", "href"), expected);
    assert_eq!(
        page.words("ol.mandates a.rank"),
        (1..=11).map(|rank| rank.to_string()).collect::<Vec<_>>()
    );
    let clauses = page.words("ol.mandates .passage p");
    assert!(clauses[10].ends_with("à l’étranger.") && clauses[0].ends_with("pour le Québec;"));
    assert_eq!(clauses.iter().filter(|clause| clause.ends_with('.')).count(), 1);
    assert_eq!(ministry.day("/fr/mandats").await, "2026-03-01");

    // Neighbours and ranks follow; the anchors of the mandates do not move.
    let last = ministry.get(&before[0]).await;
    assert!(!last.has("a[rel=next]"));
    assert_eq!(last.attribute("a[rel=prev]", "href"), before[9]);
    assert!(last.words("h1").concat().contains("Mandat 11"));
    let second = ministry.get(&before[1]).await;
    assert_eq!(second.attribute("a[rel=prev]", "href"), before[10]);
    assert_eq!(page.attributes("ol.mandates > li", "id")[10], "j4qq3");
    let english = ministry.get("/en/mandates").await;
    assert_eq!(
        english.attributes("ol.mandates h2 a", "href")[10],
        "/en/mandates/representation-abroad"
    );
}
