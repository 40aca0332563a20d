//! A draft that nobody wants any more, through the pages.

use mandat::model::Role;

use super::office::{Office, press, review, send};
use crate::support::form::Form;

const DOCUMENT: &str = "/admin/fr/documents/7";
const MANDATE: i64 = 7;

#[tokio::test]
async fn a_draft_is_abandoned_where_it_is_judged() {
    let office = Office::new().await;
    office.draft(Role::Author, MANDATE, "De trop.").await;
    let other = office.author.get(&review(MANDATE)).await;
    let page = office.author.get(&review(MANDATE)).await;
    assert!(
        page.words("button[value=abandon]")
            .concat()
            .contains("Abandonner ce texte")
    );
    let done = send(&office.author, &page, "abandon", &[]).await;
    let page = office.author.get(done.is(303).header("location")).await;
    assert!(page.words(".notice.done").concat().contains("Le texte est abandonné."));
    assert!(!page.has("button[value=submit]"));
    let waiting = office.editor.get("/admin/fr").await;
    assert!(!waiting.has("[aria-labelledby=drafts] .entry") && !waiting.has("[aria-labelledby=beside]"));
    let history = office.author.get(&format!("{DOCUMENT}/historique")).await;
    let told = history.words("#r3").concat();
    assert!(
        told.contains("abandon de la révision 2, retour à la révision 1"),
        "{told}"
    );
    let edited = office.author.get(&format!("{DOCUMENT}/modifier")).await;
    let form = Form::of(&edited, "form.sheet");
    assert_eq!(form.get("base"), "1");
    assert!(!edited.body.contains("De trop."));
    // Twice is once: another page was open before.
    send(&office.author, &other, "abandon", &[]).await.is(409);
    assert_eq!(
        office
            .ask("select count(*)::text from revision where document_id = 7")
            .await,
        "3"
    );
}

#[tokio::test]
async fn what_was_submitted_is_taken_back_before_it_is_abandoned() {
    let office = Office::new().await;
    office.draft(Role::Author, MANDATE, "De trop.").await;
    let page = office.author.get(&review(MANDATE)).await;
    send(&office.author, &page, "submit", &[]).await.is(303);
    let refused = send(&office.author, &page, "abandon", &[]).await;
    assert!(refused.is(409).words(".notice").concat().contains("n’en est plus là"));
    assert!(!office.author.get(&review(MANDATE)).await.has("button[value=abandon]"));
}

#[tokio::test]
async fn a_document_that_was_never_out_keeps_its_draft() {
    let office = Office::new().await;
    let typed = [
        ("kind", "page"),
        ("title-fr", "Un essai"),
        ("slug-fr", "un-essai"),
        ("english", "none"),
    ];
    let made = press(&office.author, "/admin/fr/documents/nouveau", "create", &typed).await;
    let document = made
        .is(303)
        .header("location")
        .split('/')
        .nth(4)
        .unwrap()
        .parse()
        .unwrap();
    let page = office.author.get(&review(document)).await;
    assert!(page.has("button[value=submit]") && !page.has("button[value=abandon]"));
}
