//! What the desk's handlers return: a page is a value, which one middleware renders.

use askama::Template;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::super::answer::Page;
use crate::i18n::Language;

/// The answer of a handler of the desk; never kept by any cache.
#[derive(Debug, Clone)]
pub struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) page: Option<Page>,
}

impl Answer {
    /// A page, 200 unless said otherwise.
    pub fn page(language: Language, template: impl Template + Send + Sync + 'static) -> Self {
        Self {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            page: Some(Page::new(language, template)),
        }
    }

    /// A page that was made elsewhere.
    pub fn of(page: Page) -> Self {
        Self {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            page: Some(page),
        }
    }

    /// That it was done, to a script: 204.
    pub fn nothing() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            headers: HeaderMap::new(),
            page: None,
        }
    }

    /// Another path of the desk: 303, the answer to a form.
    pub fn found(path: &str) -> Self {
        let found = Self {
            status: StatusCode::SEE_OTHER,
            headers: HeaderMap::new(),
            page: None,
        };
        found.with(header::LOCATION, path)
    }

    /// The same, under another status.
    pub fn under(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The same, with one more header.
    pub fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.append(name, value);
        }
        self
    }

    /// The same, with cookies.
    pub fn setting(self, cookies: impl IntoIterator<Item = String>) -> Self {
        cookies
            .into_iter()
            .fold(self, |answer, cookie| answer.with(header::SET_COOKIE, &cookie))
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
