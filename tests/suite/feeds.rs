//! Feeds, and the files at known places.

use crate::memento::{LAST_SLUG, history};
use crate::support::database::TestDatabase;
use crate::support::visitor::Visitor;

#[tokio::test]
async fn a_feed_tells_each_text_once_it_has_words() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    for (path, language) in [
        ("/fr/fil.atom", "fr-CA"),
        ("/en/feed.atom", "en-CA"),
        ("/fr/mission.atom", "fr-CA"),
    ] {
        let answer = visitor.get(path).await;
        answer.is(200);
        assert_eq!(answer.header("content-language"), language);
        assert!(answer.body.contains(&format!("xml:lang=\"{language}\"")), "{path}");
    }
    let whole = visitor.get("/fr/fil.atom").await.body;
    assert_eq!(whole.matches("<entry>").count(), 24);
    assert_eq!(visitor.get("/fr/mission.atom").await.body.matches("<entry>").count(), 1);
}

#[tokio::test]
async fn a_minor_release_stays_out_of_feeds() {
    let database = TestDatabase::founded().await;
    let mut owner = database.as_owner().await;
    let visitor = Visitor::new(&database);
    visitor.get("/fr/mission.atom").await.is(200);
    sqlx::raw_sql("alter table publication disable trigger user; update publication set minor = true")
        .execute(&mut owner)
        .await
        .unwrap();
    let empty = visitor.get("/fr/mission.atom").await;
    assert!(
        !empty.is(200).body.contains("<entry>"),
        "a page announces no feed that is not there"
    );
    visitor.get("/fr/fil.atom").await.is(404);
}

/// Publishes every text again, with other words in English alone.
async fn reword_english(database: &TestDatabase, round: i32) {
    database
        .run(&format!(
            "select take_instant(array(select id from document));
             insert into revision (document_id, number, parent, slug_fr, slug_en, english, author)
             select document_id, number + 1, number, slug_fr, slug_en, english, author from revision where number = {round};
             insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
             select document_id, number + 1, part, position, anchor, fr, en || ' again', number + 1
               from passage where number = {round};
             insert into list_item select document_id, number + 1, position, member_id from list_item where number = {round};
             insert into representative_detail
             select document_id, number + 1, office_from, office_until, successor_id
               from representative_detail where number = {round};
             update revision set digest = revision_digest(document_id, number) where digest is null;
             set constraints publication_one_text_at_a_time deferred;
             insert into release (at, taken_at, author) values (deed_instant(), deed_instant(), 1);
             insert into publication (document_id, number, period, release_id)
             select d.id, {round} + 1, tstzrange(deed_instant(), null), (select max(id) from release) from document d;
             select settle(id) from document"
        ))
        .await;
}

#[tokio::test]
async fn a_feed_looks_beyond_what_changed_nothing_for_its_readers() {
    let database = TestDatabase::founded().await;
    for round in 1..=6 {
        database.set_clock(&format!("2030-01-0{round}T15:00:00Z")).await;
        reword_english(&database, round).await;
    }
    let visitor = Visitor::new(&database);
    for (feed, entries) in [("/fr/fil.atom", 24), ("/en/feed.atom", 30)] {
        let whole = visitor.get(feed).await;
        assert_eq!(whole.is(200).body.matches("<entry>").count(), entries, "{feed}");
    }
}

/// What stands between two words of a feed, for each pair.
fn between<'a>(feed: &'a str, before: &'a str, after: &str) -> Vec<&'a str> {
    let pieces = feed.split(before).skip(1);
    pieces.filter_map(|piece| Some(piece.split_once(after)?.0)).collect()
}

#[tokio::test]
async fn an_entry_shows_the_words_that_differ_at_an_address_that_never_changes() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    let feed = visitor.get(&format!("{LAST_SLUG}.atom")).await;
    let entries = between(&feed.is(200).body, "<entry>", "</entry>");
    assert_eq!(entries.len(), 2, "a slug is no word");
    assert!(entries[0].contains("&lt;ins&gt; toute"), "{}", entries[0]);
    assert!(!entries[0].contains("&lt;del&gt;"), "{}", entries[0]);
    assert!(
        entries[0].contains("historique?de=1&amp;#38;a=2#difference"),
        "{}",
        entries[0]
    );
    assert!(!entries[1].contains("&lt;ins&gt;"), "the first version is whole");
    let ids = entries
        .iter()
        .flat_map(|entry| between(entry, "<id>https://mandat.example", "</id>"));
    let ids: Vec<&str> = ids.collect();
    assert_eq!(
        ids,
        [
            "/fr/au/2026-03-05T10:00:00Z/mandats/representation-a-l-etranger",
            "/fr/au/2026-03-01T15:00:01Z/mandats/representation-a-l-etranger",
        ]
    );
    for (id, version) in ids.iter().zip(["2", "1"]) {
        let page = visitor.get(id).await;
        assert_eq!(page.is(200).words(".aside dd")[1], version, "{id}");
    }
}

#[tokio::test]
async fn a_feed_tells_what_moved_and_what_ended() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    let list = visitor.get("/en/mandates.atom").await;
    assert!(list.is(200).body.contains("moved from number"));
    let whole = visitor.get("/fr/fil.atom").await;
    let entries = between(&whole.is(200).body, "<entry>", "</entry>");
    assert!(
        entries[0].contains("\u{a0}: retrait du texte</title>"),
        "{}",
        entries[0]
    );
    assert!(
        entries[0].contains("/fr/au/2026-03-12T10:00:01Z/accessibilite</id>"),
        "{}",
        entries[0]
    );
    visitor.get("/fr/accessibilite.atom").await.is(410);
    visitor.get("/fr/accessibilite.png").await.is(410);
    let sitemap = visitor.get("/sitemap.xml").await;
    assert!(!sitemap.is(200).body.contains("accessibilite"));
}

#[tokio::test]
async fn robots_name_the_sitemap_and_the_sitemap_names_pages_that_are_there() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let robots = visitor.get("/robots.txt").await;
    assert!(
        robots
            .is(200)
            .body
            .contains("Sitemap: https://mandat.example/sitemap.xml")
    );
    let sitemap = visitor.get("/sitemap.xml").await;
    sitemap.is(200);
    let addresses: Vec<&str> = sitemap
        .body
        .split("<loc>https://mandat.example")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
        .collect();
    assert_eq!(addresses.len(), 50, "24 documents and the plan, in two languages");
    for address in addresses {
        visitor.get(address).await.is(200);
    }
}
