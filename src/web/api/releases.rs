//! Releases: what changed together, when, and what the public was told of it.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};

use super::answer;
use super::documents::{Page, address, cut, departures};
use super::openapi::Failures;
use super::parameters::{List, Paging, Reading, numbers};
use super::words::{self, tags};
use crate::error::Result;
use crate::i18n::Language;
use crate::model::release::{self, Change};
use crate::model::{DocumentId, Instant, Part, Withdrawn};
use crate::web::Site;
use crate::web::folio::{self, Folio};

/// What changed at one instant.
#[derive(Debug, Serialize, ToSchema)]
pub struct Release {
    #[schema(format = "date-time")]
    at: String,
    changes: Vec<Touched>,
}

/// What a release did to one document.
#[derive(Debug, Serialize, ToSchema)]
pub struct Touched {
    #[schema(schema_with = numbers)]
    document: i64,
    title: String,
    #[schema(schema_with = tags)]
    language: &'static str,
    #[schema(required)]
    version: Option<i64>,
    #[schema(required, schema_with = departure)]
    withdrawn: Option<&'static str>,
    #[schema(required)]
    note: Option<String>,
    minor: bool,
    #[schema(format = "uri")]
    resource: String,
}

fn departure() -> Schema {
    let nothing = ObjectBuilder::new().schema_type(Type::Null);
    OneOfBuilder::new().item(nothing).item(departures()).into()
}

/// Lists the releases, the latest first.
#[utoipa::path(get, path = "/api/v1/releases", params(Reading, Paging),
    responses((status = 200, body = Page<Release>), Failures))]
pub async fn releases(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response> {
    let (reading, paging) = Paging::of(&uri, List::Releases)?;
    let (mut snapshot, policy) = paging.snapshot(&reading, &site).await?;
    let at = snapshot.at;
    let until = paging.cursor.and_then(|cursor| before(cursor.last)).unwrap_or(at);
    let mut instants = release::instants(snapshot.connection(), until.min(at), paging.limit + 1).await?;
    let last = cut(&mut instants, paging.limit).map(|last| last.timestamp().as_microsecond());
    let changes = release::changes(snapshot.connection(), &instants).await?;
    let mut touched: Vec<DocumentId> = changes.iter().map(|change| change.document).collect();
    touched.sort_unstable();
    touched.dedup();
    let folios = folio::read(&mut snapshot, &touched, &[Part::Title]).await?;
    let folios: HashMap<DocumentId, Folio> = folios.into_iter().map(|folio| (folio.shown.document, folio)).collect();
    let of_instant = |at: Instant| Release {
        at: words::instant(at),
        changes: changes
            .iter()
            .filter(|change| change.at == at)
            .filter_map(|change| {
                let folio = folios.get(&change.document)?;
                Some(describe(&site, change, folio, reading.lang))
            })
            .collect(),
    };
    let page = Page {
        as_of: words::instant(at),
        items: instants.into_iter().map(of_instant).collect(),
        next: last.map(|last| List::Releases.cursor(at, last)),
    };
    answer(reading.lang, policy, &page)
}

/// The microsecond before one that a cursor names; none beyond the calendar.
fn before(microsecond: i64) -> Option<Instant> {
    Timestamp::from_microsecond(microsecond - 1).ok().map(Instant::from)
}

fn describe(site: &Site, change: &Change, folio: &Folio, language: Language) -> Touched {
    let document = change.document.number();
    Touched {
        document,
        title: folio.plain(Part::Title, language),
        language: folio.spoken(language).tag(),
        version: change.version,
        withdrawn: change.withdrawn.map(Withdrawn::word),
        note: change.note.as_ref().map(|note| note.get(language).clone()),
        minor: change.minor,
        resource: site.origin.address(&address(document, language)),
    }
}
