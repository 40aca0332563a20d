//! The passages of a document whose words are there, and those whose words the law removed: for the desk's role alone.

use std::collections::HashMap;

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{Anchor, Bilingual, DocumentId, Instant, Part};

/// When the law removed the words under each anchor of a document.
///
/// # Errors
/// The database does not answer.
pub async fn removed(executor: impl PgExecutor<'_>, document: DocumentId) -> Result<HashMap<Anchor, Instant>> {
    let rows = sqlx::query!(
        r#"select anchor as "anchor: Anchor", max(at) as "at!: Instant" from redaction where document_id = $1 group by anchor"#,
        document.number(),
    )
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(|row| (row.anchor, row.at)).collect())
}

/// A passage whose words are there to be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removable {
    /// Its part.
    pub part: Part,
    /// Its permanent anchor.
    pub anchor: Anchor,
    /// Its newest words.
    pub words: Bilingual<Option<String>>,
    /// The revisions that hold it.
    pub numbers: Vec<i32>,
}

/// The passages of all revisions of a document whose words are there, in reading order.
///
/// # Errors
/// The database does not answer.
pub async fn list(executor: impl PgExecutor<'_>, document: DocumentId) -> Result<Vec<Removable>> {
    let rows = sqlx::query!(
        r#"select anchor as "anchor: Anchor", (array_agg(part order by number desc))[1] as "part!: Part",
                  min(position) as "position!", (array_agg(fr order by number desc))[1] as fr,
                  (array_agg(en order by number desc))[1] as en, array_agg(number order by number) as "numbers!"
             from passage where document_id = $1 and salt is not null group by anchor"#,
        document.number(),
    )
    .fetch_all(executor)
    .await?;
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|row| (row.part, row.position));
    let removable = rows.into_iter().map(|row| Removable {
        part: row.part,
        anchor: row.anchor,
        words: Bilingual { fr: row.fr, en: row.en },
        numbers: row.numbers,
    });
    Ok(removable.collect())
}
