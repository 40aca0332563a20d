//! One's own account: name, language, password, sessions.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use super::agent::known_as;
use super::answer::Answer;
use super::fields::{Fields, Numbered};
use super::invitation::weakness_told;
use super::moment::moment;
use super::shell::Shell;
use super::staff::Staff;
use super::view::Told;
use super::{Desk, paths};
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::model::session::{self, SessionId};
use crate::model::{Account, account};
use crate::web::speech::Speaks as _;
use crate::web::view::Day;
use crate::workflow::accounts::own::{self, Changed};
use crate::workflow::accounts::password::SHORTEST;

/// The page of one's own account.
#[derive(Debug, Template)]
#[template(path = "desk/account.html")]
struct Own {
    shell: Shell,
    account: Account,
    /// The name as it is typed.
    name: String,
    /// The language as it is chosen.
    chosen: Language,
    sessions: Vec<Session>,
    told: Told,
}

/// A session in the list.
#[derive(Debug)]
struct Session {
    id: i64,
    browser: String,
    network: String,
    since: Day,
    seen: Day,
    is_this: bool,
}

/// The page.
pub async fn page(State(desk): State<Arc<Desk>>, staff: Staff) -> Result<Answer> {
    let page = own(&desk, &staff).await?;
    Ok(Answer::page(staff.language, page))
}

/// Saves name and language; sent without a button, shows what was typed again.
pub async fn save(State(desk): State<Arc<Desk>>, staff: Staff, fields: Fields) -> Result<Answer> {
    let mut page = own(&desk, &staff).await?;
    fields.get("name").trim().clone_into(&mut page.name);
    let chosen = Language::ALL
        .into_iter()
        .find(|language| language.segment() == fields.get("language"));
    page.chosen = chosen.unwrap_or(page.chosen);
    if fields.deed().is_none() {
        return Ok(Answer::page(staff.language, page));
    }
    match account::set_profile(&desk.pool, staff.actor.account, &page.name, page.chosen).await {
        Ok(()) => Ok(Answer::found(&paths::path(paths::ACCOUNT, page.chosen))),
        Err(error) => Ok(refused(page, Told::refused(error, staff.language)?)),
    }
}

/// Sets a new password.
pub async fn change_password(State(desk): State<Arc<Desk>>, staff: Staff, fields: Fields) -> Result<Answer> {
    let mut page = own(&desk, &staff).await?;
    let language = staff.language;
    let (present, new) = (fields.get("password"), fields.get("password-new"));
    if new != fields.get("password-again") {
        return Ok(refused(page, Told::fault(message(language, "password-differs", &[]))));
    }
    let reason = match own::change_password(&desk.pool, staff.actor.account, staff.session, present, new).await? {
        Changed::Done => {
            page.told = Told::done(message(language, "password-changed", &[]));
            // Those of before have ended.
            page.sessions.retain(|session| session.is_this);
            return Ok(Answer::page(language, page));
        }
        Changed::Wrong => message(language, "password-wrong", &[]),
        Changed::Wait(wait) => {
            let minutes = ("minutes", wait.as_secs().div_ceil(60).into());
            message(language, "sign-in-wait", &[minutes])
        }
        Changed::Weak(weakness) => weakness_told(language, weakness),
    };
    Ok(refused(page, Told::fault(reason)))
}

/// Ends one of one's own sessions.
pub async fn end_session(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(session): Numbered<SessionId>,
) -> Result<Answer> {
    session::end(&desk.pool, staff.actor.account, session).await?;
    Ok(Answer::found(&paths::path(paths::ACCOUNT, staff.language)))
}

/// The page with the reason why what was asked was not done.
fn refused(page: Own, told: Told) -> Answer {
    let page = Own { told, ..page };
    Answer::page(page.shell.language, page).under(StatusCode::UNPROCESSABLE_ENTITY)
}

async fn own(desk: &Desk, staff: &Staff) -> Result<Own> {
    let language = staff.language;
    let account = account::person(&desk.pool, staff.actor.account)
        .await?
        .ok_or(Error::NotFound)?;
    let sessions = session::list(&desk.pool, staff.actor.account).await?;
    let unknown = || message(language, "session-unknown", &[]);
    let sessions = sessions.into_iter().map(|session| Session {
        id: session.id.number(),
        browser: session.browser.as_deref().map_or_else(unknown, known_as),
        network: session.network.unwrap_or_else(unknown),
        since: moment(language, session.created_at),
        seen: moment(language, session.seen_at),
        is_this: session.id == staff.session,
    });
    let mut shell = Shell::new(staff, message(language, "account-title", &[]));
    // What is sent from a part of the page leads back to the whole.
    shell.path = paths::path(paths::ACCOUNT, language);
    shell.counterpart = paths::path(paths::ACCOUNT, language.other());
    Ok(Own {
        shell,
        name: account.name.clone(),
        chosen: account.language,
        account,
        sessions: sessions.collect(),
        told: Told::default(),
    })
}
