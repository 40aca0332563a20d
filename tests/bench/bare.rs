//! Two bare handlers of axum that send bytes from memory, to measure Mandat against: one with all the headers of a page,
//! one with four. `bare FOLDER` prints where it listens; the folder holds `headers` (one a line) and `body`, and a request
//! whose `If-None-Match` is the page's validator is answered 304.

use std::path::Path;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use axum::routing::get;

type Failure = Box<dyn std::error::Error>;

/// What a bare handler sends.
#[derive(Clone)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn read(folder: &Path) -> Result<Self, Failure> {
        let mut headers = HeaderMap::new();
        for line in std::fs::read_to_string(folder.join("headers"))?.lines() {
            let (name, value) = line.split_once(": ").ok_or("a header is a name and a value")?;
            headers.append(name.parse::<HeaderName>()?, value.parse::<HeaderValue>()?);
        }
        let body = std::fs::read(folder.join("body"))?.into();
        Ok(Self { headers, body })
    }

    /// The same, with four headers.
    fn with_four(&self) -> Self {
        let kept = [
            header::CONTENT_TYPE,
            header::CONTENT_ENCODING,
            header::CACHE_CONTROL,
            header::ETAG,
        ];
        let headers = self.headers.iter().filter(|(name, _)| kept.contains(name));
        Self {
            headers: headers.map(|(name, value)| (name.clone(), value.clone())).collect(),
            body: self.body.clone(),
        }
    }

    fn send(&self, asked: &HeaderMap) -> Response<Body> {
        let tag = self.headers.get(header::ETAG);
        let is_known = tag.is_some() && asked.get(header::IF_NONE_MATCH) == tag;
        let body = if is_known {
            Body::empty()
        } else {
            Body::from(self.body.clone())
        };
        let mut response = Response::new(body);
        if is_known {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        response.headers_mut().clone_from(&self.headers);
        response
    }
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let folder = std::env::args_os().nth(1).ok_or("usage: bare FOLDER")?;
    let full = Answer::read(folder.as_ref())?;
    let four = full.with_four();
    let routes = Router::new()
        .route("/full", get(async move |asked: HeaderMap| full.send(&asked)))
        .route("/four", get(async move |asked: HeaderMap| four.send(&asked)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, routes).await?;
    Ok(())
}
