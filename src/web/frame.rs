//! What stands around every page: the institution's name, the menus, the notices.

use std::sync::Arc;
use std::time::Duration;

use super::Site;
use super::folio::{Directory, Folio, day_of};
use super::view::{CharterNotice, FOOTER, Frame, Html, NAVIGATION, NavigationLink};
use crate::error::Result;
use crate::i18n::{Language, message};
use crate::model::address::Place;
use crate::model::document::{Kind, key};
use crate::model::{Instant, Part, Snapshot, When, publication};

/// How long the frame of an error page may take to read.
const FAILURE_LIMIT: Duration = Duration::from_secs(2);

/// The label of a section of the navigation.
pub fn section(name: &str) -> Option<&'static str> {
    NAVIGATION.iter().find(|(key, _)| *key == name).map(|(_, label)| *label)
}

/// Reads the frame of a language at a snapshot's instant.
///
/// # Errors
/// The database does not answer.
pub async fn read(site: &Site, snapshot: &mut Snapshot, language: Language) -> Result<Arc<Frame>> {
    let (at, when) = (snapshot.at, snapshot.when);
    let footer = FOOTER.iter().filter_map(|(name, _)| *name);
    let navigation = NAVIGATION.iter().map(|(name, _)| *name);
    let names: Vec<&str> = navigation
        .chain(footer)
        .chain([key::INSTITUTION, key::CHARTER, key::CONTACT])
        .collect();
    let known = publication::known_by_name(snapshot.connection(), &names).await?;
    let shown = publication::shown(snapshot.connection(), &known, at).await?;
    let worded = [key::INSTITUTION, key::CHARTER];
    let parts = [Part::Title, Part::Summary];
    let texts: Vec<i64> = shown
        .iter()
        .filter(|shown| shown.key.as_deref().is_some_and(|key| worded.contains(&key)))
        .map(|shown| shown.publication)
        .collect();
    let mut passages = publication::passages(snapshot.connection(), &texts, &parts).await?;
    let folios: Vec<Folio> = shown
        .into_iter()
        .map(|shown| Folio {
            passages: passages.remove(&shown.publication).unwrap_or_default(),
            shown,
            when,
        })
        .collect();
    let frame = Arc::new(assemble(site, &folios, language, at, when));
    if when == When::Now {
        site.remember(language, &frame);
    }
    Ok(frame)
}

/// Reads the present frame out of a snapshot that served for something else, be it for the past.
///
/// # Errors
/// The database does not answer.
pub async fn present(site: &Site, mut snapshot: Snapshot, language: Language) -> Result<Arc<Frame>> {
    let now = snapshot.now;
    snapshot.turn_back(When::Now, now);
    read(site, &mut snapshot, language).await
}

/// The frame of an error page: the site's own if the database answers soon, else the last one read, else a bare one.
pub async fn for_failure(site: &Site, language: Language, database_is_gone: bool) -> Arc<Frame> {
    let fresh = async { present(site, site.snapshot().await?, language).await };
    if !database_is_gone && let Ok(Ok(frame)) = tokio::time::timeout(FAILURE_LIMIT, fresh).await {
        return frame;
    }
    site.remembered(language)
        .unwrap_or_else(|| Arc::new(bare(site, language)))
}

fn assemble(site: &Site, folios: &[Folio], language: Language, at: Instant, when: When) -> Frame {
    let find = |name: &str| {
        folios
            .iter()
            .find(|folio| folio.shown.in_effect && folio.shown.key.as_deref() == Some(name))
    };
    let path = |name: &str| find(name).and_then(|folio| folio.path(language));
    let link = |(path, label): (Option<String>, &'static str)| {
        Some(NavigationLink {
            key: label,
            path: path?,
        })
    };
    let footed = |name: Option<&str>| name.map_or_else(|| Some(Place::Plan.path_at(language, when)), path);
    let institution = find(key::INSTITUTION);
    let charter = find(key::CHARTER)
        .filter(|_| language == Language::English)
        .and_then(|folio| {
            let html = folio.lead(Part::Summary, language, &Directory::default())?;
            Some(CharterNotice {
                html,
                path: folio.path(language)?,
            })
        });
    Frame {
        institution: institution
            .and_then(|folio| folio.inline(Part::Title, language))
            .unwrap_or_default(),
        institution_name: institution
            .map(|folio| folio.plain(Part::Title, language))
            .unwrap_or_default(),
        home: Place::Home.path_at(language, when),
        navigation: NAVIGATION
            .iter()
            .filter_map(|(name, label)| link((path(name), label)))
            .collect(),
        footer: FOOTER
            .iter()
            .filter_map(|(name, label)| link((footed(*name), label)))
            .collect(),
        contact: path(key::CONTACT).unwrap_or_else(|| Place::Home.path_at(language, when)),
        charter,
        demonstration: !site.official,
        year: Some(day_of(at).year()),
    }
}

/// Without a database and before any page was read: the places that need neither.
fn bare(site: &Site, language: Language) -> Frame {
    let link = |(name, label): &(&str, &'static str)| NavigationLink {
        key: label,
        path: Place::of(Kind::Statement, Some(name), None)
            .unwrap_or(Place::Home)
            .path(language),
    };
    let name = message(language, "frame-unnamed", &[]);
    Frame {
        institution: Html::from_text(&name),
        institution_name: name,
        home: Place::Home.path(language),
        navigation: NAVIGATION.iter().map(link).collect(),
        footer: vec![NavigationLink {
            key: "frame-footer-plan",
            path: Place::Plan.path(language),
        }],
        contact: Place::Home.path(language),
        charter: None,
        demonstration: !site.official,
        year: None,
    }
}
