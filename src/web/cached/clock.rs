//! The database's clock, as a node reckons it between two askings: by its own clock, set right at each asking.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use crate::model;

/// A clock of the node: microseconds from a moment of its choice.
pub type Ticks = fn() -> i64;

/// A slower answer tells too little of the time: it was read somewhere between question and answer.
const SLOWEST: Duration = Duration::from_secs(1);

/// The database's clock as far as this node knows.
#[derive(Debug)]
pub struct Clock {
    ticks: Ticks,
    /// How far the database's clock is ahead of the node's.
    ahead: AtomicI64,
}

impl Clock {
    /// A clock that was never set.
    #[must_use]
    pub const fn new(ticks: Ticks) -> Self {
        Self {
            ticks,
            ahead: AtomicI64::new(0),
        }
    }

    /// The node's own clock.
    #[must_use]
    pub fn ticks(&self) -> i64 {
        (self.ticks)()
    }

    /// The database's clock now, in microseconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.ticks() + self.ahead.load(Ordering::Relaxed)
    }

    /// Sets it by what the database told between two moments of the node's own clock: half way.
    pub fn set(&self, asked: i64, told: model::Instant, answered: i64) {
        if u128::try_from(answered - asked).is_ok_and(|took| took < SLOWEST.as_micros()) {
            let half_way = asked + (answered - asked) / 2;
            let ahead = told.timestamp().as_microsecond() - half_way;
            self.ahead.store(ahead, Ordering::Relaxed);
        }
    }
}

/// The monotonic clock of the machine, which nobody sets.
#[must_use]
pub fn monotonic() -> i64 {
    static START: OnceLock<Instant> = OnceLock::new();
    i64::try_from(START.get_or_init(Instant::now).elapsed().as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(microsecond: i64) -> model::Instant {
        jiff::Timestamp::from_microsecond(microsecond).unwrap().into()
    }

    #[test]
    fn the_database_is_asked_half_way_between_question_and_answer() {
        let clock = Clock::new(|| 5_000);
        clock.set(1_000, instant(71_000), 3_000);
        assert_eq!(clock.now(), 74_000);
        clock.set(1_000, instant(9_000), 1_001_000);
        assert_eq!(clock.now(), 74_000, "an answer that took a second tells nothing");
    }
}
