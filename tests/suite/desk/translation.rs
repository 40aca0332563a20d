//! French is the source: what lags is shown, levelled, declared.

use mandat::model::{English, Role};

use super::editor::{MANDATE, SHEET, assert_saved, newest, opened, path, row_of};
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::form::Form;

#[tokio::test]
async fn a_french_that_changes_makes_its_english_lag() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let form = opened(&author, MANDATE).await;
    let row = row_of(&form, "fr", "veiller à la négociation");
    let (fr, en, said) = (format!("fr-{row}"), format!("en-{row}"), format!("said-{row}"));
    let changed = form.get(&fr).replace("veiller", "pourvoir");
    let form = form.with(&fr, &changed);
    assert_saved(&form.send(&author, "save").await, MANDATE, 2);
    let page = author.get(&path(MANDATE)).await;
    assert_eq!(page.words(".row.lags del"), ["suppression\u{a0}: veiller fin"]);
    assert_eq!(page.words(".row.lags ins"), ["ajout\u{a0}: pourvoir fin"]);
    assert!(
        page.words(".heading .tag")
            .concat()
            .contains("traduction est à réviser\u{a0}: 1")
    );
    // Editing the English levels it, unless one says otherwise.
    let lagging = Form::of(&page, SHEET);
    let edited = lagging.clone().with(&en, "to attend to something");
    let levelled = edited.send(&author, "").await;
    assert!(!levelled.has(".row.lags"));
    let kept = edited.with(&said, "lagging");
    assert!(kept.send(&author, "").await.has(".row.lags"));
    assert_saved(&kept.send(&author, "save").await, MANDATE, 3);
    assert!(author.get(&path(MANDATE)).await.has(".row.lags"));
    let (_, text) = newest(&database, MANDATE).await;
    let passage = text
        .passages
        .iter()
        .find(|passage| passage.fr.as_deref() == Some(&changed))
        .unwrap();
    assert_eq!(
        (passage.en.as_deref(), passage.en_basis),
        (Some("to attend to something"), Some(1))
    );
    // No change needed.
    let form = opened(&author, MANDATE).await.with(&said, "level");
    assert_saved(&form.send(&author, "save").await, MANDATE, 4);
    assert!(!author.get(&path(MANDATE)).await.has(".row.lags"));
    let (_, text) = newest(&database, MANDATE).await;
    let passage = text
        .passages
        .iter()
        .find(|passage| passage.fr.as_deref() == Some(&changed))
        .unwrap();
    assert_eq!(passage.en_basis, Some(4));
}

#[tokio::test]
async fn english_is_declared() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let form = opened(&author, MANDATE).await;
    assert_eq!(form.get("english"), "present");
    assert_saved(
        &form.with("english", "to-follow").send(&author, "save").await,
        MANDATE,
        2,
    );
    assert_eq!(newest(&database, MANDATE).await.1.english, English::ToFollow);
    assert_eq!(opened(&author, MANDATE).await.get("english"), "to-follow");
}
