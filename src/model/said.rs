//! What people say beside the texts: remarks, notes, reasons. Where a redaction found the words that it removes, a dated
//! trace stands instead (design §2.4).

use jiff::Timestamp;

use super::Bilingual;
use crate::i18n::{self, Language, message};

/// With what a trace begins, as `redaction_trace` writes it; the instant follows.
const BAR: &str = "\u{2588} ";

/// What somebody said, or its trace.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Said(String);

impl From<String> for Said {
    fn from(kept: String) -> Self {
        Self(kept)
    }
}

impl Said {
    /// In words for people: as it was said, or that it was removed and when.
    #[must_use]
    pub fn told(&self, language: Language) -> String {
        let removed = self.0.strip_prefix(BAR).and_then(|at| at.parse::<Timestamp>().ok());
        removed.map_or_else(
            || self.0.clone(),
            |at| {
                let day = i18n::day(i18n::local_day(at), language);
                message(language, "line-redacted", &[("day", day.into())])
            },
        )
    }
}

/// What was said in both languages, each in words for people.
pub(super) fn both(fr: String, en: String) -> Bilingual<String> {
    Bilingual {
        fr: Said(fr).told(Language::French),
        en: Said(en).told(Language::English),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_told_with_its_day_in_each_language() {
        let trace = "\u{2588} 2026-03-02T01:30:00.123456Z".to_owned();
        let told = both(trace.clone(), trace);
        assert_eq!(told.fr, "Texte retiré le 1er mars 2026 en application de la loi");
        assert_eq!(told.en, "Text removed on March 1, 2026 as required by law");
        for said in ["Une remarque", "\u{2588} hier", ""] {
            assert_eq!(Said(said.to_owned()).told(Language::French), said);
        }
    }
}
