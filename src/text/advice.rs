//! Advice on what rendering does not settle: capitals, numbers, dates, feminine forms, official names, a glossary
//! (standards §1.6, §1.7, Q13–Q18).
//!
//! Advice changes nothing by itself: each piece names the words, why, and what could stand there instead. Code, addresses and
//! parts in the other language are passed over.

mod amounts;
mod dates;
mod english;
mod feminine;
mod french;
mod mask;
mod rule;
#[cfg(test)]
mod tests;
mod times;

use std::ops::Range;

use crate::i18n::Language;

/// No passage is given more: a hostile one would fill the page.
const MOST: usize = 40;

/// Why words are worth another look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Capitals keep their accents, acronyms have none.
    Accent,
    /// A capital where the language wants none.
    Capital,
    /// A date is written otherwise.
    Date,
    /// A time is written otherwise.
    Time,
    /// A number or a sum is written otherwise.
    Number,
    /// Feminine forms: titles as borne, doublets in full.
    Feminine,
    /// The official name of a body, or its mark as French in an English text.
    Name,
    /// A place name keeps its French form.
    Place,
    /// A word that the glossary replaces.
    Glossary,
    /// Spaces too many or too few.
    Space,
    /// A word written twice.
    Repeated,
    /// A sign of punctuation of the wrong kind.
    Punctuation,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Accent,
        Self::Capital,
        Self::Date,
        Self::Time,
        Self::Number,
        Self::Feminine,
        Self::Name,
        Self::Place,
        Self::Glossary,
        Self::Space,
        Self::Repeated,
        Self::Punctuation,
    ];

    /// The message that explains it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Accent => "advice-accent",
            Self::Capital => "advice-capital",
            Self::Date => "advice-date",
            Self::Time => "advice-time",
            Self::Number => "advice-number",
            Self::Feminine => "advice-feminine",
            Self::Name => "advice-name",
            Self::Place => "advice-place",
            Self::Glossary => "advice-glossary",
            Self::Space => "advice-space",
            Self::Repeated => "advice-repeated",
            Self::Punctuation => "advice-punctuation",
        }
    }
}

/// One suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The words that it is about, in bytes of the text.
    pub at: Range<usize>,
    /// Why.
    pub reason: Reason,
    /// What could stand there; none where only the writer can tell.
    pub better: Option<String>,
}

/// The advice on a text in a language, in the order of the text; no two pieces touch the same words.
///
/// ```
/// use mandat::i18n::Language;
/// use mandat::text::advice::advise;
/// let found = advise("le 1 janvier 2026", Language::French);
/// assert_eq!(found[0].better.as_deref(), Some("1er janvier"));
/// ```
#[must_use]
pub fn advise(words: &str, language: Language) -> Vec<Advice> {
    let readable = mask::readable(words);
    let rules = match language {
        Language::French => french::rules(),
        Language::English => english::rules(),
    };
    let mut found: Vec<Advice> = Vec::new();
    for advice in rules.iter().flat_map(|rule| rule.advise(&readable)) {
        // The rules that come first know more.
        let apart = |other: &Advice| other.at.end <= advice.at.start || advice.at.end <= other.at.start;
        if found.iter().all(apart) {
            found.push(advice);
        }
        if found.len() == MOST {
            break;
        }
    }
    found.sort_by_key(|advice| advice.at.start);
    found
}

/// The text with the advice followed that begins at this byte for this reason; none where there is no such advice (any more).
#[must_use]
pub fn apply(words: &str, language: Language, start: usize, reason: Reason) -> Option<String> {
    let followed = advise(words, language)
        .into_iter()
        .find(|advice| advice.at.start == start && advice.reason == reason)?;
    let mut text = words.to_owned();
    text.replace_range(followed.at, &followed.better?);
    Some(text)
}
