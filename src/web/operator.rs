//! What the operator asks, on a listener that readers do not reach.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use tokio::net::TcpListener;

use super::routes::for_operator;
use super::{Site, metrics};

/// Answers the operator for ever.
pub async fn serve(listener: TcpListener, site: Arc<Site>) {
    if let Err(error) = axum::serve(listener, for_operator(site)).await {
        tracing::error!(%error, "the operator is no longer answered");
    }
}

/// `/healthz`: the process answers.
pub async fn health() -> &'static str {
    "ok\n"
}

/// `/readyz`: readers can be sent here. A node whose database is gone still has what it keeps.
pub async fn readiness(State(site): State<Arc<Site>>) -> (StatusCode, &'static str) {
    if site.cache.has_followed() {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "starting\n")
    }
}

/// `/metrics`: every number.
pub async fn numbers(State(site): State<Arc<Site>>) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (kind, metrics::text(&site)).into_response()
}
