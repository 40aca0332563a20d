//! How the pages of the desk tell of a document: its text, its name, what happened to it.

use scraper::ElementRef;

use mandat::model::Role;

use super::editor::path;
use super::office::{Office, press, review, send};
use crate::support::answer::{Answer, css};

/// The levels of a page's headings, in their order.
fn outline(page: &Answer) -> Vec<u8> {
    let level = |heading: ElementRef<'_>| heading.value().name().as_bytes()[1] - b'0';
    page.html().select(&css("h1, h2, h3, h4, h5, h6")).map(level).collect()
}

#[tokio::test]
async fn a_text_is_shown_below_the_names_of_its_languages() {
    let office = Office::new().await;
    // The page on accessibility has headings of its own.
    let page = office.author.get("/admin/fr/documents/18").await;
    assert!(page.is(200).has(".half h5"), "headings of the text");
    let columns = page.words(".two-up:first-of-type h4");
    assert_eq!(columns, ["Français", "Anglais"]);
    let levels = outline(&page);
    let skips = levels.windows(2).filter(|pair| pair[1] > pair[0] + 1);
    assert_eq!(skips.count(), 0, "{levels:?}");
    assert_eq!(page.attributes(".half > div", "lang")[..2], ["fr-CA", "en-CA"]);
}

#[tokio::test]
async fn the_way_back_from_a_text_names_its_document() {
    let office = Office::new().await;
    let page = office.author.get(&path(7)).await;
    let named = "Planifier, organiser et diriger l’action à l’étranger";
    assert_eq!(page.is(200).words(".trail a"), ["Documents", named]);
    assert_eq!(page.attributes(".trail a", "href")[1], "/admin/fr/documents/7");
}

#[tokio::test]
async fn what_waits_is_told_in_one_order_whatever_waits() {
    let office = Office::new().await;
    let order = async || office.editor.get("/admin/fr").await.attributes(".panels h2", "id");
    let expected = ["returned", "approve", "publish", "waiting", "drafts"];
    assert_eq!(order().await, expected);
    office.draft(Role::Author, 7, "En cours.").await;
    assert_eq!(order().await, expected);
    press(&office.author, &review(7), "submit", &[]).await.is(303);
    assert_eq!(order().await, expected);
    let page = office.editor.get(&review(7)).await;
    send(&office.editor, &page, "approve", &[]).await.is(303);
    assert_eq!(order().await, expected);
}
