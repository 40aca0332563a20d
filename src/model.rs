//! The nouns of the record, one file each, with their SQL beside their type.

mod instant;
mod withdrawal;

pub use instant::Instant;
pub use withdrawal::Withdrawn;

/// A value in French and in English.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Bilingual<T> {
    /// The French, which is the source.
    pub fr: T,
    /// The English.
    pub en: T,
}

impl<T> Bilingual<T> {
    /// The value in one language.
    pub const fn get(&self, language: crate::i18n::Language) -> &T {
        match language {
            crate::i18n::Language::French => &self.fr,
            crate::i18n::Language::English => &self.en,
        }
    }
}
