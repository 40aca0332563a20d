//! A text as it reads, French and English side by side, for those who have yet to decide what to do with it.

use sqlx::PgConnection;

use super::comparison::{column, part_label};
use crate::error::Result;
use crate::i18n::Language;
use crate::model::{DocumentId, Part, Passage, revision};
use crate::text::{self, Register};
use crate::web::folio::Directory;
use crate::web::view::Html;

/// A passage as it reads.
#[derive(Debug)]
pub struct Shown {
    /// The key of the name of its part.
    pub part: &'static str,
    /// Its French and its English.
    pub sides: [Side; 2],
}

/// A passage in one language.
#[derive(Debug)]
pub struct Side {
    /// Which.
    pub language: Language,
    /// Its words; none where there are none, or where the law removed them.
    pub words: Option<Html>,
}

impl Side {
    /// The key of the name of its language.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        column(self.language)
    }
}

/// What a revision says, passage by passage.
///
/// # Errors
/// The database does not answer, or there is no such revision.
pub async fn of(connection: &mut PgConnection, document: DocumentId, number: i32) -> Result<Vec<Shown>> {
    let text = revision::read(connection, document, number).await?;
    let shown = text.passages.iter().map(|passage| Shown {
        part: part_label(passage.part),
        sides: Language::ALL.map(|language| Side {
            language,
            words: read(passage, language),
        }),
    });
    Ok(shown.collect())
}

/// A passage in one language, in the words of its public page, under the heading that names its language; none where it has
/// no words.
#[must_use]
pub fn read(passage: &Passage, language: Language) -> Option<Html> {
    let words = passage.words(language)?;
    Some(Html(match passage.part {
        Part::Title => text::inline(words, language, Register::Heading),
        Part::Summary | Part::Function | Part::Short => text::inline(words, language, Register::Prose),
        Part::Medium | Part::Mandate | Part::Biography | Part::Body => {
            text::block_below(words, language, &Directory::default())
        }
    }))
}
