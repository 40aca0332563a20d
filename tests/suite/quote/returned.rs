//! A text that was withdrawn, and came back.

use super::{checking, published, spaced};
use crate::support::database::TestDatabase;
use crate::support::visitor::Visitor;

/// The body of that text.
pub const CLAUSE: &str = "assurer la représentation du Québec à l’étranger";

/// A text that was withdrawn on July 1.
pub async fn withdrawn() -> TestDatabase {
    let database = published(&[]).await;
    database.set_clock("2026-07-01T15:00:00Z").await;
    database.withdraw(5, "withdrawn", None).await;
    database.set_clock("2026-07-02T15:00:00Z").await;
    database
}

/// Publishes that text again on August 3, with these words as its body.
pub async fn bring_back(database: &TestDatabase, words: &str) {
    database.set_clock("2026-08-03T15:00:00Z").await;
    database
        .run(&format!(
            "select take_instant('{{5}}');
             insert into revision (document_id, number, parent, slug_fr, slug_en, english, author)
             select document_id, 2, 1, slug_fr, slug_en, english, author from revision where document_id = 5;
             insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
             select document_id, 2, part, position, anchor, case part when 'body' then '{words}' else fr end, en, 1
               from passage where document_id = 5;
             update revision set digest = revision_digest(5, 2) where document_id = 5 and number = 2;
             insert into release (at, taken_at, author) values (deed_instant(), deed_instant(), 1);
             insert into publication (document_id, number, period, release_id)
             select 5, 2, tstzrange(deed_instant(), null), max(id) from release"
        ))
        .await;
    database.set_clock("2026-08-04T15:00:00Z").await;
}

#[tokio::test]
async fn what_ended_is_told_as_it_was() {
    let database = withdrawn().await;
    let answer = Visitor::new(&database).get(&checking(CLAUSE)).await;
    assert!(answer.has(".verdict.earlier"), "{}", answer.body);
    let told = spaced(&answer.words(".when").concat());
    assert!(told.contains("du 10 janvier au 1er juillet 2026"), "{told}");
    assert_eq!(answer.words(".standing h4 + p"), ["Le texte n’est plus en vigueur."]);
}

#[tokio::test]
async fn what_came_back_with_other_words_is_in_effect() {
    let database = withdrawn().await;
    bring_back(&database, "représenter le Québec partout").await;
    let answer = Visitor::new(&database).get(&checking(CLAUSE)).await;
    assert!(answer.has(".verdict.earlier"), "{}", answer.body);
    let told = spaced(&answer.words(".when").concat());
    assert!(told.contains("du 10 janvier au 1er juillet 2026"), "{told}");
    let returned = "Le texte a été retiré, puis remis en vigueur le 3 août 2026 sans ces mots.";
    assert_eq!(spaced(&answer.words(".standing h4 + p").concat()), returned);
    let compared = answer.attribute(".standing p:last-child a", "href");
    assert!(compared.ends_with("/historique?de=1&a=2#difference"), "{compared}");
}

#[tokio::test]
async fn what_came_back_as_it_was_is_told_since_its_return() {
    let database = withdrawn().await;
    bring_back(&database, CLAUSE).await;
    let answer = Visitor::new(&database).get(&checking(CLAUSE)).await;
    assert!(answer.has(".verdict.current"), "{}", answer.body);
    let told = spaced(&answer.words(".when").concat());
    assert!(told.ends_with("depuis le 3 août 2026."), "{told}");
    assert!(!answer.has(".standing h4"), "nothing replaced it");
}
