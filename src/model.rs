//! The nouns of the record, one file each, with their SQL beside their type.

pub mod account;
pub mod address;
pub mod announcement;
pub mod autosave;
mod bilingual;
pub mod browser;
pub mod document;
pub mod dossier;
pub mod editing;
pub mod edition;
pub mod history;
pub mod instant;
pub mod journal;
pub mod kept;
pub mod lineage;
pub mod link;
pub mod list;
pub mod manuscript;
pub mod planning;
pub mod presence;
pub mod proof;
pub mod publication;
pub mod quotation;
pub mod redaction;
pub mod release;
pub mod removable;
pub mod review;
pub mod revision;
pub mod said;
pub mod search;
pub mod secret;
pub mod session;
pub mod setting;
mod slug;
mod snapshot;
pub mod standing;
pub mod subjects;
pub mod throttle;
pub mod title;
pub mod version;
mod when;
pub mod withdrawal;

pub use account::{Account, AccountId, Role};
pub use bilingual::Bilingual;
pub use document::{DocumentId, Kind};
pub use instant::Instant;
pub use journal::FormId;
pub use manuscript::Manuscript;
pub use revision::{Anchor, English, Office, Part, Passage, Text};
pub use said::Said;
pub use slug::Slug;
pub use snapshot::Snapshot;
pub use subjects::Subjects;
pub use when::{Sight, When, whole_second};
pub use withdrawal::Withdrawn;

/// A type that PostgreSQL keeps as text and that is parsed once, where it comes in: `Display`, `FromStr` and the sqlx
/// implementations of a closed list of words.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word, as the database and the files of `import` write it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl sqlx::Type<sqlx::Postgres> for $name {
            fn type_info() -> sqlx::postgres::PgTypeInfo {
                <str as sqlx::Type<sqlx::Postgres>>::type_info()
            }

            fn compatible(info: &sqlx::postgres::PgTypeInfo) -> bool {
                <str as sqlx::Type<sqlx::Postgres>>::compatible(info)
            }
        }

        impl sqlx::Decode<'_, sqlx::Postgres> for $name {
            fn decode(value: sqlx::postgres::PgValueRef<'_>) -> std::result::Result<Self, sqlx::error::BoxDynError> {
                let word = <&str as sqlx::Decode<sqlx::Postgres>>::decode(value)?;
                let known = Self::ALL.iter().copied().find(|known| known.word() == word);
                known.ok_or_else(|| format!("{word} is no {}", stringify!($name)).into())
            }
        }
    };
}
use words;
