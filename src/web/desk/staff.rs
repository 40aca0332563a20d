//! Who asks: the guard of every page that is not for everybody.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answer::Answer;
use super::cookies;
use super::{Desk, kept, paths};
use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::Role;
use crate::model::session::{self, Session, SessionId};
use crate::web::query::asking;
use crate::workflow::Actor;

/// The person who asks, as the guard found them for this request.
#[derive(Debug, Clone)]
pub struct Staff {
    /// As the deeds know them.
    pub actor: Actor,
    /// Their session.
    pub session: SessionId,
    /// The language of the interface, which is that of the path.
    pub language: Language,
    /// The path that was asked.
    pub path: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Staff {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let found = parts.extensions.get::<Self>().cloned();
        found.ok_or_else(|| Error::Internal("a page for staff stands outside its guard".into()))
    }
}

/// The session that a browser names, alive or ended lately.
///
/// # Errors
/// The database does not answer.
pub async fn session(desk: &Desk, headers: &HeaderMap) -> Result<Option<Session>> {
    match cookies::SESSION.of(headers, &desk.site.origin) {
        Some(secret) => session::of(&desk.pool, &secret).await,
        None => Ok(None),
    }
}

/// Lets those in whose role is enough; asks the others to sign in, and leads them back afterwards. A form that holds a
/// text is kept meanwhile.
pub async fn guard(State((desk, least)): State<(Arc<Desk>, Role)>, request: Request, next: Next) -> Result<Response> {
    let session = session(&desk, request.headers()).await?;
    let (mut request, text) = kept::text_of(request).await?;
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let Some(session) = session.as_ref().filter(|session| session.is_alive) else {
        return match text.filter(|_| kept::is_for_a_page(&headers)) {
            Some(text) => kept::keep(&desk, session.as_ref(), &headers, &uri, &text).await,
            None => Ok(ask_to_sign_in(&request).into_response()),
        };
    };
    if session.role < least {
        return Err(Error::Forbidden);
    }
    if let Some(text) = &text {
        kept::check_owner(session, text)?;
    }
    session::touch(&desk.pool, session.id).await?;
    request.extensions_mut().insert(Staff {
        actor: Actor {
            account: session.account,
            role: session.role,
        },
        session: session.id,
        language: paths::language_of(uri.path()),
        path: uri.path().to_owned(),
    });
    let response = next.run(request).await;
    if text.is_some() && response.status() == StatusCode::SEE_OTHER {
        kept::arrived(&desk, session, &headers, &uri).await?;
    }
    Ok(response)
}

/// The way to the page where one signs in, and back to the page that was asked, or that held the form.
fn ask_to_sign_in(request: &Request) -> Answer {
    let language = paths::language_of(request.uri().path());
    let is_read = [Method::GET, Method::HEAD].contains(request.method());
    let asked = is_read.then(|| request.uri().to_string());
    let back = asked.or_else(|| page_of_form(request.headers()));
    let sign_in = paths::path(paths::SIGN_IN, language);
    match back.as_deref().and_then(paths::back) {
        Some(back) => Answer::found(&asking(&sign_in, &[("to", &back)])),
        None => Answer::found(&sign_in),
    }
}

/// The page that a form stood on, as the browser tells.
fn page_of_form(headers: &HeaderMap) -> Option<String> {
    let referrer: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    Some(referrer.path_and_query()?.to_string())
}
