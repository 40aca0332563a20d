//! The page of a one-time link: somebody chooses a password, and is in.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};

use super::answer::Answer;
use super::fields::Fields;
use super::shell::Shell;
use super::whence::Whence;
use super::{Desk, paths};
use crate::error::Result;
use crate::i18n::{Language, Value, message};
use crate::model::account;
use crate::model::link::{self, For};
use crate::model::secret::Secret;
use crate::web::query::{asking, parameter};
use crate::web::speech::Speaks as _;
use crate::workflow::accounts::door;
use crate::workflow::accounts::invitation::{self, Accepted, Founder};
use crate::workflow::accounts::password::{SHORTEST, Weakness};

/// What the link's secret is called in its address: after the question mark, which no log keeps.
const KEY: &str = "key";

/// The page on which one chooses a password.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/invitation.html")]
struct Invitation {
    shell: Shell,
    /// Whether a password may be sent from here.
    is_safe: bool,
    /// The link's secret; none where it cannot be used.
    key: Option<String>,
    /// Whether this is the first administrator.
    is_founder: bool,
    /// The name, and the address by which one will sign in.
    name: String,
    email: String,
    /// Why it was in vain.
    told: Option<String>,
}

/// The path of a one-time link.
#[must_use]
pub fn path(language: Language, secret: &Secret) -> String {
    asking(&paths::path(paths::INVITATION, language), &[(KEY, &secret.to_string())])
}

/// The form of a link that can still be used.
pub async fn page(State(desk): State<Arc<Desk>>, uri: Uri) -> Result<Answer> {
    let language = paths::language_of(uri.path());
    let key = parameter(uri.query(), KEY).unwrap_or_default();
    let page = invitation(&desk, language, &key).await?;
    let status = if page.key.is_some() {
        StatusCode::OK
    } else {
        StatusCode::GONE
    };
    Ok(Answer::page(language, page).under(status))
}

/// Sets the password, and begins a session.
pub async fn accept(State(desk): State<Arc<Desk>>, uri: Uri, whence: Whence, fields: Fields) -> Result<Answer> {
    let language = paths::language_of(uri.path());
    let mut page = invitation(&desk, language, fields.get(KEY)).await?;
    if page.is_founder {
        page.name = fields.get("name").to_owned();
        page.email = fields.get("email").to_owned();
    }
    let Some(secret) = page.key.as_ref().and_then(|key| key.parse::<Secret>().ok()) else {
        return Ok(Answer::page(language, page).under(StatusCode::GONE));
    };
    if !page.is_safe {
        return Ok(Answer::page(language, page).under(StatusCode::FORBIDDEN));
    }
    let told = |told: String| {
        let page = Invitation {
            told: Some(told),
            ..page.clone()
        };
        Ok(Answer::page(language, page).under(StatusCode::UNPROCESSABLE_ENTITY))
    };
    let (typed, again) = (fields.get("password"), fields.get("password-again"));
    if typed != again {
        return told(message(language, "password-differs", &[]));
    }
    let founder = Founder {
        name: &page.name,
        email: &page.email,
        language,
    };
    match invitation::accept(&desk.pool, &secret, founder, typed).await {
        Ok(Accepted::By(id)) => {
            let keys = door::let_in(&desk.pool, id, None, whence.caller()).await?;
            whence.enter(&desk, id, &keys, "").await
        }
        Ok(Accepted::Spent) => {
            let page = Invitation { key: None, ..page };
            Ok(Answer::page(language, page).under(StatusCode::GONE))
        }
        Ok(Accepted::Weak(weakness)) => told(weakness_told(language, weakness)),
        Err(error) => match error.told(language) {
            Some(words) => told(words),
            None => Err(error),
        },
    }
}

/// Why a password is not taken, in words.
pub fn weakness_told(language: Language, weakness: Weakness) -> String {
    let least: [(&str, Value<'_>); 1] = [("least", SHORTEST.into())];
    match weakness {
        Weakness::Short => message(language, "password-short", &least),
        Weakness::Long => message(language, "password-long", &[]),
        Weakness::Guessable => message(language, "password-guessable", &[]),
    }
}

async fn invitation(desk: &Desk, language: Language, key: &str) -> Result<Invitation> {
    let secret: Option<Secret> = key.parse().ok();
    let whom = match &secret {
        Some(secret) => link::of(&desk.pool, secret).await?,
        None => None,
    };
    let person = match whom {
        Some(For::Account(id)) => account::person(&desk.pool, id).await?,
        Some(For::Founder) | None => None,
    };
    let is_founder = whom == Some(For::Founder);
    let title = if is_founder {
        "invitation-founder-title"
    } else {
        "invitation-title"
    };
    let path = paths::path(paths::INVITATION, language);
    let mut shell = Shell::anonymous(language, message(language, title, &[]), &path);
    if let (Some(_), Some(secret)) = (whom, &secret) {
        shell.counterpart = self::path(language.other(), secret);
    }
    Ok(Invitation {
        shell,
        is_safe: desk.may_sign_in(),
        key: whom.and(secret).map(|secret| secret.to_string()),
        is_founder,
        name: person.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
        email: person.map(|person| person.email).unwrap_or_default(),
        told: None,
    })
}
