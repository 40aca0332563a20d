//! The addresses that the record knows.

use sqlx::PgExecutor;

use crate::error::Result;
use crate::i18n::Language;
use crate::model::{DocumentId, Kind, Slug};

/// Gives a document its path, unless it has it already.
///
/// # Errors
/// Refused by `address_never_changes_hands` where the path is another document's.
pub async fn claim(
    executor: impl PgExecutor<'_>,
    document: DocumentId,
    language: Language,
    path: &str,
    slug: Option<&Slug>,
) -> Result<()> {
    sqlx::query!(
        "insert into address (path, document_id, language, slug)
         select $1, $2, $3, $4 where not exists (select from address where path = $1 and document_id = $2)",
        path,
        document.number(),
        language.segment(),
        slug.map(Slug::as_str),
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// The document that a path belongs to, among the addresses that show.
///
/// # Errors
/// The database does not answer.
pub async fn document(executor: impl PgExecutor<'_>, path: &str) -> Result<Option<DocumentId>> {
    Ok(sqlx::query_scalar!(
        r#"select document_id as "id!: DocumentId" from site.address where path = $1"#,
        path
    )
    .fetch_optional(executor)
    .await?)
}

/// Every address that shows, and the kind of its document, by document.
///
/// # Errors
/// The database does not answer.
pub async fn all(executor: impl PgExecutor<'_>) -> Result<Vec<(String, Kind)>> {
    let rows = sqlx::query!(
        r#"select a.path as "path!", d.kind as "kind!: Kind"
             from site.address a join site.document d on d.id = a.document_id order by d.id, a.path"#
    );
    let rows = rows.fetch_all(executor).await?;
    Ok(rows.into_iter().map(|row| (row.path, row.kind)).collect())
}
