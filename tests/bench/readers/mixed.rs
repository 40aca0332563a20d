//! Requests of every kind, for a node whose memory is watched.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use serde_json::{Value, json};

use crate::chance::Chance;
use crate::client::{Answer, Connection};
use crate::load::pages;

/// How many ask at once.
const READERS: u64 = 16;

/// Words of searches, of which some are found.
const WORDS: [&str; 6] = [
    "mission",
    "Lemire",
    "lemyre",
    "francophonie",
    "introuvable",
    "biodiversite",
];

/// Asks so many times; how many answers had each status.
pub async fn read(requests: u64, seed: u64, node: SocketAddr) -> Value {
    let paths = pages(&[node]).await;
    let readers: Vec<_> = (1..=READERS)
        .map(|reader| {
            let paths = paths.clone();
            let chance = Chance::new(seed * READERS + reader);
            tokio::spawn(async move { reads(requests / READERS, chance, node, &paths).await })
        })
        .collect();
    let mut statuses = BTreeMap::<u16, u64>::new();
    for reader in readers {
        for (status, count) in reader.await.unwrap() {
            *statuses.entry(status).or_default() += count;
        }
    }
    json!(statuses)
}

async fn reads(requests: u64, mut chance: Chance, node: SocketAddr, paths: &[String]) -> BTreeMap<u16, u64> {
    let mut connection = Connection::open(node).await.unwrap();
    let mut statuses = BTreeMap::new();
    for _ in 0..requests {
        if !connection.lives() {
            connection = Connection::open(node).await.unwrap();
        }
        let answer = one(&mut chance, &mut connection, paths).await;
        *statuses.entry(answer.status).or_default() += 1;
    }
    statuses
}

/// One request: of 64 there are 48 for pages, twelve for pages that the reader has, and one each for the past, the search,
/// the API and what few or none ask for.
async fn one(chance: &mut Chance, connection: &mut Connection, paths: &[String]) -> Answer {
    let page = chance.one_of(paths).as_str();
    let coding = chance.one_of(&["identity", "gzip", "br"]);
    let path = match chance.next() % 64 {
        0..=47 => page.to_owned(),
        48..=59 => {
            let coding = ("Accept-Encoding", *coding);
            let tag = connection.ask(page, &[coding]).await.unwrap().tag.unwrap();
            return connection.ask(page, &[coding, ("If-None-Match", &tag)]).await.unwrap();
        }
        60 => past(chance, page),
        61 => format!("/fr/recherche?q={}+{:x}", chance.one_of(&WORDS), chance.next() % 4096),
        62 => format!("/api/v1/documents?limit={}", chance.next() % 20 + 1),
        _ => match chance.next() % 3 {
            0 => format!("{page}.atom"),
            1 => "/sitemap.xml".to_owned(),
            _ => chance.unforeseen(),
        },
    };
    connection.ask(&path, &[("Accept-Encoding", coding)]).await.unwrap()
}

/// A page at a second of the year after the founding.
fn past(chance: &mut Chance, page: &str) -> String {
    let second = chance.next();
    let (day, hour, minute) = (second % 28 + 1, second / 28 % 24, second / 700 % 60);
    let (month, second) = (second / 50_000 % 11 + 2, second / 3_000_000 % 60);
    let instant = format!("2024-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
    match page.split_at(page.len().min(3)) {
        ("/en", rest) => format!("/en/as-of/{instant}{rest}"),
        (_, rest) => format!("/fr/au/{instant}{rest}"),
    }
}
