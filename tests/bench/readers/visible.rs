//! How soon readers see a release on every node, and what the database's bell and the making of a page take by themselves.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sqlx::postgres::{PgListener, PgPoolOptions};
use sqlx::{Executor, PgPool};

use crate::client::Connection;
use crate::median;

/// The document that is released, and its page.
const DOCUMENT: i64 = 6;
const PAGE: &str = "/fr/mandats/conseil-et-politiques";
/// After each round the nodes make ahead what was dropped, and pack it: a release in the midst of that is not what is measured.
const REST: Duration = Duration::from_secs(3);
/// How long a reader waits before asking again: who asks without a pause takes the processor that makes the page.
const PAUSE: Duration = Duration::from_micros(250);
/// A node that shows nothing for so long is broken.
const PATIENCE: Duration = Duration::from_secs(5);

/// What one round took.
struct Round {
    /// From `notify` to its being heard on another connection.
    bell: Duration,
    /// A page, from the question to the answer.
    page: Duration,
    /// From the commit's acknowledgement until each node showed it.
    nodes: Vec<Duration>,
}

/// Releases one text so many times; the medians, in milliseconds.
pub async fn watch(rounds: u64, database: &str, forgetful: SocketAddr, nodes: &[SocketAddr]) -> Value {
    let pool = PgPoolOptions::new().connect(database).await.unwrap();
    let mut bell = Bell::hang(&pool).await;
    let mut measured = Vec::new();
    // The first round fills caches.
    for number in 0..=rounds {
        let round = Round {
            bell: bell.ring().await,
            page: page(forgetful).await,
            nodes: release(&pool, nodes, number).await,
        };
        if number > 0 {
            measured.push(round);
        }
        tokio::time::sleep(REST).await;
    }
    let all = |of: fn(&Round) -> Duration| measured.iter().map(of).collect::<Vec<_>>();
    let (bell, page) = (median::of(all(|round| round.bell)), median::of(all(|round| round.page)));
    let on_all = all(|round| *round.nodes.iter().max().unwrap());
    let visible = median::of(on_all.clone());
    json!({
        "rounds": rounds,
        "nodes": nodes.len(),
        "bell_ms": bell,
        "page_ms": page,
        "visible_on_one_ms": median::of(all(|round| *round.nodes.iter().min().unwrap())),
        "visible_ms": visible,
        "visible_95_percent_ms": median::below(95, on_all),
        "most_ms": 5.0 * bell + page,
        "bells": (visible - page) / bell,
    })
}

/// The database's bell, by itself.
struct Bell {
    pool: PgPool,
    listener: PgListener,
}

impl Bell {
    async fn hang(pool: &PgPool) -> Self {
        let mut listener = PgListener::connect_with(pool).await.unwrap();
        listener.listen("bench").await.unwrap();
        Self {
            pool: pool.clone(),
            listener,
        }
    }

    async fn ring(&mut self) -> Duration {
        let mut connection = self.pool.acquire().await.unwrap();
        let began = Instant::now();
        let (rung, heard) = tokio::join!(connection.execute("notify bench"), async {
            self.listener.recv().await.unwrap();
            began.elapsed()
        });
        rung.unwrap();
        heard
    }
}

/// A page of a node that keeps none.
async fn page(node: SocketAddr) -> Duration {
    let mut connection = Connection::open(node).await.unwrap();
    connection.get("/robots.txt").await.unwrap();
    let began = Instant::now();
    assert_eq!(connection.get(PAGE).await.unwrap().status, 200);
    began.elapsed()
}

/// Releases the text with a stamp; how long after the acknowledgement each node showed it.
async fn release(pool: &PgPool, nodes: &[SocketAddr], number: u64) -> Vec<Duration> {
    let stamp = format!("stamp{number} ");
    let mut connections = Vec::new();
    for node in nodes {
        let mut connection = Connection::open(*node).await.unwrap();
        connection.get(PAGE).await.unwrap();
        connections.push(connection);
    }
    let released = sqlx::query("select stamp.release(array[$1], $2)");
    let released = released.bind(DOCUMENT).bind(stamp.trim_end()).execute(pool).await;
    let acknowledged = Instant::now();
    released.unwrap();
    let watchers: Vec<_> = connections
        .into_iter()
        .map(|connection| tokio::spawn(until_it_shows(connection, stamp.clone(), acknowledged)))
        .collect();
    let mut took = Vec::new();
    for watcher in watchers {
        took.push(watcher.await.unwrap());
    }
    took
}

async fn until_it_shows(mut connection: Connection, stamp: String, since: Instant) -> Duration {
    loop {
        let answer = connection.get(PAGE).await.unwrap();
        let took = since.elapsed();
        if answer.body.windows(stamp.len()).any(|words| words == stamp.as_bytes()) {
            return took;
        }
        assert!(took < PATIENCE, "{stamp}is not shown");
        // Timers of tokio count whole milliseconds.
        tokio::task::spawn_blocking(|| std::thread::sleep(PAUSE)).await.unwrap();
    }
}
