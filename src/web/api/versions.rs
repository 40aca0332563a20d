//! Versions of a document: the list, and each with its text.

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use utoipa::{Path, ToSchema};

use super::answer;
use super::documents::{self, Content, Page, cut};
use super::openapi::Failures;
use super::parameters::{List, Paging, Reading, numbers, numbers_in};
use super::words::{self, declarations, tags};
use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::publication::{self, ShownPassage};
use crate::model::version::{self, DatedVersion};
use crate::model::{DocumentId, Instant, Part, Snapshot, When};
use crate::web::Site;

/// One version of a document.
#[derive(Debug, Serialize, ToSchema)]
pub struct Edition {
    #[schema(schema_with = numbers)]
    document: i64,
    #[schema(schema_with = numbers)]
    version: i64,
    #[schema(format = "date-time")]
    from: String,
    #[schema(required, format = "date-time")]
    until: Option<String>,
    #[schema(required)]
    note: Option<String>,
    minor: bool,
    #[schema(schema_with = declarations)]
    english: &'static str,
    #[schema(schema_with = tags)]
    language: &'static str,
    #[schema(format = "uri")]
    resource: String,
}

/// A version with its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditionText {
    edition: Edition,
    #[serde(flatten)]
    content: Content,
}

/// The path of a version's resource.
pub fn address(document: i64, version: i64, language: Language) -> String {
    let path = __path_version::path()
        .replace("{number}", &document.to_string())
        .replace("{version}", &version.to_string());
    format!("{path}?lang={}", language.segment())
}

/// Lists the versions of a document, the newest first.
#[utoipa::path(get, path = "/api/v1/documents/{number}/versions",
    params(("number" = i64, Path, minimum = 1, maximum = 9_007_199_254_740_991_i64), Reading, Paging),
    responses((status = 200, body = Page<Edition>), Failures))]
pub async fn versions(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response> {
    let (reading, paging) = Paging::of(&uri, List::Versions)?;
    let [number] = numbers_in(&uri)?;
    let (mut snapshot, policy) = paging.snapshot(&reading, &site).await?;
    let at = snapshot.at;
    let newest = paging.cursor.map_or(i64::MAX, |cursor| cursor.last - 1);
    let document = DocumentId::from(number);
    let mut found = version::list(snapshot.connection(), document, at, newest, paging.limit + 1).await?;
    // A document that had begun has a first version.
    if found.is_empty() && version::one(snapshot.connection(), document, at, 1).await?.is_none() {
        return Err(Error::NotFound);
    }
    let mut ranks: Vec<i64> = found.iter().map(|version| version.number).collect();
    let next = cut(&mut ranks, paging.limit).map(|last| List::Versions.cursor(at, last));
    found.truncate(ranks.len());
    let page = Page {
        as_of: words::instant(at),
        items: found
            .iter()
            .map(|version| describe(&site, number, version, reading.lang))
            .collect(),
        next,
    };
    answer(reading.lang, policy, &page)
}

/// Shows one version of a document with its text.
#[utoipa::path(get, path = "/api/v1/documents/{number}/versions/{version}",
    params(("number" = i64, Path, minimum = 1, maximum = 9_007_199_254_740_991_i64),
           ("version" = i64, Path, minimum = 1, maximum = 9_007_199_254_740_991_i64), Reading),
    responses((status = 200, body = EditionText), Failures))]
pub async fn version(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response> {
    let reading = Reading::of(&uri)?;
    let [number, rank] = numbers_in(&uri)?;
    let (mut snapshot, policy) = reading.snapshot(&site).await?;
    let (version, passages) = read(&mut snapshot, number, rank).await?;
    let spoken = version.english.spoken(reading.lang);
    // What a list's version puts in order is judged at the version's own instant.
    let last = last_instant(&version, snapshot.at);
    snapshot.turn_back(When::Now, last);
    let content = documents::content(&site, &mut snapshot, version.publication, passages, spoken).await?;
    let edition = describe(&site, number, &version, reading.lang);
    answer(reading.lang, policy, &EditionText { edition, content })
}

/// The last instant at which a version was read, as seen from an instant.
fn last_instant(version: &DatedVersion, at: Instant) -> Instant {
    let before = |until: Instant| until.timestamp() - jiff::SignedDuration::from_micros(1);
    version.until.map_or(at, |until| before(until).into())
}

/// A version with its passages, if it had begun at the snapshot's instant.
///
/// # Errors
/// [`Error::NotFound`]; the database does not answer.
pub async fn read(snapshot: &mut Snapshot, document: i64, rank: i64) -> Result<(DatedVersion, Vec<ShownPassage>)> {
    let at = snapshot.at;
    let version = version::one(snapshot.connection(), DocumentId::from(document), at, rank)
        .await?
        .ok_or(Error::NotFound)?;
    let publication = version.publication;
    let mut passages = publication::passages(snapshot.connection(), &[publication], Part::ALL).await?;
    Ok((version, passages.remove(&publication).unwrap_or_default()))
}

fn describe(site: &Site, document: i64, version: &DatedVersion, language: Language) -> Edition {
    Edition {
        document,
        version: version.number,
        from: words::instant(version.from),
        until: version.until.map(words::instant),
        note: version.note.as_ref().map(|note| note.get(language).clone()),
        minor: version.minor,
        english: version.english.word(),
        language: version.english.spoken(language).tag(),
        resource: site.origin.address(&address(document, version.number, language)),
    }
}
