//! Hears what changes: a bell at each commit, and a look every half second for a bell that was lost.

use std::convert::Infallible;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::time::timeout;

use crate::error::{Error, Result};
use crate::model::announcement::{self, Changed, Position};
use crate::web::Site;

/// After how long to look, whether or not the bell rang.
const LOOK: Duration = Duration::from_millis(500);
/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long to wait before the database is tried again: at least, and at most as much again, so that nodes do not all come
/// at once.
const PAUSE: Duration = Duration::from_millis(200);

/// Follows the changes of the record for ever; answers are kept only while it hears them.
pub async fn follow(site: Arc<Site>, desk: PgPool) {
    let cache = &site.cache;
    // Set once: a site has one record.
    let _ = cache.desk.set(desk.clone());
    let mut position = None;
    loop {
        let Err(lost) = hear(&site, &desk, &mut position).await;
        if cache.store.is_open() || position.is_none() {
            tracing::warn!(cause = %cause(&lost), "the record cannot be followed: what is kept goes on, nothing more is kept");
        }
        cache.store.close();
        tokio::time::sleep(pause()).await;
    }
}

/// Hears changes until that fails.
async fn hear(site: &Site, desk: &PgPool, position: &mut Option<Position>) -> Result<Infallible> {
    let mut listener = patient(announcement::listen(desk)).await?;
    loop {
        patient(catch_up(site, &mut listener, position)).await?;
        match timeout(LOOK, listener.try_recv()).await {
            Err(_) | Ok(Ok(Some(_))) => {}
            Ok(Ok(None)) => return Err(Error::Unavailable(sqlx::Error::WorkerCrashed)),
            Ok(Err(error)) => return Err(error.into()),
        }
    }
}

/// Drops what changed since the position, and sets the clock. Asks on the connection that heard the bell: none is nearer.
async fn catch_up(site: &Site, listener: &mut PgListener, position: &mut Option<Position>) -> Result<()> {
    let cache = &site.cache;
    let asked = cache.clock.ticks();
    let news = announcement::since(listener, position.as_ref()).await?;
    cache.clock.set(asked, news.now, cache.clock.ticks());
    // Before anything is dropped, or what comes next could be read in a replica that does not hold it.
    if let Some(replica) = &site.replica {
        replica.must_hold(&news.position);
    }
    let mut dropped = Vec::new();
    if news.changed != Changed::Documents(Vec::new()) {
        dropped.extend(cache.store.hear(&news.changed));
        cache.flights.part();
    }
    dropped.extend(cache.store.expire(cache.clock.now()));
    let is_back = !cache.store.is_open();
    cache.store.open();
    cache.caught_up.store(cache.clock.ticks(), Ordering::Relaxed);
    *position = Some(news.position);
    if !dropped.is_empty() || is_back {
        tracing::debug!(dropped = dropped.len(), "answers were dropped");
        cache.want(dropped);
    }
    Ok(())
}

async fn patient<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let too_long = |_| Error::Unavailable(sqlx::Error::PoolTimedOut);
    timeout(PATIENCE, work).await.map_err(too_long)?
}

fn cause(error: &Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

fn pause() -> Duration {
    // Each hasher of the standard library has keys of its own.
    let share = RandomState::new().hash_one(0) % 100;
    PAUSE + PAUSE * u32::try_from(share).unwrap_or_default() / 100
}
