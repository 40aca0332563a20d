//! The preview is the real public page of a text that nobody else sees.

use mandat::model::Role;

use super::editor::{MANDATE, assert_saved, newest, opened, row_of};
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::visitor::Visitor;

const PREVIEW: &str = "/admin/fr/documents/11/apercu";

#[tokio::test]
async fn a_form_is_shown_as_its_page_and_not_saved() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let form = opened(&author, MANDATE).await;
    let row = row_of(&form, "fr", "veiller à la négociation");
    let form = form
        .with(&format!("fr-{row}"), "un texte *tout neuf*, voir [la mission](/d/2)")
        .with(&format!("en-{row}"), "a brand new text")
        .to(PREVIEW);
    for (language, tag, words) in [
        ("fr", "fr-CA", "un texte tout neuf, voir la mission"),
        ("en", "en-CA", "a brand new text"),
    ] {
        let page = form.send(&author, language).await;
        page.is(200).speaks(tag);
        assert!(page.words("main").concat().contains(words), "{language}");
        assert!(page.has("main .notice") && page.has("meta[name=robots]") && page.has("header.masthead"));
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(!page.has("link[rel=canonical]"));
    }
    assert_eq!(newest(&database, MANDATE).await.0, 1);
}

#[tokio::test]
async fn every_document_has_a_preview_in_both_languages() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let visitor = Visitor::new(&database);
    for document in 1..=24 {
        for (language, short) in [("fr", "/d/"), ("en", "/en/d/")] {
            let page = author
                .get(&format!("/admin/fr/documents/{document}/apercu?langue={language}"))
                .await;
            page.is(200);
            let moved = visitor.get(&format!("{short}{document}")).await;
            let public = visitor.get(moved.header("location")).await;
            assert_eq!(page.words("h1"), public.words("h1"), "{document} {language}");
            let texts = "main :is(p, h2, h3, li, ul, ol)[id]:not(#words-citation)";
            assert_eq!(page.words(texts), public.words(texts), "{document} {language}");
        }
    }
}

#[tokio::test]
async fn a_list_is_shown_in_its_new_order_and_a_lagging_text_says_so() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let form = opened(&author, 4).await.with("position-15", "1");
    let page = form
        .clone()
        .to("/admin/fr/documents/4/apercu")
        .send(&author, "fr")
        .await;
    let first = page
        .words("main h2 a, main h3 a, main article h2")
        .into_iter()
        .next()
        .unwrap_or_default();
    assert!(first.contains("veille"), "{first}");
    let form = opened(&author, MANDATE).await.with("fr-0", "Un autre titre");
    assert_saved(&form.send(&author, "save").await, MANDATE, 2);
    let page = author.get(&format!("{PREVIEW}?langue=en&revision=2")).await;
    assert!(page.is(200).has(".notice.lagging"));
    author.get(&format!("{PREVIEW}?revision=9")).await.is(404);
}
