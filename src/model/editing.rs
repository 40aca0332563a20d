//! What the editor's page shows beside a text, drafts included: for the desk's role alone.

use std::collections::HashMap;

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{Anchor, DocumentId, Instant};

/// The French that each English of a revision renders, by anchor; none where that revision had none.
///
/// # Errors
/// The database does not answer.
pub async fn rendered(
    executor: impl PgExecutor<'_>,
    document: DocumentId,
    number: i32,
) -> Result<HashMap<Anchor, Option<String>>> {
    let rows = sqlx::query!(
        r#"select p.anchor as "anchor: Anchor", b.fr as "fr?"
             from passage p
             left join passage b on b.document_id = p.document_id and b.anchor = p.anchor and b.number = p.en_basis
            where p.document_id = $1 and p.number = $2 and p.en is not null"#,
        document.number(),
        number,
    )
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(|row| (row.anchor, row.fr)).collect())
}

/// Who saved a revision, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What colleagues call them.
    pub name: String,
    /// When.
    pub at: Instant,
}

/// Who saved a revision, and when; none that does not exist.
///
/// # Errors
/// The database does not answer.
pub async fn made(executor: impl PgExecutor<'_>, document: DocumentId, number: i32) -> Result<Option<Made>> {
    Ok(sqlx::query_as!(
        Made,
        r#"select a.name, r.created_at as "at: Instant"
             from revision r join account a on a.id = r.author
            where r.document_id = $1 and r.number = $2"#,
        document.number(),
        number,
    )
    .fetch_optional(executor)
    .await?)
}
