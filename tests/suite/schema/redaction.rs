//! The one lawful exception: words that the law removes.

use crate::support::database::TestDatabase;
use crate::support::record::{NO_RIGHT, Record};

const TRACE: &str =
    "insert into redaction (document_id, anchor, author, ground) values (1, 'boool', 1, 'Loi sur l’accès')";
const REMOVE: &str = "update passage set fr = null, en = null, salt = null where document_id = 1 and anchor = 'boool'";

/// Revision 1 is in effect; 2 repeats its body word for word, 3 has another.
const SCENE: &str = "
    select sample.document(1), sample.document(2);
    select sample.publish(1, sample.revise(1)); select sample.revise(2);
    select sample.open(1, 1, fr => 'Un autre titre');
    select sample.seal(1, 2);
    insert into revision (document_id, number, parent, slug_fr, english, author) values (1, 3, 1, 'texte-1', 'present', 1);
    insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
    select 1, 3, part, position, anchor, fr, en, en_basis from passage where document_id = 1 and number = 1;
    select sample.seal(1, 3)";

async fn scene() -> Record {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    record.does(SCENE).await;
    record.at("10").await;
    record
}

#[tokio::test]
async fn words_leave_with_a_trace_and_every_digest_still_checks() {
    for desk in [false, true] {
        let mut record = scene().await;
        if desk {
            record.as_desk().await;
        }
        let digests = "select string_agg(digest::text, ' ' order by document_id, number) from revision";
        let before = record.ask(digests).await;
        let kept = record
            .ask("select passage_digest(salt, part, anchor, fr, en) from passage where number = 1 and anchor = 'boool'")
            .await;
        record.does(&format!("{TRACE}; {REMOVE}")).await;
        assert_eq!(record.ask(digests).await, before);
        assert_eq!(
            record
                .ask("select count(*) from revision where digest <> revision_digest(document_id, number)")
                .await,
            "0"
        );
        assert_eq!(
            record.ask("select count(*) from passage where digest <> passage_digest(salt, part, anchor, fr, en) and anchor <> 'boool'").await,
            "0"
        );
        // Whoever kept the words and the salt can still prove them.
        assert_eq!(
            record
                .ask("select digest from passage where document_id = 1 and number = 1 and anchor = 'boool'")
                .await,
            kept
        );
        assert_eq!(record.ask("select count(*) from passage where salt is null").await, "3");
    }
}

#[tokio::test]
async fn words_leave_in_no_other_way() {
    let mut record = scene().await;
    for desk in [false, true] {
        if desk {
            record.as_desk().await;
        }
        let with = |removal: &str| format!("{TRACE}; {removal}");
        for (name, sql) in [
            ("passage_is_immutable", REMOVE.to_owned()),
            ("passage_is_immutable", with(&REMOVE.replace("'boool'", "'toool'"))),
            (
                "passage_is_immutable",
                with(&REMOVE.replace("document_id = 1 and anchor = 'boool'", "anchor = 'booo2'")),
            ),
            (
                "passage_is_immutable",
                with(&REMOVE.replace("fr = null", "fr = 'Autre'")),
            ),
            ("passage_is_immutable", with(&REMOVE.replace("en = null, ", ""))),
            ("passage_is_immutable", with(&REMOVE.replace(", salt = null", ""))),
            ("redaction_is_whole", with(&format!("{REMOVE} and number = 1"))),
            ("redaction_is_whole", with(&format!("{REMOVE} and number <> 1"))),
            ("redaction_ground_filled", TRACE.replace("Loi sur l’accès", "\u{a0}\n")),
            ("redaction_anchor", TRACE.replace("(1, 'boool'", "(2, 'boool'")),
            ("redaction_author", TRACE.replace("'boool', 1,", "'boool', 99,")),
            (
                "redaction_is_taken_now",
                TRACE
                    .replace("ground)", "ground, at)")
                    .replace("accès')", "accès', sample.minute(0))"),
            ),
        ] {
            record.refuses(name, &sql).await;
        }
    }
    record.as_owner().await;
    for column in [
        "digest = '\\x00'",
        "en_basis = 2",
        "position = 7",
        "part = 'summary'",
        "anchor = 'toool'",
        "number = 3",
    ] {
        let more = with_more(column);
        record
            .refuses("passage_is_immutable", &format!("{TRACE}; {more}"))
            .await;
    }
    assert_eq!(
        record.attempt(&format!("{TRACE}; {REMOVE}")).await,
        Err("deed_takes_its_instant".to_owned())
    );
    // The trace of an earlier deed allows nothing to this one.
    record.does(TRACE).await;
    record.refuses("passage_is_immutable", REMOVE).await;
}

fn with_more(column: &str) -> String {
    REMOVE.replace("set ", &format!("set {column}, ")) + " and number = 1"
}

/// What is said beside the texts: under which name a change of it is refused, where it stands, and another column there.
const BESIDE: [(&str, &str, &str, &str); 7] = [
    ("revision_is_immutable", "revision", "remark", "english = 'none'"),
    ("review_is_immutable", "review", "remark", "step = 'approved'"),
    ("journal_is_immutable", "journal", "detail", "deed = 'approve'"),
    ("redaction_is_immutable", "redaction", "ground", "anchor = 'toool'"),
    (
        "release_has_begun",
        "release",
        "override_reason",
        "local_time = '2026-03-01'",
    ),
    (
        "publication_has_begun",
        "publication",
        "note_fr = redaction_trace(), note_en",
        "minor = true",
    ),
    ("withdrawal_has_begun", "withdrawal", "reason_fr", "kind = 'removed'"),
];

#[tokio::test]
async fn what_is_said_beside_texts_becomes_a_trace_in_no_other_way() {
    let mut record = scene().await;
    record
        .does(
            "select sample.publish(2, sample.revise(2));
             insert into review (document_id, number, digest, step, account_id, remark)
             select 1, 1, digest, 'returned', 1, 'À revoir' from revision where document_id = 1 and number = 1;
             insert into journal (account_id, deed, detail) values (1, 'return', 'À revoir')",
        )
        .await;
    record.at("20").await;
    record.does(&format!("select sample.withdraw(2); {TRACE}")).await;
    record.at("30").await;
    for (name, table, column, other) in BESIDE {
        let trace = format!("update {table} set {column} = redaction_trace()");
        record.refuses(name, &trace).await;
        record.refuses(name, &format!("{TRACE}; {trace}, {other}")).await;
        let words = format!("update {table} set {column} = 'Autre'");
        record.refuses(name, &format!("{TRACE}; {words}")).await;
        record.refuses(name, &format!("{TRACE}; delete from {table}")).await;
        record.as_desk().await;
        record.refuses(NO_RIGHT, &format!("{TRACE}; {trace}")).await;
        record.as_owner().await;
        record.does(&format!("{TRACE}; {trace}")).await;
    }
    let traced = "select count(*) from withdrawal where reason_fr = U&'\\2588 2026-03-01T00:30:00.000000Z'";
    assert_eq!(record.ask(traced).await, "1");
}

#[tokio::test]
async fn a_later_revision_carries_on_what_was_removed() {
    let mut record = scene().await;
    record.does(&format!("{TRACE}; {REMOVE}")).await;
    record.at("20").await;
    let next = |of_number: u8| {
        format!(
            "insert into revision (document_id, number, parent, slug_fr, english, author) values (1, 4, 3, 'texte-1', 'present', 1);
             insert into passage (document_id, number, part, position, anchor, fr, en, en_basis, salt, digest)
             select 1, 4, part, position, anchor, fr, en, en_basis, salt, digest from passage where document_id = 1 and number = {of_number};
             select sample.seal(1, 4)"
        )
    };
    record.does(&format!("{}; select sample.publish(1, 4)", next(3))).await;
    assert_eq!(
        record
            .ask("select string_agg(redacted::text, ' ' order by publication_id, part) from site.passage")
            .await,
        "true false true false"
    );
    // No date moved: the words that are left are the same.
    assert_eq!(
        record
            .ask("select string_agg(concat(moves_fr, moves_en), ' ' order by at) from site.change")
            .await,
        "tt ff"
    );
}
