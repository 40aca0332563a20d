//! What stands before the routes: an answer that is kept goes out at once, the rest goes through them.

use std::convert::Infallible;
use std::future::Ready;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::ConnectInfo;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::{Full, Limited};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::service::Service;
use tower::ServiceExt;

use crate::web::Site;
use crate::web::metrics::{Metrics, Route};

/// How long a request may take as a whole, its body included; handlers have less.
const LONGEST: Duration = Duration::from_secs(30);
/// How large a body may be: a form with the longest texts.
const LARGEST_BODY: usize = 4 << 20;

/// What answers a connection.
#[derive(Debug, Clone)]
pub struct Front {
    site: Arc<Site>,
    router: Router,
    peer: Option<SocketAddr>,
}

impl Front {
    /// What stands before these routes of a site.
    #[must_use]
    pub const fn new(site: Arc<Site>, router: Router) -> Self {
        Self {
            site,
            router,
            peer: None,
        }
    }

    /// The same, for a client.
    pub(super) fn to(&self, peer: SocketAddr) -> Self {
        Self {
            peer: Some(peer),
            ..self.clone()
        }
    }

    pub(super) fn metrics(&self) -> &Metrics {
        &self.site.metrics
    }

    /// The answer of the routes.
    async fn through(self, request: Request<Incoming>) -> Response<Body> {
        let route = Route::of(request.uri().path());
        let mut request = request.map(|body| Body::new(Limited::new(body, LARGEST_BODY)));
        if let Some(peer) = self.peer {
            request.extensions_mut().insert(ConnectInfo(peer));
        }
        let answered = tokio::time::timeout(LONGEST, self.router.oneshot(request)).await;
        let mut response = answered.map_or_else(|_| too_slow(), |Ok(response)| response);
        if response.status() == StatusCode::NOT_MODIFIED {
            // Axum counts the bytes of no body; the length would be that of the page (RFC 9110 §8.6).
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
        self.site.metrics.answered(route, response.status());
        response
    }
}

/// 408, and the connection closes: who still sends is not read.
fn too_slow() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::REQUEST_TIMEOUT;
    let close = axum::http::HeaderValue::from_static("close");
    response.headers_mut().insert(header::CONNECTION, close);
    response
}

/// The body of an answer.
#[derive(Debug)]
pub enum Sent {
    /// It was kept.
    Kept(Full<Bytes>),
    /// The routes made it.
    Made(Body),
}

impl Default for Sent {
    fn default() -> Self {
        Self::Kept(Full::default())
    }
}

impl From<Bytes> for Sent {
    fn from(kept: Bytes) -> Self {
        Self::Kept(kept.into())
    }
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match self.get_mut() {
            Self::Kept(body) => Pin::new(body).poll_frame(context).map_err(|never| match never {}),
            Self::Made(body) => Pin::new(body).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Kept(body) => body.is_end_stream(),
            Self::Made(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Kept(body) => body.size_hint(),
            Self::Made(body) => body.size_hint(),
        }
    }
}

/// An answer on its way.
pub enum Answering {
    /// It was kept.
    Kept(Ready<Response<Sent>>),
    /// The routes make it.
    Made(Pin<Box<dyn Future<Output = Response<Body>> + Send>>),
}

impl Future for Answering {
    type Output = Result<Response<Sent>, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            Self::Kept(answer) => Pin::new(answer).poll(context).map(Ok),
            Self::Made(answer) => answer.as_mut().poll(context).map(|answer| Ok(answer.map(Sent::Made))),
        }
    }
}

impl Service<Request<Incoming>> for Front {
    type Response = Response<Sent>;
    type Error = Infallible;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        match self.site.cache.kept(request.method(), request.uri(), request.headers()) {
            Some((route, response)) => {
                self.site.metrics.answered(route, response.status());
                Answering::Kept(std::future::ready(response))
            }
            None => Answering::Made(Box::pin(self.clone().through(request))),
        }
    }
}
