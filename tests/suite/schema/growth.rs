//! What a deed costs does not grow with what was done before it.

use crate::support::database::TestDatabase;
use crate::support::record::Record;

/// How many pages of the database are touched to find which revisions say what one more says, which is then undone.
const TOUCHED: &str = "
    create function sample.touched() returns integer language plpgsql as $$
    declare
        plan json;
    begin
        execute format('explain (analyze, buffers, format json) select remember_wording(1, %s)', sample.open(1, 1)) into plan;
        raise exception 'undone';
    exception when raise_exception then
        return (plan -> 0 -> 'Plan' ->> 'Shared Hit Blocks')::integer + (plan -> 0 -> 'Plan' ->> 'Shared Read Blocks')::integer;
    end
    $$";

#[tokio::test]
async fn a_save_is_compared_with_an_index_whatever_was_saved_before() {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    record.does(TOUCHED).await;
    record
        .does("select sample.document(1); select sample.revise(1) from generate_series(1, 20)")
        .await;
    let mut touched = Vec::new();
    for more in [0, 600] {
        record
            .does(&format!("select sample.revise(1) from generate_series(1, {more})"))
            .await;
        record.does("analyze wording, wording_digest, revision, passage").await;
        // The first asking reads the catalogue too.
        record.ask("sample.touched()").await;
        touched.push(record.ask("sample.touched()").await.parse::<u32>().unwrap());
    }
    assert!(touched[0] > 0 && touched[1] < 2 * touched[0], "{touched:?}");
}

#[tokio::test]
async fn what_digests_are_kept_says_nothing_of_words_that_the_law_removed() {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    record
        .does("select sample.document(1); select sample.revise(1), sample.revise(1)")
        .await;
    let digests = "select string_agg(concat(fr, en), ' ' order by number) from wording_digest";
    let stale = "select count(*) from wording_digest d join wording_digested w using (document_id, number)
                  where (d.fr, d.en) is distinct from (w.fr, w.en)";
    let before = record.ask(digests).await;
    record
        .does(
            "insert into redaction (document_id, anchor, author, ground) values (1, 'boool', 1, 'Loi');
             update passage set fr = null, en = null, salt = null where anchor = 'boool' and number = 1",
        )
        .await;
    let after = record.ask(digests).await;
    let changed: Vec<bool> = before
        .split(' ')
        .zip(after.split(' '))
        .map(|(old, new)| old != new)
        .collect();
    assert_eq!(changed, [true, false]);
    assert_eq!(record.ask(stale).await, "0");
}
