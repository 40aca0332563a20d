//! The wish of whoever started the program that it stop, and work that heeds it.

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::error::{Error, Result};

/// Tells whether the program was told to stop. Every clone tells the same.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Told by SIGINT or SIGTERM, from this call on: none is lost, however early it comes.
    ///
    /// # Errors
    /// The operating system hands over no signals.
    pub fn at_signals() -> Result<Self> {
        let listen = |kind| signal(kind).map_err(|error| Error::Internal(Box::new(error)));
        let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
        let (tell, told) = Self::at_will();
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            tell.send_replace(true);
        });
        Ok(told)
    }

    /// Told by who sends `true`.
    #[must_use]
    pub fn at_will() -> (watch::Sender<bool>, Self) {
        let (tell, told) = watch::channel(false);
        (tell, Self(told))
    }

    /// Never told: for work that nobody may end early.
    #[must_use]
    pub fn never() -> Self {
        Self::at_will().1
    }

    /// Whether the program was told to stop.
    #[must_use]
    pub fn is_told(&self) -> bool {
        // To see that nothing was ever said takes no lock.
        !matches!(self.0.has_changed(), Ok(false)) && *self.0.borrow()
    }

    /// Resolves once the program was told to stop.
    pub async fn told(&self) {
        if self.0.clone().wait_for(|told| *told).await.is_err() {
            // Nobody is left who could tell.
            std::future::pending::<()>().await;
        }
    }

    /// Does this work, and drops it when told to stop: for work that leaves nothing by halves where it is dropped.
    ///
    /// # Errors
    /// [`Error::Interrupted`] when told to stop, and those of the work.
    pub async fn unless_told<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        tokio::select! {
            biased;
            () = self.told() => Err(Error::Interrupted),
            done = work => done,
        }
    }
}
