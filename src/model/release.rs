//! Deeds that change what the public reads: here as the public may see them, in [`plan`] as the desk makes them.

pub mod plan;

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{Bilingual, DocumentId, Instant, Withdrawn, said};

/// What one release did to one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When: changes of one instant are one release to the public.
    pub at: Instant,
    /// Whose text began or ended.
    pub document: DocumentId,
    /// The version that began; none where a text left.
    pub version: Option<i64>,
    /// How the text left; none where a version began.
    pub withdrawn: Option<Withdrawn>,
    /// The public note, or the reason why the text left.
    pub note: Option<Bilingual<String>>,
    /// Whether the change was declared minor.
    pub minor: bool,
}

/// The instant of the last release at an instant: what was read then stays as it is until the next.
///
/// # Errors
/// The database does not answer.
pub async fn last(executor: impl PgExecutor<'_>, at: Instant) -> Result<Option<Instant>> {
    Ok(instants(executor, at, 1).await?.pop())
}

/// The instants of the releases at or before `until`, the latest first, at most `limit` of them.
///
/// # Errors
/// The database does not answer.
pub async fn instants(executor: impl PgExecutor<'_>, until: Instant, limit: i64) -> Result<Vec<Instant>> {
    Ok(sqlx::query_scalar!(
        r#"select site.release_instants($1, $2) as "at!: Instant""#,
        until as Instant,
        limit,
    )
    .fetch_all(executor)
    .await?)
}

/// What was changed at these instants, the latest first, then by document.
///
/// # Errors
/// The database does not answer.
pub async fn changes(executor: impl PgExecutor<'_>, instants: &[Instant]) -> Result<Vec<Change>> {
    let rows = sqlx::query!(
        // A subquery for each row: a join would number the versions of every document there is.
        r#"select r.at as "at!: Instant", r.document_id as "document!: DocumentId",
                  (select p.version from site.publication p
                    where p.document_id = r.document_id and p.id = r.publication_id) as version,
                  r.withdrawn as "withdrawn: Withdrawn", r.note_fr, r.note_en, r.minor as "minor!"
             from site.release r where r.at = any($1) order by r.at desc, r.document_id"#,
        instants as &[Instant],
    )
    .fetch_all(executor)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Change {
            at: row.at,
            document: row.document,
            version: row.version,
            withdrawn: row.withdrawn,
            note: row.note_fr.zip(row.note_en).map(|(fr, en)| said::both(fr, en)),
            minor: row.minor,
        })
        .collect())
}
