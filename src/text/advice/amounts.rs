//! Numbers and sums: `1 234,50 $` and `deux bureaux` in French, `$1,234.50` and `25%` in English.

use regex::Captures;

use super::Reason;
use super::dates::is_month;
use super::rule::{Rule, Verdict, number};
use crate::i18n::Language;

/// The numbers that French writes in letters; one has two forms, and zero is rare.
const LETTERS: [&str; 8] = ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"];

/// Words before a number that is a name, or one end of a range.
const NAMING: &[&str] = &[
    "article",
    "articles",
    "chapitre",
    "partie",
    "section",
    "annexe",
    "phase",
    "volume",
    "tome",
    "niveau",
    "étape",
    "page",
    "pages",
    "numéro",
    "no",
    "bureau",
    "salle",
    "porte",
    "poste",
    "version",
    "axe",
    "orientation",
    "objectif",
    "mandat",
    "à",
    "et",
    "ou",
    "le",
    "du",
    "au",
];

/// What stays in figures whatever counts it.
const COUNTING: &[&str] = &[
    "millions",
    "million",
    "milliards",
    "milliard",
    "heures",
    "heure",
    "min",
    "dollars",
    "pour",
    "mètres",
    "kilomètres",
    "fois",
];

/// The rules on numbers in French.
pub(super) fn french() -> Vec<Option<Rule>> {
    vec![
        Rule::worked(
            Reason::Number,
            r"(?P<x>\$~?(?P<sum>\d(?:[\d,.]*\d)?(?:~\d{3})*)(?P<large>~(?:millions?|milliards?))?)",
            sum_in_french,
        ),
        Rule::template(
            Reason::Number,
            r"\b(?P<x>(?P<whole>\d+)\.(?P<part>\d+))~?(?:%|\$|millions?\b|milliards?\b)",
            "${whole},${part}",
        ),
        Rule::worked(
            Reason::Number,
            r"\b(?P<x>(?P<sum>\d{1,3}(?:,\d{3}){2,}))\b",
            sum_in_french_without_sign,
        ),
        Rule::worked(
            Reason::Number,
            r"(?P<before>\p{L}+)~(?P<x>(?P<digit>[2-9]))~(?P<next>\p{Ll}{3,})",
            in_letters,
        ),
    ]
}

/// The rules on numbers in English.
pub(super) fn english() -> Vec<Option<Rule>> {
    vec![
        Rule::worked(
            Reason::Number,
            r"\b(?P<x>(?P<sum>\d(?:[\d,.]*\d)?(?:~\d{3})*(?:,\d{2})?)~?\$)(?:[^\d]|$)",
            sum_in_english,
        ),
        Rule::template(Reason::Number, r"\b(?P<x>(?P<share>\d[\d.,]*)~+%)", "${share}%"),
        Rule::worked(
            Reason::Number,
            r"\b(?P<x>(?P<sum>\d{1,3}(?:~\d{3})+))(?P<telephone>-\d)?",
            thousands_in_english,
        ),
    ]
}

/// A number's whole part and its decimals, however they were written: the last sign is the decimal one unless three digits follow.
fn parts(written: &str) -> (String, Option<&str>) {
    let (whole, decimals) = match written.rsplit_once([',', '.']) {
        Some((whole, decimals)) if decimals.len() != 3 => (whole, Some(decimals)),
        _ => (written, None),
    };
    (whole.chars().filter(char::is_ascii_digit).collect(), decimals)
}

/// A whole number in groups of three from four digits on.
fn grouped(digits: &str, separator: &str) -> String {
    let first = digits.len() % 3;
    let groups = (first..digits.len()).step_by(3).map(|start| &digits[start..start + 3]);
    let head = (first > 0).then_some(&digits[..first]);
    head.into_iter().chain(groups).collect::<Vec<_>>().join(separator)
}

fn french_number(written: &str) -> String {
    let (whole, decimals) = parts(written);
    let decimals = decimals.map_or(String::new(), |decimals| format!(",{decimals}"));
    grouped(&whole, " ") + &decimals
}

fn sum_in_french(found: &Captures<'_>) -> Verdict {
    let large = found.name("large").map_or("", |large| large.as_str());
    Verdict::Better(format!("{}{large} $", french_number(&found["sum"])))
}

fn sum_in_french_without_sign(found: &Captures<'_>) -> Verdict {
    Verdict::Better(french_number(&found["sum"]))
}

fn sum_in_english(found: &Captures<'_>) -> Verdict {
    let (whole, decimals) = parts(&found["sum"]);
    let decimals = decimals.map_or(String::new(), |decimals| format!(".{decimals}"));
    Verdict::Better(format!("${}{decimals}", grouped(&whole, ",")))
}

fn thousands_in_english(found: &Captures<'_>) -> Verdict {
    if found.name("telephone").is_some() {
        return Verdict::Right;
    }
    Verdict::Better(grouped(&parts(&found["sum"]).0, ","))
}

fn in_letters(found: &Captures<'_>) -> Verdict {
    let (before, next) = (found["before"].to_lowercase(), &found["next"]);
    if NAMING.contains(&before.as_str()) || COUNTING.contains(&next) || is_month(next, Language::French) {
        return Verdict::Right;
    }
    let place = number(found, "digit").and_then(|digit| usize::try_from(digit).ok()?.checked_sub(2));
    let word = place.and_then(|place| LETTERS.get(place));
    word.map_or(Verdict::Right, |word| Verdict::Better((*word).to_owned()))
}
