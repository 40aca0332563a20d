//! Scheduled texts and withdrawals that are moved and cancelled: what comes before them follows.

use crate::support::database::TestDatabase;
use crate::support::record::Record;

/// Document 1 has revisions 1 → 2 → 3 → 4, and 1 is in effect; documents 2 and 3 have drafts. It is minute 1.
async fn scene() -> Record {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    record
        .does(
            "select sample.document(1), sample.document(2), sample.document(3);
             select sample.publish(1, sample.revise(1));
             select sample.revise(1), sample.revise(1), sample.revise(1), sample.revise(2), sample.revise(3)",
        )
        .await;
    record.at("1").await;
    record
}

#[tokio::test]
async fn chained_texts_close_up_when_one_is_cancelled() {
    let mut record = scene().await;
    // Not in the order of their starts; releases 2, 3 and 4.
    record
        .does("select sample.publish(1, 4, sample.minute(40)), sample.publish(1, 2, sample.minute(20)), sample.publish(1, 3, sample.minute(30))")
        .await;
    record.has_texts(1, "1 [0,20) 2 [20,30) 3 [30,40) 4 [40,)").await;
    record.at("2").await;
    record.does("select sample.cancel(4)").await;
    record.has_texts(1, "1 [0,20) 2 [20,40) 4 [40,)").await;
    record.at("3").await;
    record.does("select sample.cancel(3)").await;
    record.has_texts(1, "1 [0,40) 4 [40,)").await;
    record.at("4").await;
    record.does("select sample.cancel(2)").await;
    record.has_texts(1, "1 [0,)").await;
}

#[tokio::test]
async fn a_moved_release_takes_its_neighbours_along() {
    let mut record = scene().await;
    record
        .does("select sample.publish(1, 2, sample.minute(20)), sample.publish(1, 3, sample.minute(30))")
        .await;
    record.at("2").await;
    for (release, minute, texts) in [
        (2, 10, "1 [0,10) 2 [10,30) 3 [30,)"),
        (2, 29, "1 [0,29) 2 [29,30) 3 [30,)"),
        (3, 90, "1 [0,29) 2 [29,90) 3 [90,)"),
    ] {
        record
            .does(&format!("select sample.move({release}, sample.minute({minute}))"))
            .await;
        record.has_texts(1, texts).await;
    }
    // Past each other, the later text would come before the one that it descends from.
    record
        .refuses("publication_descends", "select sample.move(2, sample.minute(95))")
        .await;
    record
        .refuses(
            "publication_one_start_per_second",
            "select sample.move(2, sample.minute(90))",
        )
        .await;
    // To the instant of the deed: it has begun.
    record.does("select sample.move(2, deed_instant())").await;
    record.has_texts(1, "1 [0,2) 2 [2,90) 3 [90,)").await;
    record.at("3").await;
    record.refuses("publication_has_begun", "select sample.cancel(2)").await;
    record
        .refuses("release_has_begun", "select sample.move(2, sample.minute(50))")
        .await;
}

#[tokio::test]
async fn two_releases_change_places() {
    let mut record = scene().await;
    // Of the same text, since only it may stand on both sides; a withdrawal lies between.
    record
        .does(
            "select sample.publish(1, 2, sample.minute(20)), sample.withdraw(1, sample.minute(25)),
                    sample.publish(1, 2, sample.minute(30)), sample.publish(2, 1, sample.minute(40))",
        )
        .await;
    record.has_texts(1, "1 [0,20) 2 [20,25) 2 [30,)").await;
    record.at("2").await;
    record
        .does("select sample.move(2, sample.minute(30.5)); select sample.move(4, sample.minute(20)); select sample.move(2, sample.minute(30))")
        .await;
    record.has_texts(1, "1 [0,20) 2 [20,25) 2 [30,)").await;
    assert_eq!(
        record
            .ask("select string_agg(sample.minutes(at)::text, ' ' order by id) from release")
            .await,
        "0 30 25 20 40"
    );
    // In one statement each, as long as the whole stands at commit.
    record.at("3").await;
    record
        .does(
            "set constraints publication_one_text_at_a_time, publication_one_start_per_second deferred;
             update release set at = case id when 2 then sample.minute(20) else sample.minute(30) end where id in (2, 4);
             update publication p set period = tstzrange(r.at, null) from release r where r.id = p.release_id and r.id in (2, 4);
             select settle(1)",
        )
        .await;
    record.has_texts(1, "1 [0,20) 2 [20,25) 2 [30,)").await;
}

#[tokio::test]
async fn a_scheduled_withdrawal_is_cancelled_and_moved() {
    let mut record = scene().await;
    record.does("select sample.withdraw(1, sample.minute(50))").await;
    record.has_texts(1, "1 [0,50)").await;
    record.at("2").await;
    record.does("select sample.move(2, sample.minute(40))").await;
    record.has_texts(1, "1 [0,40)").await;
    record.at("3").await;
    record.does("select sample.publish(1, 2, sample.minute(60))").await;
    record.has_texts(1, "1 [0,40) 2 [60,)").await;
    record.at("4").await;
    record.does("select sample.cancel(2)").await;
    record.has_texts(1, "1 [0,60) 2 [60,)").await;
    // Beyond the next start, it ends that text instead.
    record.at("5").await;
    record.does("select sample.withdraw(1, sample.minute(70))").await;
    record.has_texts(1, "1 [0,60) 2 [60,70)").await;
    // A text whose cancellation leaves a withdrawal that ends the text before.
    record.at("6").await;
    record.does("select sample.cancel(3)").await;
    record.has_texts(1, "1 [0,70)").await;
}

#[tokio::test]
async fn a_withdrawal_goes_nowhere_without_a_text_to_end() {
    let mut record = scene().await;
    record
        .does("select sample.publish(2, 1, sample.minute(20)), sample.withdraw(2, sample.minute(30))")
        .await;
    record.at("2").await;
    record
        .refuses("withdrawal_ends_a_text", "select sample.cancel(2)")
        .await;
    record
        .refuses("withdrawal_ends_a_text", "select sample.move(2, sample.minute(40))")
        .await;
    record.does("select sample.cancel(3)").await;
    record.has_texts(2, "1 [20,)").await;
}

#[tokio::test]
async fn a_release_carries_several_documents() {
    let mut record = scene().await;
    record
        .does("select sample.start(r, 1, 2), sample.start(r, 2, 1), sample.start(r, 3, 1) from sample.release(sample.minute(20)) r")
        .await;
    record.at("2").await;
    record.does("select sample.move(2, sample.minute(30))").await;
    for (document, texts) in [(1, "1 [0,30) 2 [30,)"), (2, "1 [30,)"), (3, "1 [30,)")] {
        record.has_texts(document, texts).await;
    }
    record.at("3").await;
    record.does("select sample.cancel(2)").await;
    for (document, texts) in [(1, "1 [0,)"), (2, ""), (3, "")] {
        record.has_texts(document, texts).await;
    }
}
