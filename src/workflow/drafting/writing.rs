//! What a form says of a text, and the text that it makes.

use std::collections::HashSet;

use crate::error::{Denied, Error, Result};
use crate::model::{Anchor, Bilingual, DocumentId, English, Office, Part, Passage, Slug, Text};
use crate::workflow::traces;

/// The most passages, and the most members, that a text may have.
const MOST: usize = 500;

/// A whole text as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// Last segments of its addresses.
    pub slug: Bilingual<Option<Slug>>,
    /// What is declared of its English.
    pub english: English,
    /// Its passages, in any order of the parts and in their order within each.
    pub passages: Vec<Typed>,
    /// Of a list: its members, in order.
    pub members: Vec<DocumentId>,
    /// Of a representative.
    pub office: Option<Office>,
    /// What the author says to colleagues.
    pub remark: Option<String>,
}

/// A passage as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The part it belongs to.
    pub part: Part,
    /// Its anchor; none for a new passage, which is given one.
    pub anchor: Option<Anchor>,
    /// Its French.
    pub fr: String,
    /// Its English.
    pub en: String,
    /// What is said of its translation.
    pub translation: Translation,
}

/// What somebody says of a translation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Translation {
    /// Nothing: an English that was edited renders the French beside it, another what it rendered before.
    #[default]
    AsEdited,
    /// It was edited, and does not render the French beside it yet.
    Lagging,
    /// It renders the French beside it as it is: no change is needed.
    Level,
}

impl Translation {
    /// The revision whose French an English renders, once it is saved as revision `number`.
    fn basis(self, before: Option<&Passage>, en: Option<&str>, number: i32) -> Option<i32> {
        let unchanged = before.filter(|before| before.en.as_deref() == en);
        let kept = match self {
            Self::AsEdited => unchanged.and_then(|before| before.en_basis),
            Self::Lagging => before.and_then(|before| before.en_basis),
            Self::Level => None,
        };
        en.map(|_| kept.unwrap_or(number))
    }
}

impl Writing {
    /// How many passages need an anchor, `known` being those that the document has had.
    pub(super) fn unnamed(&self, known: &HashSet<Anchor>) -> usize {
        self.passages
            .iter()
            .filter(|typed| typed.named(known).is_none())
            .count()
    }

    /// The text to save as revision `number`, made from the text `before`.
    ///
    /// # Errors
    /// [`Denied::TooLong`].
    pub(super) fn text(
        &self,
        before: &Text,
        known: &HashSet<Anchor>,
        mut fresh: impl Iterator<Item = Anchor>,
        number: i32,
    ) -> Result<Text> {
        if self.passages.len() > MOST || self.members.len() > MOST {
            return Err(Error::Denied(Denied::TooLong));
        }
        let mut passages = Vec::with_capacity(self.passages.len());
        for typed in &self.passages {
            let Some(anchor) = typed.named(known).cloned().or_else(|| fresh.next()) else {
                continue;
            };
            let before = before.passage(&anchor);
            let (fr, en) = (words(&typed.fr), words(&typed.en));
            let trace = before.filter(|before| before.digest.is_some() && fr.is_none() && en.is_none());
            passages.push(trace.cloned().unwrap_or_else(|| Passage {
                part: typed.part,
                en_basis: typed.translation.basis(before, en.as_deref(), number),
                anchor,
                fr,
                en,
                digest: None,
            }));
        }
        passages.sort_by_key(|passage| passage.part);
        traces::carry_over(&mut passages, &before.passages);
        Ok(Text {
            slug: self.slug.clone(),
            english: self.english,
            passages,
            members: self.members.clone(),
            office: self.office,
        })
    }
}

impl Typed {
    /// Its anchor, if the document has had it: nobody makes anchors up.
    fn named(&self, known: &HashSet<Anchor>) -> Option<&Anchor> {
        self.anchor.as_ref().filter(|anchor| known.contains(*anchor))
    }
}

/// The words of a field, with the line ends of texts, and without what PostgreSQL cannot keep; none where it is blank.
fn words(typed: &str) -> Option<String> {
    let words = typed.replace("\r\n", "\n").replace(['\r', '\0'], "");
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before() -> Passage {
        Passage {
            part: Part::Body,
            anchor: Anchor::try_from("abcde".to_owned()).unwrap(),
            fr: Some("avant".to_owned()),
            en: Some("before".to_owned()),
            en_basis: Some(2),
            digest: None,
        }
    }

    #[test]
    fn an_english_renders_what_it_was_made_from() {
        use Translation::{AsEdited, Lagging, Level};
        let before = before();
        for (translation, en, basis) in [
            (AsEdited, Some("before"), Some(2)),
            (AsEdited, Some("edited"), Some(7)),
            (AsEdited, None, None),
            (Lagging, Some("edited"), Some(2)),
            (Level, Some("before"), Some(7)),
            (Level, None, None),
        ] {
            assert_eq!(translation.basis(Some(&before), en, 7), basis, "{translation:?} {en:?}");
        }
        assert_eq!(AsEdited.basis(None, Some("new"), 7), Some(7));
        assert_eq!(Lagging.basis(None, Some("new"), 7), Some(7));
    }

    #[test]
    fn fields_are_read_as_texts() {
        assert_eq!(words(" un\r\ndeux\0 \r\n").as_deref(), Some("un\ndeux"));
        assert_eq!(words(" \r\n"), None);
    }
}
