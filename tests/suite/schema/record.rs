//! Documents, anchors, revisions and all that hangs on a revision: added once, never changed.

use crate::support::database::TestDatabase;
use crate::support::record::{NO_RIGHT, Record};

/// A published mandate, list and representative, and a redaction: a row in every table of the record.
const SCENE: &str = "
    select sample.document(1), sample.document(2, 'list'), sample.document(3, 'representative');
    select sample.revise(1);
    select sample.open(2);
    insert into list_item values (2, 1, 1, 1), (2, 1, 2, 3);
    select sample.seal(2, 1);
    select sample.open(3);
    insert into representative_detail values (3, 1, '2024-01-01', null, null);
    select sample.seal(3, 1);
    select sample.start(r, 1, 1), sample.start(r, 2, 1), sample.start(r, 3, 1) from sample.release() r;
    insert into redaction (document_id, anchor, author, ground) values (3, 'booo3', 1, 'Loi');
    update passage set fr = null, en = null, salt = null where document_id = 3 and anchor = 'booo3'";

/// Tables whose rows are never changed: the refusal, and a column to try.
const TABLES: [(&str, &str, &str); 12] = [
    ("document", "document_is_immutable", "kind"),
    ("anchor", "anchor_is_immutable", "anchor"),
    ("revision", "revision_is_immutable", "remark"),
    ("passage", "passage_is_immutable", "fr"),
    ("list_item", "list_item_is_immutable", "position"),
    (
        "representative_detail",
        "representative_detail_is_immutable",
        "office_from",
    ),
    ("release", "release_has_begun", "author"),
    ("publication", "publication_has_begun", "note_fr"),
    ("withdrawal", "withdrawal_has_begun", "reason_fr"),
    ("address", "address_is_for_ever", "document_id"),
    ("redaction", "redaction_is_immutable", "ground"),
    ("wording", "wording_is_immutable", "same_fr_as"),
];

async fn scene() -> Record {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    record.does(SCENE).await;
    record.at("10").await;
    // A withdrawal that has begun; what it ended had no successor.
    record
        .does("select sample.document(4); select sample.publish(4, sample.revise(4))")
        .await;
    record.at("11").await;
    record.does("select sample.withdraw(4)").await;
    record.at("20").await;
    record
}

#[tokio::test]
async fn the_record_is_never_changed_nor_emptied() {
    let mut record = scene().await;
    for (table, name, column) in TABLES {
        // To another value, so that no guard may take it for nothing.
        let update = format!(
            "update {table} set {column} = (case '{column}' when 'position' then '9' when 'same_fr_as' then '9' when 'document_id' then '2'
                when 'author' then '2' when 'kind' then 'page' when 'office_from' then '2020-01-01' else 'autre' end)
                ::text::{}",
            column_type(&mut record, table, column).await
        );
        for sql in [
            update,
            format!("delete from {table}"),
            format!("truncate {table} cascade"),
        ] {
            record.refuses(name, &sql).await;
        }
        // Alone, what other tables name is refused before any guard is asked.
        let alone = record.attempt_deed(&format!("truncate {table}")).await.unwrap_err();
        assert!(alone == name || alone == "0A000", "truncate {table}: {alone}");
    }
    let people = record.attempt_deed("truncate account cascade").await.unwrap_err();
    assert!(
        people.ends_with("_is_immutable") || people.ends_with("_has_begun") || people == "account_is_kept",
        "{people}"
    );
    record.refuses("account_is_kept", "delete from account").await;
}

async fn column_type(record: &mut Record, table: &str, column: &str) -> String {
    record
        .ask(&format!(
            "select data_type from information_schema.columns
              where table_schema = 'public' and table_name = '{table}' and column_name = '{column}'"
        ))
        .await
}

#[tokio::test]
async fn the_desk_has_no_right_to_try() {
    let mut record = scene().await;
    record.as_desk().await;
    for (table, _, column) in TABLES {
        let alone = record.attempt_deed(&format!("truncate {table} cascade")).await;
        assert_eq!(alone, Err(NO_RIGHT.to_owned()), "{table}");
        let deleted = record.attempt_deed(&format!("delete from {table}")).await;
        let expected = if table == "address" {
            "address_is_for_ever"
        } else {
            NO_RIGHT
        };
        assert_eq!(deleted, Err(expected.to_owned()), "{table}");
        if (table, column) != ("passage", "fr") {
            let changed = record
                .attempt_deed(&format!("update {table} set {column} = {column}"))
                .await;
            assert_eq!(changed, Err(NO_RIGHT.to_owned()), "{table}");
        }
    }
    record
        .refuses("passage_is_immutable", "update passage set fr = 'autre'")
        .await;
    record
        .refuses(
            NO_RIGHT,
            "create or replace function instant() returns timestamptz language sql return now()",
        )
        .await;
    record.refuses(NO_RIGHT, "create table mine ()").await;
    record
        .refuses(NO_RIGHT, "select grant_roles('mandat_desk', 'mandat_desk')")
        .await;
}

#[tokio::test]
async fn a_revision_is_closed_by_its_seal_and_before_its_commit() {
    let mut record = scene().await;
    for desk in [false, true] {
        if desk {
            record.as_desk().await;
        }
        let passage = "insert into passage (document_id, number, part, position, anchor, fr) values (1, 1, 'body', 2, 'toool', 'x')";
        for (name, sql) in [
            ("revision_is_open", passage),
            ("revision_is_open", "insert into list_item values (2, 1, 3, 4)"),
            ("revision_is_open", "insert into representative_detail values (3, 1)"),
            ("revision_is_sealed", "select sample.open(1, 1)"),
            (
                "revision_is_open",
                &format!("select sample.revise(1); {}", passage.replace("1, 1,", "1, 2,")),
            ),
            (
                "revision_is_immutable",
                "select sample.open(1, 1); update revision set digest = '\\x00' where number = 2",
            ),
            (
                "revision_is_immutable",
                "select sample.open(1, 1); update revision set digest = null where number = 2",
            ),
            (
                "revision_is_immutable",
                "update revision set digest = null where document_id = 1",
            ),
            ("revision_is_immutable", "select sample.seal(1, 1)"),
            (
                "revision_is_sealed",
                "insert into revision (document_id, number, parent, english, author, digest) values (1, 2, 1, 'none', 1, '\\x00')",
            ),
        ] {
            record.refuses(name, sql).await;
        }
        // Checked early, it is refused all the same.
        record
            .refuses(
                "revision_is_sealed",
                "set constraints all immediate; select sample.open(1, 1)",
            )
            .await;
    }
}

#[tokio::test]
async fn revisions_say_where_they_come_from() {
    let mut record = scene().await;
    let revision = |number: u8, parent: &str, merged: &str| {
        format!(
            "insert into revision (document_id, number, parent, merged_parent, english, author)
             values (1, {number}, {parent}, {merged}, 'none', 1)"
        )
    };
    for (name, sql) in [
        ("revision_numbers_follow", revision(3, "1", "null")),
        ("revision_pkey", revision(1, "null", "null")),
        ("revision_descends", revision(2, "null", "null")),
        ("revision_descends", revision(2, "2", "null")),
        ("revision_descends", revision(2, "1", "1")),
        ("revision_descends", revision(2, "1", "2")),
        ("revision_number_positive", revision(0, "-1", "null")),
        (
            "revision_english_declared",
            revision(2, "1", "null").replace("'none'", "'perhaps'"),
        ),
        (
            "revision_document",
            revision(1, "null", "null").replace("(1, 1, null", "(9, 1, null"),
        ),
        (
            "revision_author",
            revision(2, "1", "null").replace("'none', 1)", "'none', 99)"),
        ),
    ] {
        record.refuses(name, &sql).await;
    }
}

#[tokio::test]
async fn what_hangs_on_a_revision_has_its_form() {
    let mut record = scene().await;
    let passage = |values: &str| {
        format!(
            "insert into anchor values ('neuve', 1), ('seule', 2); select sample.open(1, 1);
             insert into passage (document_id, number, part, position, anchor, fr, en, en_basis, salt, digest) values (1, 2, {values})"
        )
    };
    for (name, sql) in [
        (
            "passage_anchor",
            passage("'body', 2, 'seule', 'x', null, null, '\\x00', null"),
        ),
        (
            "passage_anchor_once",
            passage("'body', 2, 'boool', 'x', null, null, '\\x00', null"),
        ),
        (
            "passage_pkey",
            passage("'body', 1, 'neuve', 'x', null, null, '\\x00', null"),
        ),
        (
            "passage_part_known",
            passage("'footer', 1, 'neuve', 'x', null, null, '\\x00', null"),
        ),
        (
            "passage_position_positive",
            passage("'body', 0, 'neuve', 'x', null, null, '\\x00', null"),
        ),
        (
            "passage_en_has_basis",
            passage("'body', 2, 'neuve', 'x', 'y', null, '\\x00', null"),
        ),
        (
            "passage_en_has_basis",
            passage("'body', 2, 'neuve', 'x', null, 1, '\\x00', null"),
        ),
        (
            "passage_basis_not_ahead",
            passage("'body', 2, 'neuve', 'x', 'y', 3, '\\x00', null"),
        ),
        (
            "passage_digest_checks",
            passage("'body', 2, 'neuve', 'x', null, null, '\\x00', '\\x00'"),
        ),
        (
            "passage_fr_bounded",
            passage("'body', 2, 'neuve', repeat('x', 20001), null, null, '\\x00', null"),
        ),
        (
            "passage_repeats_redaction",
            passage("'body', 2, 'neuve', null, null, null, null, null"),
        ),
        ("anchor_pkey", "insert into anchor values ('boool', 2)".to_owned()),
        ("anchor_form", "insert into anchor values ('a1bcd', 2)".to_owned()),
        ("anchor_form", "insert into anchor values ('abcd', 2)".to_owned()),
        ("anchor_document", "insert into anchor values ('libre', 9)".to_owned()),
        (
            "revision_detail_by_kind",
            "select sample.open(1, 1); insert into list_item values (1, 2, 1, 3)".to_owned(),
        ),
        (
            "revision_detail_by_kind",
            "select sample.open(2, 1); insert into representative_detail values (2, 2)".to_owned(),
        ),
        (
            "list_item_not_itself",
            "select sample.open(2, 1); insert into list_item values (2, 2, 1, 2)".to_owned(),
        ),
        (
            "list_item_once",
            "select sample.open(2, 1); insert into list_item values (2, 2, 1, 1), (2, 2, 2, 1)".to_owned(),
        ),
        (
            "list_item_member",
            "select sample.open(2, 1); insert into list_item values (2, 2, 1, 9)".to_owned(),
        ),
        (
            "representative_detail_office_order",
            "select sample.document(8, 'representative'); select sample.open(8); insert into representative_detail values (8, 1, '2026-02-01', '2026-01-01')"
                .to_owned(),
        ),
        (
            "representative_detail_not_own_successor",
            "select sample.document(8, 'representative'); select sample.open(8); insert into representative_detail values (8, 1, null, null, 8)".to_owned(),
        ),
    ] {
        record.refuses(name, &sql).await;
    }
}

#[tokio::test]
async fn documents_and_slugs_have_their_form() {
    let mut record = scene().await;
    let slug = |slug: &str| {
        format!(
            "insert into revision (document_id, number, parent, slug_fr, english, author) values (1, 2, 1, '{slug}', 'none', 1)"
        )
    };
    let long = "a".repeat(81);
    for reserved in [
        "au",
        "as-of",
        "recherche",
        "search",
        "citation",
        "quote",
        "historique",
        "history",
        "api",
        "admin",
        "d",
    ] {
        record.refuses("revision_slug_reserved", &slug(reserved)).await;
        let english = slug(reserved).replace("slug_fr", "slug_en");
        record.refuses("revision_slug_reserved", &english).await;
    }
    for malformed in [
        "",
        "-a",
        "a-",
        "a--b",
        "Mission2",
        "été",
        "a b",
        "a/b",
        "a_b",
        "a\n",
        long.as_str(),
    ] {
        record.refuses("revision_slug_fr_form", &slug(malformed)).await;
    }
    for (name, sql) in [
        (
            "document_kind_known",
            "insert into document (id, kind) values (9, 'blog')",
        ),
        (
            "document_key_by_kind",
            "insert into document (id, kind) values (9, 'statement')",
        ),
        (
            "document_key_by_kind",
            "insert into document (id, kind, key) values (9, 'mandate', 'mission')",
        ),
        (
            "document_key_unique",
            "insert into document (id, kind, key) values (9, 'list', 'cle-b')",
        ),
        (
            "document_key_form",
            "insert into document (id, kind, key) values (9, 'list', 'Clé')",
        ),
        (
            "document_number_positive",
            "insert into document (id, kind) values (0, 'page')",
        ),
        ("document_pkey", "insert into document (id, kind) values (1, 'page')"),
        ("account_name_filled", "insert into account (name) values (E' \\n')"),
        (
            "account_program_name",
            "insert into account (name, program) values ('importer', true)",
        ),
    ] {
        record.refuses(name, sql).await;
    }
}
