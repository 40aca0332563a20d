//! One text at a time, whole and at an address; deeds in one order.

use crate::support::database::TestDatabase;
use crate::support::record::Record;

/// Mandate 1 is in effect, and has two drafts of the same parent, 2 and 3; document 2 has a draft.
async fn scene() -> Record {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    record
        .does(
            "select sample.document(1), sample.document(2);
             select sample.publish(1, sample.revise(1)); select sample.revise(1); select sample.revise(1, 1);
             select sample.revise(2)",
        )
        .await;
    record.at("10").await;
    record
}

/// Tries each deed as the owner and as the desk.
async fn refused(record: &mut Record, deeds: &[(&str, &str)]) {
    for (name, sql) in deeds {
        record.refuses(name, sql).await;
    }
    record.as_desk().await;
    for (name, sql) in deeds {
        record.refuses(name, sql).await;
    }
    record.as_owner().await;
}

/// A publication of revision 2 of document 1 over a period, in a release of its own.
fn over(period: &str) -> String {
    format!(
        "insert into publication (document_id, number, period, release_id)
         values (1, 2, {period}, sample.release(sample.minute(60)))"
    )
}

#[tokio::test]
async fn one_text_at_a_time_over_a_period_that_is_one() {
    let mut record = scene().await;
    let open = over("tstzrange(sample.minute(60), null)");
    refused(
        &mut record,
        &[
            ("publication_one_text_at_a_time", &open),
            (
                "publication_one_text_at_a_time",
                &format!("set constraints all deferred; {open}"),
            ),
            (
                "publication_period_not_empty",
                &over("tstzrange(sample.minute(60), sample.minute(60))"),
            ),
            ("publication_period_not_empty", &over("'empty'")),
            (
                "publication_period_half_open",
                &over("tstzrange(sample.minute(60), null, '()')"),
            ),
            (
                "publication_period_half_open",
                &over("tstzrange(sample.minute(60), sample.minute(70), '[]')"),
            ),
            (
                "publication_period_half_open",
                &over("tstzrange(null, sample.minute(70))"),
            ),
            ("publication_has_begun", &over("tstzrange(\'-infinity\', null)")),
            (
                "publication_period_half_open",
                &over("tstzrange(sample.minute(60), 'infinity')"),
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn an_end_meets_a_start_or_a_withdrawal() {
    let mut record = scene().await;
    refused(
        &mut record,
        &[
            // Over before the next starts, or over for nothing.
            (
                "publication_end_is_met",
                "update publication set period = tstzrange(lower(period), sample.minute(50)); select sample.start(sample.release(sample.minute(60)), 1, 2);
                 update publication set period = tstzrange(lower(period), sample.minute(50)) where number = 1",
            ),
            ("publication_end_is_met", "update publication set period = tstzrange(lower(period), sample.minute(50))"),
            ("publication_end_is_met", "update publication set period = tstzrange(lower(period), deed_instant())"),
            ("release_is_whole", "insert into publication (document_id, number, period, release_id)
                                  values (2, 1, tstzrange(sample.minute(70), null), sample.release(sample.minute(60)))"),
            ("withdrawal_ends_a_text", "insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en)
                                        values (1, sample.release(), 'removed', 'Non', 'No')"),
            ("withdrawal_ends_a_text", "select sample.withdraw(2)"),
            ("release_not_empty", "select sample.release()"),
            ("release_not_empty", "select sample.release(sample.minute(60))"),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_document_changes_once_a_second() {
    let mut record = scene().await;
    record.does("select sample.publish(1, 2, sample.minute(60))").await;
    record.at("11").await;
    let near = |what: &str, seconds: &str| {
        format!("select sample.{what}, sample.minute(60) + {seconds} * interval '1 second')")
    };
    refused(
        &mut record,
        &[
            // An address rounds up: what changes within the second before shares it.
            ("publication_one_start_per_second", &near("publish(1, 2", "-0.999999")),
            ("publication_one_start_per_second", &near("publish(1, 2", "-0.000001")),
            ("document_changes_once_a_second", &near("withdraw(1", "-0.5")),
            (
                "document_changes_once_a_second",
                "select sample.withdraw(1, sample.minute(60))",
            ),
            (
                "document_changes_once_a_second",
                "select sample.withdraw(1, sample.minute(70)); select sample.withdraw(1, sample.minute(70))",
            ),
            (
                "publication_once_per_release",
                "select sample.start(r, 1, 2), sample.start(r, 1, 2) from sample.release() r",
            ),
        ],
    )
    .await;
    record.does(&near("publish(1, 2", "-1")).await;
    record.at("12").await;
    record.does(&near("publish(1, 2", "0.000001")).await;
}

#[tokio::test]
async fn what_goes_out_is_whole_and_at_an_address() {
    let mut record = scene().await;
    let publish = |revision: &str| format!("select sample.publish(1, sample.revise(1, 1, {revision}))");
    refused(
        &mut record,
        &[
            ("publication_requires_french", &publish("fr => null")),
            ("publication_requires_french", &publish("fr => E' \\n\\t'")),
            ("publication_requires_french", &publish("fr => U&'\\00a0\\202f'")),
            ("publication_requires_french", &publish("fr => null, english => 'none'")),
            ("publication_requires_english", &publish("en => null")),
            ("publication_requires_english", &publish("en => ' '")),
            ("publication_requires_french", "insert into revision (document_id, number, parent, slug_fr, english, author) values (1, 4, 1, 'texte-1', 'none', 1); select sample.seal(1, 4); select sample.publish(1, 4)"),
            ("publication_of_sealed_revision", "select sample.publish(1, sample.open(1, 1))"),
            ("publication_of_sealed_revision", "select sample.start(sample.release(), 1, sample.open(1, 1)); select sample.seal(1, 4)"),
            ("publication_of_sealed_revision", "select sample.publish(2, 9)"),
            ("publication_release", "insert into publication (document_id, number, period, release_id) values (2, 1, tstzrange(deed_instant(), null), 99)"),
            ("publication_has_address", "delete from address where document_id = 2; insert into publication (document_id, number, period, release_id) values (2, 1, tstzrange(deed_instant(), null), sample.release())"),
            ("publication_has_address", "delete from address where path = '/en/texte-2'; insert into publication (document_id, number, period, release_id) values (2, 1, tstzrange(deed_instant(), null), sample.release())"),
            ("publication_has_address", "insert into revision (document_id, number, parent, slug_fr, english, author) values (2, 2, 1, 'neuf', 'none', 1);
                insert into passage (document_id, number, part, position, anchor, fr) values (2, 2, 'title', 1, 'tooo2', 'x');
                select sample.seal(2, 2); select sample.publish(2, 2)"),
            ("publication_note_bilingual", "insert into publication (document_id, number, period, release_id, note_fr) values (2, 1, tstzrange(deed_instant(), null), sample.release(), 'Ajout')"),
            ("publication_note_fr_one_line", "insert into publication (document_id, number, period, release_id, note_fr, note_en) values (2, 1, tstzrange(deed_instant(), null), sample.release(), E'a\\nb', 'b')"),
            ("publication_note_en_one_line", "insert into publication (document_id, number, period, release_id, note_fr, note_en) values (2, 1, tstzrange(deed_instant(), null), sample.release(), 'a', repeat('b', 301))"),
            ("publication_descends", "select sample.publish(1, 2, sample.minute(60)), sample.publish(1, 3, sample.minute(70))"),
            ("publication_descends", "select sample.publish(1, 2, sample.minute(60)), sample.publish(1, 1, sample.minute(70))"),
            ("publication_descends", "select sample.publish(1, 3, sample.minute(60)); select sample.publish(1, 2)"),
            ("withdrawal_reason_fr_filled", "insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en) values (1, sample.release(), 'removed', E'\\n', 'No')"),
            ("withdrawal_reason_en_filled", "insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en) values (1, sample.release(), 'removed', 'Non', '')"),
            ("withdrawal_kind_known", "insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en) values (1, sample.release(), 'gone', 'Non', 'No')"),
            ("withdrawal_not_own_successor", "insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en, successor_id) values (1, sample.release(), 'removed', 'Non', 'No', 1)"),
            ("withdrawal_once_per_release", "select sample.finish(r, 1), sample.finish(r, 1) from sample.release() r"),
        ],
    )
    .await;
    record.does(&publish("en => null, english => 'to-follow'")).await;
    record.at("20").await;
    // A merge descends from both.
    record
        .does(
            "insert into revision (document_id, number, parent, merged_parent, slug_fr, english, author) values (1, 5, 3, 4, 'texte-1', 'none', 1);
             insert into passage (document_id, number, part, position, anchor, fr) values (1, 5, 'title', 1, 'toool', 'x');
             select sample.seal(1, 5); select sample.publish(1, 5)",
        )
        .await;
}

#[tokio::test]
async fn an_address_never_changes_hands() {
    let mut record = scene().await;
    let claim = |path: &str, document: u8, language: &str, slug: &str| {
        format!(
            "insert into address (path, document_id, language, slug) values ('{path}', {document}, '{language}', {slug})"
        )
    };
    refused(
        &mut record,
        &[
            (
                "address_never_changes_hands",
                &claim("/fr/texte-1", 2, "fr", "'texte-1'"),
            ),
            (
                "address_never_changes_hands",
                &claim("/fr/texte-2", 1, "fr", "'texte-2'"),
            ),
            ("address_is_for_ever", "delete from address where path = '/fr/texte-1'"),
            (
                "address_is_for_ever",
                "select sample.publish(2, 1, sample.minute(60)); delete from address where path = '/en/texte-2'",
            ),
            ("address_path_form", &claim("/fr/Neuf", 2, "fr", "null")),
            ("address_path_form", &claim("/fr/neuf/", 2, "fr", "null")),
            ("address_in_its_language", &claim("/de/neuf", 2, "fr", "null")),
            ("address_in_its_language", &claim("/fr/neuf", 2, "en", "null")),
            ("address_ends_with_slug", &claim("/fr/neuf", 2, "fr", "'autre'")),
            ("address_document", &claim("/fr/neuf", 9, "fr", "null")),
        ],
    )
    .await;
    for change in ["document_id = 2", "path = '/fr/neuf'", "slug = null", "language = 'en'"] {
        record
            .refuses(
                "address_is_for_ever",
                &format!("update address set {change} where path = '/fr/texte-1'"),
            )
            .await;
    }
    // What no text uses is free again, in the order of deeds.
    assert_eq!(
        record.attempt("delete from address where path = '/fr/texte-2'").await,
        Err("deed_takes_its_instant".to_owned())
    );
    record.does("select sample.publish(2, 1, sample.minute(60))").await;
    record.at("20").await;
    // A deed that plans anew what it cancels keeps the addresses.
    record
        .does("select sample.cancel((select max(id) from release)); select sample.publish(2, 1, sample.minute(70))")
        .await;
    let addresses = "select string_agg(path, ' ' order by path) from address where document_id in (1, 2)";
    let all = "/en/texte-1 /en/texte-2 /fr/texte-1 /fr/texte-2";
    assert_eq!(record.ask(addresses).await, all);
    record.at("30").await;
    record.as_desk().await;
    record.does("select sample.cancel((select max(id) from release))").await;
    assert_eq!(record.ask(addresses).await, "/en/texte-1 /fr/texte-1");
    record.at("40").await;
    record.does(&claim("/fr/texte-2", 1, "fr", "'texte-2'")).await;
}

#[tokio::test]
async fn a_cancelled_text_leaves_the_addresses_of_those_before_it() {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    record
        .does("select sample.document(1, 'statement'), sample.document(2); select sample.publish(1, sample.revise(1)), sample.publish(2, sample.revise(2))")
        .await;
    record.at("10").await;
    let plan = "
        insert into revision (document_id, number, parent, slug_fr, english, author) values (2, 2, 1, 'neuf', 'none', 1);
        insert into passage (document_id, number, part, position, anchor, fr) values (2, 2, 'title', 1, 'tooo2', 'x');
        select sample.seal(2, 2);
        insert into address (path, document_id, language, slug) values ('/fr/neuf', 2, 'fr', 'neuf'), ('/en/neuf', 2, 'en', 'neuf');
        select sample.start(r, 1, sample.revise(1)), sample.start(r, 2, 2) from sample.release(sample.minute(60)) r";
    record.does(plan).await;
    assert_eq!(record.ask("select count(*) from address").await, "6");
    record.at("20").await;
    record.does("select sample.cancel((select max(id) from release))").await;
    assert_eq!(
        record
            .ask("select string_agg(path, ' ' order by path) from address")
            .await,
        "/en/cle-a /en/texte-2 /fr/cle-a /fr/texte-2"
    );
}

#[tokio::test]
async fn deeds_happen_in_one_order() {
    let mut record = scene().await;
    let publish = "select sample.publish(2, 1)";
    for desk in [false, true] {
        if desk {
            record.as_desk().await;
        }
        for (name, sql) in [
            ("deed_takes_its_instant", publish),
            (
                "deed_names_its_documents",
                &format!("select take_instant('{{1}}'); {publish}"),
            ),
            (
                "deed_names_its_documents",
                &format!("select take_instant('{{}}'); {publish}"),
            ),
            (
                "deed_names_its_documents",
                "select take_instant('{2}'); select sample.withdraw(1)",
            ),
            (
                "deed_takes_one_instant",
                &format!("select take_instant('{{2}}'); {publish}; select take_instant('{{2}}')"),
            ),
            (
                "deed_reads_committed",
                &format!("set transaction isolation level repeatable read; select take_instant('{{2}}'); {publish}"),
            ),
            (
                "release_is_taken_now",
                "select take_instant('{2}'); insert into release (at, taken_at, author) values (sample.minute(60), sample.minute(9), 1)",
            ),
            (
                "release_is_taken_now",
                "select take_instant('{2}'); insert into release (at, taken_at, author, cancelled_at) values (sample.minute(60), deed_instant(), 1, deed_instant())",
            ),
            (
                "release_not_in_the_past",
                "select take_instant('{2}'); select sample.release(sample.minute(9))",
            ),
            (
                "release_at_finite",
                "select take_instant('{2}'); select sample.release('infinity')",
            ),
        ] {
            assert_eq!(record.attempt(sql).await, Err(name.to_owned()), "{sql}");
        }
    }
    // A clock that went back behind the last change of what the deed touches.
    record.as_owner().await;
    record.at("-1").await;
    assert_eq!(
        record.attempt("select take_instant('{1}')").await,
        Err("deed_after_the_last".to_owned())
    );
    assert_eq!(record.attempt("select take_instant('{2}')").await, Ok(()));
}

#[tokio::test]
async fn a_deed_that_takes_too_long_is_refused() {
    let mut record = scene().await;
    record.does("select sample.publish(1, 2, sample.minute(60))").await;
    record.at("20").await;
    let later = |seconds: &str| {
        format!(
            "create or replace function instant() returns timestamptz language sql volatile
                 return sample.minute(20) + {seconds} * interval '1 second'"
        )
    };
    for deed in [
        "select sample.publish(2, 1)",
        "select sample.withdraw(1, sample.minute(50))",
        "select sample.cancel((select max(id) from release))",
        "select sample.move((select max(id) from release), sample.minute(70))",
        // Without a word about the release.
        "select sample.start((select max(id) from release), 2, 1)",
        "select sample.finish((select min(id) from release where at > deed_instant()), 1)",
    ] {
        let late = record.attempt_deed(&format!("{deed}; {}", later("5.000001"))).await;
        assert_eq!(late, Err("deed_in_time".to_owned()), "{deed}");
    }
    record
        .does(&format!("select sample.publish(2, 1); {}", later("5")))
        .await;
}
