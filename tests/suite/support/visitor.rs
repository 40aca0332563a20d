//! Somebody who asks the site for pages, and reads what comes back as HTML.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use mandat::web::{Site, router};
use scraper::{Html, Selector};
use tower::ServiceExt;

use super::database::TestDatabase;

/// The public origin of the sites under test.
pub const ORIGIN: &str = "https://mandat.example";

/// A visitor without an account.
pub struct Visitor {
    router: Router,
    preferring: Option<&'static str>,
}

impl Visitor {
    /// A visitor of the site that reads from this database.
    pub fn new(database: &TestDatabase) -> Self {
        let site = Site::new(database.pools.site.clone(), ORIGIN.parse().unwrap(), false, Vec::new());
        Self {
            router: router(site.into()),
            preferring: None,
        }
    }

    /// The same, whose browser prefers these languages.
    pub fn preferring(self, languages: &'static str) -> Self {
        Self {
            preferring: Some(languages),
            ..self
        }
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path).await
    }

    /// Asks in another way.
    pub async fn ask(&self, method: Method, path: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(languages) = self.preferring {
            request = request.header(header::ACCEPT_LANGUAGE, languages);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer {
            path: path.to_owned(),
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}

/// What came back.
pub struct Answer {
    path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Asserts the status.
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.path);
        self
    }

    /// Asserts the language, in the headers and in the page.
    pub fn speaks(&self, language: &str) -> &Self {
        assert_eq!(self.header("content-language"), language, "{}", self.path);
        assert_eq!(self.attribute("html", "lang"), language, "{}", self.path);
        self
    }

    /// A header's value, empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The page.
    pub fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }

    /// An attribute of the first element that the selector finds.
    pub fn attribute(&self, selector: &str, name: &str) -> String {
        let found = self
            .html()
            .select(&css(selector))
            .next()
            .and_then(|element| element.attr(name).map(str::to_owned));
        found.unwrap_or_else(|| panic!("{}: no {selector} with {name}", self.path))
    }

    /// The words of every element that the selector finds, white space folded.
    pub fn words(&self, selector: &str) -> Vec<String> {
        let words = |element: scraper::ElementRef<'_>| element.text().collect::<String>();
        let fold = |text: String| text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        self.html().select(&css(selector)).map(words).map(fold).collect()
    }
}

/// A CSS selector.
pub fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}
