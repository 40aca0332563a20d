//! Keeps a server running for as long as somebody needs it, and revives it when it dies.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::cluster::{self, Server};
use super::lock::Lock;
use super::place::Place;
use super::processes::{self, Postmaster};
use super::programs::{ClusterVersion, Programs, search_list};
use super::{Missing, no_cluster, socket};
use crate::error::{Error, Result};
use crate::stop::Stop;

/// The pause before the server is revived; it doubles with each death or failure, up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);

/// A server that ran this long was sound: its death is the first again.
const SOUND: Duration = Duration::from_mins(1);

/// The background task that owns lock and server.
#[derive(Debug)]
pub struct Keeper {
    socket: PathBuf,
    /// Dropped or used, it ends the task.
    stop: oneshot::Sender<()>,
    task: JoinHandle<Result<()>>,
}

/// What it takes to start the server, again and again.
#[derive(Debug)]
struct Post {
    lock: Lock,
    place: Place,
    programs: Programs,
    socket: PathBuf,
}

impl Keeper {
    /// Starts the server of a data directory whose lock is ours. Where that fails, or where the program is told to stop
    /// meanwhile, nothing is left running.
    ///
    /// # Errors
    /// [`Error::Setup`] with what stands in the way, also a cluster that is missing and may not be created;
    /// [`Error::Interrupted`].
    pub async fn start(data: &Path, lock: Lock, missing: Missing, stop: &Stop) -> Result<Self> {
        let place = Place::find(data).await?;
        let cluster = place.cluster();
        let version = ClusterVersion::read(&cluster)?;
        if version.is_none() && missing == Missing::Refuse {
            return Err(no_cluster(data));
        }
        let folders = search_list(std::env::var_os("PG_BIN"), std::env::var_os("PATH")).await;
        let programs = Programs::find(&folders, &place.account, version.as_ref()).await?;
        place.create()?;
        let (socket, server) = match raise(&place, &programs, version.is_none(), stop).await {
            Ok(raised) => raised,
            Err(error) => {
                // An initdb that was interrupted, perhaps.
                processes::clear(&place).await?;
                socket::remove_old(&place, None).await?;
                return Err(error);
            }
        };
        let (stop, stopped) = oneshot::channel();
        let post = Post {
            lock,
            place,
            programs,
            socket: socket.clone(),
        };
        if let Err(error) = post.lock.announce(Some(&socket)) {
            post.leave(Some(server)).await?;
            return Err(error);
        }
        tracing::info!("PostgreSQL {} answers in {}", post.programs.major, socket.display());
        let task = tokio::spawn(post.keep(server, stopped));
        Ok(Self { socket, stop, task })
    }

    /// The directory of the server's socket.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// Stops the server and waits for its end.
    pub async fn stop(self) -> Result<()> {
        drop(self.stop);
        self.task.await.map_err(|error| Error::Internal(Box::new(error)))?
    }
}

/// Starts the server of a place: the directory of its socket, and the run.
async fn raise(place: &Place, programs: &Programs, is_new: bool, stop: &Stop) -> Result<(PathBuf, Server)> {
    let socket = stop.unless_told(prepare(place, programs, is_new)).await?;
    match Server::start(place, programs, &socket, stop).await {
        Ok(server) => Ok((socket, server)),
        Err(error) => {
            socket::remove(place, &socket).await?;
            Err(error)
        }
    }
}

/// Makes a place ready for its server, and gives the directory of its socket.
async fn prepare(place: &Place, programs: &Programs, is_new: bool) -> Result<PathBuf> {
    // Read before it is cleared away: it tells where the last server listened.
    let last = Postmaster::read(&place.cluster()).and_then(|postmaster| postmaster.socket);
    processes::clear(place).await?;
    socket::remove_old(place, last.as_deref()).await?;
    if is_new {
        let (major, home) = (programs.major, place.home().display());
        tracing::info!("creating a cluster of PostgreSQL {major} in {home}");
        cluster::create(place, programs).await?;
    }
    cluster::admit(place).await?;
    socket::create(place).await
}

impl Post {
    /// Watches the server until told to stop.
    async fn keep(self, mut server: Server, mut stopped: oneshot::Receiver<()>) -> Result<()> {
        let mut pause = FIRST_PAUSE;
        loop {
            let since = Instant::now();
            tokio::select! {
                _ = &mut stopped => return self.leave(Some(server)).await,
                status = server.ended() => tracing::error!(?status, "PostgreSQL died: reviving it"),
            }
            if since.elapsed() > SOUND {
                pause = FIRST_PAUSE;
            }
            server = tokio::select! {
                _ = &mut stopped => return self.leave(None).await,
                revived = self.revive(&mut pause) => revived,
            };
            tracing::info!("PostgreSQL answers again");
        }
    }

    /// Starts the server again, after ever longer pauses, until it answers.
    async fn revive(&self, pause: &mut Duration) -> Server {
        loop {
            tokio::time::sleep(*pause).await;
            *pause = (*pause * 2).min(LONGEST_PAUSE);
            let started = async {
                processes::clear(&self.place).await?;
                // Dropped when told to stop: what it started is then cleared away.
                Server::start(&self.place, &self.programs, &self.socket, &Stop::never()).await
            };
            match started.await {
                Ok(server) => return server,
                Err(error) => tracing::error!(%error, pause = ?*pause, "PostgreSQL cannot be revived yet"),
            }
        }
    }

    /// Ends the server and takes its traces away; the lock goes last.
    async fn leave(self, server: Option<Server>) -> Result<()> {
        self.lock.announce(None)?;
        match server {
            Some(server) => server.stop(&self.place).await?,
            None => processes::clear(&self.place).await?,
        }
        socket::remove(&self.place, &self.socket).await
    }
}
