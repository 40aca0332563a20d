//! A node that keeps its answers and follows the record, as `serve` does.

use std::sync::Arc;
use std::time::{Duration, Instant};

use mandat::web::Site;
use mandat::web::cached::clock::{Ticks, monotonic};
use mandat::web::cached::{Cache, follow};
use mandat::web::replica::Replica;
use sqlx::PgPool;
use tokio::task::JoinHandle;

use super::database::TestDatabase;
use super::visitor::{Answer, ORIGIN, Visitor};

/// How long a node may take to hear of something on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A node in this process.
pub struct Node {
    /// Somebody who asks it.
    pub visitor: Visitor,
    site: Arc<Site>,
    following: JoinHandle<()>,
}

impl Node {
    /// A node on this database, once it follows it.
    pub async fn start(database: &TestDatabase) -> Self {
        Self::with(database, 64 << 20, monotonic).await
    }

    /// The same, with room for this many bytes and with this clock.
    pub async fn with(database: &TestDatabase, room: usize, ticks: Ticks) -> Self {
        Self::on(database.pools.site.clone(), database.pools.desk.clone(), room, ticks).await
    }

    /// The same, on these pools.
    pub async fn on(pool: PgPool, desk: PgPool, room: usize, ticks: Ticks) -> Self {
        let site = Site::new(pool, ORIGIN.parse().unwrap(), false, Vec::new()).with_cache(Cache::new(room, ticks));
        Self::of(site, desk).await
    }

    /// A node that reads from a replica of this database.
    pub async fn beside(database: &TestDatabase, replica: PgPool) -> Self {
        let pool = database.pools.site.clone();
        let site = Site::new(pool, ORIGIN.parse().unwrap(), false, Vec::new())
            .with_cache(Cache::new(64 << 20, monotonic))
            .with_replica(Some(replica));
        Self::of(site, database.pools.desk.clone()).await
    }

    async fn of(site: Site, desk: PgPool) -> Self {
        let site = Arc::new(site);
        let node = Self {
            visitor: Visitor::to(Arc::clone(&site)),
            following: tokio::spawn(follow(Arc::clone(&site), desk)),
            site,
        };
        node.until("it follows", async || node.site.cache.is_following()).await;
        node
    }

    /// What it keeps.
    pub fn cache(&self) -> &Cache {
        &self.site.cache
    }

    /// How many times its replica was read.
    pub fn replica_reads(&self) -> u64 {
        self.site.replica.as_ref().map_or(0, Replica::reads)
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.visitor.get(path).await
    }

    /// Waits until something is so.
    pub async fn until(&self, what: &str, is_so: impl AsyncFn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !is_so().await {
            assert!(Instant::now() < end, "waited in vain until {what}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// How many answers are made while something is asked.
    pub async fn makes(&self, asking: impl Future<Output = ()>) -> u64 {
        let before = self.site.metrics.made.count();
        asking.await;
        self.site.metrics.made.count() - before
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.following.abort();
    }
}
