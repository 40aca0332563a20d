//! The one error type, and the one place that translates what the database refuses.

mod denied;
pub mod refusals;

use std::path::PathBuf;

use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;

use crate::i18n::{self, Language};

pub use denied::Denied;

/// What can go wrong, in the words of whom it concerns.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing public answers to this address.
    #[error("not found")]
    NotFound,
    /// A date of the past that is not past: nobody knows yet.
    #[error("the date is ahead")]
    Ahead,
    /// A date before this page's first version.
    #[error("before the record")]
    BeforeRecord,
    /// What was typed names no date.
    #[error("no date")]
    NoDate,
    /// The address answers, but not in this way.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// Whoever asks may not do this.
    #[error("forbidden")]
    Forbidden,
    /// A form that did not come from a page of this site.
    #[error("a form of another site")]
    ForeignForm,
    /// What was sent is longer than anything that is taken.
    #[error("too large")]
    TooLarge,
    /// A parameter of a request cannot be used.
    #[error("parameter {name}: {fault:?}")]
    Parameter {
        /// Its name; empty where it is not one that the address knows.
        name: &'static str,
        /// Why not.
        fault: Fault,
    },
    /// The database refused, by the name of one of its constraints.
    #[error("{0}")]
    Refused(Refusal),
    /// A deed was not done.
    #[error("{0}")]
    Denied(Denied),
    /// A file given to `import` cannot be used; nothing was changed.
    #[error("{}:{line}: {reason}", file.display())]
    Import {
        /// The file, as it was named on the command line.
        file: PathBuf,
        /// The line in the file, counted from 1.
        line: usize,
        /// What is wrong with it, in one sentence.
        reason: String,
    },
    /// The operator must change something outside the program: one sentence that says what.
    #[error("{0}")]
    Setup(String),
    /// A signal told the program to stop before this was done.
    #[error("interrupted before it was done; what was not committed is as it was")]
    Interrupted,
    /// The database does not answer, or not now.
    #[error("the database does not answer")]
    Unavailable(#[source] sqlx::Error),
    /// A fault of ours; the cause goes to the log, never to a page.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// What was not done, in words for whoever asked for it; none where the fault is not theirs to know.
    #[must_use]
    pub fn told(&self, language: Language) -> Option<String> {
        match self {
            Self::Refused(refusal) => refusal.told(language),
            Self::Denied(denied) => Some(denied.told(language)),
            _ => None,
        }
    }
}

/// Why a parameter of a request cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The address knows no such parameter.
    Unknown,
    /// It was given more than once.
    Repeated,
    /// It must be given, and was not.
    Missing,
    /// Its value is not of its form.
    Unreadable,
    /// It names a moment still ahead.
    Future,
}

/// What the database refused: the name of the constraint, trigger or guard, and its own words for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The constraint's name, as the migrations give it.
    pub constraint: String,
    /// What the database said of it, for operators.
    pub detail: String,
}

impl Refusal {
    /// What was refused, in words for people; none where only a fault of ours can be refused so.
    #[must_use]
    pub fn told(&self, language: Language) -> Option<String> {
        refusals::message_of(&self.constraint).map(|key| i18n::message(language, key, &[]))
    }
}

/// For the command line, which speaks English.
impl std::fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.told(Language::English) {
            Some(told) => formatter.write_str(&told),
            None => write!(formatter, "{} ({})", self.detail, self.constraint),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(refused) => match refused.constraint() {
                Some(constraint) => Self::Refused(Refusal {
                    constraint: constraint.to_owned(),
                    detail: told(refused.as_ref()),
                }),
                None if refused.code().is_some_and(|code| passes(&code)) => Self::Unavailable(error),
                None => Self::Internal(Box::new(error)),
            },
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                Self::Unavailable(error)
            }
            _ => Self::Internal(Box::new(error)),
        }
    }
}

/// Whether what this code of PostgreSQL (Appendix A) tells of passes by itself: the connection failed (class 08), a replica
/// went on and took what was being read (40001), the server has no room (53), took too long (57014), or is stopping, has
/// crashed or is starting (57P).
fn passes(code: &str) -> bool {
    ["08", "40001", "53", "57014", "57P"]
        .iter()
        .any(|class| code.starts_with(class))
}

/// What the database said; of a reference that leads nowhere also which one (a check's detail would be the whole row).
fn told(refused: &dyn DatabaseError) -> String {
    let message = refused.message();
    let detail = refused
        .try_downcast_ref::<PgDatabaseError>()
        .filter(|_| refused.is_foreign_key_violation())
        .and_then(PgDatabaseError::detail);
    detail.map_or_else(|| message.to_owned(), |detail| format!("{message}: {detail}"))
}

/// The result of everything fallible in Mandat.
pub type Result<T> = std::result::Result<T, Error>;
