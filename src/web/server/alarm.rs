//! The time limit of hyper's that is set anew for each request, where setting it costs next to nothing.

use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};

/// The timer of one connection, and of the one task that serves it. What the runtime is asked to ring for stays where it is
/// while limits come and go, and is moved only when it rings too early: a limit takes no place in the runtime's list, and no
/// lock that others want.
#[derive(Debug, Clone)]
pub struct Alarm(Arc<Mutex<Bell>>);

/// What the runtime is asked to ring for.
#[derive(Debug)]
struct Bell {
    sleep: Pin<Box<tokio::time::Sleep>>,
    /// Whether the runtime knows whom to wake.
    is_set: bool,
}

impl Bell {
    fn reset(&mut self, end: Instant) {
        self.sleep.as_mut().reset(end.into());
        self.is_set = false;
    }

    /// Waits until it rings; asked again, it costs nothing while it is silent.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.is_set && !self.sleep.is_elapsed() {
            return Poll::Pending;
        }
        // Unconstrained, or a task whose turn is over would be told to wait without being noted.
        let ringing = pin!(tokio::task::unconstrained(self.sleep.as_mut())).poll(context);
        self.is_set = ringing.is_pending();
        ringing
    }
}

impl Alarm {
    /// One that rings first after this long: as long as the limits that will be set.
    pub fn new(first: Duration) -> Self {
        Self(Arc::new(Mutex::new(Bell {
            sleep: Box::pin(tokio::time::sleep(first)),
            is_set: false,
        })))
    }
}

impl Timer for Alarm {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, end: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(Limit {
            alarm: self.clone(),
            end,
        })
    }
}

/// A limit that is set.
struct Limit {
    alarm: Alarm,
    end: Instant,
}

impl Future for Limit {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut bell = self.alarm.0.lock().unwrap_or_else(PoisonError::into_inner);
        if bell.sleep.deadline().into_std() > self.end {
            bell.reset(self.end);
        }
        loop {
            ready!(bell.poll(context));
            if Instant::now() >= self.end {
                return Poll::Ready(());
            }
            bell.reset(self.end);
        }
    }
}

impl Sleep for Limit {}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_millis(100);

    #[tokio::test]
    async fn each_limit_ends_at_its_own_time() {
        let alarm = Alarm::new(LIMIT);
        for limit in [LIMIT, 2 * LIMIT, LIMIT / 2] {
            let began = Instant::now();
            alarm.sleep(limit).await;
            assert!(began.elapsed() >= limit, "{:?}", began.elapsed());
        }
    }

    #[tokio::test]
    async fn a_shorter_limit_does_not_wait_for_the_one_before() {
        let alarm = Alarm::new(100 * LIMIT);
        let began = Instant::now();
        alarm.sleep(LIMIT).await;
        assert!(began.elapsed() < 50 * LIMIT, "{:?}", began.elapsed());
    }

    #[tokio::test]
    async fn a_limit_that_is_set_again_ends_later() {
        let alarm = Alarm::new(LIMIT);
        let began = Instant::now();
        let cut = tokio::time::timeout(LIMIT / 2, alarm.sleep(LIMIT)).await;
        assert!(cut.is_err());
        alarm.sleep(LIMIT).await;
        assert!(began.elapsed() >= LIMIT * 3 / 2, "{:?}", began.elapsed());
    }
}
