//! What one person is typing, kept every few seconds: nobody else reads it.

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{AccountId, DocumentId, Instant};

/// How many days what nobody came back to is kept.
pub const DAYS: i32 = 30;

/// What was being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Autosave {
    /// The form as it would have been posted.
    pub form: String,
    /// When it was kept.
    pub saved_at: Instant,
}

/// Keeps what a person is typing into a document's form, instead of what was kept before.
///
/// # Errors
/// Refused where it is too long, or where there is no such document.
pub async fn keep(executor: impl PgExecutor<'_>, account: AccountId, document: DocumentId, form: &str) -> Result<()> {
    sqlx::query!(
        "insert into autosave (account_id, document_id, form) values ($1, $2, $3)
         on conflict (account_id, document_id) do update set form = excluded.form, saved_at = excluded.saved_at",
        account.number(),
        document.number(),
        form,
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// What a person was typing into a document's form.
///
/// # Errors
/// The database does not answer.
pub async fn read(executor: impl PgExecutor<'_>, account: AccountId, document: DocumentId) -> Result<Option<Autosave>> {
    Ok(sqlx::query_as!(
        Autosave,
        r#"select form, saved_at as "saved_at: Instant" from autosave where account_id = $1 and document_id = $2"#,
        account.number(),
        document.number(),
    )
    .fetch_optional(executor)
    .await?)
}

/// Forgets what a person was typing: it was saved, or dropped.
///
/// # Errors
/// The database does not answer.
pub async fn forget(executor: impl PgExecutor<'_>, account: AccountId, document: DocumentId) -> Result<()> {
    sqlx::query!(
        "delete from autosave where account_id = $1 and document_id = $2",
        account.number(),
        document.number(),
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// Forgets what nobody came back to within [`DAYS`].
///
/// # Errors
/// The database does not answer.
pub async fn forget_old(executor: impl PgExecutor<'_>) -> Result<()> {
    sqlx::query!(
        "delete from autosave where saved_at < instant() - make_interval(days => $1)",
        DAYS,
    )
    .execute(executor)
    .await?;
    Ok(())
}
