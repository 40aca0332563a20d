//! Why a deed was not done, where no constraint of the database says it.

use crate::i18n::{Language, message};

/// Why somebody's deed was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// The account was closed, or its role changed, since its owner came in.
    Account,
    /// The account's role may not do this.
    Role,
    /// The text is not, or no longer, where it could be done: somebody was faster.
    State,
    /// Whoever wrote a text does not approve it.
    FourEyes,
    /// The text was not approved as it is, and no reason was given to go without.
    Unapproved,
    /// A reason is needed, in both languages where the public reads it.
    Reason,
    /// No document of this kind is made at the desk.
    Kind,
    /// More passages or members than a text may have.
    TooLong,
    /// The instant is not ahead.
    Past,
    /// The form is another person's.
    Form,
}

impl Denied {
    /// In words for people.
    #[must_use]
    pub fn told(self, language: Language) -> String {
        match self {
            Self::Account => message(language, "denied-account", &[]),
            Self::Role => message(language, "denied-role", &[]),
            Self::State => message(language, "denied-state", &[]),
            Self::FourEyes => message(language, "denied-four-eyes", &[]),
            Self::Unapproved => message(language, "denied-unapproved", &[]),
            Self::Reason => message(language, "denied-reason", &[]),
            Self::Kind => message(language, "denied-kind", &[]),
            Self::TooLong => message(language, "denied-too-long", &[]),
            Self::Past => message(language, "denied-past", &[]),
            Self::Form => message(language, "denied-form", &[]),
        }
    }
}

/// For the command line, which speaks English.
impl std::fmt::Display for Denied {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.told(Language::English))
    }
}
