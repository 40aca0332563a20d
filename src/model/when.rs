//! The date or the instant in an address of the past (design §3).

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::i18n;
use crate::model::Instant;

/// When a page is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum When {
    /// At present.
    #[default]
    Now,
    /// At the last microsecond of a day of Québec.
    Day(Date),
    /// At an instant of whole seconds.
    Second(Timestamp),
}

/// What a reader at a certain instant finds at an address of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// What was shown at this instant, which is never ahead of the reader's.
    At(Instant),
    /// The day is not over: its page is the present one.
    Today,
    /// Nobody knows yet.
    Ahead,
}

const MICROSECONDS: i64 = 1_000_000;

impl When {
    /// Reads `2026-03-14` or `2026-03-14T15:00:00Z`, of the years 1 to 9999; letters of either case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_uppercase();
        let when = if text.len() <= "2026-03-14".len() {
            Self::Day(text.parse().ok()?)
        } else {
            Self::Second(text.parse().ok()?)
        };
        let year = match when {
            Self::Now => return None,
            Self::Day(date) => date.year(),
            Self::Second(second) => i18n::local_day(second).year(),
        };
        if matches!(when, Self::Second(second) if second.subsec_nanosecond() != 0) {
            return None;
        }
        // One address for one moment: no other way to write it.
        (year >= 1 && when.to_string() == text).then_some(when)
    }

    /// The first whole second at which a change has happened: its permanent date.
    #[must_use]
    pub fn after(change: Instant) -> Self {
        Self::Second(whole_second(change))
    }

    /// What a reader finds there at `now`. An instant less than a second ahead is the present, since a change is dated
    /// by the first whole second after it.
    #[must_use]
    pub fn seen_from(self, now: Instant) -> Sight {
        match self {
            Self::Now => Sight::At(now),
            Self::Day(day) => match last_microsecond(day) {
                Some(end) if end <= now => Sight::At(end),
                _ if day == i18n::local_day(now.timestamp()) => Sight::Today,
                _ => Sight::Ahead,
            },
            Self::Second(second) => {
                let ahead = second.as_microsecond() - now.timestamp().as_microsecond();
                match ahead {
                    ..=0 => Sight::At(second.into()),
                    1..MICROSECONDS => Sight::At(now),
                    _ => Sight::Ahead,
                }
            }
        }
    }
}

/// The first whole second at which a change has happened.
#[must_use]
pub fn whole_second(change: Instant) -> Timestamp {
    let second = change.timestamp().as_microsecond().div_euclid(MICROSECONDS);
    let has_fraction = change.timestamp().as_microsecond().rem_euclid(MICROSECONDS) > 0;
    Timestamp::from_second(second + i64::from(has_fraction)).unwrap_or(change.timestamp())
}

/// None for the last day of the calendar.
fn last_microsecond(day: Date) -> Option<Instant> {
    let next = day.tomorrow().ok()?.to_zoned(i18n::zone().clone()).ok()?;
    let last = next.timestamp().as_microsecond() - 1;
    Some(Timestamp::from_microsecond(last).ok()?.into())
}

impl fmt::Display for When {
    /// As in an address; nothing for the present.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now => Ok(()),
            Self::Day(day) => day.fmt(formatter),
            Self::Second(second) => second.fmt(formatter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Instant {
        text.parse::<Timestamp>().unwrap().into()
    }

    #[test]
    fn a_moment_is_written_in_one_way() {
        for text in ["2026-03-14", "2026-03-14T15:00:00Z", "0001-01-02"] {
            assert_eq!(When::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(When::parse("2026-03-14t15:00:00z"), When::parse("2026-03-14T15:00:00Z"));
        let refused = [
            "",
            "2026",
            "2026-3-14",
            "2026-02-30",
            "20260314",
            "2026-03-14T15:00Z",
            "2026-03-14T15:00:00.5Z",
            "2026-03-14T11:00:00-04:00",
            "2026-03-14T15:00:60Z",
            "-000001-01-01",
            "0000-12-31",
        ];
        for text in refused {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_ends_in_quebec() {
        let day = When::parse("2026-03-14").unwrap();
        // Daylight time: four hours behind.
        let end = instant("2026-03-15T03:59:59.999999Z");
        assert_eq!(day.seen_from(instant("2026-03-15T03:59:59.999998Z")), Sight::Today);
        assert_eq!(day.seen_from(end), Sight::At(end));
        assert_eq!(day.seen_from(instant("2026-03-14T03:59:59Z")), Sight::Ahead);
        assert_eq!(When::parse("9999-12-31").unwrap().seen_from(end), Sight::Ahead);
    }

    #[test]
    fn less_than_a_second_ahead_is_the_present() {
        let second = When::parse("2026-03-14T15:00:01Z").unwrap();
        let now = instant("2026-03-14T15:00:00.000001Z");
        assert_eq!(second.seen_from(now), Sight::At(now));
        assert_eq!(second.seen_from(instant("2026-03-14T15:00:00Z")), Sight::Ahead);
        let later = instant("2026-03-14T15:00:01Z");
        assert_eq!(second.seen_from(later), Sight::At(later));
    }

    #[test]
    fn a_change_is_dated_by_the_whole_second_after_it() {
        let dated = |text| When::after(instant(text)).to_string();
        assert_eq!(dated("2026-03-14T15:00:00Z"), "2026-03-14T15:00:00Z");
        assert_eq!(dated("2026-03-14T15:00:00.000001Z"), "2026-03-14T15:00:01Z");
        assert_eq!(dated("1969-12-31T23:59:58.5Z"), "1969-12-31T23:59:59Z");
    }
}
