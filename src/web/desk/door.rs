//! Signing in and out.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderName, StatusCode, Uri, header};

use super::answer::Answer;
use super::cookies::SESSION;
use super::fields::Fields;
use super::shell::Shell;
use super::staff::{self, Staff};
use super::whence::Whence;
use super::{Desk, kept, paths};
use crate::error::Result;
use crate::i18n::{Language, Value, message};
use crate::model::session;
use crate::web::query::parameter;
use crate::web::speech::Speaks as _;
use crate::workflow::accounts::door::{self, Entry};

/// What the browser forgets of the desk when somebody signs out, cookies apart: those are ours to choose.
const CLEARED: &str = "\"cache\", \"storage\"";

/// The page on which one signs in.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/sign-in.html")]
struct SignIn {
    shell: Shell,
    /// Whether a password may be sent from here.
    is_safe: bool,
    /// What was typed.
    email: String,
    /// Where to go afterwards.
    to: String,
    /// Whether a form waits there.
    is_awaited: bool,
    /// Why it was in vain.
    told: Option<String>,
}

impl SignIn {
    fn new(desk: &Desk, language: Language, to: &str) -> Self {
        let title = message(language, "sign-in-title", &[]);
        Self {
            shell: Shell::anonymous(language, title, &paths::path(paths::SIGN_IN, language)),
            is_safe: desk.may_sign_in(),
            email: String::new(),
            to: paths::back(to).unwrap_or_default(),
            is_awaited: kept::number(to).is_some(),
            told: None,
        }
    }
}

/// `/admin`: the desk in the language of whoever asks.
pub async fn root(State(desk): State<Arc<Desk>>, request: Request) -> Result<Answer> {
    let session = staff::session(&desk, request.headers()).await?;
    let language = session.map_or(Language::French, |session| session.language);
    Ok(Answer::found(&paths::path(paths::HOME, language)))
}

/// The form; whoever is signed in already is led on.
pub async fn page(State(desk): State<Arc<Desk>>, uri: Uri, request: Request) -> Result<Answer> {
    let language = paths::language_of(uri.path());
    let to = parameter(uri.query(), "to").unwrap_or_default();
    let session = staff::session(&desk, request.headers()).await?;
    if let Some(session) = session.filter(|session| session.is_alive) {
        return Ok(onwards(session.language, &to));
    }
    Ok(Answer::page(language, SignIn::new(&desk, language, &to)))
}

/// Looks at what was typed.
pub async fn sign_in(State(desk): State<Arc<Desk>>, uri: Uri, whence: Whence, fields: Fields) -> Result<Answer> {
    let language = paths::language_of(uri.path());
    let page = SignIn {
        email: fields.get("email").to_owned(),
        ..SignIn::new(&desk, language, fields.get("to"))
    };
    if !page.is_safe {
        return Ok(Answer::page(language, page).under(StatusCode::FORBIDDEN));
    }
    let told = |key: &str, arguments: &[(&str, Value<'_>)], status| {
        let told = Some(message(language, key, arguments));
        Answer::page(language, SignIn { told, ..page.clone() }).under(status)
    };
    match door::sign_in(&desk.pool, fields.get("email"), fields.get("password"), whence.caller()).await? {
        Entry::Opened(account, keys) => whence.enter(&desk, account, &keys, &page.to).await,
        Entry::Refused => Ok(told("sign-in-refused", &[], StatusCode::FORBIDDEN)),
        Entry::Wait(wait) => {
            let minutes = ("minutes", wait.as_secs().div_ceil(60).into());
            let answer = told("sign-in-wait", &[minutes], StatusCode::TOO_MANY_REQUESTS);
            Ok(answer.with(header::RETRY_AFTER, &wait.as_secs().to_string()))
        }
    }
}

/// Ends the session.
pub async fn sign_out(State(desk): State<Arc<Desk>>, staff: Staff) -> Result<Answer> {
    session::end(&desk.pool, staff.actor.account, staff.session).await?;
    let answer = Answer::found(&paths::path(paths::SIGN_IN, staff.language));
    Ok(answer
        .with(HeaderName::from_static("clear-site-data"), CLEARED)
        .setting([SESSION.forget(&desk.site.origin)]))
}

/// The page that was asked before, or the desk.
pub fn onwards(language: Language, to: &str) -> Answer {
    let to = paths::back(to);
    Answer::found(&to.unwrap_or_else(|| paths::path(paths::HOME, language)))
}
