//! What a page takes that must be made, that is kept, and that its reader has already.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use crate::client::Connection;
use crate::median;

const PAGES: [&str; 5] = [
    "/fr",
    "/fr/mission",
    "/fr/mandats",
    "/en/representatives/jean-lemire",
    "/fr/mission/historique",
];
const GZIP: (&str, &str) = ("Accept-Encoding", "gzip");

/// Reads each page so many times from a node that keeps nothing and from one that keeps it, in turn; the medians, in
/// milliseconds.
pub async fn read(rounds: u64, forgetful: SocketAddr, node: SocketAddr) -> Value {
    let mut forgetful = Connection::open(forgetful).await.unwrap();
    let mut node = Connection::open(node).await.unwrap();
    let mut told = Map::new();
    for page in PAGES {
        let tag = node.ask(page, &[GZIP]).await.unwrap().tag.unwrap();
        let known = [GZIP, ("If-None-Match", tag.as_str())];
        let (mut first, mut kept, mut unchanged) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..rounds {
            first.push(time(&mut forgetful, page, &[GZIP], 200).await);
            kept.push(time(&mut node, page, &[GZIP], 200).await);
            unchanged.push(time(&mut node, page, &known, 304).await);
        }
        let times = json!({
            "first_ms": median::of(first),
            "kept_ms": median::of(kept),
            "unchanged_ms": median::of(unchanged),
        });
        told.insert(page.to_owned(), times);
    }
    Value::Object(told)
}

async fn time(connection: &mut Connection, page: &str, headers: &[(&str, &str)], status: u16) -> Duration {
    let began = Instant::now();
    let answer = connection.ask(page, headers).await.unwrap();
    let took = began.elapsed();
    assert_eq!(answer.status, status, "{page}");
    took
}
