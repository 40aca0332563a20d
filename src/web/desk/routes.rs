//! Every route of the desk with the role that it asks for, and the middleware around them with the reason for each layer.

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, any_service, get, post};
use tower_http::catch_panic::CatchPanicLayer;

use super::answer::Answer;
use super::{
    Desk, account, accounts, bring_back, compress, create, document, documents, door, editor, hold, invitation,
    journal, kept, moving, origin, overview, paths, person, publish, redact, releases, render, review, revisions,
    settings, staff, withdraw,
};
use crate::error::{Error, Result};
use crate::model::{Bilingual, Role};
use crate::web::{client, security};

/// A route.
pub struct Route {
    /// What stands after `/admin/fr` and after `/admin/en`.
    pub page: Bilingual<&'static str>,
    /// How it is asked.
    pub method: Method,
    /// The least role that may; none where anybody may.
    pub least: Option<Role>,
    handler: MethodRouter<Arc<Desk>>,
}

/// A page that shows something.
fn shows<T: 'static>(
    page: Bilingual<&'static str>,
    least: impl Into<Option<Role>>,
    handler: impl Handler<T, Arc<Desk>>,
) -> Route {
    let (method, least, handler) = (Method::GET, least.into(), get(handler));
    Route {
        page,
        method,
        least,
        handler,
    }
}

/// A form that does something.
fn does<T: 'static>(
    page: Bilingual<&'static str>,
    least: impl Into<Option<Role>>,
    handler: impl Handler<T, Arc<Desk>>,
) -> Route {
    let (method, least, handler) = (Method::POST, least.into(), post(handler));
    Route {
        page,
        method,
        least,
        handler,
    }
}

/// Every route, in the two languages each.
#[must_use]
pub fn table() -> Vec<Route> {
    use Role::{Administrator, Author, Editor};
    vec![
        shows(paths::SIGN_IN, None, door::page),
        does(paths::SIGN_IN, None, door::sign_in),
        does(paths::SIGN_OUT, Author, door::sign_out),
        shows(paths::INVITATION, None, invitation::page),
        does(paths::INVITATION, None, invitation::accept),
        shows(paths::HOME, Author, overview::page),
        shows(paths::DOCUMENTS, Author, documents::page),
        shows(paths::CREATE, Author, create::page),
        does(paths::CREATE, Author, create::create),
        shows(paths::DOCUMENT, Author, document::page),
        shows(paths::REVIEW, Author, review::page),
        does(paths::REVIEW, Author, review::decide),
        shows(paths::PUBLISH, Editor, publish::page),
        does(paths::PUBLISH, Editor, publish::publish),
        shows(paths::WITHDRAW, Editor, withdraw::page),
        does(paths::WITHDRAW, Editor, withdraw::withdraw),
        shows(paths::BRING_BACK, Editor, bring_back::page),
        does(paths::BRING_BACK, Editor, bring_back::bring_back),
        shows(paths::REDACT, Administrator, redact::page),
        does(paths::REDACT, Administrator, redact::redact),
        shows(paths::REVISIONS, Author, revisions::page),
        does(paths::REVISIONS, Author, revisions::restore),
        shows(paths::RELEASES, Author, releases::page),
        shows(paths::RELEASE, Author, releases::one),
        does(paths::RELEASE, Editor, moving::change),
        shows(paths::JOURNAL, Author, journal::page),
        shows(paths::JOURNAL_TABLE, Author, journal::table),
        shows(paths::SETTINGS, Administrator, settings::page),
        does(paths::SETTINGS, Administrator, settings::save),
        shows(paths::EDIT, Author, editor::page),
        does(paths::EDIT, Author, editor::post),
        does(paths::TYPING, Author, editor::keep),
        does(paths::LEAVING, Author, editor::leave),
        shows(paths::PREVIEW, Author, editor::of_revision),
        does(paths::PREVIEW, Author, editor::of_form),
        shows(paths::MERGE, Author, editor::ask),
        does(paths::MERGE, Author, editor::bring_together),
        shows(paths::ACCOUNT, Author, account::page),
        does(paths::ACCOUNT, Author, account::save),
        does(paths::PASSWORD, Author, account::change_password),
        does(paths::SESSION, Author, account::end_session),
        shows(paths::KEPT, Author, kept::gone),
        shows(paths::ACCOUNTS, Administrator, accounts::page),
        does(paths::ACCOUNTS, Administrator, accounts::open),
        shows(paths::PERSON, Administrator, person::page),
        does(paths::PERSON, Administrator, person::change),
    ]
}

/// The whole desk.
pub fn router(desk: &Arc<Desk>) -> Router {
    let languages = crate::i18n::Language::ALL;
    let mut routes = Router::new().route(paths::ROOT, get(door::root));
    for route in table() {
        let handler = match route.least {
            // No page for staff stands outside this guard.
            Some(least) => route
                .handler
                .layer(from_fn_with_state((Arc::clone(desk), least), staff::guard)),
            None => route.handler,
        };
        for language in languages {
            routes = routes.route(&paths::path(route.page, language), handler.clone());
        }
    }
    let routes = routes
        .method_not_allowed_fallback(async || -> Result<()> { Err(Error::MethodNotAllowed) })
        .fallback(elsewhere)
        .with_state(Arc::clone(desk));
    let whole = Router::new()
        .route(paths::ROOT, any_service(routes.clone()))
        .route(&format!("{}/{{*path}}", paths::ROOT), any_service(routes));
    layered(whole, desk)
}

/// No page stands there; one slash too many at the end is forgiven, as on public pages.
async fn elsewhere(method: Method, uri: Uri) -> Result<Answer> {
    let path = uri.path().trim_end_matches('/');
    if path == uri.path() || !matches!(method, Method::GET | Method::HEAD) {
        return Err(Error::NotFound);
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Ok(Answer::found(&format!("{path}{query}")).under(StatusCode::PERMANENT_REDIRECT))
}

/// What stands around every route.
fn layered(routes: Router, desk: &Arc<Desk>) -> Router {
    let site = &desk.site;
    routes
        // From the inside out: the address of a kept form becomes the form, …
        .layer(from_fn_with_state(Arc::clone(desk), kept::bring_back))
        // … what was posted is in our hands until it is answered, …
        .layer(from_fn_with_state(Arc::clone(desk), hold::hold))
        // … unless it came from another site; …
        .layer(from_fn_with_state(Arc::clone(desk), origin::guard))
        // … a panic is an error page like any other, …
        .layer(CatchPanicLayer::custom(crate::web::render::panicked))
        // … pages and failures become HTML that no cache keeps, …
        .layer(from_fn(render::render))
        // … that travel compressed to our own pages, …
        .layer(from_fn_with_state(Arc::clone(desk), compress::compress))
        // … or, where the renderer itself panics, a few words, …
        .layer(CatchPanicLayer::custom(crate::web::render::last_words))
        // … then carry the security headers …
        .layer(from_fn_with_state(Arc::clone(site), security::headers))
        // … and leave one line in the log.
        .layer(from_fn_with_state(Arc::clone(site), client::log))
}
