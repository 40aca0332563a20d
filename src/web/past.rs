//! The memory of the site: the whole site as it was, and the history of each page (design §3).

use std::time::Duration;

use super::Site;
use super::answer::{Answer, Page};
use super::cache::CachePolicy;
use super::chronicle::{self, Chronicle};
use super::compose::Composition;
use super::folio::{self, Folio, day_of, moment};
use super::formats::{self, Format};
use super::pages::{Change, Event, History};
use super::view::Html;
use super::{difference, plan, public, query};
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::model::address::{self, Parsed};
use crate::model::history::{self, Deed};
use crate::model::{Bilingual, DocumentId, Instant, Part, Sight, Snapshot, When, publication, redaction};
use crate::text::{self, Register};

/// A deed that takes longer than five seconds from its instant to its commit is refused: the past is settled after that.
const SETTLED: Duration = Duration::from_secs(10);

/// What caches may do with what is read at this snapshot's moment.
pub fn policy(snapshot: &Snapshot) -> CachePolicy {
    if snapshot.when == When::Now {
        CachePolicy::Page
    } else {
        policy_at(snapshot.at, snapshot.now)
    }
}

/// What caches may do with what is read, by its own address, as it was at an instant.
pub fn policy_at(at: Instant, now: Instant) -> CachePolicy {
    let age = now.timestamp().duration_since(at.timestamp());
    if age.unsigned_abs() < SETTLED {
        CachePolicy::Never
    } else {
        CachePolicy::Page
    }
}

/// What stood at a path then, as a page or in another form; `asked` is the address as it was asked for.
///
/// # Errors
/// [`Error::Ahead`] for a date to come, [`Error::BeforeRecord`] before the page's first version.
pub async fn page(
    site: &Site,
    language: Language,
    when: When,
    (path, form): (&str, Option<Format>),
    asked: &str,
) -> Result<Answer> {
    let extension = form.map_or("", Format::extension);
    let canonical = address::dated(path, when) + extension;
    if canonical != asked {
        return Ok(Answer::Moved(canonical));
    }
    let mut snapshot = site.snapshot().await?;
    match when.seen_from(snapshot.now) {
        Sight::Ahead => public::failed(site, snapshot, language, Error::Ahead).await,
        Sight::Today => Ok(Answer::Found(format!("{path}{extension}"))),
        Sight::At(at) => {
            snapshot.turn_back(when, at);
            match (address::parse(path), form) {
                (Parsed::Plan(language), None) => plan::plan(site, snapshot, language).await,
                // They read the present alone.
                (Parsed::Tool(_), None) => Ok(Answer::Found(path.to_owned())),
                (Parsed::Document(_), None) => public::answer(site, snapshot, language, path).await,
                (Parsed::Document(_), Some(form)) => formats::answer(site, snapshot, language, (path, form)).await,
                _ => public::failed(site, snapshot, language, Error::NotFound).await,
            }
        }
    }
}

/// Where a document stands now, in both languages: what its pages of the past lead back to.
///
/// # Errors
/// The database does not answer, or the document has not begun.
pub async fn present(snapshot: &mut Snapshot, document: DocumentId) -> Result<Bilingual<String>> {
    let now = snapshot.now;
    snapshot.shows(&[document]);
    let shown = publication::shown(snapshot.connection(), &[document], now).await?;
    let shown = shown.first().ok_or(Error::NotFound)?;
    let path = |language| folio::path(shown, language).ok_or(Error::NotFound);
    Ok(Bilingual {
        fr: path(Language::French)?,
        en: path(Language::English)?,
    })
}

/// The history of the page at `path`, with the differences of two of its versions; with a date typed into its form, the
/// page as it was on that date.
///
/// # Errors
/// [`Error::NoDate`] where what was typed names no date, [`Error::NotFound`] for a version that never was.
pub async fn history(site: &Site, language: Language, path: &str, query: Option<&str>) -> Result<Answer> {
    let form = Form::read(query, language);
    let mut snapshot = site.snapshot().await?;
    let document = address::document(snapshot.connection(), path)
        .await?
        .ok_or(Error::NotFound)?;
    let present = present(&mut snapshot, document).await?;
    let current = present.get(language);
    if current != path {
        return Ok(Answer::Moved(query::kept(address::history(current), query)));
    }
    if let Some(date) = form.date {
        let when = When::parse(date.trim()).ok_or(Error::NoDate)?;
        return Ok(Answer::Found(address::dated(path, when)));
    }
    let mut page = Composition::begin(site, snapshot, language).await?;
    let folio = page
        .folios(&[document], &[Part::Title, Part::Summary])
        .await?
        .pop()
        .ok_or(Error::NotFound)?;
    let chronicle = Chronicle::read(&mut page.snapshot, Some(&folio.shown)).await?;
    let is_asked = form.versions.iter().any(Option::is_some);
    let comparison = difference::compare(&mut page, &folio, chronicle.changes(), form.versions).await?;
    let changes = changes(&mut page, &folio, path, &chronicle).await?;
    let subject = page.link_to(&folio).ok_or(Error::NotFound)?;
    let mut shell = page.history_shell(&folio);
    if let Some(comparison) = comparison.as_ref().filter(|_| is_asked) {
        // A view of the history, by an address of its own: two pages never share a title.
        (shell.title, shell.description) =
            difference::head_of(&folio.plain(Part::Title, language), comparison, language);
    }
    let template = History {
        shell,
        feed: (page.is_fed(&folio) && folio.shown.in_effect)
            .then(|| format!("{}{}", subject.path, Format::Feed.extension())),
        subject,
        changes,
        comparison,
        today: day_of(page.snapshot.now).to_string(),
    };
    Ok(Answer::Page(Page::new(language, template)))
}

/// What was filled in on a history page.
struct Form {
    date: Option<String>,
    /// The versions to compare, the older first.
    versions: [Option<String>; 2],
}

impl Form {
    fn read(query: Option<&str>, language: Language) -> Self {
        let filled = |name: &str| query::parameter(query, name);
        Self {
            date: filled("date"),
            versions: difference::names(language).map(filled),
        }
    }
}

/// The changes of a page and the traces of what the law removed from it, one of each instant, the last first.
async fn changes(page: &mut Composition<'_>, folio: &Folio, path: &str, chronicle: &Chronicle) -> Result<Vec<Change>> {
    let language = page.language;
    let mut documents: Vec<DocumentId> = chronicle.changes().iter().map(|change| change.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let titled = page.folios(&documents, &[Part::Title]).await?;
    let title = |of: DocumentId| {
        let other = titled.iter().find(|other| other.shown.document == of)?;
        (of != folio.shown.document).then(|| other.inline(Part::Title, language))?
    };
    let places = chronicle.places(Some(&folio.shown), language, path.to_owned());
    let change = |change: &history::Change| {
        let second = chronicle::second(change.at);
        let when = When::Second(second);
        let (deed, note) = told(&change.deed, language);
        let own = match &change.deed {
            Deed::Began(version) if change.document == folio.shown.document => Some(version.number),
            _ => None,
        };
        let told = Change {
            moment: moment(when, language),
            path: Some(address::dated(places.at(second), when)),
            events: vec![Event {
                subject: title(change.document),
                deed,
                note,
            }],
            difference: own
                .filter(|number| *number > 1)
                .map(|number| difference::query(number - 1, number, language)),
        };
        (change.at, told)
    };
    let mut told: Vec<(Instant, Change)> = chronicle.changes().iter().map(change).collect();
    for trace in redaction::of(page.snapshot.connection(), &documents).await? {
        let removed = Change {
            moment: moment(When::after(trace.at), language),
            path: None,
            events: vec![Event {
                subject: title(trace.document),
                deed: message(language, "history-redacted", &[]),
                note: None,
            }],
            difference: None,
        };
        told.push((trace.at, removed));
    }
    told.sort_by_key(|(at, _)| *at);
    Ok(by_instant(told).into_iter().rev().collect())
}

/// Joins neighbours of one instant: one release is one change, whatever it touched.
fn by_instant(told: Vec<(Instant, Change)>) -> Vec<Change> {
    let mut joined: Vec<(Instant, Change)> = Vec::new();
    for (at, change) in told {
        match joined.last_mut().filter(|(before, _)| *before == at) {
            None => joined.push((at, change)),
            Some((_, same)) => {
                let said = same.events.last_mut();
                if let Some(said) =
                    said.filter(|said| change.events.first().is_some_and(|event| event.note == said.note))
                {
                    said.note = None;
                }
                same.events.extend(change.events);
                same.path = same.path.take().or(change.path);
                same.difference = same.difference.take().or(change.difference);
            }
        }
    }
    joined.into_iter().map(|(_, change)| change).collect()
}

/// What happened, and its public note.
fn told(deed: &Deed, language: Language) -> (String, Option<Html>) {
    let words = |words: &Bilingual<String>| Html(text::inline(words.get(language), language, Register::Prose));
    match deed {
        Deed::Began(version) => {
            let key = if version.minor {
                "history-version-minor"
            } else {
                "history-version"
            };
            let deed = message(language, key, &[("version", version.number.into())]);
            (deed, version.note.as_ref().map(words))
        }
        Deed::Left { reason, .. } => (message(language, "history-left", &[]), Some(words(reason))),
    }
}

/// The title and the description of a history page.
pub fn head_of(subject: &str, language: Language) -> (String, String) {
    let title = message(language, "history-of", &[("title", subject.into())]);
    let description = message(language, "history-description", &[("title", subject.into())]);
    (title, description)
}
