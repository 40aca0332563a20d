//! What the public reads: now, at an hour, and never undone by what was planned before.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use mandat::error::Denied;
use mandat::model::journal::{self, Deed, Filter};
use mandat::model::{Bilingual, FormId, Slug, Withdrawn};
use mandat::workflow::Done;
use mandat::workflow::drafting::{Saved, bring_together, save};
use mandat::workflow::releasing::{
    Behind, Moment, Order, Outcome, Withdrawal, bring_back, cancel, publish, shift, withdraw,
};

use super::{denied, refused};
use crate::support::staff::{Staff, at, now, order, writing};
use crate::support::visitor::Visitor;

const MANDATE: i64 = 6;
const PATH: &str = "/fr/mandats/conseil-et-politiques";
const SOON: &str = "2030-03-01T12:00:00Z";
const LATER: &str = "2030-03-02T12:00:00Z";

/// The title of the mandate's page, without its number.
async fn title(staff: &Staff) -> String {
    let answer = Visitor::new(&staff.database).get(PATH).await;
    assert_eq!(answer.status, StatusCode::OK);
    let heading = answer.words("h1").concat();
    heading.rsplit(" – ").next().unwrap().to_owned()
}

/// A database whose clock stands on a day, and can be put forward.
async fn staff_in_2030() -> Staff {
    let staff = Staff::new().await;
    staff.database.set_clock("2030-03-01T00:00:00Z").await;
    staff
}

#[tokio::test]
async fn an_approved_text_goes_out_with_its_note() {
    let staff = Staff::new().await;
    let number = staff.approved(MANDATE, "Un titre approuvé").await;
    assert_ne!(title(&staff).await, "Un titre approuvé");
    let note = Bilingual {
        fr: "Titre clarifié".to_owned(),
        en: "Title clarified".to_owned(),
    };
    let release = staff
        .publish(&Order {
            note: Some(note),
            ..order(MANDATE, number)
        })
        .await;
    assert_eq!(release.documents, [MANDATE.into()]);
    assert_eq!(title(&staff).await, "Un titre approuvé");
    let history = Visitor::new(&staff.database).get(&format!("{PATH}/historique")).await;
    assert!(history.body.contains("Titre clarifié"));
    let lines = journal::lines(staff.desk(), &Filter::default(), 1).await.unwrap();
    assert_eq!(
        (lines[0].deed, lines[0].subject.release),
        (Deed::Publish, Some(release.id))
    );
}

#[tokio::test]
async fn a_new_slug_leaves_a_redirect_and_takes_nobodys_address() {
    let staff = Staff::new().await;
    let rename = async |words: &str| {
        let base = staff.dossier(MANDATE).await.opening().unwrap();
        let slug = Slug::try_from(words.to_owned()).ok();
        let saved = staff
            .save(&staff.author, MANDATE, base, |writing| writing.slug.fr = slug)
            .await;
        staff.approve(MANDATE, saved.number()).await;
        saved.number()
    };
    let number = rename("conseiller").await;
    staff.publish(&order(MANDATE, number)).await;
    let moved = Visitor::new(&staff.database).get(PATH).await;
    assert_eq!(
        (moved.status, moved.header("location")),
        (StatusCode::PERMANENT_REDIRECT, "/fr/mandats/conseiller")
    );
    let taken = rename("representation-a-l-etranger").await;
    let refusal = publish(staff.desk(), &staff.editor, None, &order(MANDATE, taken)).await;
    assert_eq!(refused(refusal), "address_never_changes_hands");
}

#[tokio::test]
async fn nothing_goes_out_without_approval_but_for_a_reason() {
    let staff = Staff::new().await;
    let number = staff.draft(MANDATE, "Un titre pressé").await;
    let go = async |actor, reason: Option<&str>| {
        let emergency = reason.map(str::to_owned);
        publish(
            staff.desk(),
            actor,
            None,
            &Order {
                emergency,
                ..order(MANDATE, number)
            },
        )
        .await
    };
    assert_eq!(denied(go(&staff.editor, None).await), Denied::Unapproved);
    assert_eq!(denied(go(&staff.editor, Some(" ")).await), Denied::Unapproved);
    assert_eq!(denied(go(&staff.author, Some("urgent")).await), Denied::Role);
    now(go(&staff.editor, Some("Consigne de sécurité")).await.unwrap());
    assert_eq!(title(&staff).await, "Un titre pressé");
    let lines = journal::lines(staff.desk(), &Filter::default(), 1).await.unwrap();
    assert_eq!(lines[0].subject.detail.as_deref(), Some("Consigne de sécurité"));
}

#[tokio::test]
async fn a_double_click_publishes_once() {
    let staff = Staff::new().await;
    let number = staff.approved(MANDATE, "Un titre").await;
    let order = order(MANDATE, number);
    let form = Some(FormId::draw());
    let click = || publish(staff.desk(), &staff.editor, form, &order);
    let (one, other) = tokio::join!(click(), click());
    let back = click().await.unwrap();
    let done = [one.unwrap(), other.unwrap(), back];
    let again: Vec<_> = done
        .iter()
        .filter_map(|done| match done {
            Done::Again(line) => line.subject.release,
            Done::Now(_) => None,
        })
        .collect();
    let releases: i64 = sqlx::query_scalar("select count(*) from publication where document_id = 6 and number > 1")
        .fetch_one(staff.desk())
        .await
        .unwrap();
    assert_eq!((again.len(), releases), (2, 1));
}

#[tokio::test]
async fn a_scheduled_text_waits_moves_and_is_cancelled() {
    let staff = staff_in_2030().await;
    let before = title(&staff).await;
    let number = staff.approved(MANDATE, "Un titre prévu").await;
    let late = Order {
        moment: at("2030-02-28T12:00:00Z"),
        ..order(MANDATE, number)
    };
    assert_eq!(
        denied(publish(staff.desk(), &staff.editor, None, &late).await),
        Denied::Past
    );
    let planned = staff
        .publish(&Order {
            moment: at(SOON),
            ..order(MANDATE, number)
        })
        .await;
    let moved = now(shift(staff.desk(), &staff.editor, None, planned.id, at(LATER))
        .await
        .unwrap());
    assert_eq!(moved.documents, [MANDATE.into()]);
    staff.database.set_clock("2030-03-02T11:59:59.999999Z").await;
    assert_eq!(title(&staff).await, before);
    staff.database.set_clock(LATER).await;
    assert_eq!(title(&staff).await, "Un titre prévu");
    let late = cancel(staff.desk(), &staff.editor, None, planned.id).await;
    assert_eq!(denied(late), Denied::State);
    let next = staff.approved(MANDATE, "Un titre annulé").await;
    staff.database.set_clock("2030-03-02T13:00:00Z").await;
    let planned = staff
        .publish(&Order {
            moment: at("2030-03-03T12:00:00Z"),
            ..order(MANDATE, next)
        })
        .await;
    now(cancel(staff.desk(), &staff.editor, None, planned.id).await.unwrap());
    staff.database.set_clock("2030-03-04T00:00:00Z").await;
    assert_eq!(title(&staff).await, "Un titre prévu", "the live text goes on");
}

#[tokio::test]
async fn a_scheduled_text_never_undoes_a_correction() {
    let staff = staff_in_2030().await;
    let (desk, document) = (staff.desk(), MANDATE.into());
    let planned = staff.approved(MANDATE, "Un titre prévu").await;
    let release = staff
        .publish(&Order {
            moment: at(LATER),
            ..order(MANDATE, planned)
        })
        .await;
    let mut correction = writing(&staff.text(MANDATE, 1).await);
    correction.passages[1].fr = "une coquille de moins".to_owned();
    let corrected = now(save(desk, &staff.author, None, document, 1, &correction, true)
        .await
        .unwrap())
    .number();
    staff.approve(MANDATE, corrected).await;
    let go = async || publish(desk, &staff.editor, None, &order(MANDATE, corrected)).await;
    let behind = now(go().await.unwrap());
    let expected = Behind {
        document,
        text: planned,
        onto: corrected,
        at: Some(release.at),
    };
    assert_eq!(behind, Outcome::Behind(vec![expected]));
    let rebased = bring_together(
        desk,
        &staff.author,
        None,
        document,
        planned,
        corrected,
        &BTreeMap::new(),
    )
    .await;
    let Saved::Merged { number: rebased, .. } = now(rebased.unwrap()) else {
        panic!("nothing to ask")
    };
    assert_eq!(
        denied(go().await),
        Denied::Unapproved,
        "a merge needs an approval of its own"
    );
    staff.approve(MANDATE, rebased).await;
    assert!(matches!(now(go().await.unwrap()), Outcome::Released(_)));
    let body = async || {
        staff
            .text(MANDATE, staff.dossier(MANDATE).await.live.unwrap())
            .await
            .passages[1]
            .fr
            .clone()
    };
    assert_eq!(body().await.as_deref(), Some("une coquille de moins"));
    staff.database.set_clock("2030-03-02T12:00:01Z").await;
    assert_eq!(
        title(&staff).await,
        "Un titre prévu",
        "at the instant that it was planned for"
    );
    assert_eq!(body().await.as_deref(), Some("une coquille de moins"));
}

#[tokio::test]
async fn a_draft_is_brought_together_with_what_goes_out_beside_it() {
    let staff = Staff::new().await;
    let (desk, document) = (staff.desk(), MANDATE.into());
    let draft = staff.draft(MANDATE, "Un chantier").await;
    let mut correction = writing(&staff.text(MANDATE, 1).await);
    correction.passages[1].fr = "une coquille de moins".to_owned();
    let corrected = now(save(desk, &staff.author, None, document, 1, &correction, true)
        .await
        .unwrap())
    .number();
    staff.approve(MANDATE, corrected).await;
    let go = async || {
        now(publish(desk, &staff.editor, None, &order(MANDATE, corrected))
            .await
            .unwrap())
    };
    let expected = Behind {
        document,
        text: draft,
        onto: corrected,
        at: None,
    };
    assert_eq!(go().await, Outcome::Behind(vec![expected]));
    let rebased = bring_together(desk, &staff.author, None, document, draft, corrected, &BTreeMap::new()).await;
    now(rebased.unwrap());
    assert!(matches!(go().await, Outcome::Released(_)));
    assert_ne!(title(&staff).await, "Un chantier");
}

#[tokio::test]
async fn a_text_leaves_and_comes_back() {
    let staff = staff_in_2030().await;
    let reason = |fr: &str, en: &str| Bilingual {
        fr: fr.to_owned(),
        en: en.to_owned(),
    };
    let leaving = |kind, moment| Withdrawal {
        document: MANDATE.into(),
        kind,
        reason: reason("Mandat transféré", "Mandate transferred"),
        successor: Some(7.into()),
        moment,
    };
    let silent = Withdrawal {
        reason: reason("Transféré", " "),
        ..leaving(Withdrawn::Withdrawn, at(SOON))
    };
    let silent = withdraw(staff.desk(), &staff.editor, None, &silent).await;
    assert_eq!(refused(silent), "withdrawal_reason_en_filled");
    let planned = withdraw(
        staff.desk(),
        &staff.editor,
        None,
        &leaving(Withdrawn::Withdrawn, at(SOON)),
    )
    .await;
    let planned = now(planned.unwrap());
    now(shift(staff.desk(), &staff.editor, None, planned.id, at(LATER))
        .await
        .unwrap());
    let page = async || Visitor::new(&staff.database).get(PATH).await;
    staff.database.set_clock(SOON).await;
    assert!(!page().await.body.contains("Mandat transféré"));
    staff.database.set_clock(LATER).await;
    let withdrawn = page().await;
    assert_eq!(withdrawn.status, StatusCode::OK);
    assert!(withdrawn.body.contains("Mandat transféré"));
    staff.database.set_clock("2030-03-03T00:00:00Z").await;
    let back = bring_back(staff.desk(), &staff.editor, None, MANDATE.into(), None).await;
    assert!(matches!(now(back.unwrap()), Outcome::Released(_)));
    assert!(!page().await.body.contains("Mandat transféré"));
    staff.database.set_clock("2030-03-04T00:00:00Z").await;
    now(withdraw(
        staff.desk(),
        &staff.editor,
        None,
        &leaving(Withdrawn::Removed, Moment::Now),
    )
    .await
    .unwrap());
    assert_eq!(page().await.status, StatusCode::GONE);
}

#[tokio::test]
async fn several_texts_go_out_together_or_not_at_all() {
    let staff = Staff::new().await;
    let mandate = staff.approved(MANDATE, "Un titre").await;
    let list = staff
        .save(&staff.author, 4, 1, |writing| writing.members.rotate_left(1))
        .await
        .number();
    let both = Order {
        texts: vec![(MANDATE.into(), mandate), (4.into(), list)],
        ..order(MANDATE, mandate)
    };
    assert_eq!(
        denied(publish(staff.desk(), &staff.editor, None, &both).await),
        Denied::Unapproved
    );
    assert_ne!(title(&staff).await, "Un titre");
    staff.approve(4, list).await;
    let release = staff.publish(&both).await;
    assert_eq!(release.documents.len(), 2);
    assert_eq!(title(&staff).await, "Un titre");
    assert_eq!(staff.dossier(4).await.live, Some(list));
}
