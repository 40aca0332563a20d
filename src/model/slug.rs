//! The last segment of an address.

use std::fmt;

use crate::i18n::Language;
use crate::model::Bilingual;

/// A well-formed slug: words of `a-z` and `0-9` joined by single hyphens, at most 80 characters. Whether it is reserved
/// or taken is for the database to say.
#[derive(Debug, Clone, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct Slug(String);

impl Slug {
    /// The slug as it stands in an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = String;

    /// # Errors
    /// A sentence that names the slug and the rule.
    fn try_from(text: String) -> Result<Self, String> {
        let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if text.len() <= 80 && text.split('-').all(word) {
            Ok(Self(text))
        } else {
            Err(format!(
                "`{text}` is no slug: words of a-z and 0-9 joined by hyphens, 80 characters at most"
            ))
        }
    }
}

impl Bilingual<Option<Slug>> {
    /// The slug of addresses in a language: English ones use the French slug until there is an English one (design
    /// §2.5).
    #[must_use]
    pub fn in_address(&self, language: Language) -> Option<&Slug> {
        match language {
            Language::French => self.fr.as_ref(),
            Language::English => self.en.as_ref().or(self.fr.as_ref()),
        }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
