//! The other forms of a page, by extension of its address: citations, contact card, plain text, picture, feed; and the
//! files that machines look for at known places.

pub mod card;
pub mod citation;
mod contact;
mod feed;
pub mod head;
mod places;
mod plain;

use axum::body::Bytes;
use axum::http::HeaderMap;

use super::answer::{Answer, Document};
use super::compose::Composition;
use super::folio::Folio;
use super::locate::{Located, locate};
use super::{Site, frame, past};
use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::{English, Kind, Snapshot, When, Withdrawn};

pub use feed::{WHOLE as WHOLE_FEED, whole as feed};
pub use places::{SECURITY, SITEMAP, robots, security, sitemap};

/// A form of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSL-JSON (W26).
    Csl,
    /// RIS (W27).
    Ris,
    /// BibTeX (W27).
    Bibtex,
    /// vCard 4 (W30).
    Contact,
    /// Words alone, for copying.
    Plain,
    /// The picture that social networks show beside a link (W23).
    Card,
    /// Atom (W20).
    Feed,
}

impl Format {
    /// Every form, in the order in which pages announce them.
    pub const ALL: [Self; 7] = [
        Self::Csl,
        Self::Ris,
        Self::Bibtex,
        Self::Contact,
        Self::Plain,
        Self::Card,
        Self::Feed,
    ];

    /// What it adds to the page's address.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csl => ".csl.json",
            Self::Ris => ".ris",
            Self::Bibtex => ".bib",
            Self::Contact => ".vcf",
            Self::Plain => ".txt",
            Self::Card => ".png",
            Self::Feed => ".atom",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csl => "application/vnd.citationstyles.csl+json",
            Self::Ris => "application/x-research-info-systems",
            Self::Bibtex => "application/x-bibtex",
            Self::Contact => "text/vcard",
            Self::Plain => "text/plain",
            Self::Card => "image/png",
            Self::Feed => "application/atom+xml",
        }
    }

    /// The value of `Content-Type`. JSON has no charset parameter, a picture no charset.
    const fn content_type(self) -> &'static str {
        match self {
            Self::Csl => "application/vnd.citationstyles.csl+json",
            Self::Ris => "application/x-research-info-systems; charset=utf-8",
            Self::Bibtex => "application/x-bibtex; charset=utf-8",
            Self::Contact => "text/vcard; charset=utf-8",
            Self::Plain => "text/plain; charset=utf-8",
            Self::Card => "image/png",
            Self::Feed => "application/atom+xml; charset=utf-8",
        }
    }

    /// Whether texts of this kind have this form.
    #[must_use]
    pub const fn serves(self, kind: Kind) -> bool {
        match self {
            Self::Csl | Self::Ris | Self::Bibtex => {
                matches!(kind, Kind::Statement | Kind::Mandate | Kind::Representative)
            }
            Self::Contact | Self::Plain => matches!(kind, Kind::Representative),
            Self::Card | Self::Feed => true,
        }
    }

    /// Whether pages of the past have it too, at their own date: a feed tells what comes, which the past does not do.
    #[must_use]
    pub const fn has_past(self) -> bool {
        !matches!(self, Self::Feed)
    }
}

/// Tells the address of the page from the form that is asked for, if any; slugs hold no full stop.
#[must_use]
pub fn split(path: &str) -> (&str, Option<Format>) {
    let form = |format: Format| Some((path.strip_suffix(format.extension())?, Some(format)));
    Format::ALL.into_iter().find_map(form).unwrap_or((path, None))
}

/// A form of the page at a path, at the snapshot's instant.
///
/// # Errors
/// Not found where the page has no such form; the database does not answer.
pub async fn answer(
    site: &Site,
    snapshot: Snapshot,
    language: Language,
    (path, format): (&str, Format),
) -> Result<Answer> {
    let (page, folio) = match locate(site, snapshot, language, path).await? {
        Located::Elsewhere(Answer::Moved(current)) => return Ok(Answer::Moved(current + format.extension())),
        Located::Elsewhere(answer) => return Ok(answer),
        Located::Here(text) => match text.withdrawn {
            Some(notice) if notice.kind == Withdrawn::Removed => {
                return Ok(Answer::Removed {
                    notice: Box::new(notice),
                    frame: frame::present(site, text.page.snapshot, language).await?,
                    versions: HeaderMap::new(),
                });
            }
            _ => (text.page, text.folio),
        },
    };
    let is_past = page.snapshot.when != When::Now;
    let untranslated = language == Language::English && folio.shown.english != English::Present;
    if untranslated || !format.serves(folio.shown.kind) || (is_past && !format.has_past()) {
        return Err(Error::NotFound);
    }
    Ok(Answer::Document(Document {
        content_type: format.content_type(),
        language: Some(language),
        policy: past::policy(&page.snapshot),
        noindex: is_past,
        body: body(page, &folio, format).await?,
    }))
}

async fn body(mut page: Composition<'_>, folio: &Folio, format: Format) -> Result<Bytes> {
    Ok(match format {
        Format::Csl => page.citation(folio).await?.csl().into(),
        Format::Ris => page.citation(folio).await?.ris().into(),
        Format::Bibtex => page.citation(folio).await?.bibtex().into(),
        Format::Contact => contact::of(&mut page, folio).await?.to_string().into(),
        Format::Plain => plain::of(&mut page, folio).await?.into(),
        Format::Card => {
            let (site, words) = (page.site, card::words(&page, folio));
            // Drawing takes long, and needs no connection.
            drop(page);
            site.pictures.of(words).await?
        }
        Format::Feed => feed::of(&mut page, Some(folio)).await?.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_asks_for_a_form() {
        assert_eq!(split("/fr/mission.csl.json"), ("/fr/mission", Some(Format::Csl)));
        assert_eq!(split("/fr.png"), ("/fr", Some(Format::Card)));
        assert_eq!(split("/fr/mission"), ("/fr/mission", None));
        assert_eq!(split("/fr/mission.json"), ("/fr/mission.json", None));
    }
}
