//! Somebody who asks the API, with headers of their own, and reads JSON.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request};
use http_body_util::BodyExt;
use mandat::web::{Site, router};
use serde_json::Value;
use tower::ServiceExt;

use crate::support::database::TestDatabase;
use crate::support::visitor::ORIGIN;

/// A machine that reads the API.
pub struct Machine(Router);

/// What came back.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Asserts that this is a problem of a status, whatever its language.
    pub fn is_problem(&self, status: u16) -> Value {
        let problem = self.json();
        assert_eq!(
            (self.status, self.header("content-type")),
            (status, "application/problem+json"),
            "{problem}"
        );
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], format!("{ORIGIN}/fr/api#problem-{status}"));
        assert_eq!(self.header("cache-control"), "no-store");
        problem
    }
}

impl Machine {
    pub fn new(database: &TestDatabase) -> Self {
        let site = Site::new(database.pools.site.clone(), ORIGIN.parse().unwrap(), false, Vec::new());
        Self(router(site.into()))
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self
            .0
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.collect().await.unwrap().to_bytes().to_vec(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", &format!("/api/v1/{path}"), &[]).await
    }

    pub async fn read(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        answer.json()
    }
}
