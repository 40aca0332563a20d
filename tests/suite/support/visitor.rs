//! Somebody who asks the site for pages.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request};
use mandat::web::{Site, router};
use tower::ServiceExt;

pub use super::answer::{Answer, asking, css};
use super::database::TestDatabase;

/// The public origin of the sites under test.
pub const ORIGIN: &str = "https://mandat.example";

/// A visitor without an account.
#[derive(Clone)]
pub struct Visitor {
    router: Router,
    sent: HeaderMap,
}

impl Visitor {
    /// A visitor of the site that reads from this database.
    pub fn new(database: &TestDatabase) -> Self {
        Self::of(database, ORIGIN, false)
    }

    /// The same, of a site with another origin, or of the institution's official one.
    pub fn of(database: &TestDatabase, origin: &str, official: bool) -> Self {
        let site = Site::new(
            database.pools.site.clone(),
            origin.parse().unwrap(),
            official,
            Vec::new(),
        );
        Self::to(site.into())
    }

    /// A visitor of a site.
    pub fn to(site: Arc<Site>) -> Self {
        Self {
            router: router(site),
            sent: HeaderMap::new(),
        }
    }

    /// The same, whose browser sends this header too.
    pub fn sending(mut self, name: &'static str, value: &'static str) -> Self {
        self.sent.insert(name, HeaderValue::from_static(value));
        self
    }

    /// The same, whose browser prefers these languages.
    pub fn preferring(self, languages: &'static str) -> Self {
        self.sending("accept-language", languages)
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path).await
    }

    /// Asks in another way.
    pub async fn ask(&self, method: Method, path: &str) -> Answer {
        let request = Request::builder().method(method).uri(path).body(Body::empty());
        let mut request = request.unwrap();
        request.headers_mut().extend(self.sent.clone());
        let response = self.router.clone().oneshot(request).await.unwrap();
        Answer::of(path, response).await
    }
}
