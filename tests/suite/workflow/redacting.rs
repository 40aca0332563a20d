//! Words that the law removes.

mod everywhere;

use mandat::error::Denied;
use mandat::model::autosave;
use mandat::workflow::drafting::save;
use mandat::workflow::redacting::redact;

use super::{denied, refused};
use crate::support::staff::{Staff, order, writing};

const MANDATE: i64 = 6;
const WORD: &str = "Zanzibarois";

#[tokio::test]
async fn an_administrator_removes_words_for_a_ground_that_does_not_repeat_them() {
    let staff = Staff::new().await;
    let document = MANDATE.into();
    let number = staff.approved(MANDATE, WORD).await;
    staff.publish(&order(MANDATE, number)).await;
    let anchor = staff.text(MANDATE, number).await.passages[0].anchor.clone();
    let anchors = std::slice::from_ref(&anchor);
    let by_editor = redact(staff.desk(), &staff.editor, None, document, anchors, "Loi, art. 1").await;
    assert_eq!(denied(by_editor), Denied::Role);
    for (ground, constraint) in [
        (" ", "redaction_ground_filled"),
        ("Plainte du zanzibarois", "redaction_ground_repeats"),
    ] {
        let tried = redact(staff.desk(), &staff.administrator, None, document, anchors, ground).await;
        assert_eq!(refused(tried), constraint, "{ground}");
    }
    let passage = &staff.text(MANDATE, number).await.passages[0];
    assert_eq!(passage.fr.as_deref(), Some(WORD), "nothing is done by halves");
}

#[tokio::test]
async fn a_form_that_was_open_meanwhile_does_not_bring_words_back() {
    let staff = Staff::new().await;
    let document = MANDATE.into();
    let draft = staff.draft(MANDATE, WORD).await;
    let mut late = writing(&staff.text(MANDATE, draft).await);
    autosave::keep(staff.desk(), staff.author.account, document, false, WORD)
        .await
        .unwrap();
    let anchor = staff.text(MANDATE, draft).await.passages[0].anchor.clone();
    redact(
        staff.desk(),
        &staff.administrator,
        None,
        document,
        &[anchor],
        "Loi, art. 1",
    )
    .await
    .unwrap();
    let typing = autosave::read(staff.desk(), staff.author.account, document, false).await;
    assert_eq!(typing.unwrap(), None);
    late.passages[0].en = "A later title".to_owned();
    let saved = save(staff.desk(), &staff.author, None, document, draft, &late, false).await;
    assert_eq!(refused(saved), "passage_stays_redacted");
    let kept = staff
        .save(&staff.author, MANDATE, draft, |writing| writing.passages.truncate(1))
        .await;
    assert!(
        staff.text(MANDATE, kept.number()).await.passages[0].digest.is_some(),
        "the trace is carried on"
    );
}
