//! The public site over HTTP: routes, handlers, pages, one renderer; and beside it, with a state of its own, the desk.

pub mod answer;
pub mod api;
pub mod assets;
mod cache;
pub mod cached;
mod chronicle;
mod client;
mod compose;
pub mod desk;
mod difference;
mod draft;
mod entries;
pub mod finding;
mod folio;
pub mod formats;
mod frame;
mod heads;
mod kinds;
mod lives;
mod locate;
mod marking;
mod memento;
pub mod metrics;
mod negotiation;
mod operator;
pub mod pages;
mod past;
mod plan;
mod public;
mod query;
mod quote;
mod quoted;
mod records;
mod render;
pub mod replica;
mod routes;
mod search;
mod security;
mod server;
pub mod speech;
pub mod view;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use ipnet::IpNet;
use sqlx::PgPool;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::config::Origin;
use crate::i18n::Language;
use crate::model::secret::Secret;
use crate::stop::Stop;
use cached::Cache;
use metrics::Metrics;
use replica::Replica;
use server::Front;
use view::Frame;

pub use desk::Desk;
pub use routes::router;

/// What every request shares.
#[derive(Debug)]
pub struct Site {
    /// Where pages are read: the role that sees only what is public.
    pool: PgPool,
    /// Where pages are read instead, as far as that will do.
    pub replica: Option<Replica>,
    /// The public origin of every absolute address.
    origin: Origin,
    /// Whether this is the institution's own site, or a demonstration.
    official: bool,
    /// The proxies whose forwarded headers count.
    trusted_proxies: Vec<IpNet>,
    /// Whom to tell about a weakness, as addresses; nobody known where empty.
    security_contacts: Vec<String>,
    /// The pictures of pages that were asked for last.
    pictures: formats::card::Pictures,
    /// The last frame of each language, for error pages when the database is gone.
    frames: RwLock<HashMap<Language, Arc<Frame>>>,
    /// Its answers, as far as they are kept.
    pub cache: Cache,
    /// What the operator can count.
    pub metrics: Metrics,
    /// How many more handlers may work at this moment.
    turns: Semaphore,
}

impl Site {
    /// A site that reads from this pool, and has no room to keep answers.
    #[must_use]
    pub fn new(pool: PgPool, origin: Origin, official: bool, trusted_proxies: Vec<IpNet>) -> Self {
        Self {
            pool,
            replica: None,
            origin,
            official,
            trusted_proxies,
            security_contacts: Vec::new(),
            pictures: formats::card::Pictures::default(),
            frames: RwLock::default(),
            cache: Cache::new(0, cached::clock::monotonic),
            metrics: Metrics::default(),
            turns: Semaphore::new(render::TURNS),
        }
    }

    /// The same, which says in `security.txt` whom to tell about a weakness.
    #[must_use]
    pub fn with_security_contacts(self, security_contacts: Vec<String>) -> Self {
        Self {
            security_contacts,
            ..self
        }
    }

    /// The same, which reads from a replica through this pool where that will do.
    #[must_use]
    pub fn with_replica(self, pool: Option<PgPool>) -> Self {
        Self {
            replica: pool.map(Replica::new),
            ..self
        }
    }

    /// The same, which keeps answers there.
    #[must_use]
    pub fn with_cache(self, cache: Cache) -> Self {
        Self { cache, ..self }
    }

    /// The address by which somebody chooses a password, once.
    #[must_use]
    pub fn invitation(&self, language: Language, secret: &Secret) -> String {
        self.origin.address(&desk::invitation_path(language, secret))
    }

    fn remember(&self, language: Language, frame: &Arc<Frame>) {
        self.frames
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(language, Arc::clone(frame));
    }

    fn remembered(&self, language: Language) -> Option<Arc<Frame>> {
        self.frames
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&language)
            .cloned()
    }
}

/// Where a node listens.
#[derive(Debug)]
pub struct Listeners {
    /// For readers.
    pub readers: TcpListener,
    /// For the operator: health, readiness and numbers.
    pub operator: Option<TcpListener>,
}

/// Answers requests until told to stop, then finishes those in flight. `desk` follows the changes of the record, so that
/// answers can be kept.
pub async fn serve(listeners: Listeners, site: Arc<Site>, desk: &Arc<Desk>, stop: &Stop) {
    until_told(stop, cached::follow(Arc::clone(&site), desk.pool.clone()));
    until_told(stop, cached::warm(Arc::clone(&site), routes::answering(&site)));
    if let Some(listener) = listeners.operator {
        until_told(stop, operator::serve(listener, Arc::clone(&site)));
    }
    let routes = router(Arc::clone(&site)).merge(desk::router(desk));
    let front = Front::new(site, routes);
    server::serve(listeners.readers, front, server::room(), stop).await;
}

/// Does this work in the background until told to stop.
fn until_told(stop: &Stop, work: impl Future<Output = ()> + Send + 'static) {
    let stop = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            () = stop.told() => {}
            () = work => {}
        }
    });
}
