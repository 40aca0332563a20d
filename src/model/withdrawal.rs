//! The end of a text without a successor text.

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{Bilingual, DocumentId, Instant, said, words};

words! {
    /// How a text left.
    Withdrawn {
        /// No longer in effect: the page stays, under a banner, out of lists.
        Withdrawn = "withdrawn",
        /// Published in error: 410, with an explanation.
        Removed = "removed",
    }
}

/// A withdrawal that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// How the text left.
    pub kind: Withdrawn,
    /// Since when.
    pub at: Instant,
    /// Why, for the public.
    pub reason: Bilingual<String>,
    /// What took its place.
    pub successor: Option<DocumentId>,
}

/// Every withdrawal that has begun: whose text left, and when.
///
/// # Errors
/// The database does not answer.
pub async fn all(executor: impl PgExecutor<'_>) -> Result<Vec<(DocumentId, Instant)>> {
    let rows =
        sqlx::query!(r#"select document_id as "document!: DocumentId", at as "at!: Instant" from site.withdrawal"#)
            .fetch_all(executor)
            .await?;
    Ok(rows.into_iter().map(|row| (row.document, row.at)).collect())
}

/// The last withdrawal of a document at an instant.
///
/// # Errors
/// The database does not answer.
pub async fn last(executor: impl PgExecutor<'_>, document: DocumentId, at: Instant) -> Result<Option<Withdrawal>> {
    let row = sqlx::query!(
        r#"select kind as "kind!: Withdrawn", at as "at!: Instant", reason_fr as "reason_fr!", reason_en as "reason_en!",
                  successor_id as "successor: DocumentId"
             from site.withdrawal where document_id = $1 and at <= $2 order by at desc limit 1"#,
        document.number(),
        at as Instant,
    )
    .fetch_optional(executor)
    .await?;
    Ok(row.map(|row| Withdrawal {
        kind: row.kind,
        at: row.at,
        reason: said::both(row.reason_fr, row.reason_en),
        successor: row.successor,
    }))
}
