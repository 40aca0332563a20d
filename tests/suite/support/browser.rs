//! Somebody at the desk: a browser with its cookies.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, Request, header};
use tower::ServiceExt;

use super::answer::Answer;

/// The password of everybody in these tests.
pub const PASSWORD: &str = "crayon girafe moulin";

/// A browser.
pub struct Browser {
    node: Router,
    cookies: Mutex<BTreeMap<String, String>>,
    sent: HeaderMap,
}

impl Browser {
    /// A browser in which nobody has signed in, in front of a node.
    pub fn to(node: Router) -> Self {
        let own = (
            header::HeaderName::from_static("sec-fetch-site"),
            HeaderValue::from_static("same-origin"),
        );
        Self {
            node,
            cookies: Mutex::default(),
            sent: HeaderMap::from_iter([own]),
        }
    }

    /// The same browser, in front of another node.
    pub fn before(self, node: Router) -> Self {
        Self { node, ..self }
    }

    /// The same, which sends this header instead.
    pub fn sending(mut self, name: &'static str, value: &str) -> Self {
        self.sent.insert(name, value.parse().unwrap());
        self
    }

    /// The same, which sends this header not.
    pub fn without(mut self, name: &str) -> Self {
        self.sent.remove(name);
        self
    }

    /// Types address and password.
    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        self.post("/admin/fr/session", &[("email", email), ("password", password)])
            .await
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, Body::empty()).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.ask(Method::POST, path, Body::from(form)).await
    }

    /// Asks in any way.
    pub async fn ask(&self, method: Method, path: &str, body: Body) -> Answer {
        let is_form = method == Method::POST;
        let mut request = Request::builder().method(method).uri(path).body(body).unwrap();
        request.headers_mut().extend(self.sent.clone());
        if is_form {
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            request.headers_mut().insert(header::CONTENT_TYPE, form);
        }
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            let cookies = cookies.join("; ").parse().unwrap();
            request.headers_mut().insert(header::COOKIE, cookies);
        }
        let response = self.node.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        let answer = Answer::of(path, response).await;
        // A server gives up on an answer that is not as long as it says.
        let length = answer.header("content-length");
        assert!(length.is_empty() || length == answer.bytes.len().to_string(), "{path}");
        answer
    }

    fn keep(&self, cookie: &str) {
        let (name, rest) = cookie.split_once('=').unwrap();
        let (value, attributes) = rest.split_once(';').unwrap();
        let mut cookies = self.cookies.lock().unwrap();
        if attributes.contains("Max-Age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// The cookies that the browser has.
    pub fn cookies(&self) -> BTreeMap<String, String> {
        self.cookies.lock().unwrap().clone()
    }

    /// Another browser, or this one later, with these cookies.
    pub fn with_cookies(self, cookies: BTreeMap<String, String>) -> Self {
        *self.cookies.lock().unwrap() = cookies;
        self
    }
}
