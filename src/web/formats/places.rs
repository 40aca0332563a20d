//! The files that machines look for at known places: `sitemap.xml` (W21), `robots.txt`, `security.txt` (RFC 9116, W25).

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use jiff::{Timestamp, ToSpan};

use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::address::Place;
use crate::model::document::key;
use crate::model::{DocumentId, English, Instant, Kind, Snapshot, publication};
use crate::web::Site;
use crate::web::answer::{Answer, Document};
use crate::web::cache::CachePolicy;
use crate::web::compose::Composition;
use crate::web::folio::Folio;
use crate::web::heads::alternates;
use crate::web::view::Alternate;

/// For how many days `security.txt` is good (RFC 9116 advises less than a year).
const SECURITY_DAYS: i64 = 180;

/// Where the sitemap stands.
pub const SITEMAP: &str = "/sitemap.xml";
/// Where RFC 9116 has `security.txt` stand.
pub const SECURITY: &str = "/.well-known/security.txt";

#[derive(Debug, Template)]
#[template(path = "machines/sitemap.xml")]
struct Sitemap {
    pages: Vec<Entry>,
}

/// One page of the sitemap.
#[derive(Debug)]
struct Entry {
    address: String,
    /// When what it shows last changed; none for the site plan, which shows no text.
    changed: Option<String>,
    alternates: Vec<Alternate>,
}

/// `/sitemap.xml`: every page in effect, in each language that it has, with its true date.
///
/// # Errors
/// The database does not answer.
pub async fn sitemap(State(site): State<Arc<Site>>) -> Result<Answer> {
    let mut page = Composition::begin(&site, Snapshot::take(&site.pool).await?, Language::French).await?;
    let everything = page.everything().await?;
    let listed = listed(&mut page, &everything).await?;
    let mut pages: Vec<Entry> = everything
        .iter()
        .flat_map(|folio| entries(&site, folio, &everything, &listed))
        .collect();
    let plan = Language::ALL.map(|language| site.origin.address(&Place::Plan.path(language)));
    pages.extend(plan.iter().map(|address| Entry {
        address: address.clone(),
        changed: None,
        alternates: alternates(&plan[0], &plan[1]),
    }));
    let body = Sitemap { pages }
        .render()
        .map_err(|error| Error::Internal(Box::new(error)))?;
    Ok(document("application/xml; charset=utf-8", body))
}

/// What each list lists. The institution's own page is home, which lists all that the menus lead to.
async fn listed(page: &mut Composition<'_>, everything: &[Folio]) -> Result<HashMap<DocumentId, Vec<DocumentId>>> {
    let mut listed: HashMap<DocumentId, Vec<DocumentId>> = HashMap::new();
    for list in everything.iter().filter(|folio| folio.shown.kind == Kind::List) {
        let members = publication::members(page.snapshot.connection(), list.shown.publication).await?;
        listed.insert(list.shown.document, members);
    }
    let mut shown: Vec<DocumentId> = listed.values().flatten().copied().collect();
    shown.extend(
        everything
            .iter()
            .filter(|folio| matches!(folio.shown.kind, Kind::List | Kind::Statement))
            .map(|folio| folio.shown.document),
    );
    let home = everything
        .iter()
        .find(|folio| folio.shown.key.as_deref() == Some(key::INSTITUTION));
    if let Some(home) = home {
        listed.insert(home.shown.document, shown);
    }
    Ok(listed)
}

fn entries(
    site: &Site,
    folio: &Folio,
    everything: &[Folio],
    listed: &HashMap<DocumentId, Vec<DocumentId>>,
) -> Vec<Entry> {
    let translated = folio.shown.english == English::Present;
    let address = |language| folio.path(language).map(|path| site.origin.address(&path));
    let (Some(fr), Some(en)) = (address(Language::French), address(Language::English)) else {
        return Vec::new();
    };
    let members = listed.get(&folio.shown.document).map(Vec::as_slice).unwrap_or_default();
    let changed = |language| {
        let changes = everything
            .iter()
            .filter(|other| members.contains(&other.shown.document))
            .chain([folio])
            .filter_map(|folio| folio.changed(language));
        changes.max().map(second)
    };
    let french = Entry {
        address: fr.clone(),
        changed: changed(Language::French),
        alternates: if translated { alternates(&fr, &en) } else { Vec::new() },
    };
    let english = translated.then(|| Entry {
        address: en.clone(),
        changed: changed(Language::English),
        alternates: alternates(&fr, &en),
    });
    std::iter::once(french).chain(english).collect()
}

fn second(at: Instant) -> String {
    format!("{:.0}", at.timestamp())
}

/// `/robots.txt`: everything may be read; the sitemap says what there is.
pub async fn robots(State(site): State<Arc<Site>>) -> Answer {
    let sitemap = site.origin.address(SITEMAP);
    let body = format!("User-agent: *\nDisallow:\n\nSitemap: {sitemap}\n");
    document("text/plain; charset=utf-8", body)
}

/// `/.well-known/security.txt`: whom to tell about a weakness.
///
/// # Errors
/// Not found until the operator sets `MANDAT_SECURITY_CONTACT`; the database does not answer.
pub async fn security(State(site): State<Arc<Site>>) -> Result<Answer> {
    if site.security_contacts.is_empty() {
        return Err(Error::NotFound);
    }
    let at = Snapshot::take(&site.pool).await?.at.timestamp();
    let mut body = String::new();
    for contact in &site.security_contacts {
        let _ = writeln!(body, "Contact: {contact}");
    }
    let _ = writeln!(body, "Expires: {}\nPreferred-Languages: fr, en", expiry(at));
    // RFC 9116 §2.5.2 wants web addresses over TLS.
    if site.origin.is_secure() {
        let _ = writeln!(body, "Canonical: {}", site.origin.address(SECURITY));
    }
    Ok(document("text/plain; charset=utf-8", body))
}

/// The end of a day, so that the file changes once a day and not with each request.
fn expiry(at: Timestamp) -> String {
    let day = at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let last = day.checked_add(SECURITY_DAYS.days()).unwrap_or(day);
    format!("{last}T00:00:00Z")
}

fn document(content_type: &'static str, body: String) -> Answer {
    Answer::Document(Document {
        content_type,
        language: None,
        policy: CachePolicy::Page,
        noindex: false,
        body: body.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn security_txt_expires_within_the_year() {
        let at = "2026-03-14T15:00:00Z".parse().unwrap();
        assert_eq!(expiry(at), "2026-09-10T00:00:00Z");
    }
}
