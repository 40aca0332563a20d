//! What came back, read as HTML.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt;
use scraper::{Html, Selector};

/// What came back.
pub struct Answer {
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The answer to whoever asked for this path.
    pub async fn of(path: &str, response: Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Self {
            path: path.to_owned(),
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body.into(),
        }
    }

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

    /// An attribute of every element that has it, among those that the selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let found = self.html();
        found
            .select(&css(selector))
            .filter_map(|element| element.attr(name).map(str::to_owned))
            .collect()
    }

    /// Whether the selector finds anything.
    pub fn has(&self, selector: &str) -> bool {
        self.html().select(&css(selector)).next().is_some()
    }

    /// The words of every element that the selector finds, white space folded.
    pub fn words(&self, selector: &str) -> Vec<String> {
        let words = |element: scraper::ElementRef<'_>| element.text().collect::<String>();
        let fold = |text: String| text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        self.html().select(&css(selector)).map(words).map(fold).collect()
    }
}

/// A path with the parameters of a form.
pub fn asking(path: &str, parameters: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    format!("{path}?{query}")
}

/// A CSS selector.
pub fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}
