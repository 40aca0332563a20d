//! Two sides that each brought the same texts together for itself.

use super::*;

/// What the sides go on from: two texts made of three passages.
fn two(first: &Text, second: &Text) -> Base {
    Base::from(first).with(Base::from(&three()), second)
}

#[test]
fn what_one_text_added_and_a_side_took_back_does_not_return() {
    let scheduled = edited(|passages| say(&mut passages[0], "scheduled"));
    let correction = edited(|passages| say(&mut passages[1], "corrected"));
    let both = edited(|passages| {
        say(&mut passages[0], "scheduled");
        say(&mut passages[1], "corrected");
    });
    // The draft knows of both too, and says again what the scheduled text had changed.
    for sides in [[&both, &correction], [&correction, &both]] {
        let merge = merge(two(&scheduled, &correction), sides[0], sides[1]);
        assert_eq!((names(&merge).len(), &merge.text), (0, &correction));
    }
    let further = edited(|passages| {
        say(&mut passages[0], "scheduled and drafted");
        say(&mut passages[1], "corrected");
    });
    let merge = merge(two(&correction, &scheduled), &both, &further);
    assert_eq!((names(&merge).len(), &merge.text), (0, &further));
}

#[test]
fn what_was_decided_in_two_ways_is_asked_about() {
    let slug = |words: &str| Bilingual {
        fr: Some(Slug::try_from(words.to_owned()).unwrap()),
        en: None,
    };
    let office = |day: i8| Office {
        from: Some(jiff::civil::date(2026, 3, day)),
        ..Office::default()
    };
    let members = |members: &[i64]| members.iter().copied().map(DocumentId::from).collect();
    let before = Text {
        slug: slug("un"),
        office: Some(office(1)),
        members: members(&[1, 2, 3]),
        ..three()
    };
    let first = Text {
        slug: slug("deux"),
        office: Some(office(2)),
        english: English::None,
        members: members(&[1, 3, 2]),
        ..edited(|passages| {
            say(&mut passages[0], "first");
            say(&mut passages[1], "first");
            passages.swap(1, 2);
        })
    };
    let second = Text {
        slug: slug("trois"),
        office: Some(office(3)),
        english: English::ToFollow,
        members: members(&[2, 1, 3]),
        ..edited(|passages| {
            say(&mut passages[0], "second");
            passages.remove(1);
            passages.swap(0, 1);
        })
    };
    let base = || Base::from(&first).with(Base::from(&before), &second);
    for (theirs, mine) in [(&first, &second), (&second, &first)] {
        let merge = merge(base(), theirs, mine);
        let expected = [
            "words-fr-aaaaa",
            "passage-bbbbb",
            "slug-fr",
            "english",
            "members",
            "office",
        ];
        let mut asked = names(&merge);
        asked.sort_unstable();
        let mut expected = expected.map(str::to_owned);
        expected.sort_unstable();
        assert_eq!(asked, expected);
    }
    let agreed = merge(base(), &second, &second);
    assert_eq!(
        (names(&agreed).len(), &agreed.text),
        (0, &second),
        "both decided the same"
    );
}

#[test]
fn an_order_that_nobody_has_decided_is_asked_about_where_the_sides_differ() {
    let first = edited(|passages| passages.swap(1, 2));
    let second = edited(|passages| passages.swap(0, 1));
    assert_eq!(names(&merge(two(&first, &second), &first, &second)), ["order-body"]);
    let added = Text {
        passages: [first.passages.clone(), vec![written("nnnnn", "new", "new")]].concat(),
        ..first.clone()
    };
    let merge = merge(two(&first, &second), &first, &added);
    assert_eq!((names(&merge).len(), &merge.text), (0, &added), "both decided the same");
}
