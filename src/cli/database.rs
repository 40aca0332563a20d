//! The database of a command: opened for its work, and closed whatever came of it.

use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;

use crate::config::{Common, DatabaseUrl};
use crate::database::archive::Tools;
use crate::database::embedded::{Embedded, Missing};
use crate::database::{Pools, Roles, migrate, named};
use crate::error::Result;
use crate::stop::Stop;

/// How a command uses the embedded server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Keeps it for itself, created where there is none.
    Keep,
    /// Joins that of a running `serve`, or starts it for the life of the command.
    Join(Missing),
}

/// Where the database is.
#[derive(Debug)]
pub enum Database {
    /// A PostgreSQL of one's own.
    Own(Box<DatabaseUrl>),
    /// The embedded one.
    Embedded(Embedded),
}

impl Database {
    async fn open(common: &Common, usage: Use, stop: &Stop) -> Result<Self> {
        if let Some(url) = &common.database_url.0 {
            return Ok(Self::Own(Box::new(url.clone())));
        }
        let opened = match usage {
            Use::Keep => Embedded::start(&common.data, stop).await,
            Use::Join(missing) => Embedded::join_or_start(&common.data, missing, stop).await,
        };
        opened.map(Self::Embedded)
    }

    /// How to connect as its owner.
    pub fn options(&self) -> PgConnectOptions {
        match self {
            Self::Own(url) => url.options(),
            Self::Embedded(embedded) => embedded.connect_options(),
        }
    }

    /// Which one it is, for operators.
    pub fn name(&self) -> String {
        match self {
            Self::Own(url) => named(&url.options()),
            Self::Embedded(embedded) => format!("the database of {}", embedded.data().display()),
        }
    }

    /// PostgreSQL's own programs, for this database.
    ///
    /// # Errors
    /// [`crate::error::Error::Setup`] where this machine has none that suit it, or where it cannot be reached.
    pub async fn tools(&self) -> Result<Tools> {
        match self {
            Self::Own(url) => Tools::of_server(&url.options(), url.secrets()).await,
            Self::Embedded(embedded) => embedded.tools().await,
        }
    }

    async fn close(self) -> Result<()> {
        match self {
            Self::Own(_) => Ok(()),
            Self::Embedded(embedded) => embedded.stop().await,
        }
    }
}

/// Opens the database, does the work and closes the database, also where the work fails or is interrupted.
///
/// # Errors
/// The database cannot be opened or closed; those of the work.
pub async fn with_database<T>(
    common: &Common,
    usage: Use,
    stop: &Stop,
    work: impl AsyncFnOnce(&Database) -> Result<T>,
) -> Result<T> {
    let database = Database::open(common, usage, stop).await?;
    let done = work(&database).await;
    let closed = database.close().await;
    let done = done?;
    closed?;
    Ok(done)
}

/// Does the work at the desk of a database that exists, brought up to date first; tells which database that is, too.
///
/// # Errors
/// There is no such database, it cannot be opened or closed, or the program was told to stop; those of the work.
pub async fn with_desk<T>(
    common: &Common,
    roles: &Roles,
    stop: &Stop,
    work: impl AsyncFnOnce(&PgPool) -> Result<T>,
) -> Result<(String, T)> {
    with_database(common, Use::Join(Missing::Refuse), stop, async |database| {
        let at_desk = async {
            migrate(&database.options(), roles).await?;
            let pools = Pools::open(&database.options(), roles);
            let done = work(&pools.desk).await;
            pools.desk.close().await;
            done
        };
        Ok((database.name(), stop.unless_told(at_desk).await?))
    })
    .await
}
