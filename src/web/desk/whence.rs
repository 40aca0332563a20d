//! Where somebody comes from who is about to come in, and the way in.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::Desk;
use super::answer::Answer;
use super::cookies::{BROWSER, SESSION};
use super::door::onwards;
use crate::error::Result;
use crate::i18n::Language;
use crate::model::secret::Secret;
use crate::model::{AccountId, account, session};
use crate::web::client;
use crate::workflow::accounts::door::{Caller, Keys};

/// The browser of a request.
#[derive(Debug, Clone)]
pub struct Whence {
    browser: Option<Secret>,
    session: Option<Secret>,
    agent: Option<String>,
    network: Option<String>,
}

impl FromRequestParts<Arc<Desk>> for Whence {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> std::result::Result<Self, Infallible> {
        let (site, headers) = (&desk.site, &parts.headers);
        let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self {
            browser: BROWSER.of(headers, &site.origin),
            session: SESSION.of(headers, &site.origin),
            agent: agent.map(str::to_owned),
            network: client::network_of(site, &parts.extensions, headers).map(|network| network.to_string()),
        })
    }
}

impl Whence {
    /// As the deeds know it.
    pub fn caller(&self) -> Caller<'_> {
        Caller {
            browser: self.browser.as_ref(),
            agent: self.agent.as_deref(),
            network: self.network.as_deref(),
        }
    }

    /// The way in: the keys of a new session, in place of the one that this browser had, and where to go with them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn enter(&self, desk: &Desk, id: AccountId, keys: &Keys, to: &str) -> Result<Answer> {
        if let Some(before) = &self.session
            && let Some(before) = session::of(&desk.pool, before).await?
        {
            session::end(&desk.pool, before.account, before.id).await?;
        }
        let account = account::person(&desk.pool, id).await?;
        let language = account.map_or(Language::French, |account| account.language);
        let origin = &desk.site.origin;
        let cookies = [SESSION.set(&keys.session, origin), BROWSER.set(&keys.browser, origin)];
        Ok(onwards(language, to).setting(cookies))
    }
}
