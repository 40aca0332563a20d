//! Documents: the list, and each with its text.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use utoipa::openapi::schema::Schema;
use utoipa::{Path, ToSchema};

use super::answer;
use super::openapi::Failures;
use super::parameters::{Choice, List, Paging, Reading, kinds, numbers, numbers_in};
use super::words::{self, Elsewhere, Passage, declarations, one_of, tags};
use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::publication::{self, ShownPassage};
use crate::model::withdrawal::{self, Withdrawal};
use crate::model::{DocumentId, Office, Part, Snapshot, Withdrawn, address as paths, document};
use crate::web::Site;
use crate::web::folio::{self, Folio};

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T: ToSchema> {
    #[schema(format = "date-time")]
    pub as_of: String,
    pub items: Vec<T>,
    #[schema(required)]
    pub next: Option<String>,
}

/// What a document is, and where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Document {
    #[schema(schema_with = numbers)]
    number: i64,
    #[schema(schema_with = kinds)]
    kind: &'static str,
    #[schema(required)]
    key: Option<String>,
    title: String,
    #[schema(schema_with = tags)]
    language: &'static str,
    #[schema(schema_with = states)]
    state: &'static str,
    #[schema(schema_with = numbers)]
    version: i64,
    #[schema(required, format = "date-time")]
    changed: Option<String>,
    #[schema(schema_with = declarations)]
    english: &'static str,
    #[schema(required, format = "uri")]
    page: Option<String>,
    #[schema(format = "uri")]
    permanent: String,
    #[schema(format = "uri")]
    resource: String,
}

/// A document with the text that it shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct Text {
    document: Document,
    #[schema(required)]
    withdrawal: Option<Departure>,
    #[serde(flatten)]
    content: Content,
}

/// What hangs on one version of a document.
#[derive(Debug, Serialize, ToSchema)]
pub struct Content {
    passages: Vec<Passage>,
    members: Vec<i64>,
    #[schema(required)]
    office: Option<Term>,
}

/// How, when and why a text left.
#[derive(Debug, Serialize, ToSchema)]
pub struct Departure {
    #[schema(schema_with = departures)]
    kind: &'static str,
    #[schema(format = "date-time")]
    since: String,
    reason: String,
    #[schema(required)]
    successor: Option<i64>,
}

/// When a representative was in office, and who came after.
#[derive(Debug, Serialize, ToSchema)]
pub struct Term {
    #[schema(required, format = "date")]
    from: Option<String>,
    #[schema(required, format = "date")]
    until: Option<String>,
    #[schema(required)]
    successor: Option<i64>,
}

/// What a text in effect is called; those that left are called as they left.
const IN_EFFECT: &str = "in-effect";

fn states() -> Schema {
    let departed = Withdrawn::ALL.iter().map(|kind| kind.word());
    one_of(std::iter::once(IN_EFFECT).chain(departed)).into()
}

/// How a text may leave, as a schema.
pub fn departures() -> Schema {
    one_of(Withdrawn::ALL.iter().map(|kind| kind.word())).into()
}

/// The path of a document's resource.
#[must_use]
pub fn address(number: i64, language: Language) -> String {
    let path = __path_document::path().replace("{number}", &number.to_string());
    format!("{path}?lang={}", language.segment())
}

/// Lists the documents by number.
#[utoipa::path(get, path = "/api/v1/documents", params(Reading, Paging, Choice),
    responses((status = 200, body = Page<Document>), Failures))]
pub async fn documents(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response> {
    let (reading, paging, choice) = Choice::of(&uri)?;
    let (mut snapshot, policy) = paging.snapshot(&reading, &site).await?;
    let at = snapshot.at;
    let after = paging.cursor.map_or(0, |cursor| cursor.last);
    // One more than asked for tells whether there is a next page.
    let mut found = document::begun(snapshot.connection(), at, after, choice.kind, paging.limit + 1).await?;
    let next = cut(&mut found, paging.limit).map(|last| List::Documents.cursor(at, last.number()));
    let folios = folio::read(&mut snapshot, &found, &[Part::Title]).await?;
    let mut items = Vec::new();
    for folio in &folios {
        let departure = departure(&mut snapshot, folio, reading.lang).await?;
        items.push(describe(&site, folio, departure.as_ref(), reading.lang));
    }
    let as_of = words::instant(at);
    answer(reading.lang, policy, &Page { as_of, items, next })
}

/// Cuts a list to its page, and tells the last item of it if there are more.
pub fn cut<T: Copy>(found: &mut Vec<T>, limit: i64) -> Option<T> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = found.len() > limit;
    found.truncate(limit);
    found.last().copied().filter(|_| has_more)
}

/// Shows a document with its text.
#[utoipa::path(get, path = "/api/v1/documents/{number}",
    params(("number" = i64, Path, minimum = 1, maximum = 9_007_199_254_740_991_i64), Reading),
    responses((status = 200, body = Text), Failures))]
pub async fn document(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response> {
    let reading = Reading::of(&uri)?;
    let [number] = numbers_in(&uri)?;
    let (mut snapshot, policy) = reading.snapshot(&site).await?;
    let found = folio::read(&mut snapshot, &[DocumentId::from(number)], Part::ALL).await?;
    let mut folio = found.into_iter().next().ok_or(Error::NotFound)?;
    let withdrawal = departure(&mut snapshot, &folio, reading.lang).await?;
    let document = describe(&site, &folio, withdrawal.as_ref(), reading.lang);
    if document.state == Withdrawn::Removed.word() {
        folio.passages.clear();
    }
    let spoken = folio.spoken(reading.lang);
    let content = content(&site, &mut snapshot, folio.shown.publication, folio.passages, spoken).await?;
    let text = Text {
        document,
        withdrawal,
        content,
    };
    answer(reading.lang, policy, &text)
}

/// What hangs on a publication: its passages in the language of their words, its members, its office.
///
/// # Errors
/// The database does not answer.
pub async fn content(
    site: &Site,
    snapshot: &mut Snapshot,
    publication: i64,
    passages: Vec<ShownPassage>,
    spoken: Language,
) -> Result<Content> {
    let links = Elsewhere::of(site, snapshot, &passages, spoken).await?;
    let members = publication::members(snapshot.connection(), publication).await?;
    let at = snapshot.at;
    let shown = publication::shown(snapshot.connection(), &members, at).await?;
    let in_effect: HashMap<DocumentId, bool> = shown
        .into_iter()
        .map(|shown| (shown.document, shown.in_effect))
        .collect();
    let office = publication::offices(snapshot.connection(), &[publication]).await?;
    Ok(Content {
        passages: passages
            .into_iter()
            .map(|passage| Passage::of(passage, spoken, &links))
            .collect(),
        members: members
            .into_iter()
            .filter(|member| in_effect.get(member) == Some(&true))
            .map(DocumentId::number)
            .collect(),
        office: office.into_values().next().map(term),
    })
}

fn term(office: Office) -> Term {
    Term {
        from: office.from.map(|day| day.to_string()),
        until: office.until.map(|day| day.to_string()),
        successor: office.successor.map(DocumentId::number),
    }
}

/// How a text that is no longer in effect left.
async fn departure(snapshot: &mut Snapshot, folio: &Folio, language: Language) -> Result<Option<Departure>> {
    if folio.shown.in_effect {
        return Ok(None);
    }
    let at = snapshot.at;
    let found = withdrawal::last(snapshot.connection(), folio.shown.document, at).await?;
    let departure = |found: Withdrawal| Departure {
        kind: found.kind.word(),
        since: words::instant(found.at),
        reason: found.reason.get(language).clone(),
        successor: found.successor.map(DocumentId::number),
    };
    Ok(found.map(departure))
}

fn describe(site: &Site, folio: &Folio, departure: Option<&Departure>, language: Language) -> Document {
    let shown = &folio.shown;
    let absolute = |path: String| site.origin.address(&path);
    Document {
        number: shown.document.number(),
        kind: shown.kind.word(),
        key: shown.key.clone(),
        title: folio.plain(Part::Title, language),
        language: folio.spoken(language).tag(),
        state: departure.map_or(IN_EFFECT, |departure| departure.kind),
        version: shown.version,
        changed: folio.changed(language).map(words::instant),
        english: shown.english.word(),
        page: folio.path(language).map(absolute),
        permanent: absolute(paths::short_link_in(shown.document, language)),
        resource: absolute(address(shown.document.number(), language)),
    }
}
