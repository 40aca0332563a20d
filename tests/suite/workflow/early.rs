//! A text that was drafted on a scheduled one, and what would go out later undoing what went out before.

use std::collections::BTreeMap;

use mandat::model::journal::{self, Deed, Filter};
use mandat::model::{DocumentId, Instant};
use mandat::workflow::drafting::{Saved, bring_together, save};
use mandat::workflow::releasing::{Behind, Early, Moment, Order, Outcome, Release, publish};

use crate::support::staff::{Staff, at, now, order, writing};

const MANDATE: i64 = 6;
const NEIGHBOUR: i64 = 7;
const LIST: i64 = 4;
const PLANNED: &str = "2030-03-02T12:00:00Z";

/// The founding content in 2030, and a text of each of these documents scheduled in one release.
async fn planned(documents: &[i64]) -> (Staff, Release) {
    let staff = Staff::new().await;
    staff.database.set_clock("2030-03-01T00:00:00Z").await;
    let mut texts = Vec::new();
    for document in documents {
        let number = staff.approved(*document, "Un titre prévu").await;
        texts.push((DocumentId::from(*document), number));
    }
    let order = Order {
        texts,
        moment: at(PLANNED),
        ..order(MANDATE, 1)
    };
    let release = staff.publish(&order).await;
    (staff, release)
}

async fn go(staff: &Staff, order: &Order) -> Outcome {
    now(publish(staff.desk(), &staff.editor, None, order).await.unwrap())
}

/// What is ahead of a document: when, and which revision.
async fn ahead(staff: &Staff, document: i64) -> Vec<(Instant, Option<i32>)> {
    let dossier = staff.dossier(document).await;
    dossier.ahead.iter().map(|change| (change.at, change.number)).collect()
}

#[tokio::test]
async fn a_scheduled_text_comes_out_early_only_where_that_is_said() {
    let (staff, release) = planned(&[MANDATE, NEIGHBOUR]).await;
    let drafted = staff.approved(MANDATE, "Un titre repris").await;
    let silent = order(MANDATE, drafted);
    let expected = Early {
        document: MANDATE.into(),
        at: release.at,
    };
    assert_eq!(go(&staff, &silent).await, Outcome::Early(vec![expected]));
    let before = ahead(&staff, MANDATE).await;
    assert_eq!(before.len(), 1, "nothing was done");
    let said = Order { early: true, ..silent };
    assert!(matches!(go(&staff, &said).await, Outcome::Released(_)));
    assert_eq!(staff.dossier(MANDATE).await.live, Some(drafted));
    assert_eq!(ahead(&staff, MANDATE).await, []);
    let neighbour = ahead(&staff, NEIGHBOUR).await;
    assert_eq!(neighbour.len(), 1, "what was to go out with it still does");
    assert_eq!(neighbour[0].0, release.at);
    staff.database.set_clock("2030-03-02T12:00:01Z").await;
    assert_eq!(
        staff.dossier(MANDATE).await.live,
        Some(drafted),
        "and nothing undoes it"
    );
    assert_eq!(staff.dossier(NEIGHBOUR).await.live, neighbour[0].1);
}

#[tokio::test]
async fn a_release_of_which_nothing_is_left_is_cancelled() {
    let (staff, release) = planned(&[MANDATE]).await;
    let drafted = staff.approved(MANDATE, "Un titre repris").await;
    let order = Order {
        early: true,
        ..order(MANDATE, drafted)
    };
    assert!(matches!(go(&staff, &order).await, Outcome::Released(_)));
    let lines = journal::lines(staff.desk(), &Filter::default(), 2).await.unwrap();
    let told: Vec<_> = lines.iter().map(|line| (line.deed, line.subject.release)).collect();
    assert_eq!(told[1], (Deed::Cancel, Some(release.id)));
    assert_eq!(told[0].0, Deed::Publish);
}

#[tokio::test]
async fn a_text_drafted_on_a_scheduled_one_may_follow_it() {
    let (staff, _) = planned(&[MANDATE]).await;
    let drafted = staff.approved(MANDATE, "Un titre repris").await;
    let after = Order {
        moment: at("2030-03-03T12:00:00Z"),
        ..order(MANDATE, drafted)
    };
    assert!(matches!(go(&staff, &after).await, Outcome::Released(_)));
    assert_eq!(ahead(&staff, MANDATE).await.len(), 2);
}

#[tokio::test]
async fn a_scheduled_order_does_not_bring_back_a_member_that_left_beneath_it() {
    let staff = Staff::new().await;
    staff.database.set_clock("2030-03-01T00:00:00Z").await;
    let (desk, document) = (staff.desk(), DocumentId::from(LIST));
    let founding = staff.text(LIST, 1).await.members;
    let turned = staff
        .save(&staff.author, LIST, 1, |writing| writing.members.rotate_left(1))
        .await
        .number();
    staff.approve(LIST, turned).await;
    let later = Order {
        moment: at(PLANNED),
        ..order(LIST, turned)
    };
    let release = staff.publish(&later).await;
    let mut correction = writing(&staff.text(LIST, 1).await);
    correction.members.retain(|member| *member != DocumentId::from(10));
    let shorter = now(save(desk, &staff.author, None, document, 1, &correction, true)
        .await
        .unwrap())
    .number();
    staff.approve(LIST, shorter).await;
    let correction = order(LIST, shorter);
    assert_eq!(correction.moment, Moment::Now);
    let expected = Behind {
        document,
        text: turned,
        onto: shorter,
        at: Some(release.at),
    };
    assert_eq!(go(&staff, &correction).await, Outcome::Behind(vec![expected]));
    let rebased = bring_together(desk, &staff.author, None, document, turned, shorter, &BTreeMap::new()).await;
    let Saved::Merged { number: rebased, .. } = now(rebased.unwrap()) else {
        panic!("nothing to ask")
    };
    staff.approve(LIST, rebased).await;
    assert!(matches!(go(&staff, &correction).await, Outcome::Released(_)));
    staff.database.set_clock("2030-03-02T12:00:01Z").await;
    let live = staff.dossier(LIST).await.live.unwrap();
    let mut expected = founding;
    expected.rotate_left(1);
    expected.retain(|member| *member != DocumentId::from(10));
    assert_eq!(staff.text(LIST, live).await.members, expected);
}
