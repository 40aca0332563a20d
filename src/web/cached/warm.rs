//! The whole public site, made before anybody asks, as far as there is room: after the start, and what died after each
//! change. Then the codings that take their time.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use tower::ServiceExt;

use super::Cache;
use crate::error::Result;
use crate::i18n::Language;
use crate::model::address::{self, Place};
use crate::web::Site;
use crate::web::formats::{Format, SECURITY, SITEMAP, WHOLE_FEED};

/// Makes what is missing each time that something died, for ever. `router` is what answers readers.
pub async fn warm(site: Arc<Site>, router: Router) {
    loop {
        site.cache.wanted.notified().await;
        match addresses(&site).await {
            Ok(paths) => make(&site, &router, paths).await,
            // The next change, or the database's return, begins anew.
            Err(error) => tracing::debug!(%error, "nothing can be made ahead"),
        }
        site.cache.finish().await;
    }
}

/// Every address of the public site, those that are asked for most first, pictures last.
async fn addresses(site: &Site) -> Result<Vec<String>> {
    let documents = address::all(&site.pool).await?;
    let places = [Place::Plan, Place::Search, Place::QuoteCheck, Place::Api];
    let places = places
        .iter()
        .flat_map(|place| Language::ALL.map(|language| place.path(language)));
    let files = ["/", SITEMAP, "/robots.txt", SECURITY, WHOLE_FEED.fr, WHOLE_FEED.en];
    let pages = documents.iter().map(|(path, _)| path.clone());
    let mut paths: Vec<String> = files
        .map(str::to_owned)
        .into_iter()
        .chain(pages)
        .chain(places)
        .collect();
    paths.extend(documents.iter().map(|(path, _)| address::history(path)));
    let (pictures, forms): (Vec<Format>, Vec<Format>) = Format::ALL.into_iter().partition(|form| *form == Format::Card);
    for form in forms.into_iter().chain(pictures) {
        let served = documents.iter().filter(|(_, kind)| form.serves(*kind));
        paths.extend(served.map(|(path, _)| format!("{path}{}", form.extension())));
    }
    Ok(paths)
}

/// Asks for each address that has no fresh answer, one at a time, half of the time: readers come first.
async fn make(site: &Site, router: &Router, paths: Vec<String>) {
    for path in paths {
        let is_kept = site.cache.fresh(&path).is_some();
        if site.cache.store.is_full() || !site.cache.store.is_open() {
            return;
        }
        let Ok(request) = Request::get(path).body(Body::empty()) else {
            continue;
        };
        if !is_kept {
            let began = Instant::now();
            let Ok(_) = router.clone().oneshot(request).await;
            tokio::time::sleep(began.elapsed()).await;
        }
    }
}

impl Cache {
    /// Makes the codings that take their time, half of the time, until something is heard that comes first.
    pub async fn finish(&self) {
        let heard = self.store.heard();
        for entry in self.store.unfinished() {
            if self.store.heard() != heard {
                return;
            }
            let began = Instant::now();
            // Joining fails only where the making panics, which leaves the other codings.
            let _ = tokio::task::spawn_blocking(move || entry.codings.finish()).await;
            tokio::time::sleep(began.elapsed()).await;
        }
    }
}
