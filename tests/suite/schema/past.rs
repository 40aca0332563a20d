//! What has begun is never rewritten, and a release is moved and cancelled whole.

use crate::support::database::TestDatabase;
use crate::support::record::Record;

/// Release 1 started documents 1 and 2 at minute 0; release 2 withdrew 2 at 5; release 3 will start both texts at 60
/// and release 4 withdraw document 1 at 90. It is minute 10.
async fn scene() -> Record {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    record
        .does(
            "select sample.document(1), sample.document(2); select sample.revise(1), sample.revise(2);
             select sample.start(r, 1, 1), sample.start(r, 2, 1) from sample.release() r;
             select sample.revise(1), sample.revise(2)",
        )
        .await;
    record.at("5").await;
    record.does("select sample.withdraw(2)").await;
    record.at("6").await;
    record
        .does("select sample.start(r, 1, 2), sample.start(r, 2, 2) from sample.release(sample.minute(60)) r")
        .await;
    record.at("7").await;
    record.does("select sample.withdraw(1, sample.minute(90))").await;
    record.at("10").await;
    record
}

#[tokio::test]
async fn what_has_begun_is_never_rewritten() {
    let mut record = scene().await;
    let publication = |change: &str| format!("update publication set {change} where document_id = 1 and number = 1");
    let ended = |change: &str| format!("update publication set {change} where document_id = 2 and number = 1");
    for (name, sql) in [
        (
            "publication_has_begun",
            publication("period = tstzrange(sample.minute(1), upper(period))"),
        ),
        (
            "publication_has_begun",
            publication("period = tstzrange(sample.minute(20), upper(period))"),
        ),
        (
            "publication_has_begun",
            publication("period = tstzrange(lower(period), sample.minute(9))"),
        ),
        ("publication_has_begun", publication("number = 2")),
        ("publication_has_begun", publication("document_id = 2")),
        ("publication_has_begun", publication("note_fr = 'a', note_en = 'b'")),
        ("publication_has_begun", publication("minor = true")),
        ("publication_has_begun", publication("release_id = 3")),
        ("publication_has_begun", publication("id = default")),
        ("publication_has_begun", publication("cancelled_at = deed_instant()")),
        (
            "publication_has_begun",
            ended("period = tstzrange(lower(period), sample.minute(20))"),
        ),
        (
            "publication_has_begun",
            ended("period = tstzrange(lower(period), null)"),
        ),
        (
            "publication_has_begun",
            "delete from publication where id = 1".to_owned(),
        ),
        (
            "publication_has_begun",
            "delete from publication where lower(period) > deed_instant()".to_owned(),
        ),
        ("publication_has_begun", "select sample.start(1, 1, 2)".to_owned()),
        // A note is of its release, begun or not.
        (
            "publication_has_begun",
            publication("note_fr = 'a', note_en = 'b'").replace("number = 1", "number = 2"),
        ),
    ] {
        record.refuses(name, &sql).await;
    }
    record.as_desk().await;
    for (name, sql) in [
        (
            "publication_has_begun",
            publication("period = tstzrange(sample.minute(20), upper(period))"),
        ),
        ("publication_has_begun", publication("cancelled_at = deed_instant()")),
        (
            "publication_has_begun",
            ended("period = tstzrange(lower(period), null)"),
        ),
        (
            "release_has_begun",
            "update release set at = sample.minute(20) where id = 1".to_owned(),
        ),
        (
            "release_has_begun",
            "update release set cancelled_at = deed_instant() where id = 1".to_owned(),
        ),
        (
            "withdrawal_has_begun",
            "update withdrawal set cancelled_at = deed_instant() where id = 1".to_owned(),
        ),
    ] {
        record.refuses(name, &sql).await;
    }
    record.has_texts(1, "1 [0,60) 2 [60,90)").await;
    record.has_texts(2, "1 [0,5) 2 [60,)").await;
}

#[tokio::test]
async fn releases_and_withdrawals_that_have_begun_stay() {
    let mut record = scene().await;
    for (name, sql) in [
        (
            "release_has_begun",
            "update release set at = sample.minute(20) where id = 1".to_owned(),
        ),
        (
            "release_has_begun",
            "update release set cancelled_at = deed_instant() where id = 1".to_owned(),
        ),
        (
            "release_has_begun",
            "update release set author = 1, override_reason = 'x' where id = 1".to_owned(),
        ),
        (
            "release_has_begun",
            "update release set taken_at = sample.minute(1) where id = 3".to_owned(),
        ),
        (
            "release_has_begun",
            "update release set cancelled_at = sample.minute(9) where id = 3".to_owned(),
        ),
        (
            "release_has_begun",
            "update release set at = sample.minute(9) where id = 3".to_owned(),
        ),
        ("release_has_begun", "delete from release where id = 3".to_owned()),
        (
            "withdrawal_has_begun",
            "update withdrawal set reason_fr = 'x' where id = 1".to_owned(),
        ),
        (
            "withdrawal_has_begun",
            "update withdrawal set cancelled_at = deed_instant() where id = 1".to_owned(),
        ),
        (
            "withdrawal_has_begun",
            "update withdrawal set release_id = 4 where id = 1".to_owned(),
        ),
        (
            "withdrawal_has_begun",
            "update withdrawal set kind = 'removed' where id = 2".to_owned(),
        ),
        ("withdrawal_has_begun", "delete from withdrawal where id = 2".to_owned()),
        ("withdrawal_has_begun", "select sample.finish(1, 1)".to_owned()),
    ] {
        record.refuses(name, &sql).await;
    }
}

#[tokio::test]
async fn a_release_is_moved_and_cancelled_whole() {
    let mut record = scene().await;
    for desk in [false, true] {
        if desk {
            record.as_desk().await;
        }
        for (name, sql) in [
            // Half a cancellation, with and without the predecessor's end.
            (
                "release_is_whole",
                "update publication set cancelled_at = deed_instant() where document_id = 1 and number = 2",
            ),
            (
                "release_is_whole",
                "update publication set cancelled_at = deed_instant() where document_id = 1 and number = 2; select settle(1)",
            ),
            (
                "release_is_whole",
                "update publication set cancelled_at = deed_instant() where document_id = 2 and number = 2",
            ),
            (
                "release_is_whole",
                "update release set cancelled_at = deed_instant() where id = 3",
            ),
            (
                "release_is_whole",
                "update release set cancelled_at = deed_instant() where id = 3; update publication set cancelled_at = deed_instant() where document_id = 1 and release_id = 3; select settle(1)",
            ),
            (
                "release_is_whole",
                "update release set cancelled_at = deed_instant() where id = 4",
            ),
            (
                "release_is_whole",
                "update withdrawal set cancelled_at = deed_instant() where id = 2; select settle(1)",
            ),
            // Whole, but the predecessor is left to end before nothing.
            (
                "publication_end_is_met",
                "update publication set cancelled_at = deed_instant() where release_id = 3; update release set cancelled_at = deed_instant() where id = 3",
            ),
            // Half a move.
            (
                "release_is_whole",
                "update release set at = sample.minute(70) where id = 3",
            ),
            (
                "release_is_whole",
                "update publication set period = tstzrange(sample.minute(70), upper(period)) where document_id = 2 and number = 2",
            ),
            (
                "release_is_whole",
                "update release set at = sample.minute(70) where id = 3; update publication set period = tstzrange(sample.minute(70), upper(period)) where release_id = 3 and document_id = 2",
            ),
            (
                "publication_end_is_met",
                "update release set at = sample.minute(70) where id = 3; update publication set period = tstzrange(sample.minute(70), upper(period)) where release_id = 3",
            ),
            (
                "publication_end_is_met",
                "update release set at = sample.minute(95) where id = 4",
            ),
            // Something new in what is no longer planned.
            (
                "release_is_whole",
                "select sample.cancel(4); insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en) values (2, 4, 'removed', 'Non', 'No')",
            ),
        ] {
            record.refuses(name, sql).await;
        }
    }
    record.does("select sample.cancel(3)").await;
    record.has_texts(1, "1 [0,90)").await;
    record.has_texts(2, "1 [0,5)").await;
    record.at("11").await;
    for (name, sql) in [
        (
            "release_has_begun",
            "update release set cancelled_at = null where id = 3",
        ),
        (
            "release_has_begun",
            "update release set at = sample.minute(80) where id = 3",
        ),
        (
            "publication_has_begun",
            "update publication set cancelled_at = null where release_id = 3",
        ),
        (
            "publication_has_begun",
            "update publication set period = tstzrange(lower(period), null) where release_id = 3",
        ),
    ] {
        record.refuses(name, sql).await;
    }
}

#[tokio::test]
async fn a_cancelled_withdrawal_is_not_taken_back() {
    let mut record = scene().await;
    record.does("select sample.cancel(4)").await;
    record.has_texts(1, "1 [0,60) 2 [60,)").await;
    record.at("11").await;
    record
        .refuses(
            "withdrawal_has_begun",
            "update withdrawal set cancelled_at = null where id = 2",
        )
        .await;
}
