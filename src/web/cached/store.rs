//! The kept answers: found without a lock, bounded in bytes. Nothing is kept unless the changes of the record are heard.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::quality::RandomState;
use papaya::HashMap;

use super::entry::Entry;
use super::key::Share;
use crate::model::announcement::Changed;

/// The part of the room that the past may take.
const PAST: usize = 8;

/// Every kept answer.
#[derive(Debug)]
pub struct Store {
    index: HashMap<Box<str>, Arc<Entry>, RandomState>,
    shelves: Mutex<Shelves>,
    /// How often something was heard: what was read before is not kept after.
    heard: AtomicU64,
}

/// The kept answers in the order in which they make room.
#[derive(Debug)]
struct Shelves {
    is_open: bool,
    present: Shelf,
    past: Shelf,
}

#[derive(Debug)]
struct Shelf {
    entries: BTreeMap<u64, Arc<Entry>>,
    next: u64,
    /// Bytes taken, and at most.
    taken: usize,
    room: usize,
}

impl Store {
    /// An empty store, closed, with room for this many bytes.
    #[must_use]
    pub fn new(room: usize) -> Self {
        let past = room / PAST;
        Self {
            index: HashMap::with_hasher(RandomState::default()),
            shelves: Mutex::new(Shelves {
                is_open: false,
                present: Shelf::new(room - past),
                past: Shelf::new(past),
            }),
            heard: AtomicU64::new(0),
        }
    }

    /// The answer kept for a path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<Arc<Entry>> {
        self.index.pin().get(path).cloned()
    }

    /// What somebody sees of the answer kept for a path.
    pub fn look<T>(&self, path: &str, see: impl FnOnce(&Entry) -> Option<T>) -> Option<T> {
        self.index.pin().get(path).and_then(|entry| see(entry))
    }

    /// How many kept answers are so.
    pub fn count(&self, is_so: impl Fn(&Entry) -> bool) -> usize {
        self.index.pin().values().filter(|entry| is_so(entry)).count()
    }

    /// What to remember before something is read that may be kept.
    #[must_use]
    pub fn heard(&self) -> u64 {
        self.heard.load(Ordering::Acquire)
    }

    /// Whether answers are kept at all.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.shelves().is_open
    }

    /// Keeps an answer, unless something was heard since before it was read.
    pub fn keep(&self, entry: Arc<Entry>, heard_before: u64) {
        let mut shelves = self.shelves();
        if !shelves.is_open || self.heard() != heard_before {
            return;
        }
        let index = self.index.pin();
        if let Some(old) = index.insert(entry.path().into(), Arc::clone(&entry)) {
            shelves.of(old.share()).take(old);
        }
        for gone in shelves.of(entry.share()).put(entry) {
            index.remove(gone.path());
        }
    }

    /// Begins to keep answers: from now on every change is heard.
    pub fn open(&self) {
        self.shelves().is_open = true;
    }

    /// Keeps no more answers: changes may go unheard. Those that are kept are what readers have while the database is gone.
    pub fn close(&self) {
        self.shelves().is_open = false;
        self.heard.fetch_add(1, Ordering::AcqRel);
    }

    /// Drops what shows what changed: those answers.
    pub fn hear(&self, changed: &Changed) -> Vec<Arc<Entry>> {
        let mut shelves = self.shelves();
        self.heard.fetch_add(1, Ordering::AcqRel);
        self.drop_those(&mut shelves, |entry| entry.shows(changed))
    }

    /// Drops what ended by itself at an instant: those answers.
    pub fn expire(&self, now: i64) -> Vec<Arc<Entry>> {
        let mut shelves = self.shelves();
        self.drop_those(&mut shelves, |entry| !entry.holds(now))
    }

    /// Answers that still lack their shortest coding.
    #[must_use]
    pub fn unfinished(&self) -> Vec<Arc<Entry>> {
        let shelves = self.shelves();
        let entries = shelves.present.entries.values();
        entries.filter(|entry| entry.codings.is_unfinished()).cloned().collect()
    }

    /// Whether the next answers of the present would push others out.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let shelves = self.shelves();
        // An answer of a usual size is far smaller than a sixteenth.
        shelves.present.taken >= shelves.present.room / 16 * 15
    }

    /// How many answers are kept, and how many bytes they take.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        let shelves = self.shelves();
        let entries = shelves.present.entries.len() + shelves.past.entries.len();
        (entries, shelves.present.taken + shelves.past.taken)
    }

    fn drop_those(&self, shelves: &mut Shelves, goes: impl Fn(&Entry) -> bool) -> Vec<Arc<Entry>> {
        let index = self.index.pin();
        let mut dropped = Vec::new();
        for shelf in [&mut shelves.present, &mut shelves.past] {
            let gone: Vec<Arc<Entry>> = shelf.entries.values().filter(|entry| goes(entry)).cloned().collect();
            for entry in &gone {
                shelf.take(entry);
                index.remove(entry.path());
            }
            dropped.extend(gone);
        }
        dropped
    }

    fn shelves(&self) -> MutexGuard<'_, Shelves> {
        self.shelves.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelves {
    const fn of(&mut self, share: Share) -> &mut Shelf {
        match share {
            Share::Present => &mut self.present,
            Share::Past => &mut self.past,
        }
    }
}

impl Shelf {
    const fn new(room: usize) -> Self {
        Self {
            entries: BTreeMap::new(),
            next: 0,
            taken: 0,
            room,
        }
    }

    fn holds(&self, entry: &Entry) -> bool {
        self.entries
            .get(&entry.place())
            .is_some_and(|held| held.path() == entry.path())
    }

    fn take(&mut self, entry: &Entry) {
        if self.holds(entry) {
            self.entries.remove(&entry.place());
            self.taken = self.taken.saturating_sub(entry.size());
        }
    }

    /// Puts an answer last; what must make room for it, the longest unasked first.
    fn put(&mut self, entry: Arc<Entry>) -> Vec<Arc<Entry>> {
        self.taken += entry.size();
        self.line_up(entry);
        let mut gone = Vec::new();
        while self.taken > self.room {
            let Some((_, first)) = self.entries.pop_first() else {
                break;
            };
            if first.take_asked() {
                // Asked for again: a second chance.
                self.line_up(first);
            } else {
                self.taken = self.taken.saturating_sub(first.size());
                gone.push(first);
            }
        }
        gone
    }

    fn line_up(&mut self, entry: Arc<Entry>) {
        entry.put(self.next);
        self.entries.insert(self.next, entry);
        self.next += 1;
    }
}
