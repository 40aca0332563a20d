//! Every route, and the middleware around them with the reason for each layer.

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;

use super::{Site, api, cached, client, formats, memento, operator, public, quote, render, replica, search, security};
use crate::i18n::Language;
use crate::model::address::Place;

/// The whole site, which leaves one line in the log for each request.
pub fn router(site: Arc<Site>) -> Router {
    answering(&site).layer(from_fn_with_state(site, client::log))
}

/// The whole site, which leaves no line in the log.
pub fn answering(site: &Arc<Site>) -> Router {
    let with_tools = Language::ALL.into_iter().fold(Router::new(), |router, language| {
        router
            .route(&Place::Search.path(language), get(search::page))
            .route(&Place::QuoteCheck.path(language), get(quote::page))
    });
    let routes = with_tools
        .route("/", get(public::root))
        .route("/static/{name}", get(public::asset))
        .route("/timegate/{*path}", get(memento::timegate))
        .route("/timemap/{*path}", get(memento::timemap))
        .merge(api::routes())
        .route(formats::WHOLE_FEED.fr, get(formats::feed))
        .route(formats::WHOLE_FEED.en, get(formats::feed))
        .route(formats::SITEMAP, get(formats::sitemap))
        .route("/robots.txt", get(formats::robots))
        .route(formats::SECURITY, get(formats::security))
        // Every other public path belongs to a document, which the database knows (its short link, its past, its history
        // too), or is the site plan: `address::parse` tells which.
        .route("/{*path}", get(public::page))
        .method_not_allowed_fallback(public::other_method)
        // What has no path at all, such as `OPTIONS *`.
        .fallback(public::other_method);
    layered(routes, Arc::clone(site))
}

/// What the operator asks, on a listener of its own.
pub fn for_operator(site: Arc<Site>) -> Router {
    Router::new()
        .route("/healthz", get(operator::health))
        .route("/readyz", get(operator::readiness))
        .route("/metrics", get(operator::numbers))
        .with_state(site)
}

/// What stands around every route.
fn layered(routes: Router<Arc<Site>>, site: Arc<Site>) -> Router {
    routes
        // From the inside out: a panic is an error page like any other, …
        .layer(CatchPanicLayer::custom(render::panicked))
        // … pages and failures become HTML in the language of the path, with their cache policy, …
        .layer(from_fn_with_state(Arc::clone(&site), render::render))
        // … made again where a replica failed, …
        .layer(from_fn_with_state(Arc::clone(&site), replica::answer))
        // … or, where the renderer itself panics, a few words, …
        .layer(CatchPanicLayer::custom(render::last_words))
        // … and every response, whatever it is, carries the security headers, …
        .layer(from_fn_with_state(Arc::clone(&site), security::headers))
        // … and is kept with them where it may be, and sent in a coding that the reader takes, if the reader lacks it.
        .layer(from_fn_with_state(Arc::clone(&site), cached::answer))
        .with_state(site)
}

#[cfg(test)]
mod tests {
    use askama::Template;
    use axum::body::Body;
    use axum::http::{HeaderMap, Request, StatusCode};
    use http_body_util::BodyExt;
    use sqlx::postgres::{PgConnectOptions, PgPool};
    use tower::ServiceExt;

    use super::super::answer::{Answer, Page};
    use super::*;
    use crate::i18n::Language;

    /// Its template asks for a word that is not there.
    #[derive(Template)]
    #[template(source = "{{ words[0] }}", ext = "html")]
    struct Broken {
        words: Vec<&'static str>,
    }

    async fn ask(path: &str) -> (StatusCode, HeaderMap, String) {
        let pool = PgPool::connect_lazy_with(PgConnectOptions::new_without_pgpass().socket("/nowhere"));
        let site = Arc::new(Site::new(
            pool,
            "https://mandat.example".parse().unwrap(),
            false,
            Vec::new(),
        ));
        let routes = Router::new()
            .route("/fr/handler", get(async || -> Answer { panic!("canari") }))
            .route(
                "/en/page",
                get(async || Answer::Page(Page::new(Language::English, Broken { words: Vec::new() }))),
            );
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = layered(routes, site).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn panics_of_handlers_and_templates_are_told_in_words() {
        for (path, language, words) in [
            ("/fr/handler", "fr-CA", "Problème technique"),
            ("/en/page", "en-CA", "Technical problem"),
        ] {
            let (status, headers, body) = ask(path).await;
            assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            assert_eq!(headers["content-language"], language, "{path}");
            assert_eq!(headers["cache-control"], "no-store", "{path}");
            assert!(
                body.contains("<h1") && body.contains(words) && !body.contains("canari"),
                "{path}: {body}"
            );
        }
    }

    #[tokio::test]
    async fn a_panic_of_the_renderer_leaves_a_few_words() {
        let response = render::last_words(Box::new("canari"));
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let body = response.into_body().collect().await.unwrap().to_bytes();
        assert_eq!(body, "Problème technique\nTechnical problem");
    }
}
