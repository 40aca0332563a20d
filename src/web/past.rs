//! The memory of the site: the whole site as it was, and the history of each page (design §3).

use std::time::Duration;

use super::Site;
use super::answer::{Answer, Page};
use super::cache::CachePolicy;
use super::compose::Composition;
use super::folio::{self, Folio, day_of, moment};
use super::pages::{Change, History};
use super::view::Html;
use super::{difference, public};
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::model::address::{self, Parsed};
use crate::model::history::{self, Deed};
use crate::model::{Bilingual, DocumentId, Part, Sight, Snapshot, When, publication};
use crate::text::{self, Register};

/// A deed that takes longer than five seconds from its instant to its commit is refused: the past is settled after that.
const SETTLED: Duration = Duration::from_secs(10);

/// What caches may do with what is read at this snapshot's moment.
pub fn policy(snapshot: &Snapshot) -> CachePolicy {
    let age = snapshot.now.timestamp().duration_since(snapshot.at.timestamp());
    if snapshot.when != When::Now && age.unsigned_abs() < SETTLED {
        CachePolicy::Never
    } else {
        CachePolicy::Page
    }
}

/// What stood at `path` then; `asked` is the address as it was asked for.
///
/// # Errors
/// [`Error::Ahead`] for a date to come, [`Error::BeforeRecord`] before the page's first version.
pub async fn page(site: &Site, language: Language, when: When, path: &str, asked: &str) -> Result<Answer> {
    let canonical = address::dated(path, when);
    if canonical != asked {
        return Ok(Answer::Moved(canonical));
    }
    let mut snapshot = Snapshot::take(&site.pool).await?;
    match when.seen_from(snapshot.now) {
        Sight::Ahead => public::failed(site, snapshot, language, Error::Ahead).await,
        Sight::Today => Ok(Answer::Found(path.to_owned())),
        Sight::At(at) => {
            snapshot.turn_back(when, at);
            match address::parse(path) {
                Parsed::Plan(language) => public::plan(site, snapshot, language).await,
                Parsed::Document(_) => public::answer(site, snapshot, language, path).await,
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
    let form = Form::read(query.unwrap_or_default(), language);
    let mut snapshot = Snapshot::take(&site.pool).await?;
    let document = address::document(snapshot.connection(), path)
        .await?
        .ok_or(Error::NotFound)?;
    let present = present(&mut snapshot, document).await?;
    let current = present.get(language);
    if current != path {
        return Ok(Answer::Moved(address::history(current)));
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
    let scope = history::scope(page.snapshot.connection(), document, folio.shown.kind).await?;
    let found = history::changes(page.snapshot.connection(), &scope).await?;
    let is_asked = form.versions.iter().any(Option::is_some);
    let comparison = difference::compare(&mut page, &folio, &found, form.versions).await?;
    let changes = changes(&mut page, &folio, path, found).await?;
    let subject = page.link_to(&folio).ok_or(Error::NotFound)?;
    let mut shell = page.history_shell(&folio);
    if let Some(comparison) = comparison.as_ref().filter(|_| is_asked) {
        // A view of the history, by an address of its own: two pages never share a title.
        (shell.title, shell.description) =
            difference::head_of(&folio.plain(Part::Title, language), comparison, language);
    }
    let template = History {
        shell,
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
    fn read(query: &str, language: Language) -> Self {
        let filled = |name: &str| {
            let mut fields = url::form_urlencoded::parse(query.as_bytes());
            let found = fields.find(|(found, _)| found == name);
            found.map(|(_, value)| value.into_owned())
        };
        Self {
            date: filled("date"),
            versions: difference::names(language).map(filled),
        }
    }
}

/// The changes of a page, the last first.
async fn changes(
    page: &mut Composition<'_>,
    folio: &Folio,
    path: &str,
    found: Vec<history::Change>,
) -> Result<Vec<Change>> {
    let document = folio.shown.document;
    let mut others: Vec<DocumentId> = found.iter().map(|change| change.document).collect();
    others.sort_unstable();
    others.dedup();
    let titled = page.folios(&others, &[Part::Title]).await?;
    let language = page.language;
    let title = |of: DocumentId| {
        let folio = titled.iter().find(|folio| folio.shown.document == of)?;
        folio.inline(Part::Title, language)
    };
    let words = |words: &Bilingual<String>| Html(text::inline(words.get(language), language, Register::Prose));
    let change = |change: history::Change| {
        let when = When::after(change.at);
        let (version, minor, note) = match &change.deed {
            Deed::Began(version) => (Some(version.number), version.minor, version.note.as_ref().map(words)),
            Deed::Left { reason, .. } => (None, false, Some(words(reason))),
        };
        let own = version.filter(|number| change.document == document && *number > 1);
        Change {
            difference: own.map(|number| difference::query(number - 1, number, language)),
            moment: moment(when, language),
            path: address::dated(path, when),
            subject: (change.document != document).then(|| title(change.document)).flatten(),
            version,
            minor,
            note,
        }
    };
    Ok(found.into_iter().rev().map(change).collect())
}

/// The title and the description of a history page.
pub fn head_of(subject: &str, language: Language) -> (String, String) {
    let title = message(language, "history-of", &[("title", subject.into())]);
    let description = message(language, "history-description", &[("title", subject.into())]);
    (title, description)
}
