//! Atom feeds (RFC 4287, W20): one for each language, one for each document in each language.

mod entry;

use std::sync::Arc;

use atom_syndication::{Feed, FixedDateTime, Link, Person, Text};
use axum::extract::State;
use axum::http::Uri;

use super::Format;
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::model::address::{self, Place};
use crate::model::edition;
use crate::model::{Bilingual, Instant, Part};
use crate::web::Site;
use crate::web::answer::{Answer, Document};
use crate::web::cache::CachePolicy;
use crate::web::compose::Composition;
use crate::web::folio::Folio;

/// How many changes a feed tells.
const ENTRIES: usize = 30;

/// The feed of a whole language.
pub const WHOLE: Bilingual<&str> = Bilingual {
    fr: "/fr/fil.atom",
    en: "/en/feed.atom",
};

/// `/fr/fil.atom`, `/en/feed.atom`: what changed in any text.
///
/// # Errors
/// Not found before anything is published; the database does not answer.
pub async fn whole(State(site): State<Arc<Site>>, uri: Uri) -> Result<Answer> {
    let language = address::language_of(uri.path());
    let mut page = Composition::begin(&site, site.snapshot().await?, language).await?;
    let body = of(&mut page, None).await?;
    Ok(Answer::Document(Document {
        content_type: Format::Feed.content_type(),
        language: Some(language),
        policy: CachePolicy::Page,
        noindex: false,
        body: body.into(),
    }))
}

/// The feed of one text, or of all.
///
/// # Errors
/// Not found where nothing changed yet for readers of the language; the database does not answer.
pub async fn of(page: &mut Composition<'_>, text: Option<&Folio>) -> Result<String> {
    let (language, at) = (page.language, page.snapshot.at);
    let document = text.map(|folio| folio.shown.document);
    let (editions, departures) = if let Some(document) = document {
        let connection = page.snapshot.connection();
        let editions = edition::newest_of(connection, language, document, at, ENTRIES).await?;
        (
            editions,
            edition::departures_of(connection, document, at, ENTRIES).await?,
        )
    } else {
        page.snapshot.shows_everything();
        let connection = page.snapshot.connection();
        let editions = edition::newest(connection, language, at, ENTRIES).await?;
        (editions, edition::departures(connection, at, ENTRIES).await?)
    };
    let ends = departures.iter().map(|departure| departure.at);
    let updated = editions.iter().map(|edition| edition.at).chain(ends).max();
    // Minor releases make no entry: the feed of a text that had no other is empty.
    let updated = updated.or_else(|| text.and_then(|folio| folio.changed(language)));
    let updated = updated.ok_or(Error::NotFound)?;
    let entries = entry::all(page, &editions, &departures).await?;
    let author = Person {
        name: page.frame.institution_name.clone(),
        uri: Some(page.origin().address(&Place::Home.path(language))),
        ..Person::default()
    };
    // Slugs change, an identifier never does (RFC 4287 §4.2.6): a text's is made of its number.
    let (path, own, permanent) = if let Some(folio) = text {
        let feed = |path: String| format!("{path}{}", Format::Feed.extension());
        let path = folio.path(language).ok_or(Error::NotFound)?;
        let permanent = feed(address::short_link_in(folio.shown.document, language));
        (path.clone(), feed(path), permanent)
    } else {
        let whole = (*WHOLE.get(language)).to_owned();
        (Place::Home.path(language), whole.clone(), whole)
    };
    let own = page.origin().address(&own);
    let feed = Feed {
        title: Text::plain(title(page, text)),
        id: page.origin().address(&permanent),
        updated: instant(updated)?,
        authors: vec![author],
        links: vec![
            link("self", own, Format::Feed.media_type(), language),
            link("alternate", page.origin().address(&path), "text/html", language),
        ],
        lang: Some(language.tag().to_owned()),
        // Links inside the texts begin at the root.
        base: Some(page.origin().address("/")),
        entries,
        ..Feed::default()
    };
    Ok(feed.to_string())
}

fn title(page: &Composition<'_>, text: Option<&Folio>) -> String {
    let institution = &page.frame.institution_name;
    let Some(folio) = text else { return institution.clone() };
    let own = folio.plain(Part::Title, page.language);
    let arguments = [("page", own.into()), ("institution", institution.clone().into())];
    message(page.language, "frame-title", &arguments)
}

fn link(relation: &str, address: String, media_type: &str, language: Language) -> Link {
    Link {
        href: address,
        rel: relation.to_owned(),
        hreflang: Some(language.tag().to_owned()),
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    }
}

/// An instant as the feed library takes it, to the microsecond.
fn instant(at: Instant) -> Result<FixedDateTime> {
    let written = at.timestamp().to_string();
    written
        .parse()
        .map_err(|_| Error::Internal(format!("{written} is no date of a feed").into()))
}
