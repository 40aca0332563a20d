//! What the public calls a publication that has begun, numbered by its rank among those begun.

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{Bilingual, DocumentId, English, Instant, said};

/// One version of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedVersion {
    /// The publication, by which its passages, members and details are found.
    pub publication: i64,
    /// Its rank among those begun.
    pub number: i64,
    /// Since when it is in effect.
    pub from: Instant,
    /// Until when it was, exclusive; none while it is.
    pub until: Option<Instant>,
    /// The public note, one line.
    pub note: Option<Bilingual<String>>,
    /// Whether the change was declared minor.
    pub minor: bool,
    /// What is declared of its English.
    pub english: English,
}

/// The versions of a document that had begun at an instant and whose number is at most `newest`, the newest first, at
/// most `limit` of them.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    executor: impl PgExecutor<'_>,
    document: DocumentId,
    at: Instant,
    newest: i64,
    limit: i64,
) -> Result<Vec<DatedVersion>> {
    let rows = sqlx::query!(
        r#"select id as "publication!", version as "number!", since as "from!: Instant",
                  case when upper(period) <= $2 then upper(period) end as "until: Instant",
                  note_fr, note_en, minor as "minor!", english as "english!: English"
             from site.publication
            where document_id = $1 and since <= $2 and version <= $3
            order by version desc limit $4"#,
        document.number(),
        at as Instant,
        newest,
        limit,
    )
    .fetch_all(executor)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DatedVersion {
            publication: row.publication,
            number: row.number,
            from: row.from,
            until: row.until,
            note: row.note_fr.zip(row.note_en).map(|(fr, en)| said::both(fr, en)),
            minor: row.minor,
            english: row.english,
        })
        .collect())
}

/// One version of a document, if it had begun at an instant.
///
/// # Errors
/// The database does not answer.
pub async fn one(
    executor: impl PgExecutor<'_>,
    document: DocumentId,
    at: Instant,
    number: i64,
) -> Result<Option<DatedVersion>> {
    let newest_up_to = list(executor, document, at, number, 1).await?;
    Ok(newest_up_to.into_iter().find(|version| version.number == number))
}
