//! Two bare handlers of axum that send bytes from memory, to measure Mandat against: one with all the headers of a page,
//! one with four. `bare FOLDER` prints where it listens; the folder holds `headers` (one a line), those of the 304 in
//! `unchanged`, and `body`. A request whose `If-None-Match` is the page's validator is answered 304.

use std::path::Path;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use axum::routing::get;
use axum::serve::ListenerExt;

type Failure = Box<dyn std::error::Error>;

/// What a bare handler sends: everything is ready, and only cloned.
#[derive(Clone)]
struct Answer {
    headers: HeaderMap,
    unchanged: HeaderMap,
    body: Bytes,
}

impl Answer {
    fn read(folder: &Path) -> Result<Self, Failure> {
        Ok(Self {
            headers: headers(&folder.join("headers"))?,
            unchanged: headers(&folder.join("unchanged"))?,
            body: std::fs::read(folder.join("body"))?.into(),
        })
    }

    /// The same, with four headers.
    fn with_four(&self) -> Self {
        let kept = [
            header::CONTENT_TYPE,
            header::CONTENT_ENCODING,
            header::CACHE_CONTROL,
            header::ETAG,
        ];
        let four = |headers: &HeaderMap| {
            let headers = headers.iter().filter(|(name, _)| kept.contains(name));
            headers.map(|(name, value)| (name.clone(), value.clone())).collect()
        };
        Self {
            headers: four(&self.headers),
            unchanged: four(&self.unchanged),
            body: self.body.clone(),
        }
    }

    fn send(&self, request: &Request) -> Response<Body> {
        let tag = self.headers.get(header::ETAG);
        if tag.is_some() && request.headers().get(header::IF_NONE_MATCH) == tag {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().clone_from(&self.unchanged);
            return response;
        }
        let mut response = Response::new(Body::from(self.body.clone()));
        response.headers_mut().clone_from(&self.headers);
        response
    }
}

fn headers(file: &Path) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    for line in std::fs::read_to_string(file)?.lines() {
        let (name, value) = line.split_once(": ").ok_or("a header is a name and a value")?;
        headers.append(name.parse::<HeaderName>()?, value.parse::<HeaderValue>()?);
    }
    Ok(headers)
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let folder = std::env::args_os().nth(1).ok_or("usage: bare FOLDER")?;
    let full = Answer::read(folder.as_ref())?;
    let four = full.with_four();
    let routes = Router::new()
        .route("/full", get(async move |request: Request| full.send(&request)))
        .route("/four", get(async move |request: Request| four.send(&request)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    let at_once = |stream: &mut tokio::net::TcpStream| stream.set_nodelay(true).unwrap_or_default();
    axum::serve(listener.tap_io(at_once), routes).await?;
    Ok(())
}
