//! Memento (RFC 7089, pattern 2.1): each page is an original with a TimeGate and a TimeMap, and its Mementos are its
//! addresses in the site as it was, one for each second in which it changed.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};

use super::Site;
use super::answer::Answer;
use super::cache::CachePolicy;
use super::chronicle::{self, Chronicle};
use super::compose::Composition;
use super::folio::{self, Folio};
use crate::config::Origin;
use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::address::{self, Parsed, Place};
use crate::model::publication::{self, Shown};
use crate::model::{Snapshot, When};

const MEMENTO_DATETIME: HeaderName = HeaderName::from_static("memento-datetime");
const ACCEPT_DATETIME: HeaderName = HeaderName::from_static("accept-datetime");
const VARY: HeaderValue = HeaderValue::from_static("accept-datetime");
const LINK_FORMAT: HeaderValue = HeaderValue::from_static("application/link-format");

/// The headers of a text's page: as an original, or as a Memento where it is read in the past.
pub fn of_text(page: &Composition<'_>, folio: &Folio) -> HeaderMap {
    let path = page.present_path(folio);
    Versions::of(page.origin(), &page.chronicle, path, Some(&folio.shown), page.language).headers(&page.snapshot)
}

/// The headers of the site plan, which changes with everything.
pub fn of_plan(page: &Composition<'_>) -> HeaderMap {
    let path = Place::Plan.path(page.language);
    Versions::of(page.origin(), &page.chronicle, path, None, page.language).headers(&page.snapshot)
}

/// `/timegate/{path}`: to the Memento that stood at the date asked for, the first or the last beyond either end.
pub async fn timegate(State(site): State<Arc<Site>>, uri: Uri, asked: HeaderMap) -> Result<Response> {
    let versions = match find(&site, uri.path()).await? {
        Original::Here(versions) => versions,
        Original::At(path) => {
            let location = site.origin.address(&address::timegate(&path));
            let links = link(&site.origin.address(&path), "rel=\"original\"");
            return Ok(redirect(&location, &links, HeaderMap::new()));
        }
    };
    let mut dates = asked.get_all(ACCEPT_DATETIME).iter();
    let wanted = match (dates.next(), dates.next()) {
        (None, _) => None,
        (Some(date), None) => Some(parse_date(date).ok_or(Error::NoDate)?),
        (Some(_), Some(_)) => return Err(Error::NoDate),
    };
    let chosen = versions.chosen(wanted).ok_or(Error::NotFound)?;
    let headers = HeaderMap::from_iter([(header::VARY, VARY)]);
    let links = [
        versions.original(),
        versions.timemap("timemap"),
        versions.around(chosen),
    ]
    .join(", ");
    Ok(redirect(&versions.memento(chosen), &links, headers))
}

/// `/timemap/{path}`: every Memento of a page, with its date.
pub async fn timemap(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response> {
    match find(&site, uri.path()).await? {
        Original::At(path) => Ok(Answer::Moved(address::timemap(&path)).into_response()),
        Original::Here(versions) => {
            let headers = [
                (header::CONTENT_TYPE, LINK_FORMAT),
                (header::CACHE_CONTROL, CachePolicy::Page.header()),
            ];
            Ok((headers, versions.list()).into_response())
        }
    }
}

/// The page that a TimeGate or a TimeMap speaks of.
enum Original<'a> {
    /// It stands at the path asked for.
    Here(Versions<'a>),
    /// Its path was that once, and is now this one.
    At(String),
}

async fn find<'a>(site: &'a Site, asked: &str) -> Result<Original<'a>> {
    let path = address::original(asked).ok_or(Error::NotFound)?;
    let mut snapshot = site.snapshot().await?;
    let (shown, language) = match address::parse(path) {
        Parsed::Plan(language) => (None, language),
        Parsed::Document(language) => {
            let document = address::document(snapshot.connection(), path)
                .await?
                .ok_or(Error::NotFound)?;
            let now = snapshot.now;
            let shown = publication::shown(snapshot.connection(), &[document], now).await?;
            (Some(shown.into_iter().next().ok_or(Error::NotFound)?), language)
        }
        _ => return Err(Error::NotFound),
    };
    let current = shown.as_ref().and_then(|shown| folio::path(shown, language));
    if let Some(current) = current.filter(|current| current != path) {
        return Ok(Original::At(current));
    }
    let path = path.to_owned();
    let chronicle = Chronicle::read(&mut snapshot, shown.as_ref()).await?;
    let versions = Versions::of(&site.origin, &chronicle, path, shown.as_ref(), language);
    Ok(Original::Here(versions))
}

fn redirect(location: &str, links: &str, mut headers: HeaderMap) -> Response {
    for (name, value) in [(header::LOCATION, location), (header::LINK, links)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    headers.insert(header::CACHE_CONTROL, CachePolicy::Never.header());
    (StatusCode::FOUND, headers).into_response()
}

/// A page's address and its Mementos, in order.
struct Versions<'a> {
    origin: &'a Origin,
    path: String,
    mementos: Vec<Memento>,
}

/// A second at which a page had just changed, and its path then.
struct Memento {
    second: Timestamp,
    path: String,
}

impl<'a> Versions<'a> {
    /// The versions of the page that stands at `path`: a document's, or the site plan's.
    fn of(origin: &'a Origin, chronicle: &Chronicle, path: String, shown: Option<&Shown>, language: Language) -> Self {
        let places = chronicle.places(shown, language, path.clone());
        let mut seconds: Vec<Timestamp> = chronicle
            .changes()
            .iter()
            .map(|change| chronicle::second(change.at))
            .collect();
        // Of two changes in one second the later is what is shown there.
        seconds.dedup();
        let memento = |second: Timestamp| Memento {
            second,
            path: places.at(second).to_owned(),
        };
        Self {
            origin,
            mementos: seconds.into_iter().map(memento).collect(),
            path,
        }
    }

    /// The place of the Memento that stood at a date; the last without one.
    fn chosen(&self, wanted: Option<Timestamp>) -> Option<usize> {
        let begun = wanted.map_or(self.mementos.len(), |wanted| {
            self.mementos.partition_point(|memento| memento.second <= wanted)
        });
        let last = self.mementos.len().checked_sub(1)?;
        Some(begun.saturating_sub(1).min(last))
    }

    fn headers(&self, snapshot: &Snapshot) -> HeaderMap {
        let gate = link(&self.origin.address(&address::timegate(&self.path)), "rel=\"timegate\"");
        let mut headers = HeaderMap::new();
        let links = match snapshot.when {
            When::Now => format!("{gate}, {}", self.timemap("timemap")),
            When::Day(_) | When::Second(_) => {
                // An instant less than a second ahead is read now, and is the date of what has just begun.
                let wanted = match snapshot.when {
                    When::Second(second) => second,
                    When::Now | When::Day(_) => snapshot.at.timestamp(),
                };
                let Some(chosen) = self.chosen(Some(wanted)) else {
                    return headers;
                };
                if let Ok(date) = HeaderValue::from_str(&http_date(self.mementos[chosen].second)) {
                    headers.insert(MEMENTO_DATETIME, date);
                }
                [self.original(), gate, self.timemap("timemap"), self.around(chosen)].join(", ")
            }
        };
        if let Ok(links) = HeaderValue::from_str(&links) {
            headers.insert(header::LINK, links);
        }
        headers
    }

    fn original(&self) -> String {
        link(&self.origin.address(&self.path), "rel=\"original\"")
    }

    fn memento(&self, place: usize) -> String {
        let Memento { second, path } = &self.mementos[place];
        self.origin.address(&address::dated(path, When::Second(*second)))
    }

    fn timemap(&self, relation: &str) -> String {
        let mut attributes = format!("rel=\"{relation}\"; type=\"application/link-format\"");
        if let (Some(from), Some(until)) = (self.mementos.first(), self.mementos.last()) {
            // Writing to a String never fails.
            let _ = write!(
                attributes,
                "; from=\"{}\"; until=\"{}\"",
                http_date(from.second),
                http_date(until.second)
            );
        }
        link(&self.origin.address(&address::timemap(&self.path)), &attributes)
    }

    /// The first, the previous, the chosen, the next and the last Memento, each once.
    fn around(&self, chosen: usize) -> String {
        let last = self.mementos.len().saturating_sub(1);
        let mut places = vec![0, chosen.saturating_sub(1), chosen, (chosen + 1).min(last), last];
        places.dedup();
        let line = |place: &usize| self.line(*place, Some(chosen));
        places.iter().map(line).collect::<Vec<_>>().join(", ")
    }

    fn line(&self, place: usize, chosen: Option<usize>) -> String {
        let relations = [
            ("first", place == 0),
            ("last", place + 1 == self.mementos.len()),
            ("prev", chosen == Some(place + 1)),
            ("next", chosen.is_some_and(|chosen| chosen + 1 == place)),
            ("memento", true),
        ];
        let relations: Vec<&str> = relations
            .into_iter()
            .filter_map(|(name, holds)| holds.then_some(name))
            .collect();
        let date = http_date(self.mementos[place].second);
        link(
            &self.memento(place),
            &format!("rel=\"{}\"; datetime=\"{date}\"", relations.join(" ")),
        )
    }

    fn list(&self) -> String {
        let gate = link(&self.origin.address(&address::timegate(&self.path)), "rel=\"timegate\"");
        let mut lines = vec![self.original(), self.timemap("self"), gate];
        lines.extend((0..self.mementos.len()).map(|place| self.line(place, None)));
        lines.join(",\n") + "\n"
    }
}

fn link(target: &str, attributes: &str) -> String {
    format!("<{target}>; {attributes}")
}

/// A date as HTTP writes it; whole seconds of the years that addresses know always can be.
fn http_date(second: Timestamp) -> String {
    DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&second)
        .unwrap_or_default()
}

/// Reads a date in the one form that RFC 7089 allows: with the right day of the week, two digits, GMT.
fn parse_date(value: &HeaderValue) -> Option<Timestamp> {
    let text = value.to_str().ok()?;
    let date = DateTimeParser::new().parse_timestamp(text).ok()?;
    (http_date(date) == text).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_one_form() {
        let read = |text: &'static str| parse_date(&HeaderValue::from_static(text)).is_some();
        assert!(read("Sun, 01 Jun 2025 00:00:00 GMT"));
        for text in [
            "",
            "Mon, 01 Jun 2025 00:00:00 GMT",
            "Sun, 1 Jun 2025 00:00:00 GMT",
            "sun, 01 jun 2025 00:00:00 GMT",
            "Sun, 01 Jun 2025 00:00:00 +0000",
            "01 Jun 2025 00:00:00 GMT",
            "2025-06-01",
            "Sunday, 01-Jun-25 00:00:00 GMT",
        ] {
            assert!(!read(text), "{text}");
        }
    }
}
