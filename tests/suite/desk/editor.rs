//! Writing a text: the form comes back whole, and only saving changes anything.

use mandat::model::{DocumentId, Role, Text, dossier, revision};

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::form::Form;
use crate::support::visitor::Answer;

/// The mandate about what is negotiated.
pub const MANDATE: i64 = 11;

pub const SHEET: &str = "form.sheet";

/// The path of a document's form.
pub fn path(document: i64) -> String {
    format!("/admin/fr/documents/{document}/modifier")
}

/// The form of a document as it stands now.
pub async fn opened(browser: &Browser, document: i64) -> Form {
    let page = browser.get(&path(document)).await;
    page.is(200).speaks("fr-CA");
    Form::of(&page, SHEET)
}

/// What the revision says that one would go on from.
pub async fn newest(database: &TestDatabase, document: i64) -> (i32, Text) {
    let mut connection = database.pools.desk.acquire().await.unwrap();
    let document = DocumentId::from(document);
    let number = dossier::read(&mut connection, document)
        .await
        .unwrap()
        .opening()
        .unwrap();
    (number, revision::read(&mut connection, document, number).await.unwrap())
}

/// Asserts that an answer leads back to the form, saved as this revision.
pub fn assert_saved(answer: &Answer, document: i64, number: i32) {
    let saved = format!("{}?saved={number}", path(document));
    assert_eq!(answer.is(303).header("location"), saved);
}

/// The number of the row in which a field of this language holds these words.
pub fn row_of(form: &Form, language: &str, words: &str) -> usize {
    let mut rows = (0..400).filter(|row| form.names().contains(&format!("{language}-{row}").as_str()));
    rows.find(|row| form.get(&format!("{language}-{row}")).contains(words))
        .unwrap_or_else(|| panic!("no row says {words}"))
}

#[tokio::test]
async fn a_remark_about_no_change_is_not_dropped_in_silence() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let form = opened(&author, MANDATE).await.with("remark", "À relire en mars.");
    let answer = form.send(&author, "save").await;
    assert!(answer.is(422).words("[role=alert] a")[0].contains("Une remarque accompagne un changement"));
    assert_eq!(Form::of(&answer, SHEET).get("remark"), "À relire en mars.");
    assert_eq!(newest(&database, MANDATE).await.0, 1);
}

#[tokio::test]
async fn saving_what_nobody_changed_changes_nothing() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    for document in 1..=24 {
        let before = newest(&database, document).await;
        let form = opened(&author, document).await;
        assert_saved(&form.send(&author, "save").await, document, 1);
        assert_eq!(newest(&database, document).await, before, "document {document}");
    }
}

#[tokio::test]
async fn what_is_typed_is_saved_as_it_is() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let hostile = "</textarea><script>alert(1)</script> \"&amp;\" 'x' \u{202e}\u{feff} **gras** :fr[a]";
    let form = opened(&author, MANDATE).await;
    let row = row_of(&form, "fr", "veiller à la négociation");
    let form = form
        .with(&format!("fr-{row}"), hostile)
        .with(&format!("en-{row}"), "\n\n  ## Title\r\n\tline \n")
        .with("slug-fr", "engagements")
        .with("remark", "Relu <par> l’équipe");
    let answer = form.send(&author, "save").await;
    assert_saved(&answer, MANDATE, 2);
    let (number, text) = newest(&database, MANDATE).await;
    assert_eq!(number, 2);
    let passage = text
        .passages
        .iter()
        .find(|passage| passage.fr.as_deref() == Some(hostile))
        .unwrap();
    assert_eq!(passage.en.as_deref(), Some("## Title\n\tline"));
    assert_eq!(passage.en_basis, Some(2));
    assert_eq!(text.slug.fr.unwrap().as_str(), "engagements");
    let page = author.get(answer.header("location")).await;
    page.is(200);
    assert!(!page.has("script:not([src])"));
    assert!(page.has(&format!("#{}-en textarea[name=en-{row}]", passage.anchor.as_str())));
    let shown = Form::of(&page, SHEET);
    assert_eq!(shown.get(&format!("fr-{row}")), hostile);
    assert!(page.words(".notice").iter().any(|words| words.contains("révision 2")));
    assert!(
        page.words(".slug ~ .hint")
            .iter()
            .any(|words| words.contains("/fr/mandats/"))
    );
}

#[tokio::test]
async fn what_cannot_be_saved_is_told_beside_its_field_and_kept() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let long = "é".repeat(20_001);
    let cases = [
        ("slug-fr", "Pas Bon", "slug-fr"),
        ("slug-en", "mandates", "slug-fr"),
        ("fr-0", long.as_str(), "fr-0"),
    ];
    for (field, value, told) in cases {
        let form = opened(&author, MANDATE)
            .await
            .with(field, value)
            .with("remark", "à garder");
        let page = form.send(&author, "save").await;
        page.is(422);
        assert_eq!(
            page.attributes(".notice.fault a", "href"),
            [format!("#{told}")],
            "{field}"
        );
        let shown = Form::of(&page, SHEET);
        assert_eq!((shown.get(field), shown.get("remark")), (value, "à garder"));
        assert!(page.has(&format!("#{told}[aria-invalid=true]")), "{field}");
        assert!(page.has("form.sheet[data-unkept]"));
    }
    assert_eq!(newest(&database, MANDATE).await.0, 1);
}

#[tokio::test]
async fn a_person_has_days_in_office() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let form = opened(&author, 17).await.with("office-from", "2017-09-12");
    let wrong = form
        .clone()
        .with("office-until", "2016-01-01")
        .send(&author, "save")
        .await;
    assert_eq!(wrong.is(422).attributes(".notice.fault a", "href"), ["#office-until"]);
    let unread = form.clone().with("office-until", "hier").send(&author, "save").await;
    assert_eq!(unread.is(422).attributes(".notice.fault a", "href"), ["#office-until"]);
    assert_saved(&form.send(&author, "save").await, 17, 2);
    let office = newest(&database, 17).await.1.office.unwrap();
    assert_eq!(office.from.unwrap().to_string(), "2017-09-12");
    assert_eq!((office.until, office.successor), (None, None));
}

#[tokio::test]
async fn buttons_change_the_form_and_save_nothing() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let words = |page: &Answer| page.words("#members ~ *, .row textarea");
    let form = opened(&author, 19).await;
    let first = row_of(&form, "fr", "droit d’ac");
    let bodies = |form: &Form| -> Vec<String> {
        let names = form.names();
        let rows = (0..400).filter(|row| names.contains(&format!("fr-{row}").as_str()) && *row > 1);
        rows.map(|row| form.get(&format!("fr-{row}")).to_owned()).collect()
    };
    let before = bodies(&form);
    let page = form.send(&author, &format!("down:{first}")).await;
    page.is(200);
    let moved = Form::of(&page, SHEET);
    assert_eq!(bodies(&moved)[..2], [before[1].clone(), before[0].clone()]);
    let joined = Form::of(&moved.send(&author, &format!("join:{first}")).await, SHEET);
    assert_eq!(bodies(&joined)[0], format!("{}\n{}", before[1], before[0]));
    let added = Form::of(&joined.send(&author, &format!("add:{first}")).await, SHEET);
    assert_eq!(
        (bodies(&added)[1].as_str(), added.get(&format!("anchor-{}", first + 1))),
        ("", "")
    );
    let whole = added
        .with(&format!("fr-{}", first + 1), "un\n\ndeux\n\n- a\n\n- b")
        .with(&format!("en-{}", first + 1), "one\n\ntwo");
    let cut = Form::of(&whole.send(&author, &format!("split:{}", first + 1)).await, SHEET);
    assert_eq!(bodies(&cut)[1..4], ["un", "deux", "- a\n\n- b"]);
    assert_eq!(cut.get(&format!("en-{}", first + 2)), "two");
    let removed = Form::of(&cut.send(&author, &format!("remove:{}", first + 2)).await, SHEET);
    assert_eq!(bodies(&removed)[1..3], ["un", "- a\n\n- b"]);
    assert_eq!(newest(&database, 19).await.0, 1);
    assert_saved(&removed.send(&author, "save").await, 19, 2);
    let (_, text) = newest(&database, 19).await;
    let saved: Vec<&str> = text
        .passages
        .iter()
        .filter_map(|passage| passage.fr.as_deref())
        .collect();
    assert!(saved.contains(&"un") && saved.contains(&"- a\n\n- b") && !saved.contains(&"deux"));
    assert!(!words(&page).is_empty());
}

#[tokio::test]
async fn what_is_pasted_whole_becomes_passages() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let form = opened(&author, MANDATE).await;
    let row = row_of(&form, "fr", "veiller à la négociation");
    let anchor = form.get(&format!("anchor-{row}")).to_owned();
    let pasted = form
        .with(&format!("fr-{row}"), "## Titre\n\nUn.\n\n- a\n- b")
        .with(&format!("en-{row}"), "## Title\n\nOne.");
    assert_saved(&pasted.send(&author, "save").await, MANDATE, 2);
    let (_, text) = newest(&database, MANDATE).await;
    let body: Vec<(Option<&str>, Option<&str>)> = text
        .passages
        .iter()
        .filter(|passage| passage.part == mandat::model::Part::Body)
        .map(|passage| (passage.fr.as_deref(), passage.en.as_deref()))
        .collect();
    assert_eq!(
        body,
        [
            (Some("## Titre"), Some("## Title")),
            (Some("Un."), Some("One.")),
            (Some("- a\n- b"), None)
        ]
    );
    let first = text
        .passages
        .iter()
        .find(|passage| passage.fr.as_deref() == Some("## Titre"))
        .unwrap();
    assert_eq!(first.anchor.as_str(), anchor);
}

#[tokio::test]
async fn a_list_is_put_in_order() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let members = async || -> Vec<i64> {
        let (_, text) = newest(&database, 4).await;
        text.members.iter().map(|member| member.number()).collect()
    };
    assert_eq!(members().await, (5..=15).collect::<Vec<_>>());
    // The third comes first, the first goes to the fifth place.
    let form = opened(&author, 4).await.with("position-7", "1").with("position-5", "5");
    assert_saved(&form.send(&author, "save").await, 4, 2);
    assert_eq!(members().await, [7, 6, 8, 9, 5, 10, 11, 12, 13, 14, 15]);
    let form = opened(&author, 4).await;
    let up = Form::of(&form.send(&author, "member-up:15").await, SHEET);
    let down = Form::of(&up.send(&author, "member-down:7").await, SHEET);
    let off = Form::of(&down.send(&author, "member-remove:8").await, SHEET);
    assert_eq!(off.get("member"), "8");
    assert_saved(&off.send(&author, "save").await, 4, 3);
    assert_eq!(members().await, [6, 7, 9, 5, 10, 11, 12, 13, 15, 14]);
    let form = opened(&author, 4).await;
    let back = Form::of(&form.send(&author, "member-add").await, SHEET);
    assert_saved(&back.send(&author, "save").await, 4, 4);
    assert_eq!(members().await.last(), Some(&8));
}

#[tokio::test]
async fn advice_is_followed_when_it_is_asked() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let form = opened(&author, MANDATE).await;
    let row = row_of(&form, "fr", "veiller à la négociation");
    let form = form
        .with(&format!("fr-{row}"), "Dès le 1 janvier 2026, à Montreal.")
        .with(&format!("en-{row}"), "The Quebec government acts.");
    let page = form.send(&author, "").await;
    page.is(200);
    let acts = page.attributes(".advice button", "value");
    let follow = |act: &str| acts.iter().find(|value| value.contains(act)).unwrap().clone();
    let shown = Form::of(&page, SHEET);
    assert_eq!(shown.get(&format!("fr-{row}")), "Dès le 1 janvier 2026, à Montreal.");
    let shown = Form::of(&shown.send(&author, &follow("advice-date")).await, SHEET);
    let shown = Form::of(&shown.send(&author, &follow("advice-name")).await, SHEET);
    assert_eq!(shown.get(&format!("fr-{row}")), "Dès le 1er janvier 2026, à Montreal.");
    assert_eq!(shown.get(&format!("en-{row}")), "The :fr[Gouvernement du Québec] acts.");
}

/// The script is tried on the same texts by the browser checks.
#[tokio::test]
async fn words_are_counted_as_the_script_counts_them() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let form = opened(&author, MANDATE).await;
    let field = format!("fr-{}", row_of(&form, "fr", "négoci"));
    let samples = include_str!("../../data/word-counts.json");
    let samples: Vec<(String, usize)> = serde_json::from_str(samples).unwrap();
    for (text, counted) in samples {
        let page = form.clone().with(&field, &text).send(&author, "").await;
        let shown = page.is(200).words(&format!("output[for={field}]"));
        assert_eq!(shown, [counted.to_string()], "{text}");
    }
}
