//! What handlers return: a page is a value, which one middleware renders.

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use askama::Template;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::cache::CachePolicy;
use super::view::{Frame, WithdrawnNotice};
use crate::error::Error;
use crate::i18n::Language;

/// A page that is not rendered yet.
#[derive(Clone)]
pub struct Page {
    /// The language of its head and frame.
    pub language: Language,
    /// What caches may do with it.
    pub(super) policy: CachePolicy,
    /// What it says of its versions (RFC 7089).
    pub(super) versions: HeaderMap,
    template: Arc<dyn Render>,
}

/// A template that can be rendered late.
trait Render: Send + Sync {
    fn render_late(&self) -> askama::Result<String>;
}

impl<T: Template + Send + Sync> Render for T {
    fn render_late(&self) -> askama::Result<String> {
        self.render()
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Page")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl Page {
    /// A page of a language.
    pub fn new(language: Language, template: impl Template + Send + Sync + 'static) -> Self {
        Self {
            language,
            policy: CachePolicy::Page,
            versions: HeaderMap::new(),
            template: Arc::new(template),
        }
    }

    /// The same page, under a cache policy and with what it says of its versions.
    pub(super) fn sent(self, policy: CachePolicy, versions: HeaderMap) -> Self {
        Self {
            policy,
            versions,
            ..self
        }
    }

    /// Renders it.
    ///
    /// # Errors
    /// The template fails, be it by a panic.
    pub fn render(&self) -> askama::Result<String> {
        let rendered = catch_unwind(AssertUnwindSafe(|| self.template.render_late()));
        rendered.unwrap_or_else(|cause| Err(askama::Error::custom(words_of(cause.as_ref()))))
    }
}

/// What a panic said, for the log.
pub fn words_of(cause: &(dyn Any + Send)) -> String {
    let told = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied());
    format!("a panic: {}", told.unwrap_or("without words"))
}

/// A document in another form than HTML.
#[derive(Debug, Clone)]
pub struct Document {
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The language of its words, where it has one.
    pub language: Option<Language>,
    /// What caches may do with it.
    pub(super) policy: CachePolicy,
    /// Keep it out of search engines.
    pub(super) noindex: bool,
    /// The whole of it.
    pub body: Bytes,
}

/// The answer of a public handler.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A page, 200.
    Page(Page),
    /// A document in another form than HTML, 200.
    Document(Document),
    /// Another path of this site, for ever: 308, which unlike 301 never turns one method into another.
    Moved(String),
    /// Another path of this site, for this request: 303, the answer to a form.
    Found(String),
    /// 410: the document was removed, with an explanation.
    Removed {
        /// When and why, and what took its place.
        notice: Box<WithdrawnNotice>,
        /// What stands around it at the same moment.
        frame: Arc<Frame>,
        /// What the page says of its versions (RFC 7089).
        versions: HeaderMap,
    },
    /// What failed at a moment that was read already.
    Failed {
        /// What failed.
        error: Arc<Error>,
        /// What stands around the error page at that moment.
        frame: Arc<Frame>,
    },
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = match &self {
            Self::Failed { error, .. } => status_of(error).into_response(),
            _ => StatusCode::OK.into_response(),
        };
        let redirect = match &self {
            Self::Moved(path) => Some((StatusCode::PERMANENT_REDIRECT, path)),
            Self::Found(path) => Some((StatusCode::SEE_OTHER, path)),
            Self::Page(_) | Self::Document(_) | Self::Removed { .. } | Self::Failed { .. } => None,
        };
        if let Some((status, path)) = redirect {
            *response.status_mut() = status;
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, CachePolicy::Page.header());
            if let Ok(location) = HeaderValue::from_str(path) {
                response.headers_mut().insert(header::LOCATION, location);
            }
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = status_of(&self).into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// The status under which a failure is told.
#[must_use]
pub const fn status_of(error: &Error) -> StatusCode {
    match error {
        Error::NotFound | Error::Ahead | Error::BeforeRecord => StatusCode::NOT_FOUND,
        Error::NoDate | Error::Parameter { .. } => StatusCode::BAD_REQUEST,
        Error::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Error::Forbidden | Error::ForeignForm => StatusCode::FORBIDDEN,
        Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Error::Unavailable(_) | Error::Interrupted => StatusCode::SERVICE_UNAVAILABLE,
        Error::Refused(_) | Error::Denied(_) | Error::Import { .. } | Error::Setup(_) | Error::Internal(_) => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}
