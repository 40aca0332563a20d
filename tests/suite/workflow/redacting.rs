//! Words that the law removes.

use mandat::error::Denied;
use mandat::model::autosave;
use mandat::workflow::drafting::save;
use mandat::workflow::redacting::redact;
use sqlx::AssertSqlSafe;

use super::{denied, refused};
use crate::support::staff::{Staff, order, writing};
use crate::support::visitor::Visitor;

const MANDATE: i64 = 6;
const PATH: &str = "/fr/mandats/conseil-et-politiques";
const WORD: &str = "Zanzibarois";

/// The tables in which any row says a word.
async fn holding(staff: &Staff, word: &str) -> Vec<String> {
    let mut owner = staff.database.as_owner().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select oid::regclass::text from pg_class where relkind in ('r', 'm') and relnamespace = 'public'::regnamespace",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let mut holding = Vec::new();
    for table in tables {
        let count = format!("select count(*) from {table} t where t::text ilike '%{word}%'");
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(count))
            .fetch_one(&mut owner)
            .await
            .unwrap();
        if rows > 0 {
            holding.push(table);
        }
    }
    holding.sort();
    holding
}

#[tokio::test]
async fn removed_words_are_in_no_table_and_on_no_page() {
    let staff = Staff::new().await;
    let document = MANDATE.into();
    let number = staff.approved(MANDATE, WORD).await;
    staff.publish(&order(MANDATE, number)).await;
    let draft = staff.draft(MANDATE, &format!("{WORD} encore")).await;
    let mut late = writing(&staff.text(MANDATE, draft).await);
    autosave::keep(staff.desk(), staff.author.account, document, WORD)
        .await
        .unwrap();
    assert_eq!(
        holding(&staff, WORD).await,
        ["autosave", "passage", "published_vocabulary", "published_words"]
    );
    let anchor = staff.text(MANDATE, draft).await.passages[0].anchor.clone();
    let anchors = std::slice::from_ref(&anchor);
    let by_editor = redact(staff.desk(), &staff.editor, None, document, anchors, "Loi, art. 1").await;
    assert_eq!(denied(by_editor), Denied::Role);
    let groundless = redact(staff.desk(), &staff.administrator, None, document, anchors, " ").await;
    assert_eq!(refused(groundless), "redaction_ground_filled");
    redact(
        staff.desk(),
        &staff.administrator,
        None,
        document,
        anchors,
        "Loi, art. 1",
    )
    .await
    .unwrap();
    assert_eq!(holding(&staff, WORD).await, [""; 0]);
    let visitor = Visitor::new(&staff.database);
    for path in [PATH.to_owned(), format!("{PATH}/historique")] {
        assert!(!visitor.get(&path).await.body.contains(WORD), "{path}");
    }
    // A form that was open meanwhile does not bring them back.
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
