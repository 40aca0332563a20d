//! Readers of every page, who count what fails and what mixes two releases.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::Balancer;

/// How many read at once.
const READERS: usize = 32;

/// How many failures are told in words.
const TOLD: usize = 10;

/// What one reader saw.
#[derive(Default)]
struct Seen {
    requests: u64,
    mixed: u64,
    failures: Vec<String>,
    stamps: BTreeSet<String>,
    longest: Duration,
}

/// Reads for this long.
pub async fn read(addresses: Vec<SocketAddr>, lasts: Duration) -> Value {
    let paths = Arc::new(pages(&addresses).await);
    let end = Instant::now() + lasts;
    let readers: Vec<_> = (0..READERS)
        .map(|reader| {
            let (addresses, paths) = (addresses.clone(), Arc::clone(&paths));
            tokio::spawn(async move { reads(&addresses, &paths, reader, end).await })
        })
        .collect();
    let mut all = Seen::default();
    for reader in readers {
        let seen = reader.await.unwrap();
        all.requests += seen.requests;
        all.mixed += seen.mixed;
        all.failures.extend(seen.failures);
        all.stamps.extend(seen.stamps);
        all.longest = all.longest.max(seen.longest);
    }
    let mut told = BTreeMap::<String, u64>::new();
    for failure in &all.failures {
        *told.entry(failure.clone()).or_default() += 1;
    }
    json!({
        "pages": paths.len(),
        "requests": all.requests,
        "failed": all.failures.len(),
        "failures": told.into_iter().take(TOLD).collect::<BTreeMap<_, _>>(),
        "of_two_releases": all.mixed,
        "releases_seen": all.stamps.len(),
        "longest_ms": all.longest.as_millis(),
    })
}

/// The path of every page in the sitemap.
pub async fn pages(addresses: &[SocketAddr]) -> Vec<String> {
    let sitemap = Balancer::new(addresses, 0).get("/sitemap.xml").await.unwrap();
    let sitemap = String::from_utf8(sitemap.body).unwrap();
    let places = sitemap
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next());
    let paths: Vec<String> = places
        .filter_map(|place| Some(format!("/{}", place.split_once("://")?.1.split_once('/')?.1)))
        .collect();
    assert!(!paths.is_empty(), "no page in the sitemap");
    paths
}

async fn reads(addresses: &[SocketAddr], paths: &[String], reader: usize, end: Instant) -> Seen {
    let mut balancer = Balancer::new(addresses, reader);
    let mut seen = Seen::default();
    for path in paths.iter().cycle().skip(reader * paths.len() / READERS) {
        let began = Instant::now();
        if began > end {
            break;
        }
        seen.requests += 1;
        match balancer.get(path).await {
            Ok(answer) if answer.status == 200 => {
                let stamps = stamps(&answer.body);
                seen.mixed += u64::from(stamps.len() > 1);
                seen.stamps.extend(stamps);
            }
            Ok(answer) => seen.failures.push(format!("{} {path}", answer.status)),
            Err(error) => seen.failures.push(format!("{error} {path}")),
        }
        seen.longest = seen.longest.max(began.elapsed());
    }
    seen
}

/// The stamps of releases that a page shows, `stamp7` and the like.
fn stamps(body: &[u8]) -> BTreeSet<String> {
    let words = String::from_utf8_lossy(body);
    let number = |rest: &str| rest.chars().take_while(char::is_ascii_digit).collect::<String>();
    let stamps = words.split("stamp").skip(1).map(number);
    stamps.filter(|stamp| !stamp.is_empty()).collect()
}
