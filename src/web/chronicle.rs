//! The changes of one page: when it last changed for readers of a language, since when a text is in effect, and where
//! the page stood at each moment (design §3).

use std::collections::HashSet;

use jiff::Timestamp;

use super::folio;
use crate::error::Result;
use crate::i18n::Language;
use crate::model::history::{self, Change, Deed, Version};
use crate::model::publication::Shown;
use crate::model::{DocumentId, English, Instant, Snapshot, When};

/// Every change of a page until now, in order.
#[derive(Debug, Default)]
pub struct Chronicle(Vec<Change>);

impl Chronicle {
    /// Reads the changes of a document's page, or of the site plan.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn read(snapshot: &mut Snapshot, shown: Option<&Shown>) -> Result<Self> {
        let connection = snapshot.connection();
        let scope = match shown {
            Some(shown) => history::scope(connection, shown.document, shown.kind).await?,
            None => history::scope_of_plan(connection).await?,
        };
        match scope.documents() {
            Some(documents) => snapshot.shows(documents),
            None => snapshot.shows_everything(),
        }
        Ok(Self(history::changes(snapshot.connection(), &scope).await?))
    }

    /// The changes themselves.
    pub fn changes(&self) -> &[Change] {
        &self.0
    }

    /// The changes until an instant, each with whether its text came back with it.
    fn until(&self, at: Instant) -> impl Iterator<Item = (&Change, bool)> {
        let mut gone: HashSet<DocumentId> = HashSet::new();
        let changes = self.0.iter().take_while(move |change| change.at <= at);
        changes.map(move |change| match change.deed {
            Deed::Left { .. } => {
                gone.insert(change.document);
                (change, false)
            }
            Deed::Began(_) => (change, gone.remove(&change.document)),
        })
    }

    /// When the page had last changed for readers of a language, at an instant: never by a minor release, nor by one that
    /// leaves the words they read unchanged; by each departure and each return.
    pub fn changed(&self, at: Instant, language: Language) -> Option<Instant> {
        let moves = |(change, returns): &(&Change, bool)| match &change.deed {
            Deed::Left { .. } => true,
            Deed::Began(version) => moves(version, read_in(version, language), *returns),
        };
        self.until(at).filter(moves).last().map(|(change, _)| change.at)
    }

    /// Since when the text of a document, which is French, had been in effect at an instant as it then stood.
    pub fn since(&self, document: DocumentId, at: Instant) -> Option<Instant> {
        let own = self.until(at).filter(|(change, _)| change.document == document);
        own.fold(None, |since, (change, returns)| match &change.deed {
            Deed::Left { .. } => None,
            Deed::Began(version) if moves(version, Language::French, returns) => Some(change.at),
            Deed::Began(_) => since,
        })
    }

    /// Where the page stood at each moment; `present` is where it stands now.
    pub fn places(&self, shown: Option<&Shown>, language: Language, present: String) -> Places {
        let own = shown.into_iter().flat_map(|shown| {
            let began = self.0.iter().filter(|change| change.document == shown.document);
            began.filter_map(move |change| match &change.deed {
                Deed::Began(version) => Some((
                    second(change.at),
                    folio::path_of(shown.kind, shown.key.as_deref(), &version.slug, language)?,
                )),
                Deed::Left { .. } => None,
            })
        });
        Places {
            starts: own.collect(),
            present,
        }
    }
}

/// Whether a version moves the public date of a language.
fn moves(version: &Version, language: Language, returns: bool) -> bool {
    *version.moves.get(language) || (returns && !version.minor)
}

/// The language in which readers of another read a version.
fn read_in(version: &Version, language: Language) -> Language {
    if version.english == English::Present {
        language
    } else {
        Language::French
    }
}

/// The whole second by which a change has happened: its permanent date.
pub fn second(change: Instant) -> Timestamp {
    match When::after(change) {
        When::Second(second) => second,
        When::Now | When::Day(_) => change.timestamp(),
    }
}

/// The paths of a page over time.
#[derive(Debug)]
pub struct Places {
    /// The path from each second on, in order.
    starts: Vec<(Timestamp, String)>,
    present: String,
}

impl Places {
    /// The path at a second: what began within it has begun.
    pub fn at(&self, second: Timestamp) -> &str {
        let begun = self.starts.partition_point(|(start, _)| *start <= second);
        let last = begun.checked_sub(1).and_then(|last| self.starts.get(last));
        last.map_or(&self.present, |(_, path)| path)
    }
}
