//! The desk's one renderer: page values become HTML, failures become pages with words, and no cache keeps any of it.

use std::sync::Arc;

use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answer::Answer;
use super::paths;
use super::shell::Shell;
use crate::error::{Error, Fault};
use crate::i18n::{Language, message};
use crate::web::answer::status_of;
use crate::web::cache::CachePolicy;
use crate::web::render::{RETRY_AFTER, html, record};
use crate::web::speech::Speaks as _;

/// A page that says why there is no other.
#[derive(Debug, Template)]
#[template(path = "desk/failure.html")]
struct Failure {
    shell: Shell,
    text: String,
}

/// Renders what the handlers returned.
pub async fn render(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let language = paths::language_of(&path);
    let mut response = next.run(request).await;
    if let Some(error) = response.extensions_mut().remove::<Arc<Error>>() {
        record(&error);
        return failure(language, &path, &error, &response);
    }
    if let Some(answer) = response.extensions_mut().remove::<Answer>() {
        return answered(language, &path, answer, &response);
    }
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, CachePolicy::Never.header());
    response
}

/// Renders an answer; layers further in may have added headers to `so_far`.
fn answered(language: Language, path: &str, answer: Answer, so_far: &Response) -> Response {
    let mut response = match answer.page.as_ref().map(|page| (page.language, page.render())) {
        None => answer.status.into_response(),
        // A preview speaks the language of its text, whatever that of the interface.
        Some((language, Ok(markup))) => html(answer.status, language, CachePolicy::Never, markup),
        Some((_, Err(error))) => {
            tracing::error!(%error, "a page of the desk cannot be rendered");
            return failure(language, path, &Error::Internal(Box::new(error)), so_far);
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, CachePolicy::Never.header());
    headers.extend(answer.headers);
    // The length is that of the empty body which the page takes the place of.
    for (name, value) in so_far
        .headers()
        .iter()
        .filter(|(name, _)| *name != header::CONTENT_LENGTH)
    {
        headers.append(name, value.clone());
    }
    response
}

/// The page of a failure; should even that fail, its status alone.
fn failure(language: Language, path: &str, error: &Error, so_far: &Response) -> Response {
    let told = error.told(language);
    let status = if told.is_some() {
        StatusCode::CONFLICT
    } else {
        status_of(error)
    };
    let word = word_of(error, status);
    let page = Failure {
        shell: Shell::anonymous(language, message(language, &format!("desk-{word}-title"), &[]), path),
        text: told.unwrap_or_else(|| message(language, &format!("desk-{word}-text"), &[])),
    };
    let mut response = match page.render() {
        Ok(markup) => html(status, language, CachePolicy::Never, markup),
        Err(error) => {
            tracing::error!(%error, "the desk's error page cannot be rendered");
            status.into_response()
        }
    };
    let headers = response.headers_mut();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    if let Some(allowed) = so_far.headers().get(header::ALLOW) {
        headers.insert(header::ALLOW, HeaderValue::clone(allowed));
    }
    response
}

/// The word by which the messages of a failure are found.
const fn word_of(error: &Error, status: StatusCode) -> &'static str {
    match (error, status.as_u16()) {
        (Error::ForeignForm, _) => "foreign",
        (Error::Forbidden, _) => "forbidden",
        (Error::TooLarge, _) => "large",
        (Error::MethodNotAllowed, _) => "method",
        (
            Error::Parameter {
                fault: Fault::Unreadable,
                ..
            },
            _,
        )
        | (_, 400) => "unreadable",
        (_, 404) => "missing",
        (_, 409) => "refused",
        (_, 503) => "unavailable",
        _ => "broken",
    }
}
