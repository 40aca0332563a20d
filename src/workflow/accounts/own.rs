//! What people do to their own account.

use std::time::Duration;

use sqlx::PgPool;

use super::invitation::{choose, names};
use super::password::{self, Weakness};
use crate::error::{Error, Result};
use crate::model::account::{self, AccountId};
use crate::model::journal::{self, Deed};
use crate::model::session::{self, SessionId};
use crate::model::throttle::{self, Subject};

/// What came of a new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// It is set, and every other session of the account has ended.
    Done,
    /// The present one was not right.
    Wrong,
    /// The present one was wrong too often: it is looked at again in so long.
    Wait(Duration),
    /// The new one is not taken.
    Weak(Weakness),
}

/// Sets a new password for somebody who knows the present one.
///
/// # Errors
/// The database does not answer.
pub async fn change_password(
    desk: &PgPool,
    account: AccountId,
    session: SessionId,
    present: &str,
    new: &str,
) -> Result<Changed> {
    let person = account::person(desk, account).await?.ok_or(Error::NotFound)?;
    let subject = Subject::Account(&person.email);
    let mut counted = desk.begin().await?;
    if let Some(wait) = throttle::admit(&mut counted, &[subject]).await? {
        return Ok(Changed::Wait(wait));
    }
    counted.commit().await?;
    let hash = account::credentials(desk, &person.email).await?.map(|(_, hash)| hash);
    if !password::is_right(present, hash.as_deref()).await? {
        return Ok(Changed::Wrong);
    }
    throttle::forgive(desk, subject).await?;
    let new = match choose(desk, new, names(desk, account).await?).await? {
        Ok(new) => new.hash().await?,
        Err(weakness) => return Ok(Changed::Weak(weakness)),
    };
    let mut transaction = desk.begin().await?;
    account::set_password(&mut *transaction, account, &new).await?;
    session::end_all(&mut *transaction, account, Some(session)).await?;
    let about = journal::Subject::default();
    journal::write(&mut *transaction, account, Deed::ChangePassword, &about, None).await?;
    transaction.commit().await?;
    Ok(Changed::Done)
}
