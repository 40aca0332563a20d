//! Words that one side took out of a passage and put into another, about which a person is asked: the answer there may
//! leave them out, so the passage that they came from is asked about too.

use std::collections::HashSet;

use super::{Conflict, Sides};
use crate::i18n::Language;
use crate::model::{Anchor, Passage, Text};

/// Whether the side that took this passage away put its words into passages that are asked about.
pub fn all(gone: &Passage, remover: &Text, sides: &Sides<Text>, conflicts: &[Conflict]) -> bool {
    Language::ALL
        .iter()
        .any(|&language| are_carried(&words(Some(gone), language), language, remover, sides, conflicts))
}

/// Asks about the passages of both sides that one of them alone changed, by putting words of theirs into passages that are
/// asked about; `merged` then says what the others say.
pub fn some(merged: &mut [Passage], sides: &Sides<Text>, conflicts: &mut Vec<Conflict>) {
    for passage in merged {
        for language in Language::ALL {
            let said = sides.map(|text| text.passage(&passage.anchor).and_then(|said| said.words(language)));
            let changer = if said.mine == said.base {
                &sides.theirs
            } else {
                &sides.mine
            };
            if passage.digest.is_some() || said.agreed().is_none() || asks(conflicts, &passage.anchor, language) {
                continue;
            }
            let stays = words(changer.passage(&passage.anchor), language);
            let before = words(sides.base.passage(&passage.anchor), language);
            let lost = before.difference(&stays).copied().collect();
            if !are_carried(&lost, language, changer, sides, conflicts) {
                continue;
            }
            let theirs = said.theirs.map(str::to_owned);
            match language {
                Language::French => passage.fr = theirs,
                Language::English => passage.en = theirs,
            }
            conflicts.push(Conflict::Words {
                anchor: passage.anchor.clone(),
                language,
                said: said.map(|words| words.map(str::to_owned)),
            });
        }
    }
}

/// Whether a side put words that it took away into passages that are asked about: half of them or more, or one that it says
/// nowhere else.
fn are_carried(
    lost: &HashSet<&str>,
    language: Language,
    by: &Text,
    sides: &Sides<Text>,
    conflicts: &[Conflict],
) -> bool {
    let (asked, settled): (Vec<&Passage>, Vec<&Passage>) = by
        .passages
        .iter()
        .partition(|passage| asks(conflicts, &passage.anchor, language));
    let elsewhere: HashSet<&str> = settled
        .into_iter()
        .flat_map(|passage| words(Some(passage), language))
        .collect();
    asked.into_iter().any(|holder| {
        let held = words(Some(holder), language);
        let before = words(sides.base.passage(&holder.anchor), language);
        let is_new = |word: &&&str| held.contains(**word) && !before.contains(**word);
        let carried: Vec<&&str> = lost.iter().filter(is_new).collect();
        let is_half = !carried.is_empty() && carried.len() * 2 >= lost.len();
        is_half || carried.into_iter().any(|word| !elsewhere.contains(word))
    })
}

/// Whether an answer decides what a passage says in a language.
pub fn asks(conflicts: &[Conflict], passage: &Anchor, language: Language) -> bool {
    conflicts.iter().any(|conflict| match conflict {
        Conflict::Words {
            anchor, language: of, ..
        } => anchor == passage && *of == language,
        Conflict::Removal { anchor, .. } => anchor == passage,
        _ => false,
    })
}

fn words(passage: Option<&Passage>, language: Language) -> HashSet<&str> {
    let words = passage.and_then(|passage| passage.words(language));
    words.unwrap_or_default().split_whitespace().collect()
}
