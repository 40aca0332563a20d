//! The two languages, their messages and their dates.

mod date;
mod messages;

pub use date::{MONTHS, day, day_html, local, local_day, range, range_html, time, time_with_seconds, zone};
pub use messages::{Value, message, sources};

/// One of the two languages of the record. French is the source (design: the bilingual record).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// `fr-CA`
    French,
    /// `en-CA`
    English,
}

impl Language {
    /// Both languages, French first.
    pub const ALL: [Self; 2] = [Self::French, Self::English];

    /// The first segment of every address in this language.
    #[must_use]
    pub const fn segment(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }

    /// The BCP 47 tag, as in `lang`, `hreflang` and `Content-Language` (standards W4).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::French => "fr-CA",
            Self::English => "en-CA",
        }
    }

    /// The other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::French => Self::English,
            Self::English => Self::French,
        }
    }
}
