//! Dates and times as the two languages write them, in Québec's time (OQLF; standards §1.6 and §1.7).
//!
//! ICU's French dates are not the OQLF's, hence this small formatter. Its words are below, in one table a language.

use std::fmt::Write;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::Language;
use crate::model::Bilingual;
use crate::text::Html;
use crate::text::typography::NO_BREAK_SPACE;

/// The months, January first.
pub const MONTHS: [Bilingual<&str>; 12] = [
    Bilingual {
        fr: "janvier",
        en: "January",
    },
    Bilingual {
        fr: "février",
        en: "February",
    },
    Bilingual {
        fr: "mars",
        en: "March",
    },
    Bilingual {
        fr: "avril",
        en: "April",
    },
    Bilingual { fr: "mai", en: "May" },
    Bilingual { fr: "juin", en: "June" },
    Bilingual {
        fr: "juillet",
        en: "July",
    },
    Bilingual {
        fr: "août",
        en: "August",
    },
    Bilingual {
        fr: "septembre",
        en: "September",
    },
    Bilingual {
        fr: "octobre",
        en: "October",
    },
    Bilingual {
        fr: "novembre",
        en: "November",
    },
    Bilingual {
        fr: "décembre",
        en: "December",
    },
];

/// What announces a single day, the first day of a range, and its last.
const ON: Bilingual<&str> = Bilingual { fr: "le", en: "on" };
const FROM: Bilingual<&str> = Bilingual { fr: "du", en: "from" };
const TO: Bilingual<&str> = Bilingual { fr: "au", en: "to" };

/// Where Québec's time comes from, and its rule should that name ever be missing.
const ZONE: &str = "America/Toronto";
const ZONE_RULE: &str = "EST5EDT,M3.2.0,M11.1.0";

/// How much of a date is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Day,
    DayMonth,
    DayMonthYear,
}

/// Whether a date is written as HTML.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Html,
}

/// Québec's time zone.
#[must_use]
pub fn zone() -> &'static TimeZone {
    static QUEBEC: LazyLock<TimeZone> = LazyLock::new(|| {
        TimeZone::get(ZONE)
            .or_else(|_| TimeZone::posix(ZONE_RULE))
            .unwrap_or(TimeZone::UTC)
    });
    &QUEBEC
}

/// What calendars and clocks show in Québec at an instant.
#[must_use]
pub fn local(instant: Timestamp) -> DateTime {
    zone().to_datetime(instant)
}

/// The day that it is in Québec at an instant.
#[must_use]
pub fn local_day(instant: Timestamp) -> Date {
    local(instant).date()
}

/// `1er mars 2026`, `March 1, 2026`: plain text, ordinary spaces.
#[must_use]
pub fn day(date: Date, language: Language) -> String {
    write_date(date, language, Extent::DayMonthYear, Form::Plain)
}

/// `1<sup>er</sup> mars 2026` with a no-break space between day and month, `March 1, 2026`.
#[must_use]
pub fn day_html(date: Date, language: Language) -> Html {
    Html::trusted(write_date(date, language, Extent::DayMonthYear, Form::Html))
}

/// `14 h 05`, `14 h`; `2:05 p.m.`. Their spaces are no-break spaces.
#[must_use]
pub fn time(time: Time, language: Language) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match language {
        Language::French if minute == 0 => no_break(&format!("{hour} h")),
        Language::French => no_break(&format!("{hour} h {minute:02}")),
        Language::English => no_break(&format!("{}:{minute:02} {}", twelve(hour), half(hour))),
    }
}

/// `15 h 0 min 1 s`; `3:00:01 p.m.`. Their spaces are no-break spaces.
#[must_use]
pub fn time_with_seconds(time: Time, language: Language) -> String {
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    match language {
        Language::French => no_break(&format!("{hour} h {minute} min {second} s")),
        Language::English => no_break(&format!("{}:{minute:02}:{second:02} {}", twelve(hour), half(hour))),
    }
}

/// `du 1er mars au 2 avril 2026`, `from March 1 to April 2, 2026`: both days included, plain text. The year is
/// repeated only where it differs; one day alone is `le 1er mars 2026`, `on March 1, 2026`.
#[must_use]
pub fn range(from: Date, until: Date, language: Language) -> String {
    write_range(from, until, language, Form::Plain)
}

/// The same as [`range`], written as [`day_html`] writes.
#[must_use]
pub fn range_html(from: Date, until: Date, language: Language) -> Html {
    Html::trusted(write_range(from, until, language, Form::Html))
}

fn write_range(from: Date, until: Date, language: Language, form: Form) -> String {
    let last = write_date(until, language, Extent::DayMonthYear, form);
    if from == until {
        return format!("{} {last}", ON.get(language));
    }
    let extent = match language {
        _ if from.year() != until.year() => Extent::DayMonthYear,
        // « du 1er au 15 mars 2026 »: English puts the month first and so repeats it.
        Language::French if from.month() == until.month() => Extent::Day,
        _ => Extent::DayMonth,
    };
    let first = write_date(from, language, extent, form);
    format!("{} {first} {} {last}", FROM.get(language), TO.get(language))
}

fn write_date(date: Date, language: Language, extent: Extent, form: Form) -> String {
    let index = usize::from(date.month().unsigned_abs()).saturating_sub(1);
    let month = MONTHS.get(index).map_or("", |month| month.get(language));
    let mut text = match language {
        Language::French => {
            let ordinal = match (date.day(), form) {
                (1, Form::Plain) => "er",
                (1, Form::Html) => "<sup>er</sup>",
                _ => "",
            };
            let day = format!("{}{ordinal}", date.day());
            let space = if form == Form::Html { NO_BREAK_SPACE } else { ' ' };
            if extent == Extent::Day {
                day
            } else {
                format!("{day}{space}{month}")
            }
        }
        Language::English => format!("{month} {}", date.day()),
    };
    if extent == Extent::DayMonthYear {
        let comma = if language == Language::English { "," } else { "" };
        // Writing to a String never fails.
        let _ = write!(text, "{comma} {}", date.year());
    }
    text
}

fn no_break(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// The hour on a twelve-hour clock: midnight and noon are twelve.
const fn twelve(hour: i8) -> i8 {
    match hour % 12 {
        0 => 12,
        other => other,
    }
}

const fn half(hour: i8) -> &'static str {
    if hour < 12 { "a.m." } else { "p.m." }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time as clock};

    use super::Language::{English, French};
    use super::*;

    #[test]
    fn days() {
        let cases = [
            (
                date(2026, 3, 1),
                "1er mars 2026",
                "1<sup>er</sup>\u{a0}mars 2026",
                "March 1, 2026",
            ),
            (
                date(2026, 8, 13),
                "13 août 2026",
                "13\u{a0}août 2026",
                "August 13, 2026",
            ),
            (
                date(2024, 2, 29),
                "29 février 2024",
                "29\u{a0}février 2024",
                "February 29, 2024",
            ),
            (
                date(1999, 12, 31),
                "31 décembre 1999",
                "31\u{a0}décembre 1999",
                "December 31, 1999",
            ),
        ];
        for (date, plain, html, english) in cases {
            assert_eq!(day(date, French), plain);
            assert_eq!(day_html(date, French).as_str(), html);
            assert_eq!(day(date, English), english);
            assert_eq!(day_html(date, English).as_str(), english);
        }
    }

    #[test]
    fn times() {
        let cases = [
            (clock(14, 5, 0, 0), "14\u{a0}h\u{a0}05", "2:05\u{a0}p.m."),
            (clock(14, 0, 0, 0), "14\u{a0}h", "2:00\u{a0}p.m."),
            (clock(8, 30, 59, 0), "8\u{a0}h\u{a0}30", "8:30\u{a0}a.m."),
            (clock(0, 0, 0, 0), "0\u{a0}h", "12:00\u{a0}a.m."),
            (clock(12, 0, 0, 0), "12\u{a0}h", "12:00\u{a0}p.m."),
            (clock(23, 59, 59, 999_999_999), "23\u{a0}h\u{a0}59", "11:59\u{a0}p.m."),
        ];
        for (moment, french, english) in cases {
            assert_eq!(time(moment, French), french);
            assert_eq!(time(moment, English), english);
        }
        let moment = clock(15, 0, 1, 0);
        assert_eq!(
            time_with_seconds(moment, French),
            "15\u{a0}h\u{a0}0\u{a0}min\u{a0}1\u{a0}s"
        );
        assert_eq!(time_with_seconds(moment, English), "3:00:01\u{a0}p.m.");
    }

    #[test]
    fn ranges() {
        let cases = [
            (
                date(2026, 3, 1),
                date(2026, 4, 2),
                "du 1er mars au 2 avril 2026",
                "from March 1 to April 2, 2026",
            ),
            (
                date(2026, 3, 1),
                date(2026, 3, 15),
                "du 1er au 15 mars 2026",
                "from March 1 to March 15, 2026",
            ),
            (
                date(2025, 12, 31),
                date(2026, 1, 1),
                "du 31 décembre 2025 au 1er janvier 2026",
                "from December 31, 2025 to January 1, 2026",
            ),
            (
                date(2025, 3, 1),
                date(2026, 3, 2),
                "du 1er mars 2025 au 2 mars 2026",
                "from March 1, 2025 to March 2, 2026",
            ),
            (
                date(2026, 3, 1),
                date(2026, 3, 1),
                "le 1er mars 2026",
                "on March 1, 2026",
            ),
        ];
        for (from, until, french, english) in cases {
            assert_eq!(range(from, until, French), french);
            assert_eq!(range(from, until, English), english);
            assert_eq!(range_html(from, until, English).as_str(), english);
        }
        assert_eq!(
            range_html(date(2026, 3, 1), date(2026, 4, 2), French).as_str(),
            "du 1<sup>er</sup>\u{a0}mars au 2\u{a0}avril 2026"
        );
    }

    #[test]
    fn the_day_and_the_hour_are_those_of_quebec() {
        let cases = [
            // Midnight in UTC is still the day before.
            ("2026-03-01T00:00:00Z", "2026-02-28T19:00:00"),
            ("2026-03-01T04:59:59.999999Z", "2026-02-28T23:59:59.999999"),
            ("2026-03-01T05:00:00Z", "2026-03-01T00:00:00"),
            ("2026-07-01T03:59:59Z", "2026-06-30T23:59:59"),
            ("2026-07-01T04:00:00Z", "2026-07-01T00:00:00"),
            // Clocks go from 2 h to 3 h on 8 March, from 2 h back to 1 h on 1 November.
            ("2026-03-08T06:59:59Z", "2026-03-08T01:59:59"),
            ("2026-03-08T07:00:00Z", "2026-03-08T03:00:00"),
            ("2026-11-01T05:30:00Z", "2026-11-01T01:30:00"),
            ("2026-11-01T06:30:00Z", "2026-11-01T01:30:00"),
        ];
        for (instant, expected) in cases {
            let instant: Timestamp = instant.parse().unwrap();
            let expected: DateTime = expected.parse().unwrap();
            assert_eq!(local(instant), expected);
            assert_eq!(local_day(instant), expected.date());
        }
        assert_eq!(zone().iana_name(), Some(ZONE));
    }
}
