//! What pages are made of: the texts that they show, read in one snapshot, in the page's language.

use std::sync::Arc;

use super::Site;
use super::chronicle::Chronicle;
use super::draft::Draft;
use super::folio::{self, Directory, Folio};
use super::frame;
use super::view::{Frame, Link};
use crate::config::Origin;
use crate::error::Result;
use crate::i18n::Language;
use crate::model::address::Place;
use crate::model::{Bilingual, DocumentId, Part, Snapshot, publication};

/// A page being composed: in which language, out of which snapshot.
pub struct Composition<'a> {
    pub(super) site: &'a Site,
    /// Where and when it is read.
    pub snapshot: Snapshot,
    /// The language of the page.
    pub language: Language,
    /// The changes of the page, once read.
    pub chronicle: Chronicle,
    /// What stands around the page.
    pub(super) frame: Arc<Frame>,
    /// Of a page of the past: where its document stands now.
    present: Option<Bilingual<String>>,
    /// Of a page of the desk: the text that is not public yet.
    pub(super) draft: Option<Draft>,
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
            chronicle: Chronicle::default(),
            frame,
            present: None,
            draft: None,
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

    /// The path of home in a language, at the page's moment.
    pub fn home(&self, language: Language) -> String {
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
        let members = match &self.draft {
            Some(draft) if draft.is(list) => draft.members.clone(),
            _ => publication::members(self.snapshot.connection(), list.shown.publication).await?,
        };
        let mut folios = folio::read_listed(&mut self.snapshot, &members, parts).await?;
        folios.retain(|folio| folio.shown.in_effect);
        Ok(folios)
    }

    /// Every document that has begun, by number.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn everything(&mut self) -> Result<Vec<Folio>> {
        self.snapshot.shows_everything();
        let begun = publication::begun(self.snapshot.connection()).await?;
        let mut folios = folio::read_listed(&mut self.snapshot, &begun, &[Part::Title]).await?;
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

    /// A link to the text of a document, by its title.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn link(&mut self, document: DocumentId) -> Result<Option<Link>> {
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
}
