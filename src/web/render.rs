//! The one renderer: page values become HTML, failures become error pages in the language of the path.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::answer::{Answer, Document, Page, words_of};
use super::api::problem::Asked;
use super::cache::CachePolicy;
use super::formats::head::Head;
use super::pages::Failure;
use super::view::{Frame, Shell, WithdrawnNotice};
use super::{Site, frame};
use crate::error::Error;
use crate::i18n::{Language, message};
use crate::model::address::{self, Place};

/// How long a handler may take before its reader is told to come back.
const HANDLER_LIMIT: Duration = Duration::from_secs(10);

/// How long a request may wait for its turn: with more than these in line, an answer would come too late anyway.
const TURN: Duration = Duration::from_secs(1);

/// How many handlers work at a time: twice the connections to the database.
pub const TURNS: usize = 32;

/// When a client that was told 503 may come back, in seconds.
pub const RETRY_AFTER: HeaderValue = HeaderValue::from_static("10");

/// What failed: its status, and the word by which its messages are found.
struct Fault {
    status: StatusCode,
    word: String,
}

impl From<StatusCode> for Fault {
    fn from(status: StatusCode) -> Self {
        let word = status.as_u16().to_string();
        Self { status, word }
    }
}

impl Fault {
    fn of(error: &Error, status: StatusCode) -> Self {
        let word = match error {
            Error::Ahead => "ahead",
            Error::BeforeRecord => "before",
            Error::NoDate => "date",
            _ => return status.into(),
        };
        let word = word.to_owned();
        Self { status, word }
    }
}

/// Renders what the handlers returned.
pub async fn render(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let language = address::language_of(request.uri().path());
    let api = Asked::of(request.uri());
    let handled = async {
        let _turn = tokio::time::timeout(TURN, site.turns.acquire()).await.ok()?;
        tokio::time::timeout(HANDLER_LIMIT, next.run(request)).await.ok()
    };
    let Some(mut response) = handled.await else {
        tracing::error!("a handler had no turn, or passed its time limit");
        let status = StatusCode::SERVICE_UNAVAILABLE;
        return match api {
            Some(asked) => asked.problem(&site.origin, status, None),
            None => failure(&site, language, status.into(), Around::default()).await,
        };
    };
    let status = response.status();
    if let Some(error) = response.extensions_mut().remove::<Arc<Error>>() {
        record(&error);
        let allow = response.headers_mut().remove(header::ALLOW);
        let mut page = match api {
            Some(asked) => asked.problem(&site.origin, status, Some(&error)),
            None => failure(&site, language, Fault::of(&error, status), Around::default()).await,
        };
        if let Some(allow) = allow {
            page.headers_mut().insert(header::ALLOW, allow);
        }
        return page;
    }
    match response.extensions_mut().remove::<Answer>() {
        Some(answer) => answered(&site, language, answer, response).await,
        None => response,
    }
}

/// Renders an answer, whose status and headers so far are those of `response`.
async fn answered(site: &Site, language: Language, answer: Answer, response: Response) -> Response {
    match answer {
        Answer::Page(page) => match page.render() {
            Ok(markup) => {
                let mut response = html(StatusCode::OK, page.language, page.policy, markup);
                response.headers_mut().extend(page.versions);
                response
            }
            Err(error) => {
                tracing::error!(%error, "a page cannot be rendered");
                let fault = StatusCode::INTERNAL_SERVER_ERROR.into();
                failure(site, language, fault, Around::default()).await
            }
        },
        Answer::Document(document) => file(document),
        Answer::Removed {
            notice,
            frame,
            versions,
        } => {
            let around = Around {
                frame: Some(frame),
                removed: Some(*notice),
            };
            let mut page = failure(site, language, StatusCode::GONE.into(), around).await;
            page.headers_mut().extend(versions);
            page
        }
        Answer::Failed { error, frame } => {
            record(&error);
            let around = Around {
                frame: Some(frame),
                removed: None,
            };
            failure(site, language, Fault::of(&error, response.status()), around).await
        }
        Answer::Moved(_) | Answer::Found(_) => response,
    }
}

/// Turns a panic of a handler into a failure; its cause goes to the log.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the signature that the panic layer asks for"
)]
pub fn panicked(cause: Box<dyn Any + Send>) -> Response {
    Error::Internal(words_of(cause.as_ref()).into()).into_response()
}

/// Answers in the fewest words, in both languages, where what prepares the error pages has itself panicked.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the signature that the panic layer asks for"
)]
pub fn last_words(cause: Box<dyn Any + Send>) -> Response {
    tracing::error!(cause = words_of(cause.as_ref()), "the renderer failed");
    let languages = [Language::French, Language::English];
    let words = languages.map(|language| message(language, "error-500-title", &[]));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        ),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static("fr-CA, en-CA")),
        (header::CACHE_CONTROL, CachePolicy::Never.header()),
    ];
    (StatusCode::INTERNAL_SERVER_ERROR, headers, words.join("\n")).into_response()
}

/// Leaves the cause in the log.
pub fn record(error: &Error) {
    match error {
        Error::NotFound
        | Error::Ahead
        | Error::BeforeRecord
        | Error::NoDate
        | Error::MethodNotAllowed
        | Error::TooLarge
        | Error::Parameter { .. } => {}
        Error::Forbidden | Error::ForeignForm => tracing::warn!(cause = %error, "a request was refused"),
        Error::Unavailable(cause) => tracing::error!(%cause, "the database does not answer"),
        Error::Internal(cause) => tracing::error!(%cause, "a request failed"),
        Error::Refused(_) | Error::Denied(_) | Error::Import { .. } | Error::Setup(_) | Error::Interrupted => {
            tracing::error!(cause = %error, "a request failed");
        }
    }
}

pub fn html(status: StatusCode, language: Language, policy: CachePolicy, markup: String) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag())),
        (header::CACHE_CONTROL, policy.header()),
    ];
    (status, headers, Body::from(markup)).into_response()
}

fn file(document: Document) -> Response {
    let mut response = Body::from(document.body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(document.content_type));
    headers.insert(header::CACHE_CONTROL, document.policy.header());
    if document.noindex {
        headers.insert("x-robots-tag", HeaderValue::from_static("noindex"));
    }
    if let Some(language) = document.language {
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    }
    response
}

/// What is known already of the page around a failure.
#[derive(Default)]
struct Around {
    /// The frame of the moment that was read.
    frame: Option<Arc<Frame>>,
    /// Why the text left.
    removed: Option<WithdrawnNotice>,
}

/// The error page of a status; should even that fail, the status alone.
async fn failure(site: &Site, language: Language, fault: Fault, around: Around) -> Response {
    let Fault { status, word } = fault;
    let database_is_gone = status == StatusCode::SERVICE_UNAVAILABLE;
    let frame = match around.frame {
        Some(frame) => frame,
        None => frame::for_failure(site, language, database_is_gone).await,
    };
    let title = message(language, &format!("error-{word}-title"), &[]);
    let shell = Shell {
        language,
        description: title.clone(),
        title,
        canonical: None,
        alternates: Vec::new(),
        resource: None,
        counterpart: Place::Home.path(language.other()),
        translated: true,
        noindex: true,
        breadcrumb: Vec::new(),
        section: None,
        as_of: None,
        preview: None,
        head: Head::default(),
        frame,
    };
    let page = Page::new(
        language,
        Failure {
            shell,
            status: status.as_u16(),
            word,
            removed: around.removed,
        },
    );
    let mut response = match page.render() {
        Ok(markup) => html(status, language, CachePolicy::Never, markup),
        Err(error) => {
            tracing::error!(%error, "the error page cannot be rendered");
            status.into_response()
        }
    };
    if database_is_gone {
        response.headers_mut().insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    response
}
