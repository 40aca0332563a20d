//! `mandat serve`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::PgPool;
use tokio::net::TcpListener;

use super::database::{Database, Use, with_database};
use super::say;
use crate::config::{Origin, Serve};
use crate::database::{Pools, Roles, migrate};
use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::manuscript::Manuscripts;
use crate::model::{document, link};
use crate::stop::Stop;
use crate::web::cached::Cache;
use crate::web::cached::clock::monotonic;
use crate::web::{self, Desk, Listeners, Site};
use crate::workflow::accounts::invitation;
use crate::workflow::import::{Imported, Target, import};

/// The founding content, compiled into the program: file names and texts.
mod founding {
    include!(concat!(env!("OUT_DIR"), "/founding.rs"));
}

/// How long connections to the database have to say goodbye.
const FAREWELL: Duration = Duration::from_secs(2);

/// Serves the site until told to stop.
///
/// # Errors
/// The address is taken, or the database cannot be made ready.
pub async fn serve(settings: Serve, roles: Roles, stop: &Stop) -> Result<()> {
    let operator = match settings.metrics.0 {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let listeners = Listeners {
        readers: listen(settings.listen).await?,
        operator,
    };
    let served = with_database(&settings.common, Use::Keep, stop, async |database| {
        let pools = stop.unless_told(prepare(database, &roles)).await?;
        let replica = settings.database_read_url.0.as_ref();
        let replica = replica.map(|url| Pools::readers(&url.options(), &roles));
        let served = answer(&settings, &pools, replica, listeners, stop).await;
        let farewell = async { tokio::join!(pools.site.close(), pools.desk.close()) };
        if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
            tracing::warn!("a connection to the database is still busy: leaving it");
        }
        served
    });
    match served.await {
        // To be told to stop during the start is no failure of a server.
        Err(Error::Interrupted) => Ok(()),
        served => served,
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    let refused = |error| Error::Setup(format!("cannot listen on {address}: {error}"));
    TcpListener::bind(address).await.map_err(refused)
}

/// Brings the database up to date, and publishes the founding content where there is no other.
async fn prepare(database: &Database, roles: &Roles) -> Result<Pools> {
    migrate(&database.options(), roles).await?;
    let pools = Pools::open(&database.options(), roles);
    // Looked at first without the lock that an import takes: a node starts while a deed is in progress.
    if document::any(&pools.desk).await? {
        return Ok(pools);
    }
    let founding = founding::FOUNDING
        .iter()
        .map(|(name, text)| (name.into(), (*text).to_owned()));
    let imported = import(&pools.desk, &Manuscripts::parse(founding)?, Target::EmptyDatabase).await?;
    if let Imported::Release { documents, .. } = imported {
        tracing::info!(documents = documents.len(), "the founding content is published");
    }
    Ok(pools)
}

async fn answer(
    settings: &Serve,
    pools: &Pools,
    replica: Option<PgPool>,
    listeners: Listeners,
    stop: &Stop,
) -> Result<()> {
    let listening: SocketAddr = listeners
        .readers
        .local_addr()
        .map_err(|error| Error::Internal(Box::new(error)))?;
    let origin = settings
        .public
        .origin
        .0
        .clone()
        .unwrap_or_else(|| Origin::of(listening));
    let proxies = settings.trusted_proxies.0.clone();
    let proxies = proxies.map_or_else(Vec::new, |networks| networks.0);
    let contacts = settings
        .security_contact
        .0
        .clone()
        .map_or_else(Vec::new, |contacts| contacts.0);
    let cache = Cache::new(usize::from(settings.cache) << 20, monotonic);
    let site = Site::new(pools.site.clone(), origin, settings.official, proxies)
        .with_security_contacts(contacts)
        .with_replica(replica)
        .with_cache(cache);
    let site = Arc::new(site);
    let desk = Arc::new(Desk::new(Arc::clone(&site), pools.desk.clone()));
    say(&format!("listening on http://{listening}"));
    welcome(&site, &pools.desk).await?;
    web::serve(listeners, site, &desk, stop).await;
    Ok(())
}

/// Tells, where nobody has an account yet, how to open the first one.
async fn welcome(site: &Site, desk: &PgPool) -> Result<()> {
    if let Some(secret) = invitation::for_founder(desk).await? {
        let address = site.invitation(Language::French, &secret);
        say(&format!(
            "nobody has an account yet: whoever opens this address within {} minutes creates the first administrator\n  \
             {address}",
            link::MINUTES
        ));
    }
    Ok(())
}
