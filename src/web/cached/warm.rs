//! The whole public site, made before anybody asks, as far as there is room: after the start, and what died after each
//! change. Then the codings that take their time.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use tokio::sync::Notify;
use tower::ServiceExt;

use super::Cache;
use super::entry::Entry;
use super::key::Share;
use crate::error::Result;
use crate::i18n::Language;
use crate::model::Kind;
use crate::model::address::{self, Place};
use crate::web::Site;
use crate::web::formats::{Format, SECURITY, SITEMAP, WHOLE_FEED};

/// How long to wait before what nobody asked for is made: who asks at that moment is answered first.
const BREATH: Duration = Duration::from_millis(200);

/// What is to be made ahead.
#[derive(Debug, Default)]
pub struct Wanted {
    /// Rung when something may be missing.
    bell: Notify,
    /// Where answers died.
    died: Mutex<BTreeSet<Died>>,
}

/// Where an answer died, in the order in which they are made again: what was asked for, then the short paths, since home and
/// lists are shorter than what they list.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Died {
    is_unasked: bool,
    length: usize,
    path: Box<str>,
}

impl Wanted {
    fn asked(&self) -> Vec<String> {
        let died = self.died();
        let asked = died.iter().take_while(|died| !died.is_unasked);
        asked.map(|died| died.path.clone().into()).collect()
    }

    fn next_died(&self) -> Option<String> {
        self.died().pop_first().map(|died| died.path.into())
    }

    fn died(&self) -> MutexGuard<'_, BTreeSet<Died>> {
        self.died.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes what is missing each time that something died, for ever. `router` is what answers readers.
pub async fn warm(site: Arc<Site>, router: Router) {
    let cache = &site.cache;
    loop {
        cache.wanted.bell.notified().await;
        cache.settled.store(false, Ordering::Relaxed);
        // Somebody may wait for it already.
        for path in cache.wanted.asked() {
            make(&site, &router, path).await;
        }
        tokio::time::sleep(BREATH).await;
        // What was kept finds room again; those too, if another change came while they were made.
        while let Some(path) = cache.wanted.next_died() {
            make(&site, &router, path).await;
        }
        let filled = fill(&site, &router).await;
        if let Err(error) = &filled {
            // The next change, or the database's return, begins anew.
            tracing::debug!(%error, "nothing can be made ahead");
        }
        let is_finished = cache.finish().await;
        cache.settled.store(filled.is_ok() && is_finished, Ordering::Relaxed);
    }
}

/// Makes whatever is missing, while there is room and until something dies, which comes first.
async fn fill(site: &Site, router: &Router) -> Result<()> {
    let Cache { store, wanted, .. } = &site.cache;
    let may_go_on = || store.is_open() && !store.is_full() && wanted.died().is_empty();
    if !may_go_on() {
        return Ok(());
    }
    let documents = address::all(&site.pool).await?;
    for path in addresses(&documents).take_while(|_| may_go_on()) {
        make(site, router, path).await;
    }
    Ok(())
}

/// Every address of the public site with these documents, those that are asked for most first, pictures last: one after the
/// other, since a large site has hundreds of thousands.
fn addresses(documents: &[(String, Kind)]) -> impl Iterator<Item = String> {
    let places = [Place::Plan, Place::Search, Place::QuoteCheck, Place::Api];
    let places = places
        .into_iter()
        .flat_map(|place| Language::ALL.map(|language| place.path(language)));
    let files = ["/", SITEMAP, "/robots.txt", SECURITY, WHOLE_FEED.fr, WHOLE_FEED.en];
    let pages = documents.iter().map(|(path, _)| path.clone());
    let histories = documents.iter().map(|(path, _)| address::history(path));
    let (pictures, forms): (Vec<Format>, Vec<Format>) = Format::ALL.into_iter().partition(|form| *form == Format::Card);
    let forms = forms.into_iter().chain(pictures).flat_map(|form| {
        let served = documents.iter().filter(move |(_, kind)| form.serves(*kind));
        served.map(move |(path, _)| format!("{path}{}", form.extension()))
    });
    let files = files.map(str::to_owned).into_iter();
    files.chain(pages).chain(places).chain(histories).chain(forms)
}

/// Asks for an address that has no fresh answer, and rests as long: readers come first. Without the database that is vain.
async fn make(site: &Site, router: &Router, path: String) {
    if site.cache.fresh(&path).is_some() || !site.cache.store.is_open() {
        return;
    }
    if let Ok(request) = Request::get(path).body(Body::empty()) {
        let began = Instant::now();
        let Ok(_) = router.clone().oneshot(request).await;
        tokio::time::sleep(began.elapsed()).await;
    }
}

impl Cache {
    /// Has made ahead what is missing: these answers, which died, and the rest of the site.
    pub(super) fn want(&self, died: Vec<Arc<Entry>>) {
        let present = died.iter().filter(|entry| entry.share() == Share::Present);
        self.wanted.died().extend(present.map(|entry| Died {
            is_unasked: !entry.take_asked(),
            length: entry.path().len(),
            path: entry.path().into(),
        }));
        // To free them takes time, which belongs to who asks at that moment.
        tokio::spawn(async move {
            tokio::time::sleep(BREATH).await;
            tokio::task::spawn_blocking(|| drop(died));
        });
        self.wanted.bell.notify_one();
    }

    /// Makes the codings that take their time, half of the time, until something dies, which comes first; whether all are
    /// made.
    pub async fn finish(&self) -> bool {
        for entry in self.store.unfinished() {
            if !self.wanted.died().is_empty() {
                return false;
            }
            let began = Instant::now();
            // Joining fails only where the making panics, which leaves the other codings.
            let _ = tokio::task::spawn_blocking(move || entry.codings.finish()).await;
            tokio::time::sleep(began.elapsed()).await;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_is_made_before_the_rest_and_short_paths_before_long_ones() {
        let wanted = Wanted::default();
        for (path, is_unasked) in [
            ("/fr/mandats", true),
            ("/fr", true),
            ("/fr/mission", false),
            ("/en", false),
        ] {
            wanted.died().insert(Died {
                is_unasked,
                length: path.len(),
                path: path.into(),
            });
        }
        assert_eq!(wanted.asked(), ["/en", "/fr/mission"]);
        let all: Vec<String> = std::iter::from_fn(|| wanted.next_died()).collect();
        assert_eq!(all, ["/en", "/fr/mission", "/fr", "/fr/mandats"]);
    }
}
