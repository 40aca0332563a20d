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
use crate::model::{DocumentId, English, Instant, Kind, withdrawal};
use crate::web::Site;
use crate::web::answer::{Answer, Document};
use crate::web::cache::CachePolicy;
use crate::web::chronicle::Chronicle;
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
    /// When what it shows last changed.
    changed: Option<String>,
    alternates: Vec<Alternate>,
}

/// `/sitemap.xml`: every page in effect, in each language that it has, with its true date.
///
/// # Errors
/// The database does not answer.
pub async fn sitemap(State(site): State<Arc<Site>>) -> Result<Answer> {
    let mut page = Composition::begin(&site, site.snapshot().await?, Language::French).await?;
    let everything = page.everything().await?;
    let dates = Dates::read(&mut page, &everything).await?;
    let mut pages: Vec<Entry> = everything
        .iter()
        .flat_map(|folio| entries(&site, folio, &dates))
        .collect();
    let plan = Language::ALL.map(|language| site.origin.address(&Place::Plan.path(language)));
    pages.extend(Language::ALL.iter().zip(&plan).map(|(language, address)| Entry {
        address: address.clone(),
        changed: dates.of_plan(&everything, *language).map(second),
        alternates: alternates(&plan[0], &plan[1]),
    }));
    let body = Sitemap { pages }
        .render()
        .map_err(|error| Error::Internal(Box::new(error)))?;
    Ok(document("application/xml; charset=utf-8", body))
}

/// When pages changed: as each text says, but for those that list others or came back after they had left.
struct Dates {
    at: Instant,
    chronicles: HashMap<DocumentId, Chronicle>,
    /// When texts left.
    departures: Vec<Instant>,
}

impl Dates {
    async fn read(page: &mut Composition<'_>, everything: &[Folio]) -> Result<Self> {
        let left = withdrawal::all(page.snapshot.connection()).await?;
        let mut chronicles = HashMap::new();
        for folio in everything {
            let lists = matches!(folio.shown.kind, Kind::List | Kind::Institution);
            if lists || left.iter().any(|(document, _)| *document == folio.shown.document) {
                let chronicle = Chronicle::read(&mut page.snapshot, Some(&folio.shown)).await?;
                chronicles.insert(folio.shown.document, chronicle);
            }
        }
        Ok(Self {
            at: page.snapshot.at,
            chronicles,
            departures: left.into_iter().map(|(_, at)| at).collect(),
        })
    }

    /// When the page of a text last changed for readers of a language.
    fn of(&self, folio: &Folio, language: Language) -> Option<Instant> {
        match self.chronicles.get(&folio.shown.document) {
            Some(chronicle) => chronicle.changed(self.at, language),
            None => folio.changed(language),
        }
    }

    /// When the site plan did, which lists every text.
    fn of_plan(&self, everything: &[Folio], language: Language) -> Option<Instant> {
        let texts = everything.iter().filter_map(|folio| self.of(folio, language));
        texts.chain(self.departures.iter().copied()).max()
    }
}

fn entries(site: &Site, folio: &Folio, dates: &Dates) -> Vec<Entry> {
    let translated = folio.shown.english == English::Present;
    let address = |language| folio.path(language).map(|path| site.origin.address(&path));
    let (Some(fr), Some(en)) = (address(Language::French), address(Language::English)) else {
        return Vec::new();
    };
    let french = Entry {
        address: fr.clone(),
        changed: dates.of(folio, Language::French).map(second),
        alternates: if translated { alternates(&fr, &en) } else { Vec::new() },
    };
    let english = translated.then(|| Entry {
        address: en.clone(),
        changed: dates.of(folio, Language::English).map(second),
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
    let at = site.snapshot().await?.at.timestamp();
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
