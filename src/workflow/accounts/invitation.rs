//! One-time links: how somebody chooses a password, the first administrator before anybody else.

use sqlx::{PgConnection, PgPool};

use super::password::{Password, Weakness};
use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::account::{self, AccountId, Role};
use crate::model::journal::{self, Deed, Subject};
use crate::model::link::{self, For};
use crate::model::secret::Secret;
use crate::model::{document, session};

/// What came of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// The password is set.
    By(AccountId),
    /// The link was used before, is too old, or was replaced by a newer one.
    Spent,
    /// The password is not taken.
    Weak(Weakness),
}

/// The first administrator, as they call themselves.
#[derive(Debug, Clone, Copy)]
pub struct Founder<'a> {
    /// Their name.
    pub name: &'a str,
    /// Their e-mail address.
    pub email: &'a str,
    /// The language of the page on which they said so.
    pub language: Language,
}

/// A link that creates the first administrator; none where any person has an account.
///
/// # Errors
/// The database does not answer.
pub async fn for_founder(desk: &PgPool) -> Result<Option<Secret>> {
    if account::any_person(desk).await? {
        return Ok(None);
    }
    link::make(desk, None).await.map(Some)
}

/// Sets the password of whom a link is for, and uses the link up. Every session that the account had ends.
///
/// # Errors
/// The name or the address of the founder is refused; the database does not answer.
pub async fn accept(desk: &PgPool, secret: &Secret, founder: Founder<'_>, typed: &str) -> Result<Accepted> {
    // Looked at first without a lock: hashing takes a while.
    let Some(whom) = link::of(desk, secret).await? else {
        return Ok(Accepted::Spent);
    };
    let context = match whom {
        For::Founder => vec![founder.name.to_owned(), founder.email.to_owned()],
        For::Account(id) => names(desk, id).await?,
    };
    let password = match choose(desk, typed, context).await? {
        Ok(password) => password,
        Err(weakness) => return Ok(Accepted::Weak(weakness)),
    };
    let hash = password.hash().await?;
    let mut transaction = desk.begin().await?;
    hold_accounts(&mut transaction).await?;
    if link::of(&mut *transaction, secret).await? != Some(whom) {
        return Ok(Accepted::Spent);
    }
    let (id, deed) = match whom {
        For::Account(id) => {
            account::set_password(&mut *transaction, id, &hash).await?;
            session::end_all(&mut *transaction, id, None).await?;
            (id, Deed::ChoosePassword)
        }
        For::Founder => {
            let Founder { name, email, language } = founder;
            let (email, role) = (account::email(email), Role::Administrator);
            let id = account::open(&mut *transaction, &email, name.trim(), role, language, Some(&hash)).await?;
            (id, Deed::Found)
        }
    };
    link::spend(&mut *transaction, secret).await?;
    journal::write(&mut *transaction, id, deed, &Subject::default(), None).await?;
    transaction.commit().await?;
    Ok(Accepted::By(id))
}

/// What is known of a person that a password must not be made of.
pub(super) async fn names(desk: &PgPool, id: AccountId) -> Result<Vec<String>> {
    let person = account::person(desk, id).await?.ok_or(Error::NotFound)?;
    Ok(vec![person.name, person.email])
}

/// Takes a password, unless it is made of what anybody would try first: here also the institution's name.
pub(super) async fn choose(
    desk: &PgPool,
    typed: &str,
    mut context: Vec<String>,
) -> Result<std::result::Result<Password, Weakness>> {
    context.extend(document::institution_names(desk).await?);
    let context: Vec<&str> = context.iter().map(String::as_str).collect();
    Ok(Password::choose(typed, &context))
}

/// Deeds on accounts come one after the other: two links cannot make two first administrators.
pub(super) async fn hold_accounts(connection: &mut PgConnection) -> Result<()> {
    sqlx::query!(r#"select pg_advisory_xact_lock(hashtext('mandat accounts')) is null as "held!""#)
        .fetch_one(connection)
        .await?;
    Ok(())
}
