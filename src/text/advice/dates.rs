//! Dates: `1er mars 2026` in French, `March 1, 2026` in English, `2026-03-01` in figures.

use regex::Captures;

use super::Reason;
use super::rule::{Rule, Verdict, number};
use crate::i18n::{Language, MONTHS};

const MONTHS_FR: &str =
    "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre";
const MONTHS_EN: &str = "January|February|March|April|May|June|July|August|September|October|November|December";
const WEEKDAYS_FR: &str = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche";

/// Day, month, year in figures: `13/08/2026`.
const FIGURES: &str = r"\b(?P<x>(?P<one>\d{1,2})/(?P<two>\d{1,2})/(?P<year>\d{4}))\b";

/// The rules on dates in French.
pub(super) fn french() -> Vec<Option<Rule>> {
    vec![
        Rule::worked(
            Reason::Date,
            &format!(
                r"\b(?P<x>(?P<day>\d{{1,2}})(?:er)?~+(?P<month>(?i:{MONTHS_FR}))(?:(?P<comma>,)~*(?P<year>\d{{4}}))?)\b"
            ),
            day_first,
        ),
        Rule::worked(
            Reason::Date,
            &format!(r"\b(?P<x>(?P<month>{MONTHS_EN})~(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?~(?P<year>\d{{4}}))\b"),
            from_english,
        ),
        Rule::worked(
            Reason::Date,
            &format!(r"\b(?P<x>(?:(?i:le)~)?(?P<weekday>(?i:{WEEKDAYS_FR})),~le)~\d"),
            weekday,
        ),
        Rule::worked(
            Reason::Capital,
            &format!(r"[\p{{L}}\d],?~(?P<x>(?P<word>{}))\b", capitalized(WEEKDAYS_FR)),
            lowered,
        ),
        Rule::worked(Reason::Date, FIGURES, figures),
    ]
}

/// The rules on dates in English.
pub(super) fn english() -> Vec<Option<Rule>> {
    vec![
        Rule::worked(
            Reason::Date,
            &format!(
                r"\b(?P<x>(?P<day>\d{{1,2}})(?:st|nd|rd|th)?~(?:of~)?(?P<month>{MONTHS_EN})(?:,?~(?P<year>\d{{4}}))?)\b"
            ),
            month_first,
        ),
        Rule::worked(
            Reason::Date,
            &format!(r"\b(?P<x>(?P<month>{MONTHS_EN})~(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?~(?P<year>\d{{4}}))?)\b"),
            month_first,
        ),
        Rule::worked(Reason::Date, FIGURES, figures),
    ]
}

fn capitalized(words: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    words.split('|').map(capital).collect::<Vec<_>>().join("|")
}

fn lowered(found: &Captures<'_>) -> Verdict {
    Verdict::Better(found["word"].to_lowercase())
}

fn weekday(found: &Captures<'_>) -> Verdict {
    Verdict::Better(format!("le {}", found["weekday"].to_lowercase()))
}

/// `01 Janvier, 2026`
fn day_first(found: &Captures<'_>) -> Verdict {
    let written = found["month"].to_lowercase();
    let month = match written.as_str() {
        "fevrier" => "février",
        "aout" => "août",
        "decembre" => "décembre",
        month => month,
    };
    in_french(found, month)
}

fn from_english(found: &Captures<'_>) -> Verdict {
    let month = MONTHS.iter().find(|month| month.en == &found["month"]);
    month.map_or(Verdict::Right, |month| in_french(found, month.fr))
}

fn in_french(found: &Captures<'_>, month: &str) -> Verdict {
    let day = match number(found, "day") {
        Some(1) => "1er".to_owned(),
        Some(day @ 2..=31) => day.to_string(),
        _ => return Verdict::Right,
    };
    let year = found
        .name("year")
        .map_or(String::new(), |year| format!(" {}", year.as_str()));
    Verdict::Better(format!("{day} {month}{year}"))
}

fn month_first(found: &Captures<'_>) -> Verdict {
    let (Some(day @ 1..=31), month) = (number(found, "day"), &found["month"]) else {
        return Verdict::Right;
    };
    let year = found
        .name("year")
        .map_or(String::new(), |year| format!(", {}", year.as_str()));
    Verdict::Better(format!("{month} {day}{year}"))
}

/// Where two of the numbers could be the month, only the writer knows which is.
fn figures(found: &Captures<'_>) -> Verdict {
    let (Some(one), Some(two)) = (number(found, "one"), number(found, "two")) else {
        return Verdict::Right;
    };
    let (day, month) = match (one, two) {
        (13..=31, 1..=12) => (one, two),
        (1..=12, 13..=31) => (two, one),
        (1..=12, 1..=12) if one == two => (one, two),
        (1..=12, 1..=12) => return Verdict::Ask,
        _ => return Verdict::Right,
    };
    Verdict::Better(format!("{}-{month:02}-{day:02}", &found["year"]))
}

/// The words that name a month after a number.
pub(super) fn is_month(word: &str, language: Language) -> bool {
    MONTHS.iter().any(|month| *month.get(language) == word)
}
