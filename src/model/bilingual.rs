//! A value in both languages.

use crate::i18n::Language;

/// A value in French and in English.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual<T> {
    /// The French, which is the source.
    pub fr: T,
    /// The English.
    pub en: T,
}

impl<T> Bilingual<T> {
    /// The value in one language.
    pub const fn get(&self, language: Language) -> &T {
        match language {
            Language::French => &self.fr,
            Language::English => &self.en,
        }
    }
}

impl Bilingual<String> {
    /// The same; none where no word is written in either language.
    #[must_use]
    pub fn written(self) -> Option<Self> {
        (!self.fr.is_empty() || !self.en.is_empty()).then_some(self)
    }
}
