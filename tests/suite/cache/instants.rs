//! A text scheduled for an instant is read from that instant on, on every node, whatever clock the node has and whether or
//! not anybody writes at that moment.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use mandat::model::instant;

use super::stamped;
use crate::support::database::TestDatabase;
use crate::support::node::Node;

/// What shows the change, and the word that tells that it has happened; none where the stamp does.
const SHOWING: [(&str, &str); 9] = [
    ("/fr/mandats/nouveau-venu", "stamp7"),
    ("/en/mandates/newcomer", "stamp7"),
    ("/fr/mandats", "stamp7"),
    ("/en", "stamp7"),
    ("/en/feed.atom", "stamp7"),
    ("/sitemap.xml", "/fr/mandats/nouveau-venu"),
    ("/fr/plan-du-site", "stamp7"),
    ("/fr/recherche?q=stamp7", "/fr/mandats/nouveau-venu"),
    ("/api/v1/documents", "stamp7"),
];

/// The wall clock of a machine that is wrong by so many seconds.
#[expect(clippy::disallowed_methods, reason = "the clock of a node is what is tried here")]
fn wall(shift: i64) -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_micros()).unwrap() + shift * 1_000_000
}

/// Two nodes, one whose clock is two seconds ahead and one whose clock is two seconds behind.
async fn nodes(database: &TestDatabase) -> [Node; 2] {
    [
        Node::with(database, 64 << 20, || wall(2)).await,
        Node::with(database, 64 << 20, || wall(-2)).await,
    ]
}

async fn database_clock(database: &TestDatabase) -> i64 {
    let now = instant::now(&database.pools.desk).await.unwrap();
    now.timestamp().as_microsecond()
}

/// An instant so many seconds ahead, as SQL and in microseconds.
async fn ahead(database: &TestDatabase, seconds: i64) -> (String, i64) {
    let at = database_clock(database).await + seconds * 1_000_000;
    (format!("to_timestamp({at} / 1000000.0)"), at)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_node_shows_what_is_to_come_nor_what_was_a_second_after() {
    let database = stamped().await;
    let nodes = nodes(&database).await;
    let (at, microsecond) = ahead(&database, 4).await;
    database
        .run(&format!("select stamp.newcomer(900, 'stamp7', {at})"))
        .await;
    let (mut before, mut after) = (0, 0);
    while database_clock(&database).await < microsecond + 1_500_000 {
        for (path, word) in SHOWING {
            for node in &nodes {
                let asked = database_clock(&database).await;
                let answer = node.get(path).await;
                let answered = database_clock(&database).await;
                let shows = answer.status == 200 && answer.body.contains(word);
                if answered < microsecond {
                    before += 1;
                    assert!(!shows, "{path} shows it {} µs before", microsecond - answered);
                } else if asked > microsecond + 1_000_000 {
                    after += 1;
                    assert!(shows, "{path} does not show it {} µs after", asked - microsecond);
                }
            }
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(
        before > 50 && after >= SHOWING.len(),
        "asked {before} times before and {after} after"
    );
    let hits: u64 = nodes.iter().map(|node| node.cache().hits()).sum();
    assert!(hits > 20, "answers were kept: {hits}");
}

#[tokio::test]
async fn what_is_scheduled_after_a_page_was_kept_still_comes_in_time() {
    let database = stamped().await;
    let nodes = nodes(&database).await;
    for node in &nodes {
        node.get("/fr/mission").await.is(200);
    }
    let (at, microsecond) = ahead(&database, 3).await;
    database
        .run(&format!("select stamp.release(array[2], 'stamp1', {at})"))
        .await;
    for node in &nodes {
        assert!(!node.get("/fr/mission").await.body.contains("stamp1"));
    }
    let rest = u64::try_from(microsecond - database_clock(&database).await).unwrap();
    tokio::time::sleep(Duration::from_micros(rest + 50_000)).await;
    for node in &nodes {
        assert!(node.get("/fr/mission").await.is(200).body.contains("stamp1"));
    }
}
