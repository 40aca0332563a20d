//! Everybody's accounts, and opening one.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use super::answer::Answer;
use super::fields::Fields;
use super::person;
use super::shell::Shell;
use super::staff::Staff;
use super::view::Told;
use super::{Desk, paths};
use crate::error::Result;
use crate::i18n::{Language, message};
use crate::model::{Account, Role, account};
use crate::web::speech::Speaks as _;
use crate::workflow::Done;
use crate::workflow::accounts::appointing::{self, Newcomer};

/// The list of accounts, and the form that opens one.
#[derive(Debug, Template)]
#[template(path = "desk/accounts.html")]
struct Accounts {
    shell: Shell,
    people: Vec<Account>,
    /// What was typed.
    name: String,
    email: String,
    role: Role,
    chosen: Language,
    /// Why no account was opened.
    told: Told,
}

/// The list.
pub async fn page(State(desk): State<Arc<Desk>>, staff: Staff) -> Result<Answer> {
    let page = accounts(&desk, &staff, &Fields::default()).await?;
    Ok(Answer::page(staff.language, page))
}

/// Opens an account, and shows the link that goes to its owner.
pub async fn open(State(desk): State<Arc<Desk>>, staff: Staff, fields: Fields) -> Result<Answer> {
    let mut page = accounts(&desk, &staff, &fields).await?;
    if fields.deed().is_none() {
        return Ok(Answer::page(staff.language, page));
    }
    let newcomer = Newcomer {
        email: &page.email,
        name: &page.name,
        role: page.role,
        language: page.chosen,
    };
    match appointing::open(&desk.pool, &staff.actor, fields.form(), newcomer).await {
        Ok(Done::Now((account, secret))) => person::with_link(&desk, &staff, account, &secret).await,
        Ok(Done::Again(_)) => Ok(Answer::found(&paths::path(paths::ACCOUNTS, staff.language))),
        Err(error) => {
            page.told = Told::refused(error, staff.language)?;
            Ok(Answer::page(staff.language, page).under(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

async fn accounts(desk: &Desk, staff: &Staff, fields: &Fields) -> Result<Accounts> {
    let chosen = Language::ALL
        .into_iter()
        .find(|language| language.segment() == fields.get("language"));
    Ok(Accounts {
        shell: Shell::new(staff, message(staff.language, "accounts-title", &[])),
        people: account::people(&desk.pool).await?,
        name: fields.get("name").to_owned(),
        email: fields.get("email").to_owned(),
        role: person::role(fields).unwrap_or(Role::Author),
        chosen: chosen.unwrap_or(Language::French),
        told: Told::default(),
    })
}
