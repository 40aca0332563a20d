//! Who has which document open: shown to the others, and locks nobody.

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{AccountId, DocumentId, Instant};

/// Somebody who had a document open within the last two minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// What colleagues call them.
    pub name: String,
    /// When they were last seen there.
    pub seen_at: Instant,
}

/// Notes that a person has a document open.
///
/// # Errors
/// Refused where there is no such document.
pub async fn note(executor: impl PgExecutor<'_>, account: AccountId, document: DocumentId) -> Result<()> {
    sqlx::query!(
        "insert into presence (account_id, document_id) values ($1, $2)
         on conflict (account_id, document_id) do update set seen_at = excluded.seen_at",
        account.number(),
        document.number(),
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// Forgets that a person has a document open: they left its page.
///
/// # Errors
/// The database does not answer.
pub async fn leave(executor: impl PgExecutor<'_>, account: AccountId, document: DocumentId) -> Result<()> {
    sqlx::query!(
        "delete from presence where account_id = $1 and document_id = $2",
        account.number(),
        document.number(),
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// Who else has a document open.
///
/// # Errors
/// The database does not answer.
pub async fn others(executor: impl PgExecutor<'_>, account: AccountId, document: DocumentId) -> Result<Vec<Present>> {
    Ok(sqlx::query_as!(
        Present,
        r#"select a.name, p.seen_at as "seen_at: Instant"
             from presence p join account a on a.id = p.account_id
            where p.document_id = $2 and p.account_id <> $1 and p.seen_at > instant() - interval '2 minutes'
            order by p.seen_at desc"#,
        account.number(),
        document.number(),
    )
    .fetch_all(executor)
    .await?)
}
