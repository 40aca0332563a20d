//! Who does deeds.

use sqlx::PgExecutor;

use crate::error::Result;

/// An account, by its number, which never leaves the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(transparent)]
pub struct AccountId(i64);

impl AccountId {
    /// The number itself.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }
}

/// The account in whose name imports are done.
///
/// # Errors
/// The database does not answer.
pub async fn importer(executor: impl PgExecutor<'_>) -> Result<AccountId> {
    Ok(
        sqlx::query_scalar!(r#"select id as "id: AccountId" from account where program and name = 'importer'"#)
            .fetch_one(executor)
            .await?,
    )
}
