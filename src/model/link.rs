//! Links that let somebody choose a password, each used once.

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::AccountId;
use crate::model::secret::Secret;

/// How long a link may be used, in minutes.
pub const MINUTES: i32 = 60;

/// Makes one for an account, in place of the one it had; without an account, one that creates the first administrator.
///
/// # Errors
/// The database does not answer.
pub async fn make(executor: impl PgExecutor<'_>, account: Option<AccountId>) -> Result<Secret> {
    let secret = Secret::draw()?;
    sqlx::query!(
        "insert into one_time_link (token, account_id, expires_at)
         values ($1, $2, instant() + make_interval(mins => $3))
             on conflict (account_id) do update set token = excluded.token, expires_at = excluded.expires_at",
        &secret.digest(),
        account.map(AccountId::number),
        MINUTES,
    )
    .execute(executor)
    .await?;
    Ok(secret)
}

/// For whom a link is, as long as it can be used: an account, or the first administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// The owner of this account.
    Account(AccountId),
    /// The first administrator, who has no account yet.
    Founder,
}

impl From<Option<AccountId>> for For {
    fn from(account: Option<AccountId>) -> Self {
        account.map_or(Self::Founder, Self::Account)
    }
}

/// For whom this link is; none where it was used, is too old or was replaced.
///
/// # Errors
/// The database does not answer.
pub async fn of(executor: impl PgExecutor<'_>, secret: &Secret) -> Result<Option<For>> {
    let found = sqlx::query_scalar!(
        r#"select l.account_id as "account: AccountId" from one_time_link l left join account a on a.id = l.account_id
            where l.token = $1 and l.expires_at > instant() and a.disabled_at is null
              and (l.account_id is not null or not exists (select from account where not program))"#,
        &secret.digest(),
    )
    .fetch_optional(executor)
    .await?;
    Ok(found.map(For::from))
}

/// Uses this link up, with those that are too old.
///
/// # Errors
/// The database does not answer.
pub async fn spend(executor: impl PgExecutor<'_>, secret: &Secret) -> Result<()> {
    sqlx::query!(
        "delete from one_time_link where token = $1 or expires_at <= instant()",
        &secret.digest(),
    )
    .execute(executor)
    .await?;
    Ok(())
}
