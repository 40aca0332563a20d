//! What the editor's page shows beside a text, drafts included: for the desk's role alone.

use std::collections::HashMap;

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{Anchor, Bilingual, DocumentId, Instant, Kind};

/// What a document is called at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Titled {
    /// Its number.
    pub document: DocumentId,
    /// What it is about.
    pub kind: Kind,
    /// The name by which the program knows it.
    pub key: Option<String>,
    /// The title of its newest revision; none where it has none, or the law removed it.
    pub title: Bilingual<Option<String>>,
}

/// What every document is called, in the order of their numbers.
///
/// # Errors
/// The database does not answer.
pub async fn titles(executor: impl PgExecutor<'_>) -> Result<Vec<Titled>> {
    let rows = sqlx::query!(
        r#"select d.id as "document: DocumentId", d.kind as "kind: Kind", d.key, t.fr as "fr?", t.en as "en?"
             from document d
             left join lateral (
                  select p.fr, p.en from passage p
                   where p.document_id = d.id and p.part = 'title' order by p.number desc limit 1) t on true
            order by d.id"#,
    )
    .fetch_all(executor)
    .await?;
    let titled = rows.into_iter().map(|row| Titled {
        document: row.document,
        kind: row.kind,
        key: row.key,
        title: Bilingual { fr: row.fr, en: row.en },
    });
    Ok(titled.collect())
}

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
    /// What they said of it.
    pub remark: Option<String>,
}

/// Who saved a revision, and when; none that does not exist.
///
/// # Errors
/// The database does not answer.
pub async fn made(executor: impl PgExecutor<'_>, document: DocumentId, number: i32) -> Result<Option<Made>> {
    Ok(sqlx::query_as!(
        Made,
        r#"select a.name, r.created_at as "at: Instant", r.remark
             from revision r join account a on a.id = r.author
            where r.document_id = $1 and r.number = $2"#,
        document.number(),
        number,
    )
    .fetch_optional(executor)
    .await?)
}
