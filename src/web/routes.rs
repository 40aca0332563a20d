//! Every route, and the middleware around them with the reason for each layer.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use super::{Site, api, memento, public, render, security};

/// The whole site.
pub fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/", get(public::root))
        .route("/d/{number}", get(public::short_link))
        .route("/static/{name}", get(public::asset))
        .route("/timegate/{*path}", get(memento::timegate))
        .route("/timemap/{*path}", get(memento::timemap))
        .merge(api::routes())
        // Every other public path belongs to a document, which the database knows, or is the site plan.
        .route("/{*path}", get(public::page))
        .method_not_allowed_fallback(public::other_method)
        // What has no path at all, such as `OPTIONS *`.
        .fallback(public::other_method)
        // From the inside out: a panic is an error page like any other, …
        .layer(CatchPanicLayer::custom(render::panicked))
        // … pages and failures become HTML in the language of the path, with their cache policy, …
        .layer(from_fn_with_state(Arc::clone(&site), render::render))
        // … then are compressed, but for fonts, which are already, …
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(NotForContentType::new("font/"))))
        // … and every response, whatever it is, carries the security headers …
        .layer(from_fn_with_state(Arc::clone(&site), security::headers))
        // … and leaves one line in the log.
        .layer(from_fn_with_state(Arc::clone(&site), super::client::log))
        .with_state(site)
}
