//! A crowd that takes room: idle and slow connections and random paths, while a probe asks for a page.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::chance::Chance;
use crate::client::Connection;

/// Half of them never say anything, half have asked for a page once.
const IDLE: usize = 10_000;
/// Half of them are slow with their headers, half with their body.
const SLOW: usize = 200;
/// How many ask for random paths, each as fast as it is answered.
const WANDERERS: u64 = 16;

/// How often a slow client sends a byte.
const DRIP: Duration = Duration::from_secs(1);
/// How often the probe asks.
const PROBE: Duration = Duration::from_millis(50);
/// How long somebody who was sent away waits before coming back.
const PAUSE: Duration = Duration::from_millis(500);

#[derive(Default)]
struct Counts {
    /// Idle connections that are open now.
    idle: AtomicI64,
    wandered: AtomicU64,
}

/// Presses for this long.
pub async fn press(address: SocketAddr, lasts: Duration) -> Value {
    let counts = Arc::new(Counts::default());
    let mut crowd = tokio::task::JoinSet::new();
    for idle in 0..IDLE {
        crowd.spawn(idles(address, idle % 2 == 0, Arc::clone(&counts)));
    }
    for slow in 0..SLOW {
        let begins = if slow % 2 == 0 {
            "GET /fr HTTP/1.1\r\nHost: mandat.test\r\nX-Slow: "
        } else {
            "POST /fr HTTP/1.1\r\nHost: mandat.test\r\nContent-Length: 1000000\r\n\r\n"
        };
        crowd.spawn(drips(address, begins));
    }
    for seed in 1..=WANDERERS {
        crowd.spawn(wanders(address, seed, Arc::clone(&counts)));
    }
    let end = Instant::now() + lasts;
    let (mut took, mut failed, mut most_idle) = (Vec::new(), 0, 0);
    while Instant::now() < end {
        let began = Instant::now();
        let asked = async { Connection::open(address).await?.get("/fr/mission").await };
        match asked.await {
            Ok(answer) if answer.status == 200 => took.push(began.elapsed()),
            _ => failed += 1,
        }
        most_idle = most_idle.max(counts.idle.load(Ordering::Relaxed));
        tokio::time::sleep(PROBE.saturating_sub(began.elapsed())).await;
    }
    crowd.abort_all();
    took.sort();
    let milliseconds = |share: usize| {
        took.get(took.len() * share / 100)
            .map(|took| took.as_secs_f64() * 1000.0)
    };
    json!({
        "idle_at_most": most_idle,
        "slow": SLOW,
        "random_requests": counts.wandered.load(Ordering::Relaxed),
        "probes": took.len(),
        "probes_failed": failed,
        "probe_median_ms": milliseconds(50),
        "probe_99_percent_ms": milliseconds(99),
    })
}

/// Connects, asks for a page perhaps, and says nothing more, again and again.
async fn idles(address: SocketAddr, asks: bool, counts: Arc<Counts>) {
    loop {
        if let Ok(mut connection) = Connection::open(address).await {
            counts.idle.fetch_add(1, Ordering::Relaxed);
            if !asks || connection.get("/fr").await.is_ok() {
                connection.until_closed().await;
            }
            counts.idle.fetch_sub(1, Ordering::Relaxed);
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Begins a request and sends the rest byte by byte, again and again.
async fn drips(address: SocketAddr, begins: &str) {
    loop {
        if let Ok(mut stream) = TcpStream::connect(address).await {
            let mut sent = stream.write_all(begins.as_bytes()).await;
            while sent.is_ok() {
                tokio::time::sleep(DRIP).await;
                sent = stream.write_all(b"x").await;
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Asks for addresses that nobody foresaw: pages, searches, instants of the past.
async fn wanders(address: SocketAddr, seed: u64, counts: Arc<Counts>) {
    let mut chance = Chance::new(seed);
    loop {
        let Ok(mut connection) = Connection::open(address).await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        while connection.lives() {
            if connection.get(&chance.unforeseen()).await.is_err() {
                break;
            }
            counts.wandered.fetch_add(1, Ordering::Relaxed);
        }
    }
}
