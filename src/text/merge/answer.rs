//! What a person decides where two sides differ.

use std::collections::HashSet;

use super::{Conflict, Merge, Sides, order};
use crate::i18n::Language;
use crate::model::{Anchor, Passage, Text};

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// As the others have it.
    Theirs,
    /// As one has it oneself.
    Mine,
    /// Theirs, then mine: of words alone; where a passage was taken away, it stays.
    Both,
    /// Other words: of words alone.
    Own(String),
}

impl Merge {
    /// The whole text once every question is answered; `number` is that of the revision that it will be, whose French
    /// any English of one's own renders.
    ///
    /// # Errors
    /// The questions that are open still: not answered, or by an answer that does not fit.
    pub fn settle(&self, answer: impl Fn(&Conflict) -> Option<Answer>, number: i32) -> Result<Text, Vec<&Conflict>> {
        let mut text = self.text.clone();
        let mut open = Vec::new();
        // Orders last: which passages stay is known by then.
        let (orders, others): (Vec<_>, Vec<_>) = self
            .conflicts
            .iter()
            .partition(|conflict| matches!(conflict, Conflict::Order { .. }));
        for conflict in others.into_iter().chain(orders) {
            let is_settled = answer(conflict).is_some_and(|answer| self.apply(&mut text, conflict, &answer, number));
            if !is_settled {
                open.push(conflict);
            }
        }
        if open.is_empty() { Ok(text) } else { Err(open) }
    }

    /// Does what an answer says, if it fits.
    fn apply(&self, text: &mut Text, conflict: &Conflict, answer: &Answer, number: i32) -> bool {
        match conflict {
            Conflict::Words { anchor, language, said } => {
                let Some(passage) = text.passages.iter_mut().find(|passage| passage.anchor == *anchor) else {
                    return true;
                };
                self.say(passage, *language, said, answer, number);
                return true;
            }
            Conflict::Removal { anchor, said } => {
                let stays = match answer {
                    Answer::Theirs => said.theirs.is_some(),
                    Answer::Mine => said.mine.is_some(),
                    Answer::Both => true,
                    Answer::Own(_) => return false,
                };
                text.passages.retain(|passage| stays || passage.anchor != *anchor);
            }
            Conflict::Order { part, said } => {
                let of_part = text.passages.iter().filter(|passage| passage.part == *part);
                let wanted: HashSet<Anchor> = of_part.map(|passage| passage.anchor.clone()).collect();
                let Some([first, second]) = preferred(said, answer) else {
                    return false;
                };
                let order = order::woven(order::woven(Vec::new(), first, &wanted), second, &wanted);
                let place = |passage: &Passage| order.iter().position(|anchor| *anchor == passage.anchor);
                text.passages
                    .sort_by_cached_key(|passage| (passage.part, place(passage)));
            }
            Conflict::Members(said) => {
                let wanted = text.members.iter().copied().collect();
                let Some([first, second]) = preferred(said, answer) else {
                    return false;
                };
                text.members = order::woven(order::woven(Vec::new(), first, &wanted), second, &wanted);
            }
            Conflict::Slug(language, said) => {
                let Some([slug, _]) = preferred(said, answer) else {
                    return false;
                };
                let place = match language {
                    Language::French => &mut text.slug.fr,
                    Language::English => &mut text.slug.en,
                };
                place.clone_from(slug);
            }
            Conflict::English(said) => match preferred(said, answer) {
                Some([english, _]) => text.english = *english,
                None => return false,
            },
            Conflict::Office(said) => match preferred(said, answer) {
                Some([office, _]) => text.office = Some(*office),
                None => return false,
            },
        }
        true
    }

    /// Gives a passage its words in one language, and its English the revision whose French it renders.
    fn say(
        &self,
        passage: &mut Passage,
        language: Language,
        said: &Sides<Option<String>>,
        answer: &Answer,
        number: i32,
    ) {
        let words = match answer {
            Answer::Theirs => said.theirs.clone(),
            Answer::Mine => said.mine.clone(),
            Answer::Both => {
                let between = if passage.part.is_single() { " " } else { "\n\n" };
                let both: Vec<&str> = [&said.theirs, &said.mine]
                    .into_iter()
                    .flatten()
                    .map(String::as_str)
                    .collect();
                Some(both.join(between))
            }
            Answer::Own(words) => Some(words.clone()),
        };
        let words = words.filter(|words| !words.trim().is_empty());
        if language == Language::French {
            passage.fr = words;
            return;
        }
        let basis_of = |side: &Text| side.passage(&passage.anchor).and_then(|passage| passage.en_basis);
        let basis = match answer {
            Answer::Theirs => basis_of(&self.sides.theirs),
            Answer::Mine => basis_of(&self.sides.mine),
            Answer::Both => basis_of(&self.sides.theirs).or_else(|| basis_of(&self.sides.mine)),
            Answer::Own(_) => Some(number),
        };
        passage.en_basis = words.as_ref().and(basis);
        passage.en = words;
    }
}

/// The side that an answer prefers, then the other; none for what is not one of two sides.
const fn preferred<'a, T>(said: &'a Sides<T>, answer: &Answer) -> Option<[&'a T; 2]> {
    match answer {
        Answer::Theirs => Some([&said.theirs, &said.mine]),
        Answer::Mine => Some([&said.mine, &said.theirs]),
        Answer::Both | Answer::Own(_) => None,
    }
}
