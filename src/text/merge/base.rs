//! What two sides go on from: one text, or several that each side had brought together for itself.

use super::{Conflict, Sides, carried, merge};
use crate::i18n::Language;
use crate::model::{Anchor, Text};

/// What both sides found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    pub(super) text: Text,
    /// What several texts said differently: no side can have left that as it was, so each that differs is asked about.
    disputed: Vec<Conflict>,
}

impl From<&Text> for Base {
    fn from(text: &Text) -> Self {
        Self {
            text: text.clone(),
            disputed: Vec::new(),
        }
    }
}

impl Base {
    /// With another text that both sides know too; `before` is what that one and these go on from.
    #[must_use]
    pub fn with(mut self, before: Self, other: &Text) -> Self {
        let merge = merge(before, &self.text, other);
        self.disputed.extend(merge.conflicts);
        Self {
            text: merge.text,
            ..self
        }
    }
}

/// What is asked about, as far as it is known.
#[derive(Debug)]
pub(super) struct Questions {
    pub(super) conflicts: Vec<Conflict>,
    disputed: Vec<Conflict>,
}

impl Questions {
    /// None yet.
    pub(super) fn new(base: Base) -> (Text, Self) {
        let none = Self {
            conflicts: Vec::new(),
            disputed: base.disputed,
        };
        (base.text, none)
    }

    /// What both sides together made of a thing; theirs, and the question, where a person must decide.
    pub(super) fn settle<T: Clone + PartialEq>(
        &mut self,
        said: Sides<T>,
        question: impl FnOnce(Sides<T>) -> Conflict,
    ) -> T {
        let (theirs, agreed) = (said.theirs.clone(), said.agreed().cloned());
        let is_sure = said.theirs == said.mine || self.disputed.is_empty();
        if let Some(agreed) = agreed.clone().filter(|_| is_sure) {
            return agreed;
        }
        let question = question(said);
        let is_disputed = self.is_disputed(|disputed| disputed.name() == question.name());
        agreed.filter(|_| !is_disputed).unwrap_or_else(|| {
            self.conflicts.push(question);
            theirs
        })
    }

    /// Whether nobody has decided a thing that both sides found.
    pub(super) fn is_disputed(&self, is_it: impl Fn(&Conflict) -> bool) -> bool {
        self.disputed.iter().any(is_it)
    }

    /// Whether nobody has decided what a passage says, or that it stays.
    pub(super) fn is_passage_disputed(&self, anchor: &Anchor) -> bool {
        let mut languages = Language::ALL.iter();
        languages.any(|language| carried::asks(&self.disputed, anchor, *language))
    }
}
