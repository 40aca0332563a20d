//! Signing in and out.

use std::time::Duration;

use sqlx::PgPool;

use super::password;
use crate::error::Result;
use crate::model::account::{self, AccountId};
use crate::model::secret::Secret;
use crate::model::throttle::{self, Subject};
use crate::model::{autosave, browser, kept, session};

/// Who asks to come in, and from where.
#[derive(Debug, Clone, Copy)]
pub struct Caller<'a> {
    /// The secret of a browser that is perhaps known.
    pub browser: Option<&'a Secret>,
    /// What the browser calls itself.
    pub agent: Option<&'a str>,
    /// The network that the request came from, where it is known.
    pub network: Option<&'a str>,
}

/// The two secrets of a browser in which somebody has just signed in.
#[derive(Debug, Clone, Copy)]
pub struct Keys {
    /// Of the session.
    pub session: Secret,
    /// By which the browser is known from now on.
    pub browser: Secret,
}

/// What came of an attempt.
#[derive(Debug, Clone, Copy)]
pub enum Entry {
    /// The session has begun.
    Opened(AccountId, Keys),
    /// There is no such account, or this is not its password: nobody is told which.
    Refused,
    /// Too many attempts failed: the next is looked at in so long.
    Wait(Duration),
}

/// Begins a session, if this is the password of the account with this e-mail address.
///
/// # Errors
/// The database does not answer.
pub async fn sign_in(desk: &PgPool, email: &str, typed: &str, caller: Caller<'_>) -> Result<Entry> {
    let email = account::email(email);
    let known = match caller.browser {
        Some(secret) if browser::is_known(desk, secret, &email).await? => Some(secret),
        _ => None,
    };
    let network = Subject::Network(caller.network.unwrap_or("unknown"));
    let account = Subject::Account(&email);
    let subjects = known.map_or_else(|| vec![account, network], |secret| vec![Subject::Browser(secret)]);
    let mut counted = desk.begin().await?;
    if let Some(wait) = throttle::admit(&mut counted, &subjects).await? {
        tracing::warn!("a sign-in came too early after others that failed");
        return Ok(Entry::Wait(wait));
    }
    counted.commit().await?;
    let found = account::credentials(desk, &email).await?;
    let hash = found.as_ref().map(|(_, hash)| hash.as_str());
    let right = password::is_right(typed, hash).await?;
    let Some((id, hash)) = found.filter(|_| right) else {
        tracing::warn!("a sign-in was refused");
        return Ok(Entry::Refused);
    };
    if let Some(renewed) = password::renewed(typed, &hash).await? {
        account::renew_password(desk, id, &hash, &renewed).await?;
    }
    for subject in subjects {
        throttle::forgive(desk, subject).await?;
    }
    let keys = let_in(desk, id, known, caller).await?;
    Ok(Entry::Opened(id, keys))
}

/// Begins a session of an account whose owner has proved to be who they are.
///
/// # Errors
/// The database does not answer.
pub async fn let_in(desk: &PgPool, account: AccountId, known: Option<&Secret>, caller: Caller<'_>) -> Result<Keys> {
    let keys = Keys {
        session: Secret::draw()?,
        browser: known.copied().map_or_else(Secret::draw, Ok)?,
    };
    let mut transaction = desk.begin().await?;
    session::forget(&mut *transaction).await?;
    throttle::forget(&mut *transaction).await?;
    kept::forget_old(&mut transaction).await?;
    autosave::forget_old(&mut *transaction).await?;
    session::begin(&mut *transaction, account, &keys.session, caller.agent, caller.network).await?;
    browser::remember(&mut *transaction, &keys.browser, account).await?;
    transaction.commit().await?;
    tracing::info!(account = account.number(), "signed in");
    Ok(keys)
}
