//! The facts beside a text: its dates, its version, what its readers must be told.

use super::compose::Composition;
use super::folio::{Folio, day, day_of};
use super::view::{Day, Html, Record, Shell, WithdrawnNotice};
use crate::error::Result;
use crate::i18n::Language;
use crate::model::Kind;
use crate::model::address;
use crate::model::withdrawal::{self, Withdrawal};
use crate::text;

impl Composition<'_> {
    /// Why a text that is no longer in effect left.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn withdrawal(&mut self, folio: &Folio) -> Result<Option<WithdrawnNotice>> {
        if folio.shown.in_effect {
            return Ok(None);
        }
        let at = self.snapshot.at;
        let Some(found) = withdrawal::last(self.snapshot.connection(), folio.shown.document, at).await? else {
            return Ok(None);
        };
        let Withdrawal {
            kind,
            at,
            reason,
            successor,
        } = found;
        let successor = match successor {
            Some(successor) => self.link(successor).await?,
            None => None,
        };
        let reason = Html(text::inline(
            reason.get(self.language),
            self.language,
            text::Register::Prose,
        ));
        Ok(Some(WithdrawnNotice {
            kind,
            day: day(day_of(at), self.language),
            reason,
            successor,
        }))
    }

    /// The record of a page: of its own text, and of what it lists.
    pub fn record(&self, folio: &Folio, listed: &[Folio], withdrawn: Option<WithdrawnNotice>) -> Record {
        let (language, document) = (self.language, folio.shown.document);
        Record {
            short_link: address::short_link_in(document, language),
            history: address::history(&self.present_path(folio)),
            version: match folio.shown.kind {
                // Home is made of other documents' texts, which have versions of their own.
                Kind::Institution => None,
                Kind::List => Some(("record-version-of-list", folio.shown.version)),
                _ => Some(("record-version", folio.shown.version)),
            },
            changed: self.changed(language),
            address: self.site.origin.address(&folio.path(language).unwrap_or_default()),
            lagging: self.lagging(std::iter::once(folio).chain(listed)),
            withdrawn,
        }
    }

    /// When the page last changed for readers of a language, in the page's own.
    pub fn changed(&self, language: Language) -> Option<Day> {
        let last = self.chronicle.changed(self.snapshot.at, language)?;
        Some(day(day_of(last), self.language))
    }

    /// Since when the text of a document has been in effect.
    pub fn since(&self, folio: &Folio) -> Option<Day> {
        let since = self.chronicle.since(folio.shown.document, self.snapshot.at)?;
        Some(day(day_of(since), self.language))
    }

    /// On English pages, the day on which the French of what lags behind it last changed.
    pub fn lagging<'f>(&self, folios: impl IntoIterator<Item = &'f Folio>) -> Option<Day> {
        if self.language == Language::French {
            return None;
        }
        let lagging = folios.into_iter().filter(|folio| folio.lags());
        let last = lagging.filter_map(|folio| folio.changed(Language::French)).max()?;
        Some(day(day_of(last), self.language))
    }
}

impl Shell {
    /// On English pages, the path of the French one, whose words prevail.
    #[must_use]
    pub fn french(&self) -> Option<&str> {
        (self.language == Language::English).then_some(&self.counterpart)
    }
}
