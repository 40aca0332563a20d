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
    /// Whether it corrects the text in effect, beside the draft.
    pub is_correction: bool,
}

/// Keeps what a person is typing into a document's form, instead of what was kept before: of the draft's or of a correction's.
///
/// # Errors
/// Refused where it is too long, or where there is no such document.
pub async fn keep(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    document: DocumentId,
    is_correction: bool,
    form: &str,
) -> Result<()> {
    sqlx::query!(
        "insert into autosave (account_id, document_id, correction, form) values ($1, $2, $3, $4)
         on conflict (account_id, document_id, correction)
         do update set form = excluded.form, saved_at = excluded.saved_at",
        account.number(),
        document.number(),
        is_correction,
        form,
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// What a person was typing into a document's form, or else into its other one.
///
/// # Errors
/// The database does not answer.
pub async fn read(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    document: DocumentId,
    is_correction: bool,
) -> Result<Option<Autosave>> {
    Ok(sqlx::query_as!(
        Autosave,
        r#"select form, saved_at as "saved_at: Instant", correction as is_correction from autosave
            where account_id = $1 and document_id = $2 order by correction = $3 desc limit 1"#,
        account.number(),
        document.number(),
        is_correction,
    )
    .fetch_optional(executor)
    .await?)
}

/// Forgets what a person was typing into one of the forms of a document: it was saved, or dropped.
///
/// # Errors
/// The database does not answer.
pub async fn forget(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    document: DocumentId,
    is_correction: bool,
) -> Result<()> {
    sqlx::query!(
        "delete from autosave where account_id = $1 and document_id = $2 and correction = $3",
        account.number(),
        document.number(),
        is_correction,
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
