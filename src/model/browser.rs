//! Browsers in which somebody signed in before.
//!
//! Whoever tries an account's door makes its owner wait, but not in these: their attempts are counted apart.

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::AccountId;
use crate::model::secret::Secret;

/// For how many days a browser is known after the last sign-in.
pub const DAYS: i32 = 180;

/// Whether the owner of the account with this e-mail address signed in with this browser before.
///
/// # Errors
/// The database does not answer.
pub async fn is_known(executor: impl PgExecutor<'_>, secret: &Secret, email: &str) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from known_browser b join account a on a.id = b.account_id
                           where b.token = $1 and a.email = $2
                             and b.seen_at > instant() - make_interval(days => $3)) as "known!""#,
        &secret.digest(),
        email,
        DAYS,
    )
    .fetch_one(executor)
    .await?)
}

/// Remembers the browser of an account, and forgets those not seen for long.
///
/// # Errors
/// The database does not answer.
pub async fn remember(executor: impl PgExecutor<'_>, secret: &Secret, account: AccountId) -> Result<()> {
    sqlx::query!(
        "with forgotten as (delete from known_browser where seen_at <= instant() - make_interval(days => $3))
         insert into known_browser (token, account_id) values ($1, $2)
             on conflict (token) do update set seen_at = excluded.seen_at",
        &secret.digest(),
        account.number(),
        DAYS,
    )
    .execute(executor)
    .await?;
    Ok(())
}
