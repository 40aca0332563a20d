//! What the law removed: the dated trace that stays where the words were (design §2.4).

use std::collections::HashSet;

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{Anchor, DocumentId, Instant};

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

/// The anchors of a document under which words were removed from some revision: for the desk's role alone.
///
/// # Errors
/// The database does not answer.
pub async fn anchors(executor: impl PgExecutor<'_>, document: DocumentId) -> Result<HashSet<Anchor>> {
    let anchors = sqlx::query_scalar!(
        r#"select distinct anchor as "anchor: Anchor" from redaction where document_id = $1"#,
        document.number(),
    )
    .fetch_all(executor)
    .await?;
    Ok(anchors.into_iter().collect())
}
