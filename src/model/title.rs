//! What the desk calls a document: the title of its newest revision.

use std::collections::HashMap;

use sqlx::PgExecutor;

use crate::error::Result;
use crate::i18n::Language;
use crate::model::{Bilingual, DocumentId};
use crate::text::{self, Register};

/// A document's title in both languages, in Markdown; none where there is none yet, or the law removed it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Title(Bilingual<Option<String>>);

/// The titles of these documents; of all of them where none are named.
///
/// # Errors
/// The database does not answer.
pub async fn read(
    executor: impl PgExecutor<'_>,
    documents: Option<&[DocumentId]>,
) -> Result<HashMap<DocumentId, Title>> {
    let ids: Option<Vec<i64>> = documents.map(|documents| documents.iter().map(|document| document.number()).collect());
    let rows = sqlx::query!(
        r#"select distinct on (document_id) document_id as "document: DocumentId", fr, en
             from passage where part = 'title' and position = 1 and ($1::bigint[] is null or document_id = any($1))
            order by document_id, number desc"#,
        ids.as_deref(),
    )
    .fetch_all(executor)
    .await?;
    let title = |fr, en| Title(Bilingual { fr, en });
    Ok(rows
        .into_iter()
        .map(|row| (row.document, title(row.fr, row.en)))
        .collect())
}

impl Title {
    /// The title as bare words, in a language if it has one there, else in the other.
    #[must_use]
    pub fn plain(&self, language: Language) -> Option<String> {
        let words = |language: Language| {
            let words = self.0.get(language).as_deref()?;
            let plain = text::plain(words, language, Register::Heading);
            (!plain.is_empty()).then_some(plain)
        };
        words(language).or_else(|| words(language.other()))
    }
}
