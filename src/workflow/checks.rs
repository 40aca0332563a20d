//! What speaks against making a text public: each reason with the field that it leads to.

use std::collections::HashSet;

use sqlx::PgConnection;

use crate::error::Result;
use crate::i18n::{Language, local_day, message};
use crate::model::document::Document;
use crate::model::{Anchor, DocumentId, English, Instant, Kind, Part, Passage, Text, document};
use crate::text::markup::{Mark, Target, marks};

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is no title.
    TitleMissing,
    /// There is no last segment for its addresses.
    SlugMissing,
    /// A passage has no French.
    FrenchMissing,
    /// A passage has no English, and the English is not declared otherwise.
    EnglishMissing,
    /// A link leads nowhere, or to a document that is not public.
    LinkToNothing,
    /// A link has no words.
    LinkEmpty,
    /// A heading skips a level.
    HeadingOrder,
    /// An image, of which pages would show the alternative text alone.
    Image,
    /// An office ends after today: its end is published once it has come.
    OfficeAhead,
}

impl Fault {
    /// In words for people.
    #[must_use]
    pub fn told(self, language: Language) -> String {
        match self {
            Self::TitleMissing => message(language, "fault-title", &[]),
            Self::SlugMissing => message(language, "fault-slug", &[]),
            Self::FrenchMissing => message(language, "fault-french", &[]),
            Self::EnglishMissing => message(language, "fault-english", &[]),
            Self::LinkToNothing => message(language, "fault-link", &[]),
            Self::LinkEmpty => message(language, "fault-link-empty", &[]),
            Self::HeadingOrder => message(language, "fault-heading", &[]),
            Self::Image => message(language, "fault-image", &[]),
            Self::OfficeAhead => message(language, "fault-office", &[]),
        }
    }
}

/// A reason against making a text public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Whose text.
    pub document: DocumentId,
    /// What is wrong.
    pub fault: Fault,
    /// Where: the passage, if it is in one.
    pub anchor: Option<Anchor>,
    /// In which language, if it is in one.
    pub language: Option<Language>,
}

/// The reasons against making these texts public together at an instant, by document and in reading order.
///
/// # Errors
/// The database does not answer.
pub async fn reasons(connection: &mut PgConnection, texts: &[(Document, Text)], at: Instant) -> Result<Vec<Reason>> {
    let mut public: HashSet<DocumentId> = document::answering(connection, at).await?.into_iter().collect();
    public.extend(texts.iter().map(|(document, _)| document.id));
    let today = local_day(at.timestamp());
    let mut found = Vec::new();
    for (document, text) in texts {
        let reason = |fault, anchor, language| Reason {
            document: document.id,
            fault,
            anchor,
            language,
        };
        if !text.passages.iter().any(|passage| passage.part == Part::Title) {
            found.push(reason(Fault::TitleMissing, None, None));
        }
        let needs_slug = matches!(document.kind, Kind::Mandate | Kind::Representative | Kind::Page);
        if needs_slug && text.slug.fr.is_none() {
            found.push(reason(Fault::SlugMissing, None, Some(Language::French)));
        }
        if text
            .office
            .and_then(|office| office.until)
            .is_some_and(|until| until > today)
        {
            found.push(reason(Fault::OfficeAhead, None, None));
        }
        for (fault, anchor, language) in faults(text, &public) {
            found.push(reason(fault, Some(anchor), Some(language)));
        }
    }
    Ok(found)
}

/// What is wrong with the passages of a text, in reading order.
fn faults(text: &Text, public: &HashSet<DocumentId>) -> Vec<(Fault, Anchor, Language)> {
    let mut found = Vec::new();
    for language in Language::ALL {
        let is_english = language == Language::English;
        if is_english && text.english != English::Present {
            continue;
        }
        let mut level = (Part::Title, 1);
        for passage in text.passages.iter().filter(|passage| passage.digest.is_none()) {
            let mut add = |fault| found.push((fault, passage.anchor.clone(), language));
            let Some(words) = passage.words(language).filter(|words| !words.trim().is_empty()) else {
                add(if is_english {
                    Fault::EnglishMissing
                } else {
                    Fault::FrenchMissing
                });
                continue;
            };
            for mark in marks(words) {
                if let Some(fault) = fault_of(mark, passage, &mut level, public) {
                    add(fault);
                }
            }
        }
    }
    found.sort_by_key(|(_, anchor, _)| text.passages.iter().position(|passage| passage.anchor == *anchor));
    found
}

/// What is wrong with something in a passage; `level` is the part, and the level of the heading before in it.
fn fault_of(mark: Mark, passage: &Passage, level: &mut (Part, u8), public: &HashSet<DocumentId>) -> Option<Fault> {
    match mark {
        Mark::Heading(this) => {
            let before = if level.0 == passage.part { level.1 } else { 1 };
            *level = (passage.part, this);
            (this > before + 1).then_some(Fault::HeadingOrder)
        }
        Mark::Link { has_words: false, .. } => Some(Fault::LinkEmpty),
        Mark::Link {
            target: Target::Document(number),
            ..
        } => (!public.contains(&number.into())).then_some(Fault::LinkToNothing),
        Mark::Link {
            target: Target::Nowhere,
            ..
        } => Some(Fault::LinkToNothing),
        Mark::Link {
            target: Target::Elsewhere,
            ..
        } => None,
        Mark::Image => Some(Fault::Image),
    }
}
