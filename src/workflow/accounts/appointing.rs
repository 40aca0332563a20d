//! Deeds on accounts: who may come in, and as what.

use sqlx::PgPool;

use super::invitation::{choose, hold_accounts};
use super::password::Weakness;
use crate::error::{Denied, Error, Result};
use crate::i18n::Language;
use crate::model::account::{self, Account, AccountId, Role};
use crate::model::journal::{Deed, FormId, Subject};
use crate::model::secret::Secret;
use crate::model::{link, session};
use crate::workflow::deed::{Actor, Done, Work, begin};
use crate::workflow::transitions;

/// Somebody who is to have an account.
#[derive(Debug, Clone, Copy)]
pub struct Newcomer<'a> {
    /// By which they will sign in.
    pub email: &'a str,
    /// What colleagues call them.
    pub name: &'a str,
    /// What they may do.
    pub role: Role,
    /// In which language the desk speaks to them.
    pub language: Language,
}

/// Whoever types at the machine itself: they could change the database by hand.
///
/// # Errors
/// The database does not answer.
pub async fn operator(desk: &PgPool) -> Result<Actor> {
    Ok(Actor {
        account: account::operator(desk).await?,
        role: Role::Administrator,
    })
}

/// Opens an account; the link lets its owner choose a password.
///
/// # Errors
/// The address is another's; name or address are not well formed.
pub async fn open(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    newcomer: Newcomer<'_>,
) -> Result<Done<(AccountId, Secret)>> {
    transitions::check_role(Deed::OpenAccount, actor.role)?;
    let mut work = begin!(desk, actor, form);
    let id = write(&mut work, newcomer, None).await?;
    let secret = link::make(work.connection(), Some(id)).await?;
    end(work, Deed::OpenAccount, &account::email(newcomer.email)).await?;
    Ok(Done::Now((id, secret)))
}

/// Opens an account with a password that was chosen already.
///
/// # Errors
/// As [`open`].
pub async fn open_with_password(
    desk: &PgPool,
    actor: &Actor,
    newcomer: Newcomer<'_>,
    typed: &str,
) -> Result<std::result::Result<AccountId, Weakness>> {
    transitions::check_role(Deed::OpenAccount, actor.role)?;
    let context = vec![newcomer.name.to_owned(), newcomer.email.to_owned()];
    let hash = match choose(desk, typed, context).await? {
        Ok(password) => password.hash().await?,
        Err(weakness) => return Ok(Err(weakness)),
    };
    let Done::Now(mut work) = Work::begin(desk, actor, None).await? else {
        return Err(Error::Denied(Denied::Form));
    };
    let id = write(&mut work, newcomer, Some(&hash)).await?;
    end(work, Deed::OpenAccount, &account::email(newcomer.email)).await?;
    Ok(Ok(id))
}

async fn write(work: &mut Work, newcomer: Newcomer<'_>, hash: Option<&str>) -> Result<AccountId> {
    hold_accounts(work.connection()).await?;
    let Newcomer {
        email,
        name,
        role,
        language,
    } = newcomer;
    account::open(
        work.connection(),
        &account::email(email),
        name.trim(),
        role,
        language,
        hash,
    )
    .await
}

/// Closes an account: its owner is out at once, and stays out.
///
/// # Errors
/// Nobody else could administer the desk.
pub async fn close(desk: &PgPool, actor: &Actor, form: Option<FormId>, whose: AccountId) -> Result<Done<()>> {
    transitions::check_role(Deed::CloseAccount, actor.role)?;
    let mut work = begin!(desk, actor, form);
    let person = standing(&mut work, whose, true).await?;
    account::set_open(work.connection(), whose, false).await?;
    session::end_all(work.connection(), whose, None).await?;
    end(work, Deed::CloseAccount, &person.email).await?;
    Ok(Done::Now(()))
}

/// Opens a closed account again; its password is as it was.
///
/// # Errors
/// [`Denied::State`] where it is open.
pub async fn reopen(desk: &PgPool, actor: &Actor, form: Option<FormId>, whose: AccountId) -> Result<Done<()>> {
    transitions::check_role(Deed::ReopenAccount, actor.role)?;
    let mut work = begin!(desk, actor, form);
    let person = standing(&mut work, whose, false).await?;
    account::set_open(work.connection(), whose, true).await?;
    end(work, Deed::ReopenAccount, &person.email).await?;
    Ok(Done::Now(()))
}

/// Gives somebody another role, from their next request on.
///
/// # Errors
/// Nobody else could administer the desk.
pub async fn change_role(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    whose: AccountId,
    role: Role,
) -> Result<Done<()>> {
    transitions::check_role(Deed::ChangeRole, actor.role)?;
    let mut work = begin!(desk, actor, form);
    let person = standing(&mut work, whose, true).await?;
    account::set_role(work.connection(), whose, role).await?;
    let detail = format!("{}: {} → {}", person.email, person.role.word(), role.word());
    end(work, Deed::ChangeRole, &detail).await?;
    Ok(Done::Now(()))
}

/// Makes a link by which somebody chooses a new password; until they do, the old one stays.
///
/// # Errors
/// [`Denied::State`] where the account is closed.
pub async fn reset(desk: &PgPool, actor: &Actor, form: Option<FormId>, whose: AccountId) -> Result<Done<Secret>> {
    transitions::check_role(Deed::ResetPassword, actor.role)?;
    let mut work = begin!(desk, actor, form);
    let person = standing(&mut work, whose, true).await?;
    let secret = link::make(work.connection(), Some(whose)).await?;
    end(work, Deed::ResetPassword, &person.email).await?;
    Ok(Done::Now(secret))
}

/// The account that a deed is about, which must be open, or closed.
async fn standing(work: &mut Work, whose: AccountId, is_open: bool) -> Result<Account> {
    hold_accounts(work.connection()).await?;
    let person = account::person(work.connection(), whose)
        .await?
        .ok_or(Error::NotFound)?;
    if person.disabled_at.is_none() == is_open {
        Ok(person)
    } else {
        Err(Error::Denied(Denied::State))
    }
}

/// The line of the journal says whom the deed was about.
async fn end(work: Work, deed: Deed, detail: &str) -> Result<()> {
    let subject = Subject {
        detail: Some(detail.to_owned()),
        ..Subject::default()
    };
    work.end(deed, &subject).await
}
