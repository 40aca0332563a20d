//! What an administrator may set.

use sqlx::PgExecutor;

use crate::error::Result;

/// Whether whoever wrote a text does not approve it.
///
/// # Errors
/// The database does not answer.
pub async fn four_eyes(executor: impl PgExecutor<'_>) -> Result<bool> {
    Ok(sqlx::query_scalar!("select four_eyes from setting")
        .fetch_one(executor)
        .await?)
}

/// Sets whether whoever wrote a text does not approve it.
///
/// # Errors
/// The database does not answer.
pub async fn set_four_eyes(executor: impl PgExecutor<'_>, four_eyes: bool) -> Result<()> {
    sqlx::query!("update setting set four_eyes = $1", four_eyes)
        .execute(executor)
        .await?;
    Ok(())
}
