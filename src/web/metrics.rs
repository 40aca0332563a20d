//! What the operator can count, in the text format of Prometheus. Plain numbers: counting costs no lock.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::http::StatusCode;

use super::Site;
use super::formats;
use crate::model::address::{self, Parsed};

/// A kind of address, as far as it is worth counting apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// A page of the present.
    Page,
    /// Another form of a page, a feed.
    Form,
    /// A page of the past, a history, Memento.
    Past,
    /// Search and quote check.
    Tool,
    /// The API.
    Api,
    /// A static file.
    File,
    /// The desk.
    Desk,
    /// Everything else.
    Other,
}

impl Route {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Page, "page"),
        (Self::Form, "form"),
        (Self::Past, "past"),
        (Self::Tool, "tool"),
        (Self::Api, "api"),
        (Self::File, "file"),
        (Self::Desk, "desk"),
        (Self::Other, "other"),
    ];

    /// The kind of a path.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let (of, form) = formats::split(path);
        match address::parse(of) {
            Parsed::Past { .. } | Parsed::Undated(_) | Parsed::History { .. } => Self::Past,
            Parsed::Tool(_) => Self::Tool,
            _ if form.is_some() => Self::Form,
            Parsed::Plan(_) | Parsed::Api(_) | Parsed::Document(_) | Parsed::Short(..) => Self::Page,
            Parsed::Elsewhere => match path.split('/').nth(1).unwrap_or_default() {
                "" => Self::Page,
                "api" => Self::Api,
                "static" => Self::File,
                "admin" => Self::Desk,
                "timegate" | "timemap" => Self::Past,
                _ => Self::Other,
            },
        }
    }
}

/// The statuses that are counted apart; the last stands for all others.
const STATUSES: [u16; 16] = [
    200, 204, 302, 303, 304, 308, 400, 403, 404, 405, 408, 410, 422, 500, 503, 0,
];

/// Every counter of a node.
#[derive(Debug, Default)]
pub struct Metrics {
    requests: [[AtomicU64; STATUSES.len()]; Route::ALL.len()],
    refused: AtomicU64,
    connections: AtomicU64,
    /// How long answers took to make.
    pub made: Histogram,
    /// How long the record was read for an answer.
    pub read: Histogram,
}

/// A connection, as long as it is held.
#[derive(Debug)]
pub struct Connected<'a>(&'a AtomicU64);

impl Drop for Connected<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    /// Counts an answer.
    pub fn answered(&self, route: Route, status: StatusCode) {
        let known = STATUSES.iter().position(|known| *known == status.as_u16());
        let counted = &self.requests[route as usize][known.unwrap_or(STATUSES.len() - 1)];
        counted.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a connection for which there was no room.
    pub fn refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a connection while it is held.
    pub fn connected(&self) -> Connected<'_> {
        self.connections.fetch_add(1, Ordering::Relaxed);
        Connected(&self.connections)
    }
}

/// The upper bounds of the buckets, in microseconds.
const BOUNDS: [u64; 10] = [
    500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 500_000, 2_500_000, 10_000_000,
];

/// How long something took, by buckets.
#[derive(Debug, Default)]
pub struct Histogram {
    buckets: [AtomicU64; BOUNDS.len() + 1],
    microseconds: AtomicU64,
}

impl Histogram {
    /// Counts something that took this long.
    pub fn took(&self, duration: Duration) {
        let microseconds = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS.partition_point(|bound| *bound < microseconds);
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        self.microseconds.fetch_add(microseconds, Ordering::Relaxed);
    }

    /// How many were counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.buckets.iter().map(|bucket| bucket.load(Ordering::Relaxed)).sum()
    }
}

/// Every number of a node, as Prometheus reads it.
#[must_use]
pub fn text(site: &Site) -> String {
    let mut text = Text::default();
    text.requests(&site.metrics);
    let (metrics, cache) = (&site.metrics, &site.cache);
    let (entries, bytes) = cache.size();
    text.number("counter", "mandat_connections_refused_total", load(&metrics.refused));
    text.number("gauge", "mandat_connections", load(&metrics.connections));
    text.number("counter", "mandat_cache_hits_total", cache.hits());
    text.number("gauge", "mandat_cache_answers", entries);
    text.number("gauge", "mandat_cache_bytes", bytes);
    text.number("gauge", "mandat_cache_settled", u8::from(cache.is_settled()));
    text.number("gauge", "mandat_changes_waiting_for_the_database", cache.overdue());
    text.number("gauge", "mandat_database_up", u8::from(cache.is_following()));
    if let Some(age) = cache.age() {
        text.number("gauge", "mandat_catch_up_age_seconds", seconds(age));
    }
    if let Some(replica) = &site.replica {
        text.number("counter", "mandat_replica_reads_total", replica.reads());
    }
    text.histogram("mandat_answer_made_seconds", &metrics.made);
    text.histogram("mandat_record_read_seconds", &metrics.read);
    text.0
}

/// Microseconds in seconds, to the microsecond.
fn seconds(microseconds: u64) -> String {
    format!("{}.{:06}", microseconds / 1_000_000, microseconds % 1_000_000)
}

fn load(number: &AtomicU64) -> u64 {
    number.load(Ordering::Relaxed)
}

/// Lines in the text format. Writing to a string does not fail.
#[derive(Default)]
struct Text(String);

impl Text {
    fn head(&mut self, kind: &str, name: &str) {
        let _ = writeln!(self.0, "# TYPE {name} {kind}");
    }

    fn number(&mut self, kind: &str, name: &str, value: impl std::fmt::Display) {
        self.head(kind, name);
        let _ = writeln!(self.0, "{name} {value}");
    }

    fn requests(&mut self, metrics: &Metrics) {
        const NAME: &str = "mandat_requests_total";
        self.head("counter", NAME);
        for (counts, (_, route)) in metrics.requests.iter().zip(Route::ALL) {
            for (count, status) in counts.iter().zip(STATUSES) {
                let count = load(count);
                if count > 0 {
                    let _ = writeln!(self.0, "{NAME}{{route=\"{route}\",status=\"{status}\"}} {count}");
                }
            }
        }
    }

    fn histogram(&mut self, name: &str, histogram: &Histogram) {
        self.head("histogram", name);
        let mut below = 0;
        for (bucket, bound) in histogram.buckets.iter().zip(BOUNDS) {
            below += load(bucket);
            let _ = writeln!(self.0, "{name}_bucket{{le=\"{}\"}} {below}", seconds(bound));
        }
        let _ = writeln!(self.0, "{name}_bucket{{le=\"+Inf\"}} {}", histogram.count());
        let _ = writeln!(self.0, "{name}_sum {}", seconds(load(&histogram.microseconds)));
        let _ = writeln!(self.0, "{name}_count {}", histogram.count());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_route_has_its_place() {
        for (place, (route, _)) in Route::ALL.iter().enumerate() {
            assert_eq!(*route as usize, place);
        }
        for (path, route) in [
            ("/", Route::Page),
            ("/fr/mission", Route::Page),
            ("/fr/mission.ris", Route::Form),
            ("/en/as-of/2026-01-01/mission", Route::Past),
            ("/fr/mission/historique", Route::Past),
            ("/fr/recherche", Route::Tool),
            ("/api/v1/documents", Route::Api),
            ("/static/site.css", Route::File),
            ("/admin/fr", Route::Desk),
            ("/robots.txt", Route::Form),
            ("/healthz", Route::Other),
        ] {
            assert_eq!(Route::of(path), route, "{path}");
        }
    }

    #[test]
    fn buckets_are_cumulative() {
        let histogram = Histogram::default();
        for microseconds in [400, 500, 501, 20_000_000] {
            histogram.took(Duration::from_micros(microseconds));
        }
        let mut text = Text::default();
        text.histogram("x", &histogram);
        for line in [
            "x_bucket{le=\"0.000500\"} 2",
            "x_bucket{le=\"0.001000\"} 3",
            "x_bucket{le=\"10.000000\"} 3",
            "x_bucket{le=\"+Inf\"} 4",
            "x_sum 20.001401",
            "x_count 4",
        ] {
            assert!(text.0.lines().any(|written| written == line), "{line}: {}", text.0);
        }
    }
}
