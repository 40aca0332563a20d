//! What the law removed: the dated trace that stays where the words were (design §2.4).

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{DocumentId, Instant};

/// Passages of one document whose words were removed in one deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Redaction {
    /// Of which document.
    pub document: DocumentId,
    /// When.
    pub at: Instant,
}

/// The redactions of passages that these documents have published, in order.
///
/// # Errors
/// The database does not answer.
pub async fn of(executor: impl PgExecutor<'_>, documents: &[DocumentId]) -> Result<Vec<Redaction>> {
    let ids: Vec<i64> = documents.iter().map(|document| document.number()).collect();
    Ok(sqlx::query_as!(
        Redaction,
        r#"select distinct document_id as "document!: DocumentId", at as "at!: Instant"
             from site.redaction where document_id = any($1) order by 2, 1"#,
        &ids,
    )
    .fetch_all(executor)
    .await?)
}
