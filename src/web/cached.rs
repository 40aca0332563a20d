//! Whole answers kept in memory, in every coding: rendered once, dropped when a document that they show changes, by a
//! release or by the clock (design §4). What browsers and shared caches are told is in `cache`.

pub mod clock;
mod entry;
mod flight;
mod follow;
mod key;
mod store;
mod warm;
mod whole;

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use axum::middleware::Next;
use jiff::Timestamp;
use sqlx::PgPool;

use super::Site;
use super::metrics::Route;
use crate::i18n;
use crate::model::{Subjects, publication, subjects};
use clock::{Clock, Ticks};
use entry::{Entry, Term};
use flight::Flights;
use key::Key;
use store::Store;
use warm::Wanted;
use whole::{Codings, Whole};

pub use follow::follow;
pub use warm::warm;
pub use whole::gzip;

/// What a site keeps of its answers. Nothing, until its record is followed.
#[derive(Debug)]
pub struct Cache {
    store: Store,
    flights: Flights,
    clock: Clock,
    /// Where the times of coming changes are asked for: the role that sees what the public does not.
    desk: OnceLock<PgPool>,
    /// What is to be made ahead.
    wanted: Wanted,
    /// Whether everything is made that can be made ahead.
    settled: AtomicBool,
    /// When the changes of the record were last known, by the node's clock; before the first time none.
    caught_up: AtomicI64,
    /// How often what is kept was the answer.
    hits: AtomicU64,
}

/// Before the first time.
const NEVER: i64 = i64::MIN;

impl Cache {
    /// An empty one, with room for this many bytes, on a node with this clock.
    #[must_use]
    pub fn new(room: usize, ticks: Ticks) -> Self {
        Self {
            store: Store::new(room),
            flights: Flights::default(),
            clock: Clock::new(ticks),
            desk: OnceLock::new(),
            wanted: Wanted::default(),
            settled: AtomicBool::new(false),
            caught_up: AtomicI64::new(NEVER),
            hits: AtomicU64::new(0),
        }
    }

    /// The database's clock as this node reckons it.
    pub(super) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Whether the changes of the record are heard, so that answers are kept.
    #[must_use]
    pub fn is_following(&self) -> bool {
        self.store.is_open()
    }

    /// Whether they ever were: what was kept then can be sent.
    #[must_use]
    pub fn has_followed(&self) -> bool {
        self.caught_up.load(Ordering::Relaxed) != NEVER
    }

    /// Whether everything is made that can be made ahead, in every coding: nothing is being worked at.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.settled.load(Ordering::Relaxed)
    }

    /// How long ago the changes of the record were last known, in microseconds.
    #[must_use]
    pub fn age(&self) -> Option<u64> {
        let last = self.caught_up.load(Ordering::Relaxed);
        u64::try_from(self.clock.ticks().saturating_sub(last))
            .ok()
            .filter(|_| last != NEVER)
    }

    /// How often what is kept was the answer.
    #[must_use]
    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }

    /// How many kept answers ended by themselves and wait for the database, which is gone.
    #[must_use]
    pub fn overdue(&self) -> usize {
        self.store.count(|entry| !entry.holds(self.clock.now()))
    }

    /// What is kept for a request, if it is the whole truth.
    #[must_use]
    pub fn kept<B: Default + From<Bytes>>(
        &self,
        method: &Method,
        uri: &Uri,
        asked: &HeaderMap,
    ) -> Option<(Route, Response<B>)> {
        if !matches!(*method, Method::GET | Method::HEAD) || uri.query().is_some() {
            return None;
        }
        self.store.look(uri.path(), |entry| {
            let kept = entry
                .is_fresh(self.clock.now())
                .then(|| entry.codings.best(asked).answer(method, asked))?;
            entry.was_asked();
            self.hits.fetch_add(1, Ordering::Relaxed);
            Some((entry.route, kept))
        })
    }

    /// How many answers are kept, and how many bytes they take.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        self.store.size()
    }

    /// What is kept for a path and true now.
    fn fresh(&self, path: &str) -> Option<Arc<Entry>> {
        let entry = self.store.find(path)?;
        entry.is_fresh(self.clock.now()).then_some(entry)
    }

    /// Until when an answer may be kept; none where nobody can tell.
    async fn term(&self, subjects: &Subjects) -> Option<Term> {
        let change = match (subjects.since(), self.desk.get()) {
            (_, None) => return None,
            (None, _) => None,
            (Some(since), Some(desk)) => {
                let documents = subjects.documents();
                let next = publication::next_change(desk, since, documents.as_deref()).await;
                next.inspect_err(|error| tracing::warn!(%error, "an answer is not kept"))
                    .ok()?
            }
        };
        let day = i18n::local_day(Timestamp::from_microsecond(self.clock.now()).ok()?);
        let midnight = day.tomorrow().ok()?.to_zoned(i18n::zone().clone()).ok()?;
        Some(Term {
            change: change.map(|change| change.timestamp().as_microsecond()),
            midnight: midnight.timestamp().as_microsecond(),
        })
    }
}

/// Answers from what is kept, or makes the answer, once for all who wait for it, and keeps it.
pub async fn answer(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response<Body> {
    let method = request.method().clone();
    if !matches!(method, Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let asked = request.headers().clone();
    if let Some(key) = Key::of(request.uri()) {
        return keyed(site, key, &method, &asked, next).await;
    }
    // Its headers are those of the body that `HEAD` leaves out.
    *request.method_mut() = Method::GET;
    let response = next.run(request).await;
    if response.headers().contains_key(header::ETAG) {
        // A file, which chooses its coding itself.
        return response;
    }
    Whole::of(response).await.answer(&method, &asked)
}

async fn keyed(site: Arc<Site>, key: Key, method: &Method, asked: &HeaderMap, next: Next) -> Response<Body> {
    let cache = &site.cache;
    let kept = cache.store.find(key.path());
    let now = cache.clock.now();
    if let Some(entry) = kept.as_ref().filter(|entry| entry.is_fresh(now)) {
        entry.was_asked();
        cache.hits.fetch_add(1, Ordering::Relaxed);
        return entry.codings.best(asked).answer(method, asked);
    }
    let making = make(Arc::clone(&site), key.clone(), next);
    let Some(made) = cache.flights.join(key.path(), making).await else {
        return Whole::failed().answer(method, asked);
    };
    if let Some(entry) = kept.filter(|_| made.whole().status == StatusCode::SERVICE_UNAVAILABLE) {
        if entry.holds(cache.clock.now()) {
            // Of another day, but true.
            return entry.codings.best(asked).answer(method, asked);
        }
        tracing::error!(
            path = key.path(),
            "a change that was due waits for the database: it may have been cancelled"
        );
    }
    made.best(asked).answer(method, asked)
}

/// Makes the answer of a key, and keeps it where it may be kept.
async fn make(site: Arc<Site>, key: Key, next: Next) -> Arc<Codings> {
    let cache = &site.cache;
    let began = Instant::now();
    let heard_before = cache.store.heard();
    // Nothing but the path: an answer for everybody depends on nobody.
    let mut request = Request::new(Body::empty());
    request.uri_mut().clone_from(&key.uri);
    let (response, subjects) = subjects::noted(next.run(request)).await;
    let whole = Whole::of(response).await;
    if let Some(reading) = subjects.reading() {
        site.metrics.read.took(reading);
    }
    let may_be_kept = whole.may_be_kept() && cache.store.is_open();
    let codings = Arc::new(Codings::from(whole));
    if may_be_kept && let Some(term) = cache.term(&subjects).await {
        let entry = Entry::new(key, Arc::clone(&codings), &subjects, term);
        if entry.is_fresh(cache.clock.now()) {
            cache.store.keep(Arc::new(entry), heard_before);
        }
    }
    site.metrics.made.took(began.elapsed());
    codings
}
