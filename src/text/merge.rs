//! Three-way merge of whole texts: what two people made of one base, each side's changes kept, and asked about only where
//! both changed the same thing differently.
//!
//! The words of a passage in one language are one thing; so are its being there, the order of a part, the order of a list,
//! an end of an address, what is declared of the English, and an office.

mod answer;
mod base;
mod carried;
mod order;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::i18n::Language;
use crate::model::{Anchor, Bilingual, DocumentId, English, Office, Part, Passage, Slug, Text};

pub use answer::Answer;
pub use base::Base;

use base::Questions;

/// A thing as it was, as the others left it, and as one left it oneself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides<T> {
    /// As both found it.
    pub base: T,
    /// As the others left it.
    pub theirs: T,
    /// As one left it oneself.
    pub mine: T,
}

impl<T> Sides<T> {
    fn map<'a, U>(&'a self, view: impl Fn(&'a T) -> U) -> Sides<U> {
        Sides {
            base: view(&self.base),
            theirs: view(&self.theirs),
            mine: view(&self.mine),
        }
    }
}

impl<T: PartialEq> Sides<T> {
    /// What both sides together made of it; none where they changed it differently.
    fn agreed(&self) -> Option<&T> {
        if self.mine == self.base || self.mine == self.theirs {
            Some(&self.theirs)
        } else {
            (self.theirs == self.base).then_some(&self.mine)
        }
    }
}

/// What both sides changed differently, and only a person can decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// The words of a passage in one language.
    Words {
        /// Which passage.
        anchor: Anchor,
        /// In which language.
        language: Language,
        /// What each side says; none where it says nothing.
        said: Sides<Option<String>>,
    },
    /// One side took a passage away; the other changed it, or still needs its words.
    Removal {
        /// Which passage.
        anchor: Anchor,
        /// What each side says; none where it took the passage away.
        said: Box<Sides<Option<Passage>>>,
    },
    /// The order of a part's passages: each side's moves together would turn in a circle.
    Order {
        /// Of which part.
        part: Part,
        /// Each side's order.
        said: Sides<Vec<Anchor>>,
    },
    /// The order of a list's members, likewise.
    Members(Sides<Vec<DocumentId>>),
    /// The last segment of the addresses in one language.
    Slug(Language, Sides<Option<Slug>>),
    /// What is declared of the English.
    English(Sides<English>),
    /// The dates of an office and who came after, where at least one of them was changed differently.
    Office(Sides<Office>),
}

impl Conflict {
    /// A name that is unique within one merge, for the fields of a form.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Words { anchor, language, .. } => format!("words-{}-{}", language.segment(), anchor.as_str()),
            Self::Removal { anchor, .. } => format!("passage-{}", anchor.as_str()),
            Self::Order { part, .. } => format!("order-{}", part.word()),
            Self::Members(_) => "members".to_owned(),
            Self::Slug(language, _) => format!("slug-{}", language.segment()),
            Self::English(_) => "english".to_owned(),
            Self::Office(_) => "office".to_owned(),
        }
    }
}

/// Two texts brought together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The whole text, with the others' side wherever a question is open, and with every passage that is asked about.
    pub text: Text,
    /// The questions, in reading order; without any the text is what both sides made.
    pub conflicts: Vec<Conflict>,
    sides: Sides<Text>,
}

/// Brings together what two sides made of a base.
#[must_use]
pub fn merge(base: impl Into<Base>, theirs: &Text, mine: &Text) -> Merge {
    let (base, mut questions) = Questions::new(base.into());
    let sides = Sides {
        base,
        theirs: theirs.clone(),
        mine: mine.clone(),
    };
    let passages = passages(&sides, &mut questions);
    let mut slug = |language, get: fn(&Text) -> &Option<Slug>| {
        let said = sides.map(|text| get(text).clone());
        questions.settle(said, |said| Conflict::Slug(language, said))
    };
    let slug = Bilingual {
        fr: slug(Language::French, |text| &text.slug.fr),
        en: slug(Language::English, |text| &text.slug.en),
    };
    let text = Text {
        slug,
        english: questions.settle(sides.map(|text| text.english), Conflict::English),
        passages,
        members: members(&sides, &mut questions),
        office: office(&sides, &mut questions),
    };
    Merge {
        text,
        conflicts: questions.conflicts,
        sides,
    }
}

/// All passages, in reading order.
fn passages(sides: &Sides<Text>, questions: &mut Questions) -> Vec<Passage> {
    let mut merged: Vec<Passage> = Vec::new();
    for theirs in &sides.theirs.passages {
        if let Some(mine) = sides.mine.passage(&theirs.anchor) {
            merged.push(passage(sides.base.passage(&theirs.anchor), theirs, mine, questions));
        }
    }
    let (mut alone, mut gone) = (Vec::new(), Vec::new());
    for (side, other, is_mine) in [(&sides.theirs, &sides.mine, false), (&sides.mine, &sides.theirs, true)] {
        let lonely = side
            .passages
            .iter()
            .filter(|passage| other.passage(&passage.anchor).is_none());
        for passage in lonely {
            match sides.base.passage(&passage.anchor) {
                None => alone.push(passage.clone()),
                Some(base) if says_the_same(base, passage) && !questions.is_passage_disputed(&passage.anchor) => {
                    gone.push((base, passage, is_mine));
                }
                Some(base) => {
                    questions.conflicts.push(removal(base, passage, is_mine));
                    alone.push(passage.clone());
                }
            }
        }
    }
    for (base, passage, is_mine) in gone {
        let remover = if is_mine { &sides.theirs } else { &sides.mine };
        if carried::all(base, remover, sides, &questions.conflicts) {
            questions.conflicts.push(removal(base, passage, is_mine));
            alone.push(passage.clone());
        }
    }
    carried::some(&mut merged, sides, &mut questions.conflicts);
    merged.append(&mut alone);
    in_order(&merged, sides, questions)
}

/// Puts passages in the order that both sides made.
fn in_order(passages: &[Passage], sides: &Sides<Text>, questions: &mut Questions) -> Vec<Passage> {
    let mut ordered = Vec::with_capacity(passages.len());
    for &part in Part::ALL {
        let of_part: Vec<&Passage> = passages.iter().filter(|passage| passage.part == part).collect();
        let wanted: HashSet<Anchor> = of_part.iter().map(|passage| passage.anchor.clone()).collect();
        let said = sides.map(|text| anchors(text, &wanted));
        let is_it = |disputed: &Conflict| matches!(disputed, Conflict::Order { part: of, .. } if *of == part);
        let (order, is_decided) = order::merged(&said, &wanted, questions.is_disputed(is_it));
        if !is_decided {
            questions.conflicts.push(Conflict::Order { part, said });
        }
        ordered.extend(order.iter().filter_map(|anchor| find(&of_part, anchor)));
    }
    let place = |conflict: &Conflict| {
        let (Conflict::Words { anchor, .. } | Conflict::Removal { anchor, .. }) = conflict else {
            return usize::MAX;
        };
        ordered
            .iter()
            .position(|passage: &Passage| passage.anchor == *anchor)
            .unwrap_or(usize::MAX)
    };
    questions.conflicts.sort_by_cached_key(place);
    ordered
}

fn find(passages: &[&Passage], anchor: &Anchor) -> Option<Passage> {
    passages
        .iter()
        .find(|passage| passage.anchor == *anchor)
        .map(|&passage| passage.clone())
}

/// The order that a text gives to these passages.
fn anchors(text: &Text, wanted: &HashSet<Anchor>) -> Vec<Anchor> {
    let anchors = text.passages.iter().map(|passage| &passage.anchor);
    anchors.filter(|anchor| wanted.contains(*anchor)).cloned().collect()
}

/// A passage that both sides have. The trace of words that the law removed wins over any words.
fn passage(base: Option<&Passage>, theirs: &Passage, mine: &Passage, questions: &mut Questions) -> Passage {
    if let Some(trace) = [theirs, mine].into_iter().find(|passage| passage.digest.is_some()) {
        return trace.clone();
    }
    let mut settle = |language| {
        let said = Sides {
            base: base.and_then(|base| base.words(language)),
            theirs: theirs.words(language),
            mine: mine.words(language),
        };
        questions.settle(said, |said| Conflict::Words {
            anchor: theirs.anchor.clone(),
            language,
            said: said.map(|words| words.map(str::to_owned)),
        })
    };
    let fr = settle(Language::French);
    let en = settle(Language::English);
    let they_left_it_there = base.is_some_and(|base| base.part == theirs.part);
    Passage {
        part: if they_left_it_there { mine.part } else { theirs.part },
        anchor: theirs.anchor.clone(),
        fr: fr.map(str::to_owned),
        en: en.map(str::to_owned),
        en_basis: basis(base, theirs, mine, fr, en),
        digest: None,
    }
}

/// The revision whose French this English renders: that of the side whose English it is; of both, that of the side that
/// decided anew, for the French that stands.
fn basis(base: Option<&Passage>, theirs: &Passage, mine: &Passage, fr: Option<&str>, en: Option<&str>) -> Option<i32> {
    en?;
    if theirs.en.as_deref() != en {
        return mine.en_basis;
    }
    if mine.en.as_deref() != en {
        return theirs.en_basis;
    }
    let said = Sides {
        base: base.and_then(|base| base.en_basis),
        theirs: theirs.en_basis,
        mine: mine.en_basis,
    };
    let of_the_french = match [theirs, mine].map(|side| side.fr.as_deref() == fr) {
        [true, true] => said.theirs.max(said.mine),
        [true, false] => said.theirs,
        [false, _] => said.mine,
    };
    said.agreed().copied().unwrap_or(of_the_french)
}

/// Whether two states of a passage have the same words: what English renders is no word.
fn says_the_same(one: &Passage, other: &Passage) -> bool {
    (&one.fr, &one.en) == (&other.fr, &other.en)
}

/// The question whether a passage stays that one side took away.
fn removal(base: &Passage, kept: &Passage, is_mine: bool) -> Conflict {
    let kept_by = |it: bool| it.then(|| kept.clone());
    Conflict::Removal {
        anchor: kept.anchor.clone(),
        said: Box::new(Sides {
            base: Some(base.clone()),
            theirs: kept_by(!is_mine),
            mine: kept_by(is_mine),
        }),
    }
}

/// The members of a list: those that a side took away are gone, those that a side added are there.
fn members(sides: &Sides<Text>, questions: &mut Questions) -> Vec<DocumentId> {
    let said = sides.map(|text| text.members.clone());
    let held = said.map(|members| members.iter().copied().collect::<HashSet<_>>());
    let is_wanted = |member: &DocumentId| {
        let (by_theirs, by_mine) = (held.theirs.contains(member), held.mine.contains(member));
        if held.base.contains(member) {
            by_theirs && by_mine
        } else {
            by_theirs || by_mine
        }
    };
    let wanted = held.theirs.union(&held.mine).copied().filter(is_wanted).collect();
    let is_disputed = questions.is_disputed(|disputed| matches!(disputed, Conflict::Members(_)));
    let (order, is_decided) = order::merged(&said, &wanted, is_disputed);
    if !is_decided {
        questions.conflicts.push(Conflict::Members(said));
    }
    order
}

/// The office: what only one side changed is its, whatever else is asked.
fn office(sides: &Sides<Text>, questions: &mut Questions) -> Option<Office> {
    let given = sides.map(|text| text.office);
    if [given.base, given.theirs, given.mine] == [None; 3] {
        return None;
    }
    let mut said = given.map(|office| office.unwrap_or_default());
    if !questions.is_disputed(|disputed| matches!(disputed, Conflict::Office(_))) {
        agree(&mut said, |office| &mut office.from);
        agree(&mut said, |office| &mut office.until);
        agree(&mut said, |office| &mut office.successor);
    }
    let office = said.theirs;
    if said.theirs != said.mine {
        questions.conflicts.push(Conflict::Office(said));
    }
    Some(office)
}

/// Gives both sides what they together made of one field, if they did not change it differently.
fn agree<T: PartialEq + Copy>(said: &mut Sides<Office>, field: fn(&mut Office) -> &mut T) {
    let value = Sides {
        base: *field(&mut said.base),
        theirs: *field(&mut said.theirs),
        mine: *field(&mut said.mine),
    };
    if let Some(agreed) = value.agreed() {
        *field(&mut said.theirs) = *agreed;
        *field(&mut said.mine) = *agreed;
    }
}
