//! What pages are made of: texts in the page's language, their records, the head of each page.

use std::sync::Arc;

use super::folio::{self, Directory, Folio, day, day_of, moment};
use super::view::{
    Alternate, AsOf, Crumb, Day, Frame, Html, Link, MandateEntry, Record, RepresentativeCard, Shell, WithdrawnNotice,
    rich,
};
use super::{Site, api, frame, past};
use crate::config::Origin;
use crate::error::Result;
use crate::i18n::{self, Language, message};
use crate::model::address::{self, Place};
use crate::model::withdrawal::{self, Withdrawal};
use crate::model::{Bilingual, DocumentId, English, Instant, Kind, Office, Part, Snapshot, When, publication};
use crate::text;

/// A page being composed: in which language, out of which snapshot.
pub struct Composition<'a> {
    site: &'a Site,
    /// Where and when it is read.
    pub snapshot: Snapshot,
    /// The language of the page.
    pub language: Language,
    frame: Arc<Frame>,
    /// Of a page of the past: where its document stands now.
    present: Option<Bilingual<String>>,
}

impl<'a> Composition<'a> {
    /// Begins a page of this language, at the snapshot's instant.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn begin(site: &'a Site, mut snapshot: Snapshot, language: Language) -> Result<Self> {
        let frame = frame::read(site, &mut snapshot, language).await?;
        Ok(Self {
            site,
            snapshot,
            language,
            frame,
            present: None,
        })
    }

    /// The public origin of absolute addresses.
    pub const fn origin(&self) -> &'a Origin {
        &self.site.origin
    }

    /// Says where the document of this page stands now, which pages of the past link to.
    pub fn stands_now(&mut self, paths: Bilingual<String>) {
        self.present = Some(paths);
    }

    /// The present path of the page of a text, the same for each date.
    pub fn present_path(&self, folio: &Folio) -> String {
        let present = self.present.as_ref().map(|paths| paths.get(self.language).clone());
        present
            .or_else(|| folio::path(&folio.shown, self.language))
            .unwrap_or_else(|| Place::Home.path(self.language))
    }

    fn home(&self, language: Language) -> String {
        Place::Home.path_at(language, self.snapshot.when)
    }

    /// The texts of these documents, in this order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn folios(&mut self, documents: &[DocumentId], parts: &[Part]) -> Result<Vec<Folio>> {
        folio::read(&mut self.snapshot, documents, parts).await
    }

    /// A text that the program knows by name, if it is in effect.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn named(&mut self, key: &str, parts: &[Part]) -> Result<Option<Folio>> {
        let known = publication::known_by_name(self.snapshot.connection(), &[key]).await?;
        Ok(self
            .folios(&known, parts)
            .await?
            .into_iter()
            .find(|folio| folio.shown.in_effect))
    }

    /// The members of a list that are in effect, in its order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn members(&mut self, list: &Folio, parts: &[Part]) -> Result<Vec<Folio>> {
        let members = publication::members(self.snapshot.connection(), list.shown.publication).await?;
        let mut folios = self.folios(&members, parts).await?;
        folios.retain(|folio| folio.shown.in_effect);
        Ok(folios)
    }

    /// Every document that has begun, by number.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn everything(&mut self) -> Result<Vec<Folio>> {
        let begun = publication::begun(self.snapshot.connection()).await?;
        let mut folios = self.folios(&begun, &[Part::Title]).await?;
        folios.retain(|folio| folio.shown.in_effect);
        Ok(folios)
    }

    /// Where the documents that these texts link to stand.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn directory(&mut self, folios: impl IntoIterator<Item = &Folio>) -> Result<Directory> {
        folio::directory(&mut self.snapshot, folios, self.language).await
    }

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

    async fn link(&mut self, document: DocumentId) -> Result<Option<Link>> {
        let found = self.folios(&[document], &[Part::Title]).await?;
        Ok(found.first().and_then(|folio| self.link_to(folio)))
    }

    /// A link to a text, by its title.
    pub fn link_to(&self, folio: &Folio) -> Option<Link> {
        Some(Link {
            label: folio.inline(Part::Title, self.language)?,
            path: folio.path(self.language)?,
        })
    }

    /// The cards of representatives, in their order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn cards(&mut self, folios: &[Folio]) -> Result<Vec<RepresentativeCard>> {
        let publications: Vec<i64> = folios.iter().map(|folio| folio.shown.publication).collect();
        let offices = publication::offices(self.snapshot.connection(), &publications).await?;
        let mut cards = Vec::new();
        for folio in folios {
            let office = offices.get(&folio.shown.publication).copied().unwrap_or_default();
            let successor = match office.successor {
                Some(successor) => self.link(successor).await?,
                None => None,
            };
            cards.push(self.card(folio, office, successor));
        }
        Ok(cards)
    }

    fn card(&self, folio: &Folio, office: Office, successor: Option<Link>) -> RepresentativeCard {
        let language = self.language;
        RepresentativeCard {
            name: folio.inline(Part::Title, language).unwrap_or_default(),
            initials: initials(&folio.plain(Part::Title, language)),
            function: folio.inline(Part::Function, language).unwrap_or_default(),
            short: folio
                .lead(Part::Short, language, &Directory::default())
                .unwrap_or_default(),
            path: folio.path(language).unwrap_or_default(),
            office: ended(office, language),
            successor,
            in_french: folio.spoken(language) != language,
        }
    }

    /// The mandates as lists show them: numbered by rank among those shown, each clause closed by the list's own mark.
    pub fn entries(&self, folios: &[Folio], links: &Directory) -> Vec<MandateEntry> {
        let entry = |(index, folio): (usize, &Folio)| {
            let mark = if index + 1 == folios.len() { "." } else { ";" };
            MandateEntry {
                rank: index + 1,
                anchor: folio.title_anchor(),
                title: folio.inline(Part::Title, self.language).unwrap_or_default(),
                path: folio.path(self.language).unwrap_or_default(),
                passages: folio.closed(Part::Body, self.language, links, mark),
                in_french: folio.spoken(self.language) != self.language,
            }
        };
        folios.iter().enumerate().map(entry).collect()
    }

    /// The record of a page: that of its own text, its date the latest of all that it lists.
    pub fn record(&self, folio: &Folio, listed: &[Folio], withdrawn: Option<WithdrawnNotice>) -> Record {
        let lags = folio.lags() || listed.iter().any(Folio::lags);
        let french = self.changed(folio, listed, Language::French);
        Record {
            short_link: address::short_link(folio.shown.document),
            history: address::history(&self.present_path(folio)),
            version: folio.shown.version,
            changed: self.changed(folio, listed, self.language),
            address: self.site.origin.address(&folio.path(self.language).unwrap_or_default()),
            lagging: (self.language == Language::English && lags).then_some(french),
            translation: self.language == Language::English,
            withdrawn,
        }
    }

    /// When this text or one that it lists last changed for readers of a language.
    pub fn changed(&self, folio: &Folio, listed: &[Folio], language: Language) -> Day {
        let changes = std::iter::once(folio)
            .chain(listed)
            .filter_map(|folio| folio.changed(language));
        let latest: Instant = changes.max().unwrap_or(self.snapshot.at);
        day(day_of(latest), self.language)
    }

    /// The head of a text's page.
    pub fn shell(&self, folio: &Folio, parents: &[&Folio], section: Option<&'static str>) -> Shell {
        let language = self.language;
        let address = |language| folio.path(language).map(|path| self.site.origin.address(&path));
        let translated = folio.shown.english == English::Present;
        let is_withdrawn = !folio.shown.in_effect;
        let is_past = self.snapshot.when != When::Now;
        let alternates = match (address(Language::French), address(Language::English)) {
            (Some(fr), Some(en)) if translated && !is_past => alternates(&fr, &en),
            _ => Vec::new(),
        };
        Shell {
            language,
            title: folio.plain(Part::Title, language),
            description: folio.description(language),
            canonical: Some(self.site.origin.address(&self.present_path(folio))),
            alternates,
            resource: Some(api::document_address(folio.shown.document.number(), language)),
            counterpart: folio
                .path(language.other())
                .unwrap_or_else(|| self.home(language.other())),
            noindex: is_past || is_withdrawn || (!translated && language == Language::English),
            // Home has nothing above it.
            breadcrumb: if folio.shown.kind == Kind::Institution {
                Vec::new()
            } else {
                self.breadcrumb(parents)
            },
            section,
            as_of: self.as_of(self.present_path(folio)),
            frame: Arc::clone(&self.frame),
        }
    }

    /// The head of the history of a text's page.
    pub fn history_shell(&self, folio: &Folio) -> Shell {
        let shell = self.shell(folio, &[], None);
        let (title, description) = past::head_of(&shell.title, self.language);
        // Home is the first step of every breadcrumb already.
        let parents = if folio.shown.kind == Kind::Institution {
            &[][..]
        } else {
            &[folio][..]
        };
        let history = |language| folio.path(language).map(|path| address::history(&path));
        let absolute = |language| history(language).map(|path| self.site.origin.address(&path));
        let both = (absolute(Language::French), absolute(Language::English));
        Shell {
            title,
            description,
            canonical: absolute(self.language),
            alternates: match &both {
                (Some(fr), Some(en)) => alternates(fr, en),
                _ => Vec::new(),
            },
            counterpart: history(self.language.other()).unwrap_or(shell.counterpart),
            noindex: false,
            breadcrumb: self.breadcrumb(parents),
            ..shell
        }
    }

    /// The head of a page that has no text of its own.
    pub fn bare_shell(&self, place: Place<'_>, title: String) -> Shell {
        let address = |language| self.site.origin.address(&place.path(language));
        let when = self.snapshot.when;
        let is_past = when != When::Now;
        let both = || alternates(&address(Language::French), &address(Language::English));
        Shell {
            language: self.language,
            description: title.clone(),
            title,
            canonical: Some(address(self.language)),
            alternates: if is_past { Vec::new() } else { both() },
            counterpart: place.path_at(self.language.other(), when),
            noindex: is_past,
            resource: None,
            breadcrumb: self.breadcrumb(&[]),
            section: None,
            as_of: self.as_of(place.path(self.language)),
            frame: Arc::clone(&self.frame),
        }
    }

    /// The banner of a page of the past, which leads to the present one.
    fn as_of(&self, present: String) -> Option<AsOf> {
        (self.snapshot.when != When::Now).then(|| AsOf {
            moment: moment(self.snapshot.when, self.language),
            present,
        })
    }

    /// From home to the parents of a page.
    pub fn breadcrumb(&self, parents: &[&Folio]) -> Vec<Crumb> {
        let label = message(self.language, "frame-home", &[]);
        let home = Crumb {
            label: Html::from_text(&label),
            path: self.home(self.language),
        };
        let parents = parents.iter().filter_map(|parent| self.link_to(parent));
        std::iter::once(home)
            .chain(parents.map(|Link { label, path }| Crumb { label, path }))
            .collect()
    }
}

/// The `hreflang` set of a page in both languages (W6): one function, so that the two pages cannot disagree.
fn alternates(fr: &str, en: &str) -> Vec<Alternate> {
    let alternate = |(hreflang, href): (&'static str, &str)| Alternate {
        hreflang,
        href: href.to_owned(),
    };
    [("fr-CA", fr), ("fr", fr), ("en-CA", en), ("en", en), ("x-default", fr)]
        .map(alternate)
        .into()
}

/// The initials of the first and the last word of a name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first
        .into_iter()
        .chain(words.next_back())
        .flat_map(char::to_uppercase)
        .collect()
}

/// « En fonction du … au … », once the published text says that the office has ended.
fn ended(office: Office, language: Language) -> Option<Html> {
    let until = office.until?;
    Some(match office.from {
        Some(from) => {
            let range = Html(i18n::range_html(from, until, language));
            rich(language, "representative-office", &[("range", &range)])
        }
        None => rich(
            language,
            "representative-office-until",
            &[("day", &day(until, language))],
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_monogram_takes_the_first_and_the_last_word() {
        assert_eq!(initials("Jean Lemire"), "JL");
        assert_eq!(initials("Élodie de la Tour"), "ÉT");
        assert_eq!(initials("Jean"), "J");
        assert_eq!(initials(""), "");
    }
}
