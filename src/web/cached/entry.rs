//! A kept answer, and what it lives by: the documents that it shows, the next instant at which any of them changes by
//! itself, the end of the day.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::key::{Key, Share};
use super::whole::Codings;
use crate::model::announcement::Changed;
use crate::model::{DocumentId, Subjects};
use crate::web::metrics::Route;

/// What an answer takes in memory beside its bodies: three sets of headers, its places in the index and in the order.
const AROUND: usize = 6 << 10;

/// When an answer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// When a document that it shows next changes by itself, in microseconds of the database's clock.
    pub change: Option<i64>,
    /// When the day ends in Québec: a page names its year, a history the last date that can be typed.
    pub midnight: i64,
}

/// A kept answer.
#[derive(Debug)]
pub struct Entry {
    key: Key,
    /// Its kind of address.
    pub route: Route,
    /// The answer.
    pub codings: Arc<Codings>,
    /// The documents that it shows, in order; none where any may change it.
    documents: Option<Box<[DocumentId]>>,
    term: Term,
    /// Whether somebody asked for it since the last look.
    asked: AtomicBool,
    /// Its place in the order in which answers make room.
    place: AtomicU64,
}

impl Entry {
    /// An answer that lives until its term.
    #[must_use]
    pub fn new(key: Key, codings: Arc<Codings>, subjects: &Subjects, term: Term) -> Self {
        Self {
            route: Route::of(key.path()),
            key,
            codings,
            documents: subjects.documents().map(Vec::into_boxed_slice),
            term,
            asked: AtomicBool::new(false),
            place: AtomicU64::new(0),
        }
    }

    /// The path by which it is found.
    #[must_use]
    pub fn path(&self) -> &str {
        self.key.path()
    }

    /// Which room it takes.
    #[must_use]
    pub const fn share(&self) -> Share {
        self.key.share
    }

    /// How much room that is.
    #[must_use]
    pub fn size(&self) -> usize {
        let documents = self.documents.as_ref().map_or(0, |documents| size_of_val(&**documents));
        AROUND + documents + self.codings.size()
    }

    /// Whether it says what is true at an instant, though perhaps of another day.
    #[must_use]
    pub fn holds(&self, now: i64) -> bool {
        self.term.change.is_none_or(|change| now < change)
    }

    /// Whether it says the whole truth.
    #[must_use]
    pub fn is_fresh(&self, now: i64) -> bool {
        self.holds(now) && now < self.term.midnight
    }

    /// Whether something that changed is on it.
    #[must_use]
    pub fn shows(&self, changed: &Changed) -> bool {
        match (changed, &self.documents) {
            (Changed::Documents(changed), _) if changed.is_empty() => false,
            (Changed::Everything, _) | (_, None) => true,
            (Changed::Documents(changed), Some(documents)) => {
                changed.iter().any(|document| documents.binary_search(document).is_ok())
            }
        }
    }

    /// Remembers that somebody asked for it.
    pub fn was_asked(&self) {
        // Written once, not by each reader: a line of memory that is only read is shared by all processors.
        if !self.asked.load(Ordering::Relaxed) {
            self.asked.store(true, Ordering::Relaxed);
        }
    }

    /// Whether somebody asked for it since this was last asked.
    pub(super) fn take_asked(&self) -> bool {
        self.asked.swap(false, Ordering::Relaxed)
    }

    pub(super) fn place(&self) -> u64 {
        self.place.load(Ordering::Relaxed)
    }

    pub(super) fn put(&self, place: u64) {
        self.place.store(place, Ordering::Relaxed);
    }
}
