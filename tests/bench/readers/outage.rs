//! Readers of everything that shows two scheduled changes while the database is away, one of which is cancelled meanwhile.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sqlx::{Connection as _, PgConnection};

use crate::client::Connection;

/// An address, and the words there that tell that a change has come.
type Output = (&'static str, &'static str);

/// What shows the change that comes.
const COMING: [Output; 11] = [
    ("/fr/mandats/nouveau-venu", "stamp7"),
    ("/en/mandates/newcomer", "stamp7"),
    ("/fr/mandats", "stamp7"),
    ("/fr", "stamp7"),
    ("/en", "stamp7"),
    ("/fr/fil.atom", "stamp7"),
    ("/sitemap.xml", "/fr/mandats/nouveau-venu"),
    ("/fr/plan-du-site", "stamp7"),
    ("/fr/recherche?q=stamp7", "/fr/mandats/nouveau-venu"),
    ("/api/v1/documents", "stamp7"),
    ("/api/v1/documents/900", "stamp7"),
];
/// What would show the change that was cancelled.
const CANCELLED: [Output; 10] = [
    ("/fr/mandats/conseil-et-politiques", "stamp8"),
    ("/en/mandates/advice-and-policies", "stamp8"),
    ("/fr/mandats", "stamp8"),
    ("/fr", "stamp8"),
    ("/en", "stamp8"),
    ("/fr/fil.atom", "stamp8"),
    ("/fr/mandats/conseil-et-politiques.atom", "stamp8"),
    ("/fr/mandats/conseil-et-politiques/historique", "stamp8"),
    ("/fr/recherche?q=stamp8", "/fr/mandats/conseil-et-politiques"),
    ("/api/v1/documents/6", "stamp8"),
];

/// How often each is asked for.
const PAUSE: Duration = Duration::from_millis(50);
/// For how long after the database's return.
const AFTERWARDS: Duration = Duration::from_secs(5);
/// How exactly the caller knows the instant.
const ROUGHLY: Duration = Duration::from_secs(1);

/// One answer.
struct Seen {
    asked: Instant,
    answered: Instant,
    status: u16,
    /// Whether it shows the change.
    shows: bool,
}

/// All answers of one node for one address.
struct Watched {
    path: &'static str,
    /// Whether it was there when it was first asked for, and does not depend on a query.
    is_kept: bool,
    seen: Vec<Seen>,
}

/// What one moment means to every watcher.
#[derive(Clone, Copy)]
struct Times {
    /// When both changes are due.
    instant: Instant,
    /// When the database was last found away.
    away: Instant,
}

/// Watches nodes whose database goes and comes back; the changes are due in so many seconds.
pub async fn watch(seconds: u64, database: &str, nodes: &[SocketAddr]) -> Value {
    let instant = Instant::now() + Duration::from_secs(seconds);
    let is_over = Arc::new(AtomicBool::new(false));
    let begin = |outputs: &[Output]| {
        let pairs = outputs
            .iter()
            .flat_map(|output| nodes.iter().map(move |node| (*output, *node)));
        let watch = |(output, node): (Output, SocketAddr)| tokio::spawn(watches(output, node, Arc::clone(&is_over)));
        pairs.map(watch).collect::<Vec<_>>()
    };
    let (coming, cancelled) = (begin(&COMING), begin(&CANCELLED));
    while reaches(database).await {
        tokio::time::sleep(PAUSE).await;
    }
    let mut away = Instant::now();
    loop {
        let tried = Instant::now();
        if reaches(database).await {
            break;
        }
        away = tried;
        tokio::time::sleep(PAUSE / 10).await;
    }
    tokio::time::sleep(AFTERWARDS).await;
    is_over.store(true, Ordering::Relaxed);
    let (mut all_coming, mut all_cancelled) = (Vec::new(), Vec::new());
    for watcher in coming {
        all_coming.push(watcher.await.unwrap());
    }
    for watcher in cancelled {
        all_cancelled.push(watcher.await.unwrap());
    }
    told(&all_coming, &all_cancelled, Times { instant, away })
}

fn told(coming: &[Watched], cancelled: &[Watched], times: Times) -> Value {
    let came = latest(coming, |seen| seen.shows, times);
    let stayed = latest(cancelled, |seen| seen.status == 200 && !seen.shows, times);
    let answers = || coming.iter().chain(cancelled).flat_map(|watched| &watched.seen);
    let before = |seen: &Seen| seen.answered + ROUGHLY < times.instant;
    let due = |seen: &Seen| seen.asked > times.instant + ROUGHLY && seen.answered < times.away;
    let shown = |all: &[Watched], when: &dyn Fn(&Seen) -> bool| {
        let seen = all.iter().flat_map(|watched| &watched.seen);
        seen.filter(|seen| seen.shows && when(seen)).count()
    };
    let kept = coming.iter().chain(cancelled).filter(|watched| watched.is_kept);
    let failed = kept.flat_map(|watched| &watched.seen);
    json!({
        "statuses_before_the_instant": statuses(answers().filter(|seen| before(seen))),
        "statuses_after_the_instant": statuses(answers().filter(|seen| due(seen))),
        "kept_failed": failed.filter(|seen| before(seen) && seen.status != 200).count(),
        "shown_too_early": shown(coming, &|seen| seen.answered < times.away),
        "cancelled_shown": shown(cancelled, &|_| true),
        "latest_ms": came.values().chain(stayed.values()).max(),
        "coming_ms": came,
        "cancelled_ms": stayed,
    })
}

async fn reaches(database: &str) -> bool {
    match PgConnection::connect(database).await {
        Ok(connection) => connection.close().await.is_ok(),
        Err(_) => false,
    }
}

async fn watches((path, words): Output, node: SocketAddr, is_over: Arc<AtomicBool>) -> Watched {
    let mut connection = Connection::open(node).await.unwrap();
    let is_kept = connection.get(path).await.unwrap().status == 200 && !path.contains('?');
    let mut seen = Vec::new();
    while !is_over.load(Ordering::Relaxed) {
        if !connection.lives() {
            connection = Connection::open(node).await.unwrap();
        }
        let asked = Instant::now();
        let answer = connection.get(path).await.unwrap();
        seen.push(Seen {
            asked,
            answered: Instant::now(),
            status: answer.status,
            shows: answer.status == 200 && String::from_utf8_lossy(&answer.body).contains(words),
        });
        tokio::time::sleep(PAUSE).await;
    }
    Watched { path, is_kept, seen }
}

/// How long after the database's return the slowest node was first so, by path, in milliseconds.
fn latest(all: &[Watched], is_so: fn(&Seen) -> bool, times: Times) -> BTreeMap<&'static str, u64> {
    let mut latest = BTreeMap::new();
    for watched in all {
        let mut after = watched.seen.iter().filter(|seen| seen.answered >= times.away);
        let took = after.find(|seen| is_so(seen)).map(|seen| seen.answered - times.away);
        let took = took
            .and_then(|took| u64::try_from(took.as_millis()).ok())
            .unwrap_or(u64::MAX);
        let most = latest.entry(watched.path).or_default();
        *most = took.max(*most);
    }
    latest
}

fn statuses<'a>(answers: impl Iterator<Item = &'a Seen>) -> BTreeMap<u16, u64> {
    let mut statuses = BTreeMap::new();
    for seen in answers {
        *statuses.entry(seen.status).or_default() += 1;
    }
    statuses
}
