//! Approval: bound to one text, given by somebody who did not write it.

use mandat::error::Denied;
use mandat::model::dossier::State;
use mandat::model::journal::{self, Deed, Filter};
use mandat::workflow::reviewing::{approve, give_back, submit, take_back};
use mandat::workflow::settings::set_four_eyes;

use super::{denied, refused};
use crate::support::staff::{Staff, now};

const MANDATE: i64 = 6;

#[tokio::test]
async fn a_text_goes_from_hand_to_hand() {
    let staff = Staff::new().await;
    let (desk, document) = (staff.desk(), MANDATE.into());
    let draft = staff.draft(MANDATE, "Un titre").await;
    let state = async || staff.dossier(MANDATE).await.state(draft).unwrap();
    now(submit(desk, &staff.author, None, document, draft, Some("à relire"))
        .await
        .unwrap());
    assert_eq!(state().await, State::Submitted);
    let silent = give_back(desk, &staff.editor, None, document, draft, " ").await;
    assert_eq!(refused(silent), "review_returned_with_remark");
    now(give_back(desk, &staff.editor, None, document, draft, "Citez la loi.")
        .await
        .unwrap());
    assert_eq!(state().await, State::Draft);
    let dossier = staff.dossier(MANDATE).await;
    let returned = dossier.last_review(draft).unwrap();
    assert_eq!(
        (returned.name.as_str(), returned.remark.clone()),
        ("approbatrice", Some("Citez la loi.".to_owned().into()))
    );
    now(submit(desk, &staff.author, None, document, draft, None).await.unwrap());
    now(take_back(desk, &staff.author, None, document, draft).await.unwrap());
    assert_eq!(state().await, State::Draft);
    now(submit(desk, &staff.author, None, document, draft, None).await.unwrap());
    now(approve(desk, &staff.editor, None, document, draft).await.unwrap());
    assert_eq!(state().await, State::Approved);
    let lines = journal::lines(
        desk,
        &Filter {
            document: Some(document),
            ..Filter::default()
        },
        20,
    )
    .await
    .unwrap();
    let deeds: Vec<_> = lines.iter().rev().map(|line| line.deed).collect();
    assert_eq!(
        deeds,
        [
            Deed::Import,
            Deed::Save,
            Deed::Submit,
            Deed::Return,
            Deed::Submit,
            Deed::TakeBack,
            Deed::Submit,
            Deed::Approve
        ]
    );
}

#[tokio::test]
async fn a_change_voids_an_approval() {
    let staff = Staff::new().await;
    let (desk, document) = (staff.desk(), MANDATE.into());
    let draft = staff.draft(MANDATE, "Un titre").await;
    now(submit(desk, &staff.author, None, document, draft, None).await.unwrap());
    now(approve(desk, &staff.editor, None, document, draft).await.unwrap());
    let changed = staff.draft(MANDATE, "Un autre titre").await;
    let dossier = staff.dossier(MANDATE).await;
    assert_eq!(
        (dossier.state(draft), dossier.state(changed)),
        (Some(State::Past), Some(State::Draft))
    );
}

#[tokio::test]
async fn two_approvals_at_once_are_one() {
    let staff = Staff::new().await;
    let (desk, document) = (staff.desk(), MANDATE.into());
    let draft = staff.draft(MANDATE, "Un titre").await;
    now(submit(desk, &staff.author, None, document, draft, None).await.unwrap());
    let (one, other) = tokio::join!(
        approve(desk, &staff.editor, None, document, draft),
        approve(desk, &staff.second_editor, None, document, draft)
    );
    let late = if one.is_ok() { other } else { one };
    assert_eq!(denied(late), Denied::State);
    assert_eq!(staff.dossier(MANDATE).await.reviews.len(), 2);
}

#[tokio::test]
async fn whoever_wrote_a_text_does_not_approve_it() {
    let staff = Staff::new().await;
    let (desk, document) = (staff.desk(), MANDATE.into());
    let first = staff.retitle(&staff.editor, MANDATE, 1, "Un titre").await;
    let second = staff.draft(MANDATE, "Un autre titre").await;
    assert_eq!((first.number(), second), (2, 3));
    now(submit(desk, &staff.author, None, document, second, None).await.unwrap());
    // The editor wrote the draft before, which is not public yet.
    assert_eq!(
        denied(approve(desk, &staff.editor, None, document, second).await),
        Denied::FourEyes
    );
    assert_eq!(
        denied(set_four_eyes(desk, &staff.editor, None, false).await),
        Denied::Role
    );
    now(set_four_eyes(desk, &staff.administrator, None, false).await.unwrap());
    now(approve(desk, &staff.editor, None, document, second).await.unwrap());
}
