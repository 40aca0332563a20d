//! When public dates move, and when something next changes.

use crate::support::database::TestDatabase;
use crate::support::record::{NO_RIGHT, Record};

/// The changes of a document: minute, and whether the dates of French and of English moved.
async fn changes(record: &mut Record, document: u8) -> String {
    record
        .ask(&format!(
            "select string_agg(format('%s%s%s', sample.minutes(at), moves_fr, moves_en), ' ' order by at)
               from site.change where document_id = {document}"
        ))
        .await
}

/// A minor release of a text.
fn minor(document: u8, number: &str) -> String {
    format!(
        "set constraints publication_one_text_at_a_time deferred;
         insert into publication (document_id, number, period, release_id, minor)
         values ({document}, {number}, tstzrange(deed_instant(), null), sample.release(), true);
         select settle({document})"
    )
}

#[tokio::test]
async fn the_first_words_in_a_language_always_move_its_date() {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    record
        .does("select sample.document(1); select sample.revise(1, english => 'to-follow', en => null)")
        .await;
    record.does(&minor(1, "1")).await;
    record.at("1").await;
    record.does(&minor(1, "sample.revise(1)")).await;
    record.at("2").await;
    record.does(&minor(1, "sample.revise(1)")).await;
    record.at("3").await;
    record.does("select sample.publish(1, sample.revise(1))").await;
    assert_eq!(changes(&mut record, 1).await, "0tf 1ft 2ff 3tt");
}

/// A list with a member, and a second one that is not yet there.
const LIST: &str = "
    select sample.document(1, 'list'), sample.document(2), sample.document(3);
    select sample.revise(2), sample.revise(3);
    select sample.open(1); insert into list_item values (1, 1, 1, 2);
    select sample.seal(1, 1);
    select sample.start(r, 1, 1), sample.start(r, 2, 1) from sample.release() r";

/// The next revision of the list with the words of the last, and these members.
fn listing(members: &str) -> String {
    format!(
        "insert into revision (document_id, number, parent, english, author)
         select 1, 1 + max(number), max(number), 'present', 1 from revision where document_id = 1;
         insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
         select 1, number + 1, part, position, anchor, fr, en, en_basis from passage
          where document_id = 1 and number = (select max(number) - 1 from revision where document_id = 1);
         insert into list_item
         select 1, (select max(number) from revision where document_id = 1), place, member
           from unnest(array[{members}]) with ordinality as m (member, place);
         select sample.publish(1, sample.seal(1, (select max(number) from revision where document_id = 1)))"
    )
}

#[tokio::test]
async fn a_list_moves_by_what_readers_saw_of_it() {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    record.does(LIST).await;
    // A member that is ahead comes in, and then goes to the head: readers see neither.
    record.at("1").await;
    record
        .does(&format!(
            "{}; select sample.publish(3, 1, sample.minute(10))",
            listing("2, 3")
        ))
        .await;
    record.at("2").await;
    record.does(&listing("3, 2")).await;
    assert_eq!(changes(&mut record, 1).await, "0tt 1ff 2ff");
    // It begins: its own first version moves the page's date; the list's next text says nothing new.
    record.at("11").await;
    record.does(&listing("3, 2")).await;
    assert_eq!(changes(&mut record, 3).await, "10tt");
    record.at("12").await;
    record.does(&listing("2, 3")).await;
    assert_eq!(changes(&mut record, 1).await, "0tt 1ff 2ff 11ff 12tt");
}

#[tokio::test]
async fn words_removed_from_one_wording_alone_keep_every_date() {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    record
        .does("select sample.document(1); select sample.publish(1, sample.revise(1))")
        .await;
    let again = |number: u8, body: &str| {
        format!(
            "insert into revision (document_id, number, parent, slug_fr, slug_en, english, author)
             values (1, {number}, {number} - 1, 'texte-1', 'texte-1', 'present', 1);
             insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
             select 1, {number}, part, position, anchor, {body}, en_basis from passage where document_id = 1 and number = {number} - 1;
             select sample.publish(1, sample.seal(1, {number}))"
        )
    };
    record.at("1").await;
    record.does(&again(2, "fr, en")).await;
    record.at("2").await;
    record
        .does(&again(
            3,
            "case part when 'body' then 'Autre' else fr end, case part when 'body' then 'Other' else en end",
        ))
        .await;
    record.at("3").await;
    record.does(&again(4, "fr, en")).await;
    let before = changes(&mut record, 1).await;
    assert_eq!(before, "0tt 1ff 2tt 3ff");
    record.at("4").await;
    record
        .does(
            "insert into redaction (document_id, anchor, author, ground) values (1, 'boool', 1, 'Loi');
             update passage set fr = null, en = null, salt = null where anchor = 'boool' and number <= 2",
        )
        .await;
    assert_eq!(changes(&mut record, 1).await, before);
    // The words that are left may be said again, and no others.
    record.at("5").await;
    record.does(&again(5, "fr, en")).await;
    record.at("6").await;
    record
        .refuses("passage_stays_redacted", &again(6, "fr || '.', en"))
        .await;
    record.at("7").await;
    record
        .does(
            "insert into redaction (document_id, anchor, author, ground) values (1, 'boool', 1, 'Loi');
             update passage set fr = null, en = null, salt = null where anchor = 'boool' and salt is not null",
        )
        .await;
    assert_eq!(changes(&mut record, 1).await, format!("{before} 5ff"));
}

#[tokio::test]
async fn the_desk_alone_knows_when_something_next_changes() {
    let database = TestDatabase::empty().await;
    let mut record = Record::new(&database).await;
    record
        .does(
            "select sample.document(1), sample.document(2), sample.document(3), sample.document(4);
             select sample.revise(1), sample.revise(2), sample.revise(3), sample.revise(4);
             select sample.publish(1, 1), sample.publish(2, 1, sample.minute(30)), sample.publish(3, 1, sample.minute(20)),
                    sample.publish(4, 1, sample.minute(15))",
        )
        .await;
    record.at("5").await;
    record.does("select sample.withdraw(1, sample.minute(25))").await;
    record.at("6").await;
    record
        .does("select sample.cancel((select release_id from publication where document_id = 4))")
        .await;
    record.as_desk().await;
    let next = |documents: &str| format!("select sample.minutes(next_change(instant(){documents}))");
    for (clock, documents, expected) in [
        ("10", "", "20"),
        ("10", ", array[1]", "25"),
        ("10", ", array[1, 2, 4]", "25"),
        ("10", ", array[2]", "30"),
        ("10", ", array[4]", ""),
        ("10", ", '{}'", ""),
        ("20", "", "25"),
        ("25", "", "30"),
        ("30", "", ""),
    ] {
        record.at(clock).await;
        assert_eq!(record.ask(&next(documents)).await, expected, "{documents} at {clock}");
    }
    let asked = sqlx::raw_sql("select next_change(instant())")
        .execute(&database.pools.site)
        .await;
    assert_eq!(crate::support::record::name(&asked.unwrap_err()), NO_RIGHT);
}

#[tokio::test]
async fn a_deed_names_its_documents() {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    for documents in ["null", "array[1, null]"] {
        let taken = record.attempt(&format!("select take_instant({documents})")).await;
        assert_eq!(taken, Err("deed_names_its_documents".to_owned()), "{documents}");
    }
}
