//! A form that comes when its session has ended is not lost: it is kept, sealed for this browser and its own account,
//! and after sign-in its page is there again with what it held.
//!
//! This is so for every form that holds a text, which is one that says for whose account its page was made
//! ([`fields::ACCOUNT`]). Sent without its button, such a form changes nothing and is shown again: that is how its page
//! comes back.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answer::Answer;
use super::cookies::FORM;
use super::fields::{self, ACCOUNT, DEED, Fields};
use super::hold::Held;
use super::shell::Shell;
use super::staff::{self, Staff};
use super::{Desk, paths};
use crate::error::{Denied, Error, Result};
use crate::i18n::{Language, message};
use crate::model::kept::{self, Kept, KeptId};
use crate::model::secret::Secret;
use crate::model::session::Session;
use crate::web::query::asking;
use crate::web::speech::Speaks as _;

/// Said to whoever looks for a form that is not there for them.
#[derive(Debug, Template)]
#[template(path = "desk/kept.html")]
struct Gone {
    shell: Shell,
}

/// The form of a request, if it holds a text, and the request whole again.
///
/// # Errors
/// It is longer than forms are.
pub async fn text_of(request: Request) -> Result<(Request, Option<Fields>)> {
    if request.method() != Method::POST {
        return Ok((request, None));
    }
    let (parts, body) = request.into_parts();
    let body = fields::read(body).await?;
    let form = fields::is_form(&parts).then(|| Fields::parse(&body));
    let form = form.filter(|form| form.has(ACCOUNT));
    Ok((Request::from_parts(parts, Body::from(body)), form))
}

/// Refuses a form that was made for somebody else's page: whoever signs in on a colleague's machine does not send what
/// the colleague typed.
///
/// # Errors
/// [`Denied::Form`].
pub fn check_owner(session: &Session, form: &Fields) -> Result<()> {
    if form.get(ACCOUNT) == session.account.number().to_string() {
        Ok(())
    } else {
        Err(Error::Denied(Denied::Form))
    }
}

/// Whether a person sent a form and waits for a page. What scripts send every few seconds would push out what people sent;
/// browsers that tell nothing are old, and without scripts.
pub fn is_for_a_page(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-mode").is_none_or(|mode| mode == "navigate")
}

/// Keeps a form whose session has ended, and asks to sign in; where nobody knows whose it is, gives it back.
///
/// # Errors
/// The database does not answer.
pub async fn keep(
    desk: &Desk,
    ended: Option<&Session>,
    headers: &HeaderMap,
    uri: &Uri,
    form: &Fields,
) -> Result<Response> {
    let language = paths::language_of(uri.path());
    let Some(session) = ended.filter(|session| check_owner(session, form).is_ok()) else {
        let page = Answer::page(language, Held::new(language, "unknown", uri, form));
        return Ok(page.under(StatusCode::FORBIDDEN).into_response());
    };
    let origin = &desk.site.origin;
    let browser = FORM.of(headers, origin).map_or_else(Secret::draw, Ok)?;
    let form = Kept {
        path: uri.to_string(),
        body: form.without_secrets().written().into_bytes(),
    };
    let mut transaction = desk.pool.begin().await?;
    let id = kept::keep(&mut transaction, &browser, session.account, &form).await?;
    transaction.commit().await?;
    let back = paths::path_of(paths::KEPT, language, id.number());
    let sign_in = asking(&paths::path(paths::SIGN_IN, language), &[("to", &back)]);
    Ok(Answer::found(&sign_in)
        .setting([FORM.set(&browser, origin)])
        .into_response())
}

/// Forgets what was kept for a form once it has been answered by leading on: it has arrived.
///
/// # Errors
/// The database does not answer.
pub async fn arrived(desk: &Desk, session: &Session, headers: &HeaderMap, uri: &Uri) -> Result<()> {
    if let Some(browser) = FORM.of(headers, &desk.site.origin) {
        let mut connection = desk.pool.acquire().await?;
        kept::forget(&mut connection, &browser, session.account, &uri.to_string()).await?;
    }
    Ok(())
}

/// Turns the address of a kept form into the form itself, sent without its button, for whoever it belongs to.
pub async fn bring_back(State(desk): State<Arc<Desk>>, mut request: Request, next: Next) -> Result<Response> {
    let Some(id) = number(request.uri().path()).filter(|_| request.method() == Method::GET) else {
        return Ok(next.run(request).await);
    };
    if let Some(kept) = for_whom(&desk, request.headers(), id).await?
        && let Ok(uri) = kept.path.parse::<Uri>()
    {
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(header::CONTENT_TYPE, form);
        request.headers_mut().remove(header::CONTENT_LENGTH);
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri;
        let body = Fields::parse(&kept.body).without(DEED).written();
        *request.body_mut() = Body::from(body);
    }
    Ok(next.run(request).await)
}

async fn for_whom(desk: &Desk, headers: &HeaderMap, id: KeptId) -> Result<Option<Kept>> {
    let session = staff::session(desk, headers).await?.filter(|session| session.is_alive);
    let browser = FORM.of(headers, &desk.site.origin);
    match session.zip(browser) {
        Some((session, browser)) => {
            let mut connection = desk.pool.acquire().await?;
            kept::read(&mut connection, &browser, session.account, id).await
        }
        None => Ok(None),
    }
}

/// The number in the address of a kept form, in either language.
pub fn number(path: &str) -> Option<KeptId> {
    Language::ALL.into_iter().find_map(|language| {
        let known = paths::path(paths::KEPT, language);
        let before = known.strip_suffix("{number}")?;
        path.strip_prefix(before)?.parse::<i64>().ok().map(KeptId::from)
    })
}

/// Where [`bring_back`] found nothing: the form is a day old, or another's.
pub async fn gone(staff: Staff) -> Answer {
    let shell = Shell::new(&staff, message(staff.language, "kept-gone-title", &[]));
    Answer::page(staff.language, Gone { shell }).under(StatusCode::NOT_FOUND)
}
