//! The instant of a date and a time of Québec, as a form gives them: an hour that the change of clocks skips or repeats is
//! asked about, never guessed.

use jiff::civil::DateTime;
use jiff::tz::AmbiguousOffset;

use crate::i18n;
use crate::model::Instant;

/// What a date and a time of Québec mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalTime {
    /// One instant.
    Once(Instant),
    /// No clock of Québec shows it: the clocks go forward over it.
    Skipped {
        /// As if the clocks had not gone forward yet: later by the hour that is skipped.
        before: Instant,
        /// As if they had gone forward already: earlier by that hour.
        after: Instant,
    },
    /// The clocks show it twice, since they go back.
    Doubled {
        /// The first time, in daylight saving time.
        first: Instant,
        /// The second time, in standard time.
        second: Instant,
    },
}

/// Which of two instants a person chose for an hour that is skipped or doubled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// The first of the two.
    Earlier,
    /// The second.
    Later,
}

/// Reads a date and a time of Québec; none beyond the calendar.
#[must_use]
pub fn read(local: DateTime) -> Option<LocalTime> {
    let zone = i18n::zone();
    let instant = |offset: jiff::tz::Offset| offset.to_timestamp(local).ok().map(Instant::from);
    Some(match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => LocalTime::Once(instant(offset)?),
        AmbiguousOffset::Gap { before, after } => LocalTime::Skipped {
            before: instant(before)?,
            after: instant(after)?,
        },
        AmbiguousOffset::Fold { before, after } => LocalTime::Doubled {
            first: instant(before)?,
            second: instant(after)?,
        },
    })
}

impl LocalTime {
    /// The instant, once a person has said which where there are two.
    #[must_use]
    pub const fn chosen(self, fold: Option<Fold>) -> Option<Instant> {
        match (self, fold) {
            (Self::Once(instant), _) => Some(instant),
            (Self::Skipped { after: earlier, .. } | Self::Doubled { first: earlier, .. }, Some(Fold::Earlier)) => {
                Some(earlier)
            }
            (Self::Skipped { before: later, .. } | Self::Doubled { second: later, .. }, Some(Fold::Later)) => {
                Some(later)
            }
            (Self::Skipped { .. } | Self::Doubled { .. }, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn instant(text: &str) -> Instant {
        text.parse::<jiff::Timestamp>().unwrap().into()
    }

    #[test]
    fn an_ordinary_hour_is_one_instant() {
        let read = read(date(2026, 3, 14).at(14, 0, 0, 0)).unwrap();
        assert_eq!(read, LocalTime::Once(instant("2026-03-14T18:00:00Z")));
        assert_eq!(read.chosen(None), Some(instant("2026-03-14T18:00:00Z")));
    }

    #[test]
    fn a_skipped_hour_is_asked_about() {
        let read = read(date(2026, 3, 8).at(2, 30, 0, 0)).unwrap();
        let (before, after) = (instant("2026-03-08T07:30:00Z"), instant("2026-03-08T06:30:00Z"));
        assert_eq!(read, LocalTime::Skipped { before, after });
        assert_eq!(read.chosen(None), None);
        assert_eq!(
            [Fold::Earlier, Fold::Later].map(|fold| read.chosen(Some(fold))),
            [Some(after), Some(before)]
        );
    }

    #[test]
    fn a_doubled_hour_is_asked_about() {
        let read = read(date(2026, 11, 1).at(1, 30, 0, 0)).unwrap();
        let (first, second) = (instant("2026-11-01T05:30:00Z"), instant("2026-11-01T06:30:00Z"));
        assert_eq!(read, LocalTime::Doubled { first, second });
        assert_eq!(read.chosen(None), None);
        assert_eq!(
            [Fold::Earlier, Fold::Later].map(|fold| read.chosen(Some(fold))),
            [Some(first), Some(second)]
        );
    }
}
