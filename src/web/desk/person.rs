//! Somebody's account, for administrators: role, link to a new password, closing.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use super::answer::Answer;
use super::fields::{Fields, Numbered};
use super::moment::moment;
use super::shell::Shell;
use super::staff::Staff;
use super::view::Told;
use super::{Desk, paths};
use crate::error::{Error, Result};
use crate::i18n::message;
use crate::model::secret::Secret;
use crate::model::{Account, AccountId, Role, account};
use crate::web::speech::Speaks as _;
use crate::web::view::Day;
use crate::workflow::Done;
use crate::workflow::accounts::appointing;

/// The page of somebody's account.
#[derive(Debug, Template)]
#[template(path = "desk/person.html")]
struct Person {
    shell: Shell,
    whose: Account,
    /// Since when it is closed.
    closed: Option<Day>,
    /// The address of the link that was just made; it is shown once.
    link: Option<String>,
    /// Why nothing was changed.
    told: Told,
}

/// The page.
pub async fn page(State(desk): State<Arc<Desk>>, staff: Staff, Numbered(whose): Numbered<AccountId>) -> Result<Answer> {
    let page = read(&desk, &staff, whose).await?;
    Ok(Answer::page(staff.language, page))
}

/// Does what the button says.
pub async fn change(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(whose): Numbered<AccountId>,
    fields: Fields,
) -> Result<Answer> {
    match act(&desk, &staff, whose, &fields).await {
        Ok(Some(secret)) => with_link(&desk, &staff, whose, &secret).await,
        Ok(None) => Ok(Answer::found(&paths::path_of(
            paths::PERSON,
            staff.language,
            whose.number(),
        ))),
        Err(error) => {
            let told = Told::refused(error, staff.language)?;
            let page = Person {
                told,
                ..read(&desk, &staff, whose).await?
            };
            Ok(Answer::page(staff.language, page).under(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// The deed of the button; a link where it made one.
async fn act(desk: &Desk, staff: &Staff, whose: AccountId, fields: &Fields) -> Result<Option<Secret>> {
    let (desk, actor, form) = (&desk.pool, &staff.actor, fields.form());
    match fields.deed() {
        Some("role") => {
            if let Some(role) = role(fields) {
                appointing::change_role(desk, actor, form, whose, role).await?;
            }
        }
        Some("close") => {
            appointing::close(desk, actor, form, whose).await?;
        }
        Some("reopen") => {
            appointing::reopen(desk, actor, form, whose).await?;
        }
        Some("reset") => {
            if let Done::Now(secret) = appointing::reset(desk, actor, form, whose).await? {
                return Ok(Some(secret));
            }
        }
        _ => {}
    }
    Ok(None)
}

/// The page with the link that its owner is to be given.
///
/// # Errors
/// The database does not answer.
pub async fn with_link(desk: &Desk, staff: &Staff, whose: AccountId, secret: &Secret) -> Result<Answer> {
    let mut page = read(desk, staff, whose).await?;
    page.link = Some(desk.site.invitation(page.whose.language, secret));
    Ok(Answer::page(staff.language, page))
}

/// The role that a form names.
pub fn role(fields: &Fields) -> Option<Role> {
    Role::ALL.iter().copied().find(|role| role.word() == fields.get("role"))
}

async fn read(desk: &Desk, staff: &Staff, whose: AccountId) -> Result<Person> {
    let person = account::person(&desk.pool, whose).await?.ok_or(Error::NotFound)?;
    let title = message(staff.language, "person-title", &[("name", person.name.as_str().into())]);
    let mut shell = Shell::new(staff, title);
    // A new account is shown at the address of the list.
    shell.path = paths::path_of(paths::PERSON, staff.language, whose.number());
    shell.counterpart = paths::path_of(paths::PERSON, staff.language.other(), whose.number());
    Ok(Person {
        shell,
        closed: person.disabled_at.map(|at| moment(staff.language, at)),
        whose: person,
        link: None,
        told: Told::default(),
    })
}
