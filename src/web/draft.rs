//! The page of a text that is not public yet, as its readers would see it: for the desk alone, which read the text with its own
//! role. All else on the page is what is public now.

use super::Site;
use super::answer::Page;
use super::chronicle::Chronicle;
use super::compose::Composition;
use super::folio::Folio;
use super::kinds::{compose, untranslated};
use super::view::Shell;
use crate::error::Result;
use crate::i18n::Language;
use crate::model::document::Document;
use crate::model::publication::{self, Shown, ShownPassage};
use crate::model::{Anchor, DocumentId, English, Office, Passage, Slug, Snapshot, Text, When};

/// The publication of a text that has none: no row has this number.
const NO_PUBLICATION: i64 = 0;

/// The banner of a page that only the desk shows.
#[derive(Debug, Clone)]
pub struct Banner {
    /// What the page is, in the language of the interface.
    pub words: String,
    /// The words of the link back to the desk.
    pub label: String,
    /// Where it leads.
    pub back: String,
    /// The language of the interface.
    pub language: Language,
}

/// What of a draft stands in no folio.
#[derive(Debug)]
pub struct Draft {
    document: DocumentId,
    /// Of a list: its members, in order.
    pub members: Vec<DocumentId>,
    /// Of a representative.
    pub office: Office,
    /// What tells that it is not public.
    banner: Banner,
    /// Where the same text is shown in the other language.
    counterpart: String,
}

impl Draft {
    /// A draft of a document under its banner.
    pub fn new(document: DocumentId, text: &Text, banner: Banner, counterpart: String) -> Self {
        Self {
            document,
            members: text.members.clone(),
            office: text.office.unwrap_or_default(),
            banner,
            counterpart,
        }
    }

    /// Whether a folio is this draft's.
    pub fn is(&self, folio: &Folio) -> bool {
        folio.shown.publication == NO_PUBLICATION && folio.shown.document == self.document
    }

    /// The head of the page, which no machine is told of.
    pub fn under_banner(&self, shell: Shell) -> Shell {
        Shell {
            canonical: None,
            alternates: Vec::new(),
            resource: None,
            counterpart: self.counterpart.clone(),
            noindex: true,
            preview: Some(self.banner.clone()),
            head: super::formats::head::Head::default(),
            ..shell
        }
    }
}

/// The page of a draft in a language; `lagging` are the passages whose English renders a French of before.
///
/// # Errors
/// The database does not answer.
pub async fn page(
    site: &Site,
    language: Language,
    document: &Document,
    text: &Text,
    lagging: &[Anchor],
    draft: Draft,
) -> Result<Page> {
    let snapshot = Snapshot::take(&site.pool).await?;
    let mut page = Composition::begin(site, snapshot, language).await?;
    page.draft = Some(draft);
    let at = page.snapshot.at;
    let now = publication::shown(page.snapshot.connection(), &[document.id], at)
        .await?
        .pop();
    let folio = folio(document, text, lagging, now);
    page.chronicle = Chronicle::read(&mut page.snapshot, Some(&folio.shown)).await?;
    if language == Language::English && text.english != English::Present {
        Ok(untranslated(&page, &folio))
    } else {
        compose(&mut page, &folio, None).await
    }
}

/// A draft as what is shown of a document, after what is shown of it `now`.
fn folio(document: &Document, text: &Text, lagging: &[Anchor], now: Option<Shown>) -> Folio {
    let mut slug = text.slug.clone();
    // A text without an address yet stands somewhere nonetheless.
    slug.fr = slug
        .fr
        .or_else(|| Slug::try_from(format!("document-{}", document.id)).ok());
    let shown = Shown {
        publication: NO_PUBLICATION,
        document: document.id,
        kind: document.kind,
        key: document.key.clone(),
        version: now.as_ref().map_or(1, |now| now.version + 1),
        in_effect: true,
        slug,
        english: text.english,
        changed: now.map(|now| now.changed).unwrap_or_default(),
    };
    let passage = |passage: &Passage| ShownPassage {
        publication: NO_PUBLICATION,
        part: passage.part,
        anchor: passage.anchor.as_str().to_owned(),
        fr: passage.fr.clone(),
        en: passage.en.clone(),
        redacted: passage.digest.is_some(),
        redacted_at: None,
        lagging: lagging.contains(&passage.anchor),
    };
    Folio {
        passages: text.passages.iter().map(passage).collect(),
        shown,
        when: When::Now,
    }
}
