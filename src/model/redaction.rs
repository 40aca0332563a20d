//! What the law removed: the dated trace that stays where the words were (design §2.4).

use std::collections::HashSet;

use sqlx::{PgConnection, PgExecutor};

use crate::error::Result;
use crate::model::{AccountId, Anchor, DocumentId, Instant};

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

/// Removes the words of a passage from every revision, in a deed that took its instant.
///
/// # Errors
/// Refused without a ground, and for a passage that the document does not have.
pub async fn remove(
    connection: &mut PgConnection,
    document: DocumentId,
    anchor: &Anchor,
    author: AccountId,
    ground: &str,
) -> Result<()> {
    sqlx::query!(
        "insert into redaction (document_id, anchor, author, ground) values ($1, $2, $3, $4)",
        document.number(),
        anchor.as_str(),
        author.number(),
        ground,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update passage set fr = null, en = null, salt = null where document_id = $1 and anchor = $2",
        document.number(),
        anchor.as_str(),
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The other passages of the record that repeat the words of one, in either language, or link to it by its title: they are
/// removed by themselves.
///
/// # Errors
/// The database does not answer.
pub async fn repeated(
    executor: impl PgExecutor<'_>,
    document: DocumentId,
    anchor: &Anchor,
) -> Result<Vec<(DocumentId, Anchor)>> {
    let rows = sqlx::query!(
        r#"select distinct o.document_id as "document: DocumentId", o.anchor as "anchor: Anchor"
             from passage p
             join passage o on (o.document_id, o.anchor) <> (p.document_id, p.anchor)
                           and (length(p.fr) > 20 and position(p.fr in o.fr) > 0 or length(p.en) > 20 and position(p.en in o.en) > 0
                                or p.part = 'title' and (position(format('[%s](/d/%s', p.fr, p.document_id) in o.fr) > 0
                                                         or position(format('[%s](/d/%s', p.en, p.document_id) in o.en) > 0))
            where p.document_id = $1 and p.anchor = $2 order by 1, 2"#,
        document.number(),
        anchor.as_str(),
    )
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(|row| (row.document, row.anchor)).collect())
}
