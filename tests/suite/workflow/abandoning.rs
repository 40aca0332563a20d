//! Drafts that nobody wants any more: they are on nobody's way, and lost to nobody.

use std::collections::BTreeMap;

use mandat::error::Denied;
use mandat::model::dossier::State;
use mandat::text::merge::Answer;
use mandat::workflow::drafting::{Saved, abandon, bring_together, restore, save};
use mandat::workflow::releasing::{Order, Outcome, cancel, publish};
use mandat::workflow::reviewing;

use super::denied;
use crate::support::staff::{Staff, at, now, order, writing};

const MANDATE: i64 = 6;
const LATER: &str = "2031-03-03T12:00:00Z";

/// The author gives up a draft.
async fn abandoned(staff: &Staff, number: i32) {
    let done = abandon(staff.desk(), &staff.author, None, MANDATE.into(), number).await;
    now(done.unwrap());
}

/// The colleague corrects the title of the text in effect.
async fn corrected(staff: &Staff, title: &str) -> i32 {
    let live = staff.dossier(MANDATE).await.live.unwrap();
    let mut correction = writing(&staff.text(MANDATE, live).await);
    title.clone_into(&mut correction.passages[0].fr);
    let (desk, document) = (staff.desk(), MANDATE.into());
    let saved = save(desk, &staff.colleague, None, document, live, &correction, true).await;
    now(saved.unwrap()).number()
}

/// The colleague corrects the body of the text in effect, or goes on with its correction.
async fn corrected_body(staff: &Staff, words: &str) -> i32 {
    let dossier = staff.dossier(MANDATE).await;
    let base = dossier.corrected(dossier.live.unwrap()).unwrap();
    let mut correction = writing(&staff.text(MANDATE, base).await);
    words.clone_into(&mut correction.passages[1].fr);
    let (desk, document) = (staff.desk(), MANDATE.into());
    let saved = save(desk, &staff.colleague, None, document, base, &correction, true).await;
    now(saved.unwrap()).number()
}

/// The author brings two texts together that do not touch.
async fn together(staff: &Staff, mine: i32, theirs: i32) -> i32 {
    let (desk, document, none) = (staff.desk(), MANDATE.into(), BTreeMap::new());
    let done = bring_together(desk, &staff.author, None, document, mine, theirs, &none).await;
    now(done.unwrap()).number()
}

/// The editor publishes a text, approved or not.
async fn out(staff: &Staff, number: i32) {
    let order = Order {
        emergency: Some("urgent".to_owned()),
        ..order(MANDATE, number)
    };
    let done = publish(staff.desk(), &staff.editor, None, &order).await;
    assert!(matches!(now(done.unwrap()), Outcome::Released(_)));
}

async fn title(staff: &Staff, number: i32) -> String {
    staff.text(MANDATE, number).await.passages[0].fr.clone().unwrap()
}

#[tokio::test]
async fn the_text_in_effect_is_gone_on_from_again() {
    let staff = Staff::new().await;
    let founding = title(&staff, 1).await;
    staff.retitle(&staff.editor, MANDATE, 1, "Un titre").await;
    let draft = staff.draft(MANDATE, "Un titre de trop").await;
    abandoned(&staff, draft).await;
    let dossier = staff.dossier(MANDATE).await;
    assert_eq!((dossier.lineage.draft(), dossier.lineage.beside()), (None, vec![]));
    assert_eq!((dossier.opening(), dossier.state(draft)), (Some(1), Some(State::Past)));
    let marker = draft + 1;
    assert_eq!(
        (title(&staff, marker).await, dossier.state(marker)),
        (founding, Some(State::Past))
    );

    let next = staff.retitle(&staff.author, MANDATE, 1, "Un meilleur titre").await;
    assert_eq!(
        next,
        Saved::Forward { number: 5 },
        "it is brought together with nothing"
    );
    let (desk, document) = (staff.desk(), MANDATE.into());
    now(reviewing::submit(desk, &staff.author, None, document, 5, None)
        .await
        .unwrap());
    // The editor wrote of the abandoned draft alone.
    now(reviewing::approve(desk, &staff.editor, None, document, 5)
        .await
        .unwrap());
    let done = publish(desk, &staff.editor, None, &order(MANDATE, 5)).await;
    assert!(matches!(now(done.unwrap()), Outcome::Released(_)));
}

#[tokio::test]
async fn what_was_abandoned_comes_back_from_the_history() {
    let staff = Staff::new().await;
    let draft = staff.draft(MANDATE, "Un titre").await;
    abandoned(&staff, draft).await;
    let again = restore(staff.desk(), &staff.author, None, MANDATE.into(), 1, draft).await;
    let again = now(again.unwrap()).number();
    assert_eq!(title(&staff, again).await, "Un titre");
    assert_eq!(staff.dossier(MANDATE).await.lineage.draft(), Some(again));
}

#[tokio::test]
async fn who_was_still_writing_on_it_loses_nothing() {
    let staff = Staff::new().await;
    let draft = staff.draft(MANDATE, "Un titre").await;
    abandoned(&staff, draft).await;
    let late = staff.retitle(&staff.colleague, MANDATE, draft, "Un titre tardif").await;
    let lineage = staff.dossier(MANDATE).await.lineage;
    assert_eq!(
        (lineage.draft(), lineage.beside()),
        (Some(late.number()), vec![]),
        "the draft is back"
    );
    out(&staff, late.number()).await;
}

#[tokio::test]
async fn a_draft_that_waited_for_the_abandoned_one_is_the_draft() {
    let staff = Staff::new().await;
    let draft = staff.draft(MANDATE, "Un titre").await;
    let asked = staff.retitle(&staff.colleague, MANDATE, 1, "Un autre titre").await;
    assert!(matches!(asked, Saved::Asked(_)));
    abandoned(&staff, draft).await;
    let lineage = staff.dossier(MANDATE).await.lineage;
    assert_eq!((lineage.draft(), lineage.beside()), (Some(asked.number()), vec![]));
    out(&staff, asked.number()).await;
}

#[tokio::test]
async fn the_form_of_a_scheduled_text_stays_when_the_draft_is_abandoned() {
    let staff = Staff::new().await;
    let scheduled = staff.approved(MANDATE, "Un titre prévu").await;
    let order = Order {
        moment: at(LATER),
        ..order(MANDATE, scheduled)
    };
    staff.publish(&order).await;
    let draft = staff
        .retitle(&staff.author, MANDATE, scheduled, "Un titre en chantier")
        .await
        .number();
    let correction = corrected_body(&staff, "une coquille de moins").await;
    let form = together(&staff, scheduled, correction).await;
    let draft = together(&staff, draft, form).await;
    abandoned(&staff, draft).await;
    staff.approve(MANDATE, form).await;
    out(&staff, correction).await;
    let dossier = staff.dossier(MANDATE).await;
    assert_eq!(
        (dossier.lineage.draft(), dossier.opening()),
        (None, Some(form)),
        "not the text without it"
    );
    let next = staff.retitle(&staff.author, MANDATE, form, "Un titre d’après").await;
    assert_eq!(staff.dossier(MANDATE).await.lineage.draft(), Some(next.number()));
}

#[tokio::test]
async fn a_correction_goes_on_though_the_draft_is_abandoned() {
    let staff = Staff::new().await;
    let draft = staff.draft(MANDATE, "Un titre en chantier").await;
    let correction = corrected_body(&staff, "une coquille de moins").await;
    abandoned(&staff, draft).await;
    let further = corrected_body(&staff, "deux coquilles de moins").await;
    let dossier = staff.dossier(MANDATE).await;
    assert!(dossier.lineage.descends(further, correction));
    assert_eq!(
        (dossier.corrected(1), dossier.lineage.beside()),
        (Some(further), vec![further])
    );
    out(&staff, further).await;
    let dossier = staff.dossier(MANDATE).await;
    assert_eq!(
        (dossier.opening(), dossier.corrected(further)),
        (Some(further), None),
        "nothing is ahead of it"
    );
    let next = staff.retitle(&staff.author, MANDATE, further, "Un titre d’après").await;
    assert_eq!(staff.dossier(MANDATE).await.lineage.draft(), Some(next.number()));
}

#[tokio::test]
async fn a_scheduled_text_is_the_draft_again_once_it_is_cancelled() {
    let staff = Staff::new().await;
    let scheduled = staff.approved(MANDATE, "Un titre prévu").await;
    let order = Order {
        moment: at(LATER),
        ..order(MANDATE, scheduled)
    };
    let release = staff.publish(&order).await;
    let draft = staff.draft(MANDATE, "Un titre en chantier").await;
    abandoned(&staff, draft).await;
    let dossier = staff.dossier(MANDATE).await;
    assert_eq!((dossier.lineage.draft(), dossier.opening()), (None, Some(scheduled)));
    now(cancel(staff.desk(), &staff.editor, None, release.id).await.unwrap());
    assert_eq!(staff.dossier(MANDATE).await.lineage.draft(), Some(scheduled));
}

#[tokio::test]
async fn an_abandoned_correction_makes_room_for_another() {
    let staff = Staff::new().await;
    staff.draft(MANDATE, "Un titre en chantier").await;
    let first = corrected(&staff, "Un titre corrigé").await;
    abandoned(&staff, first).await;
    let dossier = staff.dossier(MANDATE).await;
    assert_eq!((dossier.corrected(1), dossier.lineage.beside()), (Some(1), vec![]));
    let second = corrected(&staff, "Un titre mieux corrigé").await;
    let dossier = staff.dossier(MANDATE).await;
    assert_eq!(
        (dossier.corrected(1), dossier.lineage.beside()),
        (Some(second), vec![second])
    );
}

#[tokio::test]
async fn a_draft_that_another_contains_is_not_abandoned() {
    let staff = Staff::new().await;
    let draft = staff.draft(MANDATE, "Un titre en chantier").await;
    let correction = corrected(&staff, "Un titre corrigé").await;
    let anchor = staff.text(MANDATE, 1).await.passages[0].anchor.clone();
    let answers = BTreeMap::from([(format!("words-fr-{}", anchor.as_str()), Answer::Mine)]);
    let (desk, document) = (staff.desk(), MANDATE.into());
    let whole = bring_together(desk, &staff.author, None, document, draft, correction, &answers).await;
    now(whole.unwrap());
    let refused = abandon(desk, &staff.author, None, document, correction).await;
    assert_eq!(denied(refused), Denied::State);
}
