//! The site plan: every text in effect, and the pages that have no document.

use super::answer::{Answer, Page};
use super::chronicle::Chronicle;
use super::compose::Composition;
use super::folio::Folio;
use super::pages::{Listed, Plan};
use super::view::{Html, Link};
use super::{Site, memento, past};
use crate::error::Result;
use crate::i18n::{Language, message};
use crate::model::address::Place;
use crate::model::document::key;
use crate::model::{Kind, Part, Snapshot, When};

/// The plan at the snapshot's instant.
///
/// # Errors
/// The database does not answer.
pub async fn plan(site: &Site, snapshot: Snapshot, language: Language) -> Result<Answer> {
    let mut page = Composition::begin(site, snapshot, language).await?;
    page.chronicle = Chronicle::read(&mut page.snapshot, None).await?;
    let mandates = page.named(key::MANDATES, &[Part::Title]).await?;
    let people = page.named(key::REPRESENTATIVES, &[Part::Title]).await?;
    let everything = page.everything().await?;
    let of_kind = |kind: Kind| everything.iter().filter(move |folio| folio.shown.kind == kind);
    let template = Plan {
        shell: page.bare_shell(Place::Plan, message(language, "frame-footer-plan", &[])),
        statements: of_kind(Kind::Statement)
            .filter_map(|folio| page.link_to(folio))
            .collect(),
        pages: of_kind(Kind::Page)
            .filter_map(|folio| page.link_to(folio))
            .chain(tools(&page))
            .collect(),
        mandates: listed(&mut page, mandates).await?,
        representatives: listed(&mut page, people).await?,
        changed: page.changed(language),
    };
    let versions = memento::of_plan(&page);
    let policy = past::policy(&page.snapshot);
    Ok(Answer::Page(Page::new(language, template).sent(policy, versions)))
}

/// Links to the pages that have no document, which read the present alone (the API is asked about the past by a parameter
/// of its own).
fn tools(page: &Composition<'_>) -> Vec<Link> {
    let language = page.language;
    let link = |label: String, place: Place<'_>| Link {
        label: Html::from_text(&label),
        path: place.path(language),
    };
    match page.snapshot.when {
        When::Now => vec![
            link(message(language, "search-title", &[]), Place::Search),
            link(message(language, "quote-title", &[]), Place::QuoteCheck),
            link(message(language, "api-title", &[]), Place::Api),
        ],
        When::Day(_) | When::Second(_) => Vec::new(),
    }
}

/// A list and its members, in order.
async fn listed(page: &mut Composition<'_>, list: Option<Folio>) -> Result<Listed> {
    let Some(list) = list else { return Ok(Listed::default()) };
    let members = page.members(&list, &[Part::Title]).await?;
    Ok(Listed {
        list: page.link_to(&list),
        members: members.iter().filter_map(|folio| page.link_to(folio)).collect(),
    })
}
