//! What changed: three versions of one mandate and another order of the list, on the pages and in the queries.

use jiff::Timestamp;
use mandat::model::{DocumentId, Instant, Snapshot, publication};

use crate::memento::{INSTANTS, LAST_SLUG, history};
use crate::past::publish;
use crate::support::database::TestDatabase;
use crate::support::visitor::Visitor;

/// The mandate that has three versions.
const MANDATE: i64 = 5;

#[tokio::test]
async fn a_version_is_in_effect_from_its_very_microsecond() {
    let database = history().await;
    let mut snapshot = Snapshot::take(&database.pools.site).await.unwrap();
    let mut version = async |microsecond: i64| {
        let at: Instant = Timestamp::from_microsecond(microsecond).unwrap().into();
        let documents = [DocumentId::from(MANDATE)];
        let shown = publication::shown(snapshot.connection(), &documents, at).await.unwrap();
        shown.first().map(|shown| shown.version)
    };
    for (place, instant) in INSTANTS[..3].iter().enumerate() {
        let start = instant.parse::<Timestamp>().unwrap().as_microsecond();
        let number = i64::try_from(place).unwrap();
        let before = (number > 0).then_some(number);
        assert_eq!(version(start - 1).await, before, "{instant}");
        assert_eq!(version(start).await, Some(number + 1), "{instant}");
        assert_eq!(version(start + 1).await, Some(number + 1), "{instant}");
    }
}

#[tokio::test]
async fn a_history_shows_the_words_that_differ() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    let words = visitor.get(&format!("{LAST_SLUG}/historique?de=1&a=2")).await;
    words.is(200).speaks("fr-CA");
    assert_eq!(words.words("#difference"), ["De la version 1 à la version 2"]);
    assert_eq!(words.words(".compared ins"), ["ajout\u{a0}: toute fin"]);
    assert!(!words.has(".compared del"));
    assert_eq!(
        words.words(".difference > .fate"),
        ["Mots ajoutés\u{a0}: 1. Mots supprimés\u{a0}: 0."]
    );
    let back = visitor.get(&format!("{LAST_SLUG}/historique?de=3&a=1")).await;
    assert_eq!(back.is(200).words(".compared del"), ["suppression\u{a0}: toute fin"]);

    let last = visitor.get(&format!("{LAST_SLUG}/historique")).await;
    assert_eq!(last.is(200).words("#difference"), ["De la version 2 à la version 3"]);
    assert!(!last.has(".compared"), "a slug is no word");
    let compared = last.attributes(".changes a[href^='?']", "href");
    assert_eq!(compared, ["?de=2&a=3#difference", "?de=1&a=2#difference"]);
    for unknown in ["?de=0&a=2", "?de=1&a=4", "?a=x", "?de=01"] {
        visitor.get(&format!("{LAST_SLUG}/historique{unknown}")).await.is(404);
    }
    for (one_version, status) in [
        ("", 200),
        ("?de=1&a=1", 200),
        ("?de=1", 200),
        ("?de=1&a=2", 404),
        ("?de=7&a=9", 404),
    ] {
        let answer = visitor.get(&format!("/fr/mission/historique{one_version}")).await;
        assert!(!answer.is(status).has("#difference"), "{one_version}");
    }
}

#[tokio::test]
async fn a_list_says_which_members_moved() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    let list = visitor.get("/en/mandates/history?from=1&to=2").await;
    list.is(200).speaks("en-CA");
    let moved = list.words(".difference li");
    assert_eq!(moved.len(), 1, "{moved:?}");
    assert!(moved[0].contains("moved from number"), "{moved:?}");
    assert_eq!(list.words(".changes .when").len(), 4, "a change of each instant");
    assert_eq!(list.words(".changes .subject").len(), 11 + 2, "its members' versions");
}

#[tokio::test]
async fn ranks_count_the_members_that_show() {
    let database = TestDatabase::empty().await;
    database.set_clock("2026-03-01T15:00:00Z").await;
    publish(&database, |name, text| Some((name, text))).await;
    database.set_clock("2026-03-02T15:00:00Z").await;
    database.withdraw(6, "withdrawn", None).await;
    database.set_clock("2026-03-03T15:00:00Z").await;
    publish(&database, |name, text| {
        let is_list = name.starts_with("04-");
        is_list.then(|| (name, text.replace("5, 6, 7, 8, 9,", "6, 7, 8, 5,")))
    })
    .await;
    database.set_clock("2026-03-10T15:00:00Z").await;
    database.withdraw(8, "withdrawn", None).await;
    database.set_clock("2026-03-11T15:00:00Z").await;
    let visitor = Visitor::new(&database);
    let list = visitor.get("/en/mandates/history?from=1&to=2").await;
    let told = list.is(200).words(".difference li");
    let fates = ["moved from number 1 to number 2", "removed, from number 4"];
    assert_eq!(told.len(), fates.len(), "{told:?}");
    for (told, fate) in told.iter().zip(fates) {
        assert!(told.ends_with(fate), "{told}");
    }
}

#[tokio::test]
async fn a_removed_page_keeps_its_history() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    visitor.get("/fr/accessibilite").await.is(410);
    let history = visitor.get("/fr/accessibilite/historique").await;
    assert_eq!(history.is(200).words(".changes .when").len(), 2);
    for path in history.attributes(".changes a", "href") {
        let page = visitor.get(&path).await;
        assert!([200, 410].contains(&page.status.as_u16()), "{path}");
    }
}

#[tokio::test]
async fn a_history_leads_to_each_version_in_one_hop() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    for page in [format!("{LAST_SLUG}/historique"), "/en/mandates/history".into()] {
        let paths = visitor.get(&page).await.attributes(".changes a[href^='/']", "href");
        assert!(paths.len() > 2, "{page}");
        for path in paths {
            visitor.get(&path).await.is(200);
        }
    }
}
