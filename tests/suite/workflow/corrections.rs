//! Corrections beside the line: which texts must know of them before they go out, and which of them are left behind.

use std::collections::BTreeMap;

use mandat::error::Denied;
use mandat::model::DocumentId;
use mandat::workflow::drafting::{Saved, Writing, bring_together, save};
use mandat::workflow::releasing::{Behind, Order, Outcome, publish};

use super::denied;
use crate::support::staff::{Staff, at, now, order, writing};

const MANDATE: i64 = 6;
const START: &str = "2030-03-01T00:00:00Z";
const SOON: &str = "2030-03-02T12:00:00Z";
const LATER: &str = "2030-03-03T12:00:00Z";

async fn staff_in_2030() -> Staff {
    let staff = Staff::new().await;
    staff.database.set_clock(START).await;
    staff
}

/// A text with this title that goes out at an instant ahead.
async fn planned(staff: &Staff, title: &str, when: &str) -> i32 {
    let number = staff.approved(MANDATE, title).await;
    let order = Order {
        moment: at(when),
        ..order(MANDATE, number)
    };
    staff.publish(&order).await;
    number
}

/// The colleague corrects the body of the text in effect.
async fn corrected(staff: &Staff, base: i32, words: &str) -> i32 {
    let mut correction = writing(&staff.text(MANDATE, base).await);
    words.clone_into(&mut correction.passages[1].fr);
    let saved = save(
        staff.desk(),
        &staff.colleague,
        None,
        MANDATE.into(),
        base,
        &correction,
        true,
    );
    now(saved.await.unwrap()).number()
}

async fn merged(staff: &Staff, mine: i32, theirs: i32) -> i32 {
    let none = BTreeMap::new();
    let done = bring_together(staff.desk(), &staff.author, None, MANDATE.into(), mine, theirs, &none).await;
    match now(done.unwrap()) {
        Saved::Merged { number, .. } => number,
        other => panic!("{other:?}"),
    }
}

async fn go(staff: &Staff, order: &Order) -> Outcome {
    now(publish(staff.desk(), &staff.editor, None, order).await.unwrap())
}

fn behind(text: i32, onto: i32, when: &str) -> Behind {
    let at: jiff::Timestamp = when.parse().unwrap();
    Behind {
        document: MANDATE.into(),
        text,
        onto,
        at: Some(at.into()),
    }
}

#[tokio::test]
async fn a_correction_of_a_text_that_has_been_followed_undoes_nothing() {
    let staff = staff_in_2030().await;
    let draft = staff.approved(MANDATE, "Un titre").await;
    let correction = corrected(&staff, 1, "une coquille de moins").await;
    staff.approve(MANDATE, correction).await;
    // The draft goes out first, once it knows of the correction or not at all.
    let first = go(&staff, &order(MANDATE, draft)).await;
    assert!(matches!(first, Outcome::Released(_)), "{first:?}");
    staff.database.set_clock(SOON).await;
    let undoing = order(MANDATE, correction);
    assert_eq!(
        go(&staff, &undoing).await,
        Outcome::Behind(vec![behind(correction, draft, SOON)])
    );
    let both = merged(&staff, correction, draft).await;
    assert_eq!(staff.dossier(MANDATE).await.lineage.draft(), Some(both));
    staff.approve(MANDATE, both).await;
    assert!(matches!(go(&staff, &order(MANDATE, both)).await, Outcome::Released(_)));
    let text = staff.text(MANDATE, both).await;
    let words: Vec<_> = text.passages[..2].iter().map(|passage| passage.fr.as_deref()).collect();
    assert_eq!(words, [Some("Un titre"), Some("une coquille de moins")]);
}

#[tokio::test]
async fn texts_that_are_scheduled_one_after_the_other_all_take_the_correction() {
    let staff = staff_in_2030().await;
    let mut scheduled = Vec::new();
    for (words, when) in [("Un premier titre", SOON), ("Un second titre", LATER)] {
        scheduled.push(planned(&staff, words, when).await);
    }
    let correction = corrected(&staff, 1, "une coquille de moins").await;
    staff.approve(MANDATE, correction).await;
    let order = order(MANDATE, correction);
    let expected = [
        behind(scheduled[0], correction, SOON),
        behind(scheduled[1], correction, LATER),
    ];
    assert_eq!(go(&staff, &order).await, Outcome::Behind(expected.into()));
    let first = merged(&staff, scheduled[0], correction).await;
    staff.approve(MANDATE, first).await;
    let expected = behind(scheduled[1], first, LATER);
    assert_eq!(go(&staff, &order).await, Outcome::Behind(vec![expected]));
    let second = merged(&staff, scheduled[1], first).await;
    assert_eq!(
        denied(publish(staff.desk(), &staff.editor, None, &order).await),
        Denied::Unapproved
    );
    staff.approve(MANDATE, second).await;
    assert!(matches!(go(&staff, &order).await, Outcome::Released(_)));
    for (clock, number, title) in [(SOON, first, "Un premier titre"), (LATER, second, "Un second titre")] {
        staff.database.set_clock(clock).await;
        assert_eq!(staff.dossier(MANDATE).await.live, Some(number));
        let text = staff.text(MANDATE, number).await;
        let words: Vec<_> = text.passages[..2].iter().map(|passage| passage.fr.as_deref()).collect();
        assert_eq!(words, [Some(title), Some("une coquille de moins")]);
    }
}

/// The title as it was, and no other: what the draft says, made from a scheduled text that has another.
async fn undone(staff: &Staff, scheduled: i32) -> i32 {
    let title = staff.text(MANDATE, 1).await.passages[0].fr.clone().unwrap();
    let saved = staff.save(&staff.author, MANDATE, scheduled, |writing| {
        writing.passages[0].fr = title;
    });
    saved.await.number()
}

/// The title and the beginning of the body, in French.
async fn words(staff: &Staff, number: i32) -> [Option<String>; 2] {
    let text = staff.text(MANDATE, number).await;
    [0, 1].map(|place| text.passages[place].fr.clone())
}

#[tokio::test]
async fn a_draft_takes_the_correction_with_the_scheduled_text_that_it_was_made_from() {
    let staff = staff_in_2030().await;
    let scheduled = planned(&staff, "Un titre prévu", SOON).await;
    let draft = undone(&staff, scheduled).await;
    let correction = corrected(&staff, 1, "une coquille de moins").await;
    staff.approve(MANDATE, correction).await;
    let order = order(MANDATE, correction);
    let first = Outcome::Behind(vec![behind(scheduled, correction, SOON)]);
    assert_eq!(go(&staff, &order).await, first, "the draft's turn comes later");
    let form = merged(&staff, scheduled, correction).await;
    staff.approve(MANDATE, form).await;
    let second = Behind {
        at: None,
        ..behind(draft, form, SOON)
    };
    assert_eq!(go(&staff, &order).await, Outcome::Behind(vec![second]));
    let whole = merged(&staff, draft, form).await;
    assert!(matches!(go(&staff, &order).await, Outcome::Released(_)));
    let body = Some("une coquille de moins".to_owned());
    assert_eq!(words(&staff, whole).await, [words(&staff, 1).await[0].clone(), body]);
}

#[tokio::test]
async fn a_form_stays_what_goes_out_while_the_correction_and_the_draft_go_on() {
    let staff = staff_in_2030().await;
    let scheduled = planned(&staff, "Un titre prévu", SOON).await;
    let draft = undone(&staff, scheduled).await;
    let correction = corrected(&staff, 1, "une coquille de moins").await;
    let form = merged(&staff, scheduled, correction).await;
    let draft = merged(&staff, draft, form).await;
    // Two people have the form open; what both save is the form's, not the draft's.
    let write = async |actor, place: usize, words: &str| {
        let change = |writing: &mut Writing| words.clone_into(&mut writing.passages[place].en);
        staff.save(actor, MANDATE, form, change).await.number()
    };
    write(&staff.author, 0, "A planned title").await;
    let second = write(&staff.colleague, 1, "one typo less").await;
    assert_eq!(staff.dossier(MANDATE).await.lineage.draft(), Some(draft));
    let further = corrected(&staff, correction, "deux coquilles de moins").await;
    staff.approve(MANDATE, further).await;
    let order = order(MANDATE, further);
    let expected = behind(second, further, SOON);
    assert_eq!(go(&staff, &order).await, Outcome::Behind(vec![expected]));
    let form = merged(&staff, second, further).await;
    let text = staff.text(MANDATE, form).await;
    let french = [0, 1].map(|place| text.passages[place].fr.as_deref().unwrap());
    let english = [0, 1].map(|place| text.passages[place].en.as_deref().unwrap());
    assert_eq!(french, ["Un titre prévu", "deux coquilles de moins"]);
    assert_eq!(english, ["A planned title", "one typo less"]);
    let last = Behind {
        at: None,
        ..behind(draft, form, SOON)
    };
    staff.approve(MANDATE, form).await;
    assert_eq!(go(&staff, &order).await, Outcome::Behind(vec![last]));
    merged(&staff, draft, form).await;
    assert!(matches!(go(&staff, &order).await, Outcome::Released(_)));
    staff.database.set_clock(SOON).await;
    assert_eq!(staff.dossier(MANDATE).await.live, Some(form));
}

#[tokio::test]
async fn what_a_draft_took_back_of_a_scheduled_text_does_not_return_with_it() {
    let staff = staff_in_2030().await;
    let scheduled = planned(&staff, "Un titre prévu", SOON).await;
    let draft = undone(&staff, scheduled).await;
    let correction = corrected(&staff, 1, "une coquille de moins").await;
    staff.approve(MANDATE, correction).await;
    // Each takes the correction for itself, as from pages that were open before.
    let draft = merged(&staff, draft, correction).await;
    let form = merged(&staff, scheduled, correction).await;
    assert_eq!(
        staff.dossier(MANDATE).await.lineage.bases(&[draft], form),
        [correction, scheduled]
    );
    let whole = merged(&staff, draft, form).await;
    assert_eq!(words(&staff, whole).await, words(&staff, draft).await);
}

#[tokio::test]
async fn a_correction_is_brought_up_to_a_text_that_came_before_it() {
    let staff = staff_in_2030().await;
    let draft = staff.approved(MANDATE, "Un titre").await;
    let correction = corrected(&staff, 1, "une coquille de moins").await;
    let further = staff.draft(MANDATE, "Un titre en chantier").await;
    staff.database.set_clock(SOON).await;
    let out = Order {
        emergency: Some("urgent".to_owned()),
        ..order(MANDATE, draft)
    };
    assert_eq!(
        denied(publish(staff.desk(), &staff.editor, None, &out).await),
        Denied::State,
        "others have gone on from it"
    );
    let out = Order {
        emergency: Some("urgent".to_owned()),
        ..order(MANDATE, further)
    };
    assert!(matches!(go(&staff, &out).await, Outcome::Released(_)));
    let next = staff.draft(MANDATE, "Un autre titre en chantier").await;
    let level = merged(&staff, correction, further).await;
    let dossier = staff.dossier(MANDATE).await;
    assert_eq!(
        (dossier.lineage.draft(), dossier.corrected(further)),
        (Some(next), Some(level)),
        "it stays a correction, of the text that is in effect now"
    );
    let document = DocumentId::from(MANDATE);
    let none = BTreeMap::new();
    let again = bring_together(staff.desk(), &staff.author, None, document, correction, further, &none).await;
    assert_eq!(denied(again), Denied::State, "once is enough");
}

#[tokio::test]
async fn a_draft_that_goes_on_while_a_correction_is_brought_in_stays_one_line() {
    let staff = staff_in_2030().await;
    let draft = staff.draft(MANDATE, "Un titre en chantier").await;
    let correction = corrected(&staff, 1, "une coquille de moins").await;
    let newer = staff.draft(MANDATE, "Un titre plus avancé").await;
    let whole = merged(&staff, draft, correction).await;
    let lineage = staff.dossier(MANDATE).await.lineage;
    assert_eq!(
        (lineage.draft(), lineage.beside()),
        (Some(whole), vec![correction]),
        "nothing else waits"
    );
    assert!(lineage.descends(whole, newer));
    let text = staff.text(MANDATE, whole).await;
    let words: Vec<_> = text.passages[..2].iter().map(|passage| passage.fr.as_deref()).collect();
    assert_eq!(words, [Some("Un titre plus avancé"), Some("une coquille de moins")]);
}
