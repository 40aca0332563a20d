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
use super::programs::{Programs, Version, search_list};
use super::socket;
use crate::error::{Error, Result};

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
    /// Starts the server of a data directory whose lock is ours.
    pub async fn start(data: &Path, lock: Lock) -> Result<Self> {
        let place = Place::find(data).await?;
        let folders = search_list(std::env::var_os("PG_BIN"), std::env::var_os("PATH")).await;
        let cluster = place.cluster();
        let version = Version::read(&cluster)?;
        let programs = Programs::find(&folders, &place.account, version.as_ref()).await?;
        place.create()?;
        // Read before it is cleared away: it tells where the last server listened.
        let last = Postmaster::read(&cluster).and_then(|postmaster| postmaster.socket);
        processes::clear(&place).await?;
        socket::remove_old(&place, last.as_deref()).await?;
        if version.is_none() {
            tracing::info!(
                "creating a cluster of PostgreSQL {} in {}",
                programs.major,
                place.home().display()
            );
            cluster::create(&place, &programs).await?;
        }
        cluster::admit(&place).await?;
        let socket = socket::create(&place).await?;
        let server = Server::start(&place, &programs, &socket).await?;
        lock.announce(Some(&socket))?;
        tracing::info!("PostgreSQL {} answers in {}", programs.major, socket.display());
        let (stop, stopped) = oneshot::channel();
        let post = Post {
            lock,
            place,
            programs,
            socket: socket.clone(),
        };
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
                Server::start(&self.place, &self.programs, &self.socket).await
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
