//! The public site over HTTP: routes, handlers, pages, one renderer.

pub mod answer;
pub mod api;
pub mod assets;
mod cache;
mod client;
mod compose;
mod difference;
mod folio;
mod frame;
mod memento;
pub mod pages;
mod past;
mod public;
mod render;
mod routes;
mod security;
pub mod view;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};

use ipnet::IpNet;
use sqlx::PgPool;
use tokio::net::TcpListener;

use crate::config::Origin;
use crate::error::{Error, Result};
use crate::i18n::Language;
use view::Frame;

pub use routes::router;

/// What every request shares.
#[derive(Debug)]
pub struct Site {
    /// Where pages are read: the role that sees only what is public.
    pool: PgPool,
    /// The public origin of every absolute address.
    origin: Origin,
    /// Whether this is the institution's own site, or a demonstration.
    official: bool,
    /// The proxies whose forwarded headers count.
    trusted_proxies: Vec<IpNet>,
    /// The last frame of each language, for error pages when the database is gone.
    frames: RwLock<HashMap<Language, Arc<Frame>>>,
}

impl Site {
    /// A site that reads from this pool.
    #[must_use]
    pub fn new(pool: PgPool, origin: Origin, official: bool, trusted_proxies: Vec<IpNet>) -> Self {
        Self {
            pool,
            origin,
            official,
            trusted_proxies,
            frames: RwLock::default(),
        }
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

/// Answers requests until `stop` resolves, then finishes those in flight.
///
/// # Errors
/// The listener fails.
pub async fn serve(
    listener: TcpListener,
    site: Arc<Site>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let service = router(site).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(stop)
        .await
        .map_err(|error| Error::Internal(Box::new(error)))
}
