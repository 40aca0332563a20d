//! One making of an answer at a time: who asks while it is made waits for it, and whoever asked first may go away.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tracing::instrument::WithSubscriber;

use super::whole::Codings;

/// For how long others may join: what was read before a change is told to nobody a second after it.
const JOINABLE: Duration = Duration::from_millis(500);

/// An answer, once made.
type Landing = watch::Receiver<Option<Arc<Codings>>>;

/// The answers in the making, by path.
#[derive(Debug, Clone, Default)]
pub struct Flights(Arc<Mutex<HashMap<Box<str>, Flight>>>);

#[derive(Debug)]
struct Flight {
    began: Instant,
    landing: Landing,
}

impl Flights {
    /// The answer at a path: that in the making, or else `making`, from now on; none where the making panics.
    pub async fn join(
        &self,
        path: &str,
        making: impl Future<Output = Arc<Codings>> + Send + 'static,
    ) -> Option<Arc<Codings>> {
        let mut landing = self.landing(path, making);
        landing.wait_for(Option::is_some).await.ok()?.clone()
    }

    /// Lets nobody join what is in the making: it may have been read before what was heard just now.
    pub fn part(&self) {
        self.flights().clear();
    }

    fn landing(&self, path: &str, making: impl Future<Output = Arc<Codings>> + Send + 'static) -> Landing {
        let mut flights = self.flights();
        if let Some(flight) = flights.get(path).filter(|flight| flight.began.elapsed() < JOINABLE) {
            return flight.landing.clone();
        }
        let (land, landing) = watch::channel(None);
        let flight = Flight {
            began: Instant::now(),
            landing: landing.clone(),
        };
        flights.insert(path.into(), flight);
        let (own, all, path) = (landing.clone(), self.clone(), Box::<str>::from(path));
        let flown = async move {
            land.send_replace(Some(making.await));
            let mut flights = all.flights();
            if flights
                .get(&path)
                .is_some_and(|flight| flight.landing.same_channel(&own))
            {
                flights.remove(&path);
            }
        };
        tokio::spawn(flown.with_current_subscriber());
        landing
    }

    fn flights(&self) -> MutexGuard<'_, HashMap<Box<str>, Flight>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Response;

    use super::super::whole::Whole;
    use super::*;

    /// An answer that is made once it is let go.
    fn making(let_go: watch::Receiver<bool>) -> impl Future<Output = Arc<Codings>> + Send + 'static {
        let mut let_go = let_go;
        async move {
            let_go.wait_for(|let_go| *let_go).await.unwrap();
            Arc::new(Whole::of(Response::new(Body::empty())).await.into())
        }
    }

    #[tokio::test]
    async fn nobody_joins_what_began_before_a_change_or_too_long_ago() {
        let (let_go, waiting) = watch::channel(false);
        let flights = Flights::default();
        let first = flights.landing("/fr", making(waiting.clone()));
        assert!(flights.landing("/fr", making(waiting.clone())).same_channel(&first));
        assert!(!flights.landing("/en", making(waiting.clone())).same_channel(&first));
        flights.part();
        let second = flights.landing("/fr", making(waiting.clone()));
        assert!(!second.same_channel(&first));
        tokio::time::sleep(JOINABLE).await;
        let third = flights.landing("/fr", making(waiting.clone()));
        assert!(!third.same_channel(&second));
        // Those that are let go first take nothing away from the last.
        let_go.send_replace(true);
        for mut landing in [first, second, third] {
            assert!(landing.wait_for(Option::is_some).await.is_ok());
        }
    }
}
