//! What the desk calls a document: the title that its readers know, or that of its newest revision where it was never out.

use std::collections::HashMap;

use sqlx::PgExecutor;

use crate::error::Result;
use crate::i18n::Language;
use crate::model::{Bilingual, DocumentId, Kind};
use crate::text::{self, Register};

/// What the desk calls a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// What the document is about.
    pub kind: Kind,
    /// The title, in Markdown; none where there is none yet, or the law removed it.
    words: Bilingual<Option<String>>,
}

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
        r#"select d.id as "document: DocumentId", d.kind as "kind: Kind", t.fr as "fr?", t.en as "en?"
             from document d
             left join lateral (
                  select o.number from publication o
                   where o.document_id = d.id and o.cancelled_at is null and lower(o.period) <= (select instant())
                   order by lower(o.period) desc limit 1) known on true
             left join lateral (
                  select p.fr, p.en from passage p
                   where p.document_id = d.id and p.part = 'title' and p.position = 1
                     and (known.number is null or p.number = known.number)
                   order by p.number desc limit 1) t on true
            where $1::bigint[] is null or d.id = any($1)"#,
        ids.as_deref(),
    )
    .fetch_all(executor)
    .await?;
    let title = |kind, fr, en| Title {
        kind,
        words: Bilingual { fr, en },
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.document, title(row.kind, row.fr, row.en)))
        .collect())
}

impl Title {
    /// The title as bare words, in a language if it has one there, else in the other.
    #[must_use]
    pub fn plain(&self, language: Language) -> Option<String> {
        let words = |language: Language| {
            let words = self.words.get(language).as_deref()?;
            let plain = text::plain(words, language, Register::Heading);
            (!plain.is_empty()).then_some(plain)
        };
        words(language).or_else(|| words(language.other()))
    }
}
