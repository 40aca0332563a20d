//! Texts that left, and pages that cannot be made: each told in the language of its path.

use std::io::Write;
use std::sync::{Arc, Mutex};

use mandat::database::Pools;

use super::{PAGE_POLICY, assert_framed};
use crate::support::database::{TestDatabase, roles};
use crate::support::visitor::{Answer, Visitor};

/// The second mandate in both languages, between the first and the third.
const SECOND: [&str; 2] = ["/fr/mandats/conseil-et-politiques", "/en/mandates/advice-and-policies"];

#[track_caller]
fn assert_no_robots(answer: &Answer) {
    assert_eq!(
        answer.attribute("meta[name=robots]", "content"),
        "noindex",
        "{}",
        answer.path
    );
}

#[tokio::test]
async fn a_removed_text_is_gone_with_an_explanation() {
    let database = TestDatabase::founded().await;
    database.withdraw(6, "removed", Some(2)).await;
    let visitor = Visitor::new(&database);
    for (path, language, reason, successor) in [
        (SECOND[0], "fr-CA", "Le motif d’essai.", "/fr/mission"),
        (SECOND[1], "en-CA", "The reason of a test.", "/en/mission"),
    ] {
        let answer = visitor.get(path).await;
        answer.is(410).speaks(language);
        assert_no_robots(&answer);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.words("main .withdrawn").concat().contains(reason), "{path}");
        assert_eq!(answer.attribute("main .withdrawn a", "href"), successor);
        assert!(
            !answer.body.contains("conseiller le gouvernement") && !answer.body.contains("advising"),
            "{path}"
        );
        assert_framed(&answer);
    }
    visitor.get("/fr/mandats/CONSEIL-et-politiques/").await.is(410);
    assert_eq!(visitor.get("/d/6").await.is(308).header("location"), SECOND[0]);
    assert_out_of_sight(&visitor).await;
}

#[tokio::test]
async fn a_withdrawn_text_stays_under_a_banner_and_out_of_the_lists() {
    let database = TestDatabase::founded().await;
    database.withdraw(6, "withdrawn", None).await;
    let visitor = Visitor::new(&database);
    for (path, language, reason) in [
        (SECOND[0], "fr-CA", "Le motif d’essai."),
        (SECOND[1], "en-CA", "The reason of a test."),
    ] {
        let answer = visitor.get(path).await;
        answer.is(200).speaks(language);
        assert_no_robots(&answer);
        assert_eq!(answer.header("cache-control"), PAGE_POLICY);
        assert!(answer.words("main .withdrawn").concat().contains(reason), "{path}");
        assert!(!answer.has(".neighbours, main p.rank"), "{path}: it has no rank");
        assert!(answer.has(".passage [id]"), "{path}: its words stay");
    }
    assert_out_of_sight(&visitor).await;
}

/// The second mandate is in no list and nobody's neighbour; the others move up.
async fn assert_out_of_sight(visitor: &Visitor) {
    for (path, second) in [
        ("/fr", SECOND[0]),
        ("/fr/mandats", SECOND[0]),
        ("/fr/plan-du-site", SECOND[0]),
        ("/en", SECOND[1]),
        ("/en/mandates", SECOND[1]),
        ("/en/site-map", SECOND[1]),
    ] {
        let answer = visitor.get(path).await;
        answer.is(200);
        assert!(!answer.attributes("a", "href").contains(&second.to_owned()), "{path}");
    }
    let list = visitor.get("/fr/mandats").await;
    let ranks: Vec<String> = (1..=10).map(|rank| rank.to_string()).collect();
    assert_eq!(list.words("ol.mandates a.rank"), ranks);
    let first = visitor.get("/fr/mandats/representation-a-l-etranger").await;
    assert_eq!(
        first.attribute("a[rel=next]", "href"),
        "/fr/mandats/action-a-l-etranger"
    );
    assert_eq!(first.words("a[rel=next] .rank"), ["2"]);
    let third = visitor.get("/fr/mandats/action-a-l-etranger").await;
    assert_eq!(
        third.attribute("a[rel=prev]", "href"),
        "/fr/mandats/representation-a-l-etranger"
    );
}

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn words(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// Asks for a page, and keeps what is logged meanwhile.
    async fn while_asking(&self, visitor: &Visitor, path: &str) -> Answer {
        let writer = self.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let _captured = tracing::subscriber::set_default(subscriber);
        visitor.get(path).await
    }
}

impl Write for Log {
    fn write(&mut self, words: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(words)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_fault_is_told_to_the_log_and_not_to_the_reader() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    for path in ["/fr", "/en"] {
        visitor.get(path).await.is(200);
    }
    database.run("alter view site.passage rename to lost").await;
    for (path, language) in [
        ("/fr/mission", "fr-CA"),
        ("/en/mission", "en-CA"),
        ("/", "fr-CA"),
        ("/en/site-map", "en-CA"),
    ] {
        let log = Log::default();
        let answer = log.while_asking(&visitor, path).await;
        answer.is(500).speaks(language);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_no_robots(&answer);
        assert_framed(&answer);
        for word in ["site.passage", "relation", "42P01", "PgDatabase"] {
            assert!(!answer.body.contains(word), "{path}: {word}");
        }
        assert_eq!(log.words().matches("site.passage").count(), 1, "{}", log.words());
        assert_eq!(log.words().matches("ERROR").count(), 1, "{}", log.words());
    }
}

#[tokio::test]
async fn without_a_database_readers_are_told_to_come_back() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let stylesheet = mandat::web::assets::path("site.css");
    for path in ["/fr", "/en"] {
        visitor.get(path).await.is(200);
    }
    database.pools.site.close().await;
    for (path, language, title) in [
        ("/", "fr-CA", "Service momentanément interrompu"),
        ("/fr/mandats", "fr-CA", "Service momentanément interrompu"),
        ("/en/mandates", "en-CA", "Service temporarily unavailable"),
        ("/d/2", "fr-CA", "Service momentanément interrompu"),
    ] {
        let answer = visitor.get(path).await;
        answer.is(503).speaks(language);
        assert_eq!(answer.words("h1"), [title]);
        assert_eq!(answer.header("retry-after"), "10");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_framed(&answer);
        assert!(
            answer.words(".wordmark").concat().contains("Relations internationales"),
            "{path}"
        );
    }
    visitor.get(stylesheet).await.is(200);
}

#[tokio::test]
async fn a_database_that_is_busy_or_away_is_no_fault() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    for (code, status) in [
        ("53300", 503),
        ("57014", 503),
        ("57P01", 503),
        ("57P03", 503),
        ("08006", 503),
        ("22012", 500),
    ] {
        let failing = format!(
            "create or replace function instant() returns timestamptz language plpgsql volatile
               as $$ begin raise exception 'away' using errcode = '{code}'; end $$"
        );
        database.run(&failing).await;
        let answer = visitor.get("/fr").await;
        answer.is(status).speaks("fr-CA");
        let retry = if status == 503 { "10" } else { "" };
        assert_eq!(answer.header("retry-after"), retry, "{code}");
    }
}

#[tokio::test]
async fn an_error_page_is_read_in_the_snapshot_that_showed_the_error() {
    let database = TestDatabase::founded().await;
    database.withdraw(7, "removed", None).await;
    // Each transaction that asks for the instant leaves a lock of its own on its connection, which the pool keeps.
    database
        .run(
            "create or replace function instant() returns timestamptz language sql volatile as
               $$ select pg_advisory_lock(1866, hashtext(now()::text)); select clock_timestamp() $$",
        )
        .await;
    let visitor = Visitor::new(&database);
    let mut owner = database.as_owner().await;
    let mut taken = 0;
    for (path, status) in [
        ("/fr/mission", 200),
        ("/fr/mandats/nulle-part", 404),
        ("/en/as-of/9999-01-01/mission", 404),
        ("/fr/au/2020-01-01/mission", 404),
        ("/fr/mandats/action-a-l-etranger", 410),
    ] {
        let answer = visitor.get(path).await;
        answer.is(status);
        assert_framed(&answer);
        let locks = "select count(*) from pg_locks where classid = 1866
                        and database = (select oid from pg_database where datname = current_database())";
        let snapshots: i64 = sqlx::query_scalar(locks).fetch_one(&mut owner).await.unwrap();
        assert_eq!(snapshots - taken, 1, "{path}");
        taken = snapshots;
    }
}

#[tokio::test]
async fn a_server_that_never_answered_still_leaves_a_frame() {
    let mut database = TestDatabase::empty().await;
    let elsewhere = database.owner.clone().socket("/nowhere");
    database.pools = Pools::open(&elsewhere, &roles());
    let visitor = Visitor::new(&database);
    for (path, language) in [("/fr", "fr-CA"), ("/en/mission", "en-CA")] {
        let answer = visitor.get(path).await;
        answer.is(503).speaks(language);
        assert_eq!(answer.header("retry-after"), "10");
        assert_eq!(answer.attributes(".sections a", "href").len(), 4, "{path}");
        assert_eq!(answer.words("h1").len(), 1);
        assert!(!answer.body.contains("nowhere") && !answer.words("title").concat().trim().is_empty());
    }
}
