//! Public pages read from a replica of the database, which may be behind: only while it holds all that this node has heard
//! of, so that no page is older than the newest release that the node knows (design §4).

use std::cell::Cell;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use sqlx::PgPool;

use super::Site;
use super::cached::clock::Clock;
use crate::error::{Error, Result};
use crate::model::Snapshot;
use crate::model::announcement::Position;

/// How far apart the clocks of the replica and of the database may be, in microseconds: a text due is shown by either.
const APART: i64 = 100_000;

/// How long the replica may take to give a snapshot.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long a replica that failed is left alone, in microseconds.
const REST: i64 = 2_000_000;

/// What the answer in the making has done with the replica.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    None,
    Read,
    Forbidden,
}

tokio::task_local! {
    static USED: Cell<Use>;
}

/// A replica, as far as this node knows.
#[derive(Debug)]
pub struct Replica {
    pool: PgPool,
    /// The last announcement that the node heard of; none before the first.
    heard: RwLock<Option<Position>>,
    /// Until when it is left alone, by the node's clock.
    rests_until: AtomicI64,
    /// How many snapshots it gave.
    reads: AtomicU64,
}

impl Replica {
    /// A replica that is read through this pool, once something was heard.
    #[must_use]
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            heard: RwLock::default(),
            rests_until: AtomicI64::new(i64::MIN),
            reads: AtomicU64::new(0),
        }
    }

    /// How many times it was read so far.
    #[must_use]
    pub fn reads(&self) -> u64 {
        self.reads.load(Ordering::Relaxed)
    }

    /// Asks from now on that it hold this announcement.
    pub fn must_hold(&self, position: &Position) {
        let mut heard = self.heard.write().unwrap_or_else(PoisonError::into_inner);
        if heard.as_ref() != Some(position) {
            *heard = Some(position.clone());
        }
    }

    /// A snapshot of it; none where it is behind, fails, or is not to be asked for this answer. `insisting` asks it even
    /// while it is left alone.
    async fn snapshot(&self, clock: &Clock, insisting: bool) -> Option<Snapshot> {
        let is_allowed = USED.try_with(|used| used.get() != Use::Forbidden).unwrap_or_default();
        let rested = clock.ticks() >= self.rests_until.load(Ordering::Relaxed);
        if !is_allowed || !(rested || insisting) {
            return None;
        }
        let heard = self.heard.read().unwrap_or_else(PoisonError::into_inner).clone()?;
        let asked = clock.now();
        let taken = tokio::time::timeout(PATIENCE, Snapshot::take_if_it_holds(&self.pool, &heard));
        let too_long = |_| Error::Unavailable(sqlx::Error::PoolTimedOut);
        match taken.await.map_err(too_long).flatten() {
            Ok(snapshot) => {
                if self.rests_until.swap(i64::MIN, Ordering::Relaxed) > i64::MIN {
                    tracing::info!("the replica answers again");
                }
                let snapshot = snapshot.filter(|snapshot| is_between(snapshot, asked, clock.now()))?;
                let _ = USED.try_with(|used| used.set(Use::Read));
                self.reads.fetch_add(1, Ordering::Relaxed);
                Some(snapshot)
            }
            Err(error) => {
                self.rest(clock);
                tracing::warn!(%error, "the replica failed: the database itself is read");
                None
            }
        }
    }

    /// Leaves it alone for a while.
    fn rest(&self, clock: &Clock) {
        self.rests_until.store(clock.ticks() + REST, Ordering::Relaxed);
    }
}

/// Whether the replica's clock agrees with the database's, which said one thing before it was asked and one after.
fn is_between(snapshot: &Snapshot, asked: i64, answered: i64) -> bool {
    (asked - APART..=answered + APART).contains(&snapshot.now.timestamp().as_microsecond())
}

impl Site {
    /// One moment of the record: in the replica where that will do, else in the database itself.
    ///
    /// # Errors
    /// The database does not answer.
    pub(super) async fn snapshot(&self) -> Result<Snapshot> {
        let Some(replica) = &self.replica else {
            return Snapshot::take(&self.pool).await;
        };
        if let Some(snapshot) = replica.snapshot(self.cache.clock(), false).await {
            return Ok(snapshot);
        }
        match Snapshot::take(&self.pool).await {
            Err(error @ Error::Unavailable(_)) => {
                let snapshot = replica.snapshot(self.cache.clock(), true).await;
                snapshot.ok_or(error)
            }
            taken => taken,
        }
    }
}

/// Makes an answer, and makes it again from the database itself where it failed in the replica, which may end or cancel a
/// reading at any moment.
pub async fn answer(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let Some(replica) = site.replica.as_ref() else {
        return next.run(request).await;
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let first = Request::from_parts(parts.clone(), body);
    let (response, used) = using(Use::None, next.clone().run(first)).await;
    if used != Use::Read || !response.status().is_server_error() {
        return response;
    }
    replica.rest(site.cache.clock());
    let second = Request::from_parts(parts, Body::empty());
    using(Use::Forbidden, next.run(second)).await.0
}

async fn using<T>(allowed: Use, making: impl Future<Output = T>) -> (T, Use) {
    USED.scope(Cell::new(allowed), async {
        let made = making.await;
        (made, USED.with(Cell::get))
    })
    .await
}
