//! What a merge must always keep.

mod base;
mod properties;

use super::*;

const BASE: i32 = 1;
const THEIRS: i32 = 2;
const MINE: i32 = 3;
const MERGED: i32 = 4;

fn anchor(name: &str) -> Anchor {
    Anchor::try_from(name.to_owned()).unwrap()
}

fn written(name: &str, fr: &str, en: &str) -> Passage {
    Passage {
        part: Part::Body,
        anchor: anchor(name),
        fr: Some(fr.to_owned()),
        en: Some(en.to_owned()),
        en_basis: Some(BASE),
        digest: None,
    }
}

fn text(passages: Vec<Passage>) -> Text {
    Text {
        slug: Bilingual::default(),
        english: English::Present,
        passages,
        members: Vec::new(),
        office: None,
    }
}

/// Three passages, `aaaaa` to `ccccc`.
fn three() -> Text {
    text(
        ["aaaaa", "bbbbb", "ccccc"]
            .map(|name| written(name, &format!("fr {name}"), &format!("en {name}")))
            .into(),
    )
}

/// The base of three passages, as one side leaves it.
fn edited(edit: impl FnOnce(&mut Vec<Passage>)) -> Text {
    let mut text = three();
    edit(&mut text.passages);
    text
}

fn names(merge: &Merge) -> Vec<String> {
    merge.conflicts.iter().map(Conflict::name).collect()
}

fn order(text: &Text) -> String {
    text.passages
        .iter()
        .map(|passage| &passage.anchor.as_str()[..1])
        .collect()
}

fn say(passage: &mut Passage, fr: &str) {
    passage.fr = Some(fr.to_owned());
}

#[test]
fn each_language_of_a_passage_is_its_own_thing() {
    let theirs = edited(|passages| say(&mut passages[0], "theirs"));
    let mine = edited(|passages| {
        passages[0].en = Some("mine".to_owned());
        passages[0].en_basis = Some(MINE);
    });
    let merge = merge(&three(), &theirs, &mine);
    assert_eq!(names(&merge), [""; 0]);
    let passage = &merge.text.passages[0];
    assert_eq!(
        (passage.fr.as_deref(), passage.en.as_deref()),
        (Some("theirs"), Some("mine"))
    );
    // It renders what I read, not what they wrote: it lags.
    assert_eq!(passage.en_basis, Some(MINE));
}

#[test]
fn the_same_words_are_asked_about_and_answered() {
    let theirs = edited(|passages| say(&mut passages[1], "theirs"));
    let mine = edited(|passages| say(&mut passages[1], "mine"));
    let merge = merge(&three(), &theirs, &mine);
    assert_eq!(names(&merge), ["words-fr-bbbbb"]);
    assert_eq!(merge.settle(|_| None, MERGED).unwrap_err().len(), 1);
    let french = |answer: Answer| {
        merge.settle(|_| Some(answer.clone()), MERGED).unwrap().passages[1]
            .fr
            .clone()
    };
    assert_eq!(french(Answer::Theirs).as_deref(), Some("theirs"));
    assert_eq!(french(Answer::Mine).as_deref(), Some("mine"));
    assert_eq!(french(Answer::Both).as_deref(), Some("theirs\n\nmine"));
    assert_eq!(french(Answer::Own("ours".to_owned())).as_deref(), Some("ours"));
    assert_eq!(french(Answer::Own(" ".to_owned())), None);
}

#[test]
fn own_english_renders_the_french_that_it_stands_beside() {
    let side = |words: &str, number| {
        edited(|passages| {
            passages[0].en = Some(words.to_owned());
            passages[0].en_basis = Some(number);
        })
    };
    let merge = merge(&three(), &side("theirs", THEIRS), &side("mine", MINE));
    let basis = |answer: Answer| merge.settle(|_| Some(answer.clone()), MERGED).unwrap().passages[0].en_basis;
    assert_eq!(basis(Answer::Theirs), Some(THEIRS));
    assert_eq!(basis(Answer::Mine), Some(MINE));
    assert_eq!(basis(Answer::Own("ours".to_owned())), Some(MERGED));
    assert_eq!(basis(Answer::Own(String::new())), None);
}

#[test]
fn no_change_needed_holds_for_the_french_that_it_was_said_of() {
    let declared = |number| edited(|passages| passages[0].en_basis = Some(number));
    let basis = |theirs: &Text, mine: &Text| merge(&three(), theirs, mine).text.passages[0].en_basis;
    assert_eq!(basis(&three(), &declared(MINE)), Some(MINE));
    let rewritten = |text: &Text, words: &str| {
        let mut text = text.clone();
        say(&mut text.passages[0], words);
        text
    };
    assert_eq!(basis(&rewritten(&three(), "theirs"), &declared(MINE)), Some(MINE));
    let mine = rewritten(&declared(MINE), "mine");
    assert_eq!(basis(&declared(THEIRS), &mine), Some(MINE), "the French is mine");
    let theirs = rewritten(&declared(THEIRS), "theirs");
    assert_eq!(basis(&theirs, &declared(MINE)), Some(THEIRS), "the French is theirs");
}

#[test]
fn a_passage_that_one_changed_and_the_other_took_away_is_asked_about() {
    let theirs = edited(|passages| say(&mut passages[1], "theirs"));
    let mine = edited(|passages| drop(passages.remove(1)));
    let merged = merge(&three(), &theirs, &mine);
    assert_eq!(names(&merged), ["passage-bbbbb"]);
    let left = |answer: Answer| merged.settle(|_| Some(answer.clone()), MERGED).map(|text| order(&text));
    assert_eq!(left(Answer::Mine).unwrap(), "ac");
    assert_eq!(left(Answer::Theirs).unwrap(), "abc");
    assert_eq!(left(Answer::Both).unwrap(), "abc");
    assert!(left(Answer::Own("words".to_owned())).is_err());
    assert_eq!(order(&merge(&three(), &three(), &mine).text), "ac");
}

#[test]
fn a_passage_joined_to_one_that_is_asked_about_is_asked_about_too() {
    let mine = edited(|passages| {
        let gone = passages.remove(1).fr.unwrap();
        let joined = format!("{} {gone}", passages[0].fr.as_deref().unwrap());
        say(&mut passages[0], &joined);
    });
    let rewritten = edited(|passages| say(&mut passages[0], "theirs"));
    assert_eq!(
        names(&merge(&three(), &rewritten, &mine)),
        ["words-fr-aaaaa", "passage-bbbbb"]
    );
    let taken_away = edited(|passages| drop(passages.remove(0)));
    assert_eq!(
        names(&merge(&three(), &taken_away, &mine)),
        ["passage-aaaaa", "passage-bbbbb"]
    );
    assert_eq!(names(&merge(&three(), &three(), &mine)), [""; 0]);
}

#[test]
fn a_word_put_where_a_question_is_open_is_asked_about_where_it_came_from() {
    let base = edited(|passages| say(&mut passages[2], "one two three"));
    let with = |first: &str, last: Option<&str>| {
        let mut text = base.clone();
        say(&mut text.passages[0], first);
        match last {
            Some(last) => say(&mut text.passages[2], last),
            None => drop(text.passages.pop()),
        }
        text
    };
    let rewritten = with("mine", Some("one two three"));
    for (theirs, asked) in [
        (with("theirs three", Some("one two")), "words-fr-ccccc"),
        (with("theirs three", None), "passage-ccccc"),
    ] {
        let merge = merge(&base, &theirs, &rewritten);
        assert_eq!(names(&merge), ["words-fr-aaaaa", asked]);
        let settled = merge.settle(|_| Some(Answer::Mine), MERGED).unwrap();
        assert_eq!(settled.passages[2].fr.as_deref(), Some("one two three"));
    }
}

#[test]
fn moves_of_both_sides_are_made() {
    let theirs = edited(|passages| passages.rotate_left(1));
    let mine = edited(|passages| passages.insert(1, written("nnnnn", "new", "new")));
    assert_eq!(order(&merge(&three(), &theirs, &mine).text), "bcan");
    let both_new = edited(|passages| passages.insert(1, written("ttttt", "new", "new")));
    assert_eq!(order(&merge(&three(), &both_new, &mine).text), "atnbc");
}

#[test]
fn moves_that_turn_in_a_circle_are_asked_about() {
    let theirs = edited(|passages| passages.swap(1, 2));
    let mine = edited(|passages| passages.swap(0, 1));
    let merge = merge(&three(), &theirs, &mine);
    assert_eq!(names(&merge), ["order-body"]);
    let made = |answer: Answer| merge.settle(|_| Some(answer.clone()), MERGED).map(|text| order(&text));
    assert_eq!(order(&merge.text), "acb");
    assert_eq!(made(Answer::Mine).unwrap(), "bac");
    assert_eq!(made(Answer::Theirs).unwrap(), "acb");
    assert!(made(Answer::Both).is_err());
}

#[test]
fn the_trace_of_removed_words_wins() {
    let redacted = edited(|passages| {
        passages[0] = Passage {
            fr: None,
            en: None,
            digest: Some(vec![7]),
            ..passages[0].clone()
        };
    });
    let mine = edited(|passages| say(&mut passages[0], "words that the law removed"));
    let merge = merge(&redacted, &redacted, &mine);
    assert_eq!(
        (names(&merge).len(), &merge.text.passages[0]),
        (0, &redacted.passages[0])
    );
}

#[test]
fn skeletons_are_merged_field_by_field() {
    let list = |members: &[i64]| Text {
        members: members.iter().copied().map(DocumentId::from).collect(),
        ..three()
    };
    let merged = merge(&list(&[1, 2, 3]), &list(&[3, 1, 2, 4]), &list(&[1, 5, 3]));
    assert_eq!(
        (names(&merged).len(), merged.text.members),
        (0, list(&[3, 1, 4, 5]).members)
    );
    let day = |day: i8| Some(jiff::civil::date(2026, 3, day));
    let held = |from, until| Text {
        office: Some(Office {
            from,
            until,
            successor: None,
        }),
        ..three()
    };
    let merged = merge(&held(day(1), None), &held(day(2), None), &held(day(3), day(9)));
    assert_eq!(names(&merged), ["office"]);
    let office = merged.settle(|_| Some(Answer::Theirs), MERGED).unwrap().office;
    assert_eq!(office, held(day(2), day(9)).office, "the end is mine alone");
    let slug = |words: &str| Text {
        slug: Bilingual {
            fr: Some(Slug::try_from(words.to_owned()).unwrap()),
            en: None,
        },
        ..three()
    };
    assert_eq!(names(&merge(&slug("un"), &slug("deux"), &slug("trois"))), ["slug-fr"]);
    let declared = |english| Text { english, ..three() };
    let merged = merge(&three(), &declared(English::None), &declared(English::ToFollow));
    assert_eq!(names(&merged), ["english"]);
    assert_eq!(
        merged.settle(|_| Some(Answer::Mine), MERGED).unwrap().english,
        English::ToFollow
    );
}
