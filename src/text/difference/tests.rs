//! What differences must always say.

use proptest::prelude::*;

use super::Span::{Deleted, Equal, Inserted};
use super::*;

fn compare(old: &str, new: &str) -> Vec<Span> {
    words(old, new, &mut Effort::default())
}

fn spans(parts: &[Span]) -> Vec<Span> {
    parts.to_vec()
}

#[test]
fn changed_words_stand_in_their_context() {
    assert_eq!(
        compare("du Québec (VIQ) et des stratégies", "du Québec (VIQ), des stratégies"),
        spans(&[
            Equal("du Québec (VIQ)".into()),
            Deleted(" et".into()),
            Inserted(",".into()),
            Equal(" des stratégies".into()),
        ])
    );
}

#[test]
fn neighbouring_changes_read_as_one_phrase() {
    assert_eq!(
        compare("la petite maison", "le grand jardin"),
        spans(&[Deleted("la petite maison".into()), Inserted("le grand jardin".into())])
    );
}

#[test]
fn typography_alone_is_no_change() {
    let new = "«\u{a0}L’œuvre\u{a0}», dit-on…";
    assert_eq!(
        compare("« L'oeuvre », dit\u{2011}on…", new),
        spans(&[Equal(new.into())])
    );
    assert_eq!(compare("", ""), spans(&[]));
}

#[test]
fn words_are_counted_without_signs() {
    assert_eq!(count(&compare("un deux, trois", "un trois quatre cinq.")), (2, 1));
}

#[test]
fn words_are_counted_as_word_processors_count_them() {
    for (old, new, counted) in [
        ("", "L’État, c’est-à-dire « nous » – oui", (4, 0)),
        ("un", "un l’État", (1, 0)),
        ("de l’homme", "de l’État", (1, 1)),
        ("un État.", "un l’État.", (1, 1)),
        ("peut être", "peut-être", (1, 2)),
        ("un, deux", "un deux", (1, 1)),
        ("a b c", "c d", (1, 2)),
    ] {
        assert_eq!(count(&compare(old, new)), counted, "{old} | {new}");
    }
}

#[test]
fn hostile_texts_are_compared_coarsely() {
    let (old, new): (String, String) = ("a b ".repeat(5000), "c d ".repeat(5000));
    let found = words(&old, &new, &mut Effort::default());
    assert!(matches!(&found[..], [Deleted(_), Inserted(_), Equal(_)]));
    let mut effort = Effort(1);
    assert_eq!(
        words("un deux trois", "un trois quatre", &mut effort),
        [
            Equal("un".into()),
            Deleted(" deux trois".into()),
            Inserted(" trois quatre".into())
        ]
    );
}

#[test]
fn as_few_as_possible_have_moved() {
    let moved = |old: &[char], new: &[char]| {
        let is_moved = |found: &Aligned| found.moved.then(|| new[found.new.unwrap()]);
        align(old, new).iter().filter_map(is_moved).collect::<String>()
    };
    assert_eq!(moved(&['a', 'b', 'c', 'd'], &['a', 'd', 'b', 'c']), "d");
    assert_eq!(moved(&['a', 'b', 'c'], &['b', 'c', 'e']), "");
}

#[test]
fn what_is_gone_stands_where_it_stood() {
    let order: Vec<_> = align(&['a', 'b', 'c'], &['a', 'x', 'c'])
        .iter()
        .map(|found| (found.old, found.new))
        .collect();
    assert_eq!(
        order,
        [(Some(0), Some(0)), (None, Some(1)), (Some(1), None), (Some(2), Some(2))]
    );
}

/// Sentences out of few words, so that texts have something in common.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-c]{1,2}",
        Just(" ".to_owned()),
        Just("\u{a0}".to_owned()),
        Just("’".to_owned()),
        Just("'".to_owned()),
        Just("œ".to_owned()),
        Just("oe".to_owned()),
        Just("«".to_owned()),
        Just(",".to_owned()),
        "\\PC",
    ];
    proptest::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

#[test]
fn a_space_alone_is_never_deleted() {
    let found = compare("et assurer", "et d’assurer");
    assert_eq!(
        found,
        [
            Equal("et ".to_owned()),
            Inserted("d’".to_owned()),
            Equal("assurer".to_owned())
        ]
    );
}

proptest! {
    #[test]
    fn deleting_either_gives_the_other(old in text(), new in text()) {
        let found = compare(&old, &new);
        let without = |unwanted: fn(&Span) -> bool| -> String {
            found.iter().filter(|span| !unwanted(span)).map(|span| match span {
                Equal(text) | Inserted(text) | Deleted(text) => text.as_str(),
            }).collect()
        };
        prop_assert_eq!(without(|span| matches!(span, Deleted(_))), new);
        let remembered = without(|span| matches!(span, Inserted(_)));
        prop_assert_eq!(Words::of(&remembered).keys, Words::of(&old).keys);
    }

    #[test]
    fn a_text_does_not_differ_from_itself(text in text()) {
        prop_assert!(compare(&text, &text).iter().all(|span| matches!(span, Equal(_))));
    }

    #[test]
    fn every_place_of_both_orders_is_told_once(
        old in Just((0..12).collect::<Vec<u8>>()).prop_shuffle(),
        new in Just((6..18).collect::<Vec<u8>>()).prop_shuffle(),
    ) {
        let found = align(&old, &new);
        let mut places: Vec<_> = found.iter().filter_map(|found| found.old).collect();
        places.sort_unstable();
        prop_assert_eq!(places, (0..12).collect::<Vec<_>>());
        let new_places: Vec<_> = found.iter().filter_map(|found| found.new).collect();
        prop_assert_eq!(new_places, (0..12).collect::<Vec<_>>());
        let steady: Vec<_> = found.iter().filter(|found| !found.moved).filter_map(|found| found.new.and(found.old)).collect();
        prop_assert!(steady.is_sorted());
    }
}
