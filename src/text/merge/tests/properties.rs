//! The same for any changes that two sides can make.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

/// One change, each place chosen among those that there are.
#[derive(Debug, Clone)]
enum Edit {
    French(Index),
    English(Index),
    Remove(Index),
    Add(Index),
    Move(Index, Index),
    Split(Index),
    Join(Index),
    Level(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let place = any::<Index>;
    prop_oneof![
        place().prop_map(Edit::French),
        place().prop_map(Edit::English),
        place().prop_map(Edit::Remove),
        place().prop_map(Edit::Add),
        (place(), place()).prop_map(|(from, to)| Edit::Move(from, to)),
        place().prop_map(Edit::Split),
        place().prop_map(Edit::Join),
        place().prop_map(Edit::Level),
    ]
}

/// Seven passages whose words are all different.
fn seven() -> Text {
    let passage = |name: char| {
        let words = |language: &str| format!("{language}{name}1 {language}{name}2 {language}{name}3");
        written(&name.to_string().repeat(5), &words("fr"), &words("en"))
    };
    text(('a'..='g').map(passage).collect())
}

/// Makes the changes of one side; `number` is its revision's, and makes its words and anchors different from all others.
fn apply(text: &mut Text, edits: &[Edit], number: i32) {
    for (edit, letter) in edits.iter().zip('a'..) {
        let new = format!("new{number}{letter}");
        let added = |fr: &str, en: &str| Passage {
            en_basis: Some(number),
            ..written(&new.replace('1', "9"), fr, en)
        };
        let passages = &mut text.passages;
        if let Edit::Add(place) = edit {
            passages.insert(place.index(passages.len() + 1), added(&new, &format!("{new}en")));
        } else if !passages.is_empty() {
            change(passages, edit, number, &new, added);
        }
    }
}

/// Makes one change to passages of which there is at least one.
fn change(passages: &mut Vec<Passage>, edit: &Edit, number: i32, new: &str, added: impl Fn(&str, &str) -> Passage) {
    let length = passages.len();
    let place = |place: &Index| place.index(length);
    match edit {
        Edit::Add(_) => unreachable!("added already"),
        Edit::French(index) => {
            let passage = &mut passages[place(index)];
            passage.fr = Some(format!("{new} {}", passage.fr.clone().unwrap_or_default()));
        }
        Edit::English(index) => {
            let passage = &mut passages[place(index)];
            passage.en = Some(new.to_owned());
            passage.en_basis = Some(number);
        }
        Edit::Level(index) => passages[place(index)].en_basis = Some(number),
        Edit::Remove(index) => drop(passages.remove(place(index))),
        Edit::Move(from, to) => {
            let moved = passages.remove(place(from));
            passages.insert(to.index(passages.len() + 1), moved);
        }
        Edit::Split(index) => {
            let place = place(index);
            let [fr, en] = Language::ALL.map(|language| halves(passages[place].words(language)));
            passages[place].fr = Some(fr[0].clone());
            passages[place].en = Some(en[0].clone());
            passages.insert(place + 1, added(&fr[1], &en[1]));
        }
        Edit::Join(index) => {
            let place = place(index);
            if place + 1 < passages.len() {
                let next = passages.remove(place + 1);
                let joined = |language| {
                    [&passages[place], &next]
                        .map(|passage| passage.words(language).unwrap_or_default())
                        .join(" ")
                };
                let [fr, en] = Language::ALL.map(joined);
                passages[place].fr = Some(fr);
                passages[place].en = Some(en);
            }
        }
    }
}

fn halves(words: Option<&str>) -> [String; 2] {
    let words: Vec<&str> = words.unwrap_or_default().split_whitespace().collect();
    let (first, second) = words.split_at(words.len().div_ceil(2));
    [first.join(" "), second.join(" ")]
}

fn all_words(text: &Text) -> BTreeSet<String> {
    let said = text
        .passages
        .iter()
        .flat_map(|passage| [&passage.fr, &passage.en])
        .flatten();
    said.flat_map(|words| words.split_whitespace())
        .map(str::to_owned)
        .collect()
}

/// What nobody may lose: the words that a side wrote, and those that both sides still have.
fn kept(base: &Text, theirs: &Text, mine: &Text) -> BTreeSet<String> {
    let [before, theirs, mine] = [base, theirs, mine].map(all_words);
    let written = theirs.union(&mine).filter(|word| !before.contains(*word));
    written.chain(theirs.intersection(&mine)).cloned().collect()
}

/// The words that a merge leaves or asks about.
fn told(merge: &Merge) -> BTreeSet<String> {
    let mut told = all_words(&merge.text);
    for conflict in &merge.conflicts {
        if let Conflict::Words { said, .. } = conflict {
            let words = [&said.theirs, &said.mine].into_iter().flatten();
            told.extend(words.flat_map(|words| words.split_whitespace()).map(str::to_owned));
        }
    }
    told
}

fn both(conflict: &Conflict) -> Answer {
    match conflict {
        Conflict::Words { .. } | Conflict::Removal { .. } => Answer::Both,
        _ => Answer::Theirs,
    }
}

fn side(number: i32) -> impl Strategy<Value = Text> {
    proptest::collection::vec(edit(), 0..6).prop_map(move |edits| {
        let mut text = seven();
        apply(&mut text, &edits, number);
        text
    })
}

fn by_anchor(text: &Text) -> BTreeMap<Anchor, Passage> {
    text.passages
        .iter()
        .map(|passage| (passage.anchor.clone(), passage.clone()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn nothing_that_a_side_wrote_is_lost(theirs in side(THEIRS), mine in side(MINE)) {
        let merge = merge(&seven(), &theirs, &mine);
        let kept = kept(&seven(), &theirs, &mine);
        let told = told(&merge);
        prop_assert!(kept.is_subset(&told), "lost {:?}", kept.difference(&told));
        let settled = all_words(&merge.settle(|conflict| Some(both(conflict)), MERGED).unwrap());
        prop_assert!(kept.is_subset(&settled), "both kept, yet lost {:?}", kept.difference(&settled));
    }

    #[test]
    fn nothing_that_was_decided_in_two_ways_is_lost(first in side(THEIRS), second in side(MINE)) {
        let before = merge(&seven(), &first, &second);
        let [theirs, mine] = [Answer::Theirs, Answer::Mine].map(|answer| before.settle(|_| Some(answer.clone()), MERGED).unwrap());
        let base = Base::from(&first).with(Base::from(&seven()), &second);
        let merge = merge(base, &theirs, &mine);
        let (said, told) = (&all_words(&theirs) | &all_words(&mine), told(&merge));
        prop_assert!(said.is_subset(&told), "lost {:?}", said.difference(&told));
        prop_assert_eq!(merge.conflicts.is_empty(), theirs == mine);
    }

    #[test]
    fn preferring_one_side_keeps_what_both_have(theirs in side(THEIRS), mine in side(MINE)) {
        let merge = merge(&seven(), &theirs, &mine);
        let shared: BTreeSet<_> = all_words(&theirs).intersection(&all_words(&mine)).cloned().collect();
        for answer in [Answer::Theirs, Answer::Mine] {
            let settled = all_words(&merge.settle(|_| Some(answer.clone()), MERGED).unwrap());
            prop_assert!(shared.is_subset(&settled), "{answer:?} lost {:?}", shared.difference(&settled));
        }
    }

    #[test]
    fn what_only_one_side_changed_is_its_text(side in side(MINE)) {
        let base = seven();
        for merge in [merge(&base, &side, &base), merge(&base, &base, &side), merge(&base, &side, &side)] {
            prop_assert_eq!(&merge.conflicts, &[]);
            prop_assert_eq!(&merge.text, &side);
        }
    }

    #[test]
    fn either_side_may_call_itself_mine(theirs in side(THEIRS), mine in side(MINE)) {
        let (one, other) = (merge(&seven(), &theirs, &mine), merge(&seven(), &mine, &theirs));
        let sorted = |merge: &Merge| names(merge).into_iter().collect::<BTreeSet<_>>();
        prop_assert_eq!(sorted(&one), sorted(&other));
        if one.conflicts.is_empty() {
            prop_assert_eq!(by_anchor(&one.text), by_anchor(&other.text));
        }
    }

    #[test]
    fn changes_to_different_passages_are_never_asked_about(
        theirs in proptest::collection::vec((0..3_usize, any::<bool>()), 1..6),
        mine in proptest::collection::vec((0..3_usize, any::<bool>()), 1..6),
    ) {
        let write = |places: &[(usize, bool)], parity: usize, number: i32| {
            let mut text = seven();
            for (place, is_french) in places {
                let passage = &mut text.passages[place * 2 + parity];
                let words = if *is_french { &mut passage.fr } else { &mut passage.en };
                *words = Some(format!("written by {number}"));
            }
            text
        };
        let (theirs, mine) = (write(&theirs, 0, THEIRS), write(&mine, 1, MINE));
        let merge = merge(&seven(), &theirs, &mine);
        prop_assert_eq!(&merge.conflicts, &[]);
        for (place, passage) in merge.text.passages.iter().enumerate() {
            prop_assert_eq!(passage, &[&theirs, &mine][place % 2].passages[place]);
        }
    }
}
