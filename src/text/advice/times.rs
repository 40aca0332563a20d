//! Times of day: `14 h 05` in French, `2:05 p.m.` in English.

use regex::Captures;

use super::Reason;
use super::rule::{Rule, Verdict, number};

/// `14:05`, which may go on as a ratio or with seconds.
const COLON: &str =
    r"\b(?P<x>(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?P<more>:\d+)?(?:~?(?P<half>[aApP])\.?~?[mM]\b\.?)?)";
/// `14 h 5`, which may go on as a duration.
const HOUR: &str = r"\b(?P<x>(?P<hour>\d{1,2})~?[hH](?:~?(?P<minute>\d{1,2}))?(?P<more>~?min)?)\b";
/// `2 p.m.`
const HALF: &str = r"\b(?P<x>(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?~?(?P<half>[aApP])\.?~?[mM]\b\.?)";

/// The rules on times in French.
pub(super) fn french() -> Vec<Option<Rule>> {
    [COLON, HALF, HOUR]
        .map(|pattern| Rule::worked(Reason::Time, pattern, in_french))
        .into()
}

/// The rules on times in English.
pub(super) fn english() -> Vec<Option<Rule>> {
    [HALF, HOUR]
        .map(|pattern| Rule::worked(Reason::Time, pattern, in_english))
        .into()
}

/// The hour of 24 and the minute, unless the words are no time of day.
fn time(found: &Captures<'_>) -> Option<(u32, u32)> {
    let hour = number(found, "hour")?;
    let minute = number(found, "minute").unwrap_or(0);
    let hour = match found.name("half").map(|half| half.as_str().to_lowercase()) {
        None => Some(hour).filter(|hour| *hour < 24),
        Some(_) if !(1..=12).contains(&hour) => None,
        Some(half) if half == "p" => Some(hour % 12 + 12),
        Some(_) => Some(hour % 12),
    };
    hour.filter(|_| minute < 60 && found.name("more").is_none())
        .map(|hour| (hour, minute))
}

fn in_french(found: &Captures<'_>) -> Verdict {
    match time(found) {
        None => Verdict::Right,
        Some((hour, 0)) => Verdict::Better(format!("{hour} h")),
        Some((hour, minute)) => Verdict::Better(format!("{hour} h {minute:02}")),
    }
}

fn in_english(found: &Captures<'_>) -> Verdict {
    let Some((hour, minute)) = time(found) else {
        return Verdict::Right;
    };
    let half = if hour < 12 { "a.m." } else { "p.m." };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    Verdict::Better(match minute {
        0 => format!("{hour} {half}"),
        minute => format!("{hour}:{minute:02} {half}"),
    })
}
