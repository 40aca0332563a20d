//! A browser in which somebody signed in, and how long it stays so.

use sqlx::PgExecutor;

use super::account::language;
use super::secret::Secret;
use crate::error::Result;
use crate::i18n::Language;
use crate::model::{AccountId, Instant, Role};

/// How many minutes a session lives without a request.
pub const IDLE_MINUTES: i32 = 60;

/// How many hours a session lives in all.
pub const LONGEST_HOURS: i32 = 12;

/// How many hours a session that has ended is still known, so that a form posted too late can be kept.
pub const KNOWN_HOURS: i32 = 24;

/// A session, by its number: in the list of one's own sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct SessionId(i64);

impl SessionId {
    /// The number itself.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl From<i64> for SessionId {
    fn from(number: i64) -> Self {
        Self(number)
    }
}

/// A session that a browser names, with what its account is at this moment.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its number.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// What that person may do.
    pub role: Role,
    /// In which language the desk speaks to that person.
    pub language: Language,
    /// Whether it still counts: if not, all it tells is who had signed in.
    pub is_alive: bool,
}

/// A session as its owner's list shows it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its number.
    pub id: SessionId,
    /// What the browser calls itself.
    pub browser: Option<String>,
    /// The network that it came from.
    pub network: Option<String>,
    /// Since when.
    pub created_at: Instant,
    /// When it last asked for something.
    pub seen_at: Instant,
}

/// Begins one.
///
/// # Errors
/// The database does not answer.
pub async fn begin(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    secret: &Secret,
    browser: Option<&str>,
    network: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "insert into session (token, account_id, browser, network) values ($1, $2, left($3, 300), $4)",
        &secret.digest(),
        account.number(),
        browser,
        network,
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// The session of a secret, alive or ended lately, and none of an account that was closed.
///
/// # Errors
/// The database does not answer.
pub async fn of(executor: impl PgExecutor<'_>, secret: &Secret) -> Result<Option<Session>> {
    let row = sqlx::query!(
        r#"select s.id as "id: SessionId", a.id as "account: AccountId", a.role as "role!: Role", a.language,
                  (s.ended_at is null and s.seen_at > instant() - make_interval(mins => $2)
                   and s.created_at > instant() - make_interval(hours => $3)) as "is_alive!"
             from session s join account a on a.id = s.account_id
            where s.token = $1 and a.disabled_at is null
              and greatest(s.ended_at, s.seen_at) > instant() - make_interval(hours => $4)"#,
        &secret.digest(),
        IDLE_MINUTES,
        LONGEST_HOURS,
        KNOWN_HOURS,
    )
    .fetch_optional(executor)
    .await?;
    Ok(row.map(|row| Session {
        id: row.id,
        account: row.account,
        role: row.role,
        language: language(&row.language),
        is_alive: row.is_alive,
    }))
}

/// Notes that a session was used, once a minute at most.
///
/// # Errors
/// The database does not answer.
pub async fn touch(executor: impl PgExecutor<'_>, id: SessionId) -> Result<()> {
    sqlx::query!(
        "update session set seen_at = instant() where id = $1 and seen_at < instant() - interval '1 minute'",
        id.number(),
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// The sessions of an account that are alive, the last used first.
///
/// # Errors
/// The database does not answer.
pub async fn list(executor: impl PgExecutor<'_>, account: AccountId) -> Result<Vec<Listed>> {
    Ok(sqlx::query_as!(
        Listed,
        r#"select id as "id: SessionId", browser, network, created_at as "created_at: Instant", seen_at as "seen_at: Instant"
             from session
            where account_id = $1 and ended_at is null and seen_at > instant() - make_interval(mins => $2)
              and created_at > instant() - make_interval(hours => $3)
            order by seen_at desc, id desc"#,
        account.number(),
        IDLE_MINUTES,
        LONGEST_HOURS,
    )
    .fetch_all(executor)
    .await?)
}

/// Ends one session of an account.
///
/// # Errors
/// The database does not answer.
pub async fn end(executor: impl PgExecutor<'_>, account: AccountId, id: SessionId) -> Result<()> {
    sqlx::query!(
        "update session set ended_at = instant() where id = $1 and account_id = $2 and ended_at is null",
        id.number(),
        account.number(),
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// Ends every session of an account, but perhaps one.
///
/// # Errors
/// The database does not answer.
pub async fn end_all(executor: impl PgExecutor<'_>, account: AccountId, but: Option<SessionId>) -> Result<()> {
    sqlx::query!(
        "update session set ended_at = instant() where account_id = $1 and ended_at is null and id is distinct from $2",
        account.number(),
        but.map(SessionId::number),
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// Forgets the sessions that are not even known any more.
///
/// # Errors
/// The database does not answer.
pub async fn forget(executor: impl PgExecutor<'_>) -> Result<()> {
    sqlx::query!(
        "delete from session where greatest(ended_at, seen_at) <= instant() - make_interval(hours => $1)",
        KNOWN_HOURS,
    )
    .execute(executor)
    .await?;
    Ok(())
}
