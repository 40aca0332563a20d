//! How the pages of the desk tell of a document: its text, its name, what happened to it.

use scraper::ElementRef;

use mandat::model::Role;

use super::editor::{SHEET, path};
use super::office::{Office, press, publication, review, send};
use crate::support::answer::{Answer, css};
use crate::support::form::Form;

/// What readers know the third mandate by.
const TITLE: &str = "Planifier, organiser et diriger l’action à l’étranger";

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
    assert_eq!(page.is(200).words(".trail a"), ["Documents", TITLE]);
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

/// The third mandate is to go out on a day of 2037; where the editor was led.
async fn scheduled(office: &Office) -> String {
    office.wait_until("2037-01-10T12:00:00Z").await;
    office.approved(7, "Plus tard.").await;
    let when = [("when", "later"), ("day", "2037-01-10"), ("time", "14:00")];
    let done = press(&office.editor, &publication(7), "publish", &when).await;
    let release = done.is(303).header("location").split('?').next().unwrap();
    release.to_owned()
}

#[tokio::test]
async fn the_journal_says_what_was_moved_or_cancelled_and_when_it_was_to_come() {
    let office = Office::new().await;
    let release = scheduled(&office).await;
    for (day, time) in [("2037-01-11", "09:30"), ("2037-01-12", "08:00")] {
        let when = [("day", day), ("time", time)];
        press(&office.editor, &release, "move", &when).await.is(303);
    }
    press(&office.editor, &release, "cancel", &[]).await.is(303);
    let told = [
        "Prévue pour le 12 janvier 2037 à 8\u{a0}h",
        "Du 11 janvier 2037 à 9\u{a0}h\u{a0}30 au 12 janvier 2037 à 8\u{a0}h",
        "Du 10 janvier 2037 à 14\u{a0}h au 11 janvier 2037 à 9\u{a0}h\u{a0}30",
        "Prévue pour le 10 janvier 2037 à 14\u{a0}h",
    ];
    let journal = office.author.get("/admin/fr/journal?document=7").await;
    assert_eq!(journal.words("tbody td:last-child")[..4], told);
    let titled = format!("{TITLE} (Publication 2)");
    assert_eq!(journal.words("tbody td:nth-child(4)")[..3], vec![titled; 3]);
    assert_eq!(
        journal.attributes("tbody tr:first-child a", "href"),
        ["/admin/fr/documents/7", "/admin/fr/publications/2"]
    );
    // An older line alone tells the same.
    let first = office
        .author
        .get("/admin/fr/journal?deed=move&until=2037-01-10&document=7")
        .await;
    assert_eq!(first.words("tbody td:last-child"), told[1..3]);
    let table = office.author.get("/admin/fr/journal.csv?document=7").await;
    for (line, told) in table.body.lines().skip(1).zip(told) {
        assert!(
            line.contains(&format!("\"7\",\"{TITLE}\"")) && line.contains(told),
            "{line}"
        );
    }
}

#[tokio::test]
async fn a_document_tells_of_its_releases_that_were_cancelled() {
    let office = Office::new().await;
    let release = scheduled(&office).await;
    let document = "/admin/fr/documents/7";
    assert!(!office.author.get(document).await.has("#cancelled"));
    press(&office.editor, &release, "cancel", &[]).await.is(303);
    let page = office.author.get(document).await;
    let section = "[aria-labelledby=cancelled]";
    assert_eq!(
        page.words(&format!("{section} .entry, {section} .told")),
        [
            "Prévue pour le 10\u{a0}janvier 2037 à 14\u{a0}h",
            "Révision 2",
            "Annulée par Personne editor le 10\u{a0}janvier 2037 à 7\u{a0}h"
        ]
    );
    assert_eq!(page.attributes(&format!("{section} a"), "href"), [release]);
    assert!(!office.author.get("/admin/fr/documents/9").await.has("#cancelled"));
}

#[tokio::test]
async fn a_document_is_called_as_its_readers_know_it() {
    let office = Office::new().await;
    let opened = Form::of(&office.author.get(&path(7)).await, SHEET);
    opened
        .with("fr-0", "Un tout autre titre")
        .send(&office.author, "save")
        .await
        .is(303);
    let named = async |path: &str, selector: &str| office.author.get(path).await.words(selector);
    assert_eq!(named("/admin/fr", "[aria-labelledby=drafts] .entry a").await, [TITLE]);
    assert_eq!(named("/admin/fr/documents/7", "h1").await, [TITLE]);
    let all = named("/admin/fr/documents", "[aria-labelledby=mandates] .entry a").await;
    assert!(all.contains(&TITLE.to_owned()), "{all:?}");
    press(&office.author, &review(7), "submit", &[]).await.is(303);
    press(&office.editor, &review(7), "approve", &[]).await.is(303);
    press(&office.editor, &publication(7), "publish", &[]).await.is(303);
    assert_eq!(named("/admin/fr/documents/7", "h1").await, ["Un tout autre titre"]);
    // What was never out has no other title than its newest.
    let typed = [("kind", "page"), ("title-fr", "Premier nom"), ("title-en", "")];
    let made = press(&office.author, "/admin/fr/documents/nouveau", "create", &typed).await;
    let editor = made.is(303).header("location").to_owned();
    let opened = Form::of(&office.author.get(&editor).await, SHEET);
    opened
        .with("fr-0", "Second nom")
        .send(&office.author, "save")
        .await
        .is(303);
    assert_eq!(named(&editor.replace("/modifier", ""), "h1").await, ["Second nom"]);
}
