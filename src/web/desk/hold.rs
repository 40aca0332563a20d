//! What was posted is in our hands until it is answered: when the database is gone, it goes back to whoever typed it, in
//! a page that sends it again.

use std::time::Duration;

use askama::Template;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answer::Answer;
use super::fields::{self, ACCOUNT, Fields};
use super::paths;
use super::shell::Shell;
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::web::render::RETRY_AFTER;
use crate::web::speech::Speaks as _;

/// How long a form may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(30);

/// How long a handler may take: deeds wait for each other.
const PATIENCE: Duration = Duration::from_secs(20);

/// A form that could not be answered, ready to be sent again.
#[derive(Debug, Template)]
#[template(path = "desk/held.html")]
pub struct Held {
    /// Head and band.
    pub shell: Shell,
    /// Why it could not, in two messages: title and text.
    pub title: String,
    /// What to do.
    pub text: String,
    /// Where it goes.
    pub action: String,
    /// All that it holds, but for passwords.
    pub fields: Vec<(String, String)>,
}

impl Held {
    /// The page of a form, with the words of `held-{reason}-title` and `held-{reason}-text`.
    pub fn new(language: Language, reason: &str, uri: &Uri, form: &Fields) -> Self {
        let title = message(language, &format!("held-{reason}-title"), &[]);
        Self {
            shell: Shell::anonymous(language, title.clone(), uri.path()),
            title,
            text: message(language, &format!("held-{reason}-text"), &[]),
            action: uri.to_string(),
            fields: form.without_secrets().pairs().to_vec(),
        }
    }
}

/// Holds what is posted until it is answered.
pub async fn hold(request: Request, next: Next) -> Result<Response> {
    if request.method() != Method::POST {
        return Ok(answered(next.run(request)).await);
    }
    let (parts, body) = request.into_parts();
    let arrived = tokio::time::timeout(ARRIVAL, fields::read(body)).await;
    let body = arrived.map_err(|_| Error::TooLarge)??;
    let uri = parts.uri.clone();
    let form = if fields::is_form(&parts) {
        Fields::parse(&body)
    } else {
        Fields::default()
    };
    let response = answered(next.run(Request::from_parts(parts, Body::from(body)))).await;
    if response.status() != StatusCode::SERVICE_UNAVAILABLE || !form.has(ACCOUNT) {
        return Ok(response);
    }
    let language = paths::language_of(uri.path());
    let page = Answer::page(language, Held::new(language, "unavailable", &uri, &form));
    let mut page = page.under(StatusCode::SERVICE_UNAVAILABLE).into_response();
    page.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    Ok(page)
}

/// The answer, or that none came in time.
async fn answered(answer: impl Future<Output = Response>) -> Response {
    let answered = tokio::time::timeout(PATIENCE, answer).await;
    answered.unwrap_or_else(|_| {
        tracing::error!("a handler of the desk passed its time limit");
        Error::Unavailable(sqlx::Error::PoolTimedOut).into_response()
    })
}
