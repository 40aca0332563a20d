//! The private, durable PostgreSQL of a machine that has no `DATABASE_URL`.
//!
//! One data directory has one cluster, one lock and at most one keeper: the process that holds the lock, runs the
//! server and revives it. Other processes of ours join it through the socket that the lock file announces.
//!
//! A cluster's home is a folder `postgresql` of the data directory, or one under `/var/lib/mandat` where the server's
//! account cannot enter the data directory. Everything in a home belongs to that account and is written by it, so that
//! root never follows a path that somebody else controls.
//!
//! Who may connect is decided twice: the socket's directory is open to the server's account alone (and root), and the
//! server asks the kernel who is calling (`peer`) and admits the same two. No password exists that could leak.

pub(super) mod account;
mod cluster;
mod keeper;
mod lock;
mod place;
mod processes;
pub(super) mod programs;
mod socket;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use self::keeper::Keeper;
use self::lock::{Announcement, Lock};
use self::place::Place;
use self::programs::{ClusterVersion, Programs, search_list};
use super::archive::Tools;
use crate::error::{Error, Result};
use crate::stop::Stop;

/// The role that owns Mandat's database, and the name of that database: an ordinary owner, never a superuser.
const OWNER: &str = "mandat";

/// The role that creates the owner, and does nothing else.
const SUPERUSER: &str = "postgres";

/// How long a newcomer waits for a keeper that is still starting its server.
const JOINING: Duration = Duration::from_mins(1);

/// How long a process that was just killed may still hold its lock.
const PARTING: Duration = Duration::from_secs(1);

/// How often something that changes outside this process is looked at.
const GLANCE: Duration = Duration::from_millis(25);

/// A private, durable PostgreSQL under a data directory, reached by a unix socket only.
///
/// Dropped without [`Embedded::stop`], a server that is kept here is still told to stop, but nobody waits for it.
#[derive(Debug)]
pub struct Embedded {
    data: PathBuf,
    socket: PathBuf,
    keeper: Option<Keeper>,
}

/// What to do where a data directory has no cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Create it, and the directory too.
    Create,
    /// Refuse, and leave no trace: whoever mistypes a directory is told so, and does not fill another database.
    Refuse,
}

impl Embedded {
    /// Starts the cluster of this data directory (created or recovered as needed), and holds its lock.
    ///
    /// # Errors
    /// [`Error::Setup`] when another process keeps the directory, when PostgreSQL is missing or of the wrong version,
    /// and when it does not start; [`Error::Interrupted`] when told to stop meanwhile, with nothing left running.
    pub async fn start(data: &Path, stop: &Stop) -> Result<Self> {
        let data = created(data)?;
        let lock = stop.unless_told(async {
            let patience = tokio::time::Instant::now() + PARTING;
            loop {
                if let Some(lock) = Lock::take(&data)? {
                    return Ok(lock);
                }
                if tokio::time::Instant::now() > patience {
                    return Err(already_kept(&data));
                }
                tokio::time::sleep(GLANCE).await;
            }
        });
        Self::keep(data.clone(), lock.await?, Missing::Create, stop).await
    }

    /// Joins the server that another process keeps for this data directory; where there is none, starts one for the
    /// life of this value.
    ///
    /// # Errors
    /// As [`Embedded::start`]; also [`Error::Setup`] when the other process does not get its server ready in a minute,
    /// and where there is no cluster and none may be created.
    pub async fn join_or_start(data: &Path, missing: Missing, stop: &Stop) -> Result<Self> {
        let data = match missing {
            Missing::Create => created(data)?,
            Missing::Refuse => existing(data)?,
        };
        let found = stop.unless_told(async {
            let patience = tokio::time::Instant::now() + JOINING;
            loop {
                if let Some(lock) = Lock::take(&data)? {
                    return Ok(Found::Lock(lock));
                }
                if let Some(socket) = Announcement::read(&data)?.and_then(|announcement| announcement.socket)
                    && owner_options(&socket).connect().await.is_ok()
                {
                    return Ok(Found::Server(socket));
                }
                if tokio::time::Instant::now() > patience {
                    return Err(already_kept(&data));
                }
                tokio::time::sleep(GLANCE).await;
            }
        });
        match found.await? {
            Found::Lock(lock) => Self::keep(data.clone(), lock, missing, stop).await,
            Found::Server(socket) => Ok(Self {
                data: data.clone(),
                socket,
                keeper: None,
            }),
        }
    }

    /// The data directory, by its one true path.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// How to connect as the ordinary owner of Mandat's database. Stays valid when the server is revived.
    #[must_use]
    pub fn connect_options(&self) -> PgConnectOptions {
        owner_options(&self.socket)
    }

    /// The programs of the server's own version, run by its account: whom else it admits is root alone.
    ///
    /// # Errors
    /// [`Error::Setup`] where they are gone.
    pub async fn tools(&self) -> Result<Tools> {
        let place = Place::find(&self.data).await?;
        let cluster = place.cluster();
        let folders = search_list(std::env::var_os("PG_BIN"), std::env::var_os("PATH")).await;
        let programs = Programs::find(&folders, &place.account, ClusterVersion::read(&cluster)?.as_ref()).await?;
        Ok(Tools::of_account(programs, place.account, &self.connect_options()))
    }

    /// Stops the server (fast shutdown) and waits for its end; leaves one that was only joined alone.
    ///
    /// # Errors
    /// [`Error::Setup`] when processes of the server resist.
    pub async fn stop(self) -> Result<()> {
        match self.keeper {
            Some(keeper) => keeper.stop().await,
            None => Ok(()),
        }
    }

    async fn keep(data: PathBuf, lock: Lock, missing: Missing, stop: &Stop) -> Result<Self> {
        let keeper = Keeper::start(&data, lock, missing, stop).await?;
        Ok(Self {
            data,
            socket: keeper.socket().to_owned(),
            keeper: Some(keeper),
        })
    }
}

/// What is found in a data directory: nobody who keeps it, or whose server to join.
enum Found {
    Lock(Lock),
    Server(PathBuf),
}

/// Creates the data directory if it is missing, and gives its one true path.
fn created(data: &Path) -> Result<PathBuf> {
    std::fs::create_dir_all(data).map_err(|error| unusable(data, &error))?;
    std::fs::canonicalize(data).map_err(|error| unusable(data, &error))
}

/// The true path of a data directory that has a keeper or a cluster, or once had.
fn existing(data: &Path) -> Result<PathBuf> {
    match std::fs::canonicalize(data) {
        Ok(data) if Lock::exists(&data) || Place::exists(&data) => Ok(data),
        Err(error) if error.kind() != ErrorKind::NotFound => Err(unusable(data, &error)),
        _ => Err(no_cluster(data)),
    }
}

fn unusable(data: &Path, error: &std::io::Error) -> Error {
    Error::Setup(format!(
        "The data directory {} cannot be used ({error}). Give Mandat one that it may write to, with --data.",
        data.display()
    ))
}

fn no_cluster(data: &Path) -> Error {
    Error::Setup(format!(
        "There is no database in the data directory {}. Name that of the server with --data or MANDAT_DATA, or a \
         PostgreSQL of your own with DATABASE_URL; `mandat serve` creates a database with the founding content, \
         `mandat migrate --create` an empty one.",
        data.display()
    ))
}

fn already_kept(data: &Path) -> Error {
    let keeper = Announcement::read(data).ok().flatten();
    let who = keeper.map_or_else(String::new, |keeper| format!(" (process {})", keeper.process));
    Error::Setup(format!(
        "Another Mandat{who} is using the data directory {}. Stop it first, or give this one a directory of its own, \
         with --data.",
        data.display()
    ))
}

fn owner_options(socket: &Path) -> PgConnectOptions {
    options(socket, OWNER, OWNER)
}

fn options(socket: &Path, role: &str, database: &str) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket)
        .port(socket::PORT)
        .username(role)
        .database(database)
        .ssl_mode(PgSslMode::Disable)
        .application_name("mandat")
}
