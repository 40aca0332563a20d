//! One change as a feed tells it: its note, then the words that differ from the version before.

use std::collections::HashMap;

use askama::Template;
use atom_syndication::{Content, Entry, Text};

use super::{instant, link};
use crate::error::{Error, Result};
use crate::i18n::{Language, Value, message};
use crate::model::edition::{Departure, Edition};
use crate::model::publication::{self, Shown, ShownPassage};
use crate::model::{DocumentId, Instant, Kind, Part, When, address};
use crate::text::difference::Span;
use crate::text::{self, Register};
use crate::web::compose::Composition;
use crate::web::difference::{self, Texts};
use crate::web::folio::{self, Directory, Folio};
use crate::web::pages::{ComparedMember, ComparedPassage};
use crate::web::view::Html;

/// What an entry holds, as HTML that needs no stylesheet.
#[derive(Debug, Template)]
#[template(path = "machines/change.html")]
struct Change {
    language: Language,
    /// The public note of the release, or the reason of an end.
    note: Option<Html>,
    /// The whole text of a first version.
    whole: Vec<Html>,
    /// The passages that differ from the version before.
    passages: Vec<ComparedPassage>,
    /// Of a list: the members that came, left or moved.
    members: Vec<ComparedMember>,
    /// Where the differences stand on the site.
    difference: Option<String>,
}

impl Change {
    /// A change of which nothing but the note is told yet.
    fn noted(language: Language, note: Option<&String>) -> Self {
        Self {
            language,
            note: note.map(|note| Html(text::inline(note, language, Register::Prose))),
            whole: Vec::new(),
            passages: Vec::new(),
            members: Vec::new(),
            difference: None,
        }
    }

    fn t(&self, key: &str) -> String {
        message(self.language, key, &[])
    }
}

/// What tells of an entry beside its content.
struct Told<'a> {
    /// The path of its page at present.
    path: &'a str,
    at: Instant,
    title: String,
}

/// The texts that entries are made of.
struct Material {
    shown: HashMap<DocumentId, Shown>,
    /// The last titles of texts that ended.
    ended: HashMap<DocumentId, String>,
    texts: Texts,
    links: Directory,
}

/// Every change, the last first.
///
/// # Errors
/// The database does not answer.
pub async fn all(page: &mut Composition<'_>, editions: &[Edition], departures: &[Departure]) -> Result<Vec<Entry>> {
    let material = Material::read(page, editions, departures).await?;
    let mut entries = Vec::new();
    for edition in editions {
        if let Some(entry) = began(page, edition, &material).await? {
            entries.push((edition.at, entry));
        }
    }
    for departure in departures {
        if let Some(entry) = left(page, departure, &material)? {
            entries.push((departure.at, entry));
        }
    }
    entries.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

impl Material {
    async fn read(page: &mut Composition<'_>, editions: &[Edition], departures: &[Departure]) -> Result<Self> {
        let language = page.language;
        let departed: Vec<DocumentId> = departures.iter().map(|departure| departure.document).collect();
        let ended = page.folios(&departed, &[Part::Title]).await?;
        let begun = editions.iter().map(|edition| edition.document);
        let documents: Vec<DocumentId> = begun.chain(departed).collect();
        let at = page.snapshot.at;
        let shown = publication::shown(page.snapshot.connection(), &documents, at).await?;
        let publications: Vec<i64> = editions
            .iter()
            .flat_map(|edition| [Some(&edition.version), edition.before.as_ref()])
            .flatten()
            .map(|version| version.publication)
            .collect();
        let texts = Texts::read(page, &publications).await?;
        let whole = editions.iter().filter(|edition| edition.before.is_none());
        let linked = folio::linked(whole.flat_map(|edition| texts.passages(&edition.version)));
        let links = folio::directory_to(&mut page.snapshot, &linked, language).await?;
        let titled = |folio: &Folio| (folio.shown.document, folio.plain(Part::Title, language));
        Ok(Self {
            shown: shown.into_iter().map(|shown| (shown.document, shown)).collect(),
            ended: ended.iter().map(titled).collect(),
            texts,
            links,
        })
    }
}

/// A version as an entry.
async fn began(page: &mut Composition<'_>, edition: &Edition, material: &Material) -> Result<Option<Entry>> {
    let language = page.language;
    let is_spoken = edition.version.english.spoken(language) == language;
    let Some(shown) = material.shown.get(&edition.document).filter(|_| is_spoken) else {
        return Ok(None);
    };
    // The path that the version itself gave the page: it never changes, and so neither does the entry's identity.
    let own = folio::path_of(shown.kind, shown.key.as_deref(), &edition.version.slug, language);
    let (Some(own), Some(path)) = (own, folio::path(shown, language)) else {
        return Ok(None);
    };
    let passages = material.texts.passages(&edition.version);
    let title = passages.iter().find(|passage| passage.part == Part::Title);
    let title = title
        .and_then(|title| title.words(language))
        .map(|title| text::plain(title, language, Register::Heading));
    let number = edition.version.number;
    let arguments = [
        ("title", Value::from(title.unwrap_or_default())),
        ("version", number.to_string().into()),
    ];
    let note = edition.version.note.as_ref().map(|note| note.get(language));
    let mut change = Change::noted(language, note);
    if let Some(before) = &edition.before {
        let pair = [before, &edition.version];
        (change.passages, _) = material.texts.compare(pair, language);
        if shown.kind == Kind::List {
            change.members = difference::members(page, pair).await?;
        }
        let query = difference::query(before.number, number, language);
        change.difference = Some(page.origin().address(&(address::history(&path) + &query)));
    } else {
        change.whole = whole(passages, language, &material.links);
    }
    let told = Told {
        path: &own,
        at: edition.at,
        title: message(language, "feed-entry", &arguments),
    };
    let summary = note.map(|note| text::plain(note, language, Register::Prose));
    entry(page, told, summary, &change).map(Some)
}

/// The end of a text as an entry.
fn left(page: &Composition<'_>, departure: &Departure, material: &Material) -> Result<Option<Entry>> {
    let language = page.language;
    let shown = material.shown.get(&departure.document);
    let Some(path) = shown.and_then(|shown| folio::path(shown, language)) else {
        return Ok(None);
    };
    let title = material.ended.get(&departure.document).cloned().unwrap_or_default();
    let reason = departure.reason.get(language);
    let change = Change::noted(language, Some(reason));
    let told = Told {
        path: &path,
        at: departure.at,
        title: message(language, "feed-left", &[("title", title.into())]),
    };
    let summary = text::plain(reason, language, Register::Prose);
    entry(page, told, Some(summary), &change).map(Some)
}

/// An entry, identified by its permanent address, which never shows another change.
fn entry(page: &Composition<'_>, told: Told<'_>, summary: Option<String>, change: &Change) -> Result<Entry> {
    let language = page.language;
    let address = page.origin().address(&address::dated(told.path, When::after(told.at)));
    let at = instant(told.at)?;
    let content = change.render().map_err(|error| Error::Internal(Box::new(error)))?;
    Ok(Entry {
        title: Text::plain(told.title),
        id: address.clone(),
        updated: at,
        published: Some(at),
        links: vec![link("alternate", address, "text/html", language)],
        summary: summary.map(Text::plain),
        content: Some(Content {
            content_type: Some("html".to_owned()),
            lang: Some(language.tag().to_owned()),
            value: Some(content),
            ..Content::default()
        }),
        ..Entry::default()
    })
}

/// The text of a version, passage by passage, without its title.
fn whole(passages: &[ShownPassage], language: Language, links: &Directory) -> Vec<Html> {
    let body = passages.iter().filter(|passage| passage.part != Part::Title);
    body.filter_map(|passage| passage.words(language))
        .map(|words| Html(text::block(words, language, links, None)))
        .collect()
}
