//! What an import refuses: by file, line and reason, changing nothing.

use super::{APRIL, FEBRUARY, FIRST, Folder, LEMIRE, MANDATES, MARCH, MISSION, Ministry, RELEASE};

const PAGE: &str = "number = 40\nkind = \"page\"\nenglish = \"none\"\nslug = { fr = \"une-page\" }\n\n\
                    [[title]]\nanchor = \"abcde\"\nfr = \"Une page\"\n\n[[body]]\nanchor = \"abcdf\"\nfr = \"Des mots.\"\n";

fn page(from: &str, to: &str) -> Folder {
    Folder(Vec::new()).add("page.toml", PAGE).edit("page.toml", from, to)
}

/// Numbers, anchors and addresses that clash.
fn names() -> Vec<(Folder, &'static str)> {
    vec![
        // Numbers that clash: with a document of another kind, with one of another name.
        (
            page("number = 40", "number = 2"),
            "page.toml:1: document 2 is a statement with key `mission`, not what this file says",
        ),
        (
            page("number = 40", "number = 5"),
            "page.toml:1: document 5 is a mandate, not what this file says",
        ),
        (
            page("number = 40", "number = 0"),
            "page.toml:1: A document’s number is 1 or more.",
        ),
        (
            page("number = 40", "number = 40\nkey = \"contact\""),
            "page.toml:1: Another document has this name already.",
        ),
        // Anchors of another document.
        (
            page("abcdf", "k6x62"),
            "page.toml:11: anchor `k6x62` is another document's",
        ),
        (
            page("abcde", "w76x3"),
            "page.toml:7: anchor `w76x3` is another document's",
        ),
        (
            page("abcdf", "abcde"),
            "page.toml:11: anchor `abcde` is in page.toml already",
        ),
        // Addresses.
        (
            page("une-page", "recherche"),
            "page.toml:4: The site keeps this word for itself.",
        ),
        (page("une-page", "plan-du-site"), "page.toml:4: "),
        (
            page("une-page", "accessibilite"),
            "page.toml:4: /fr/accessibilite is another document's",
        ),
        (page("une-page", "Une_page"), "page.toml:4: `Une_page` is no slug"),
    ]
}

/// Members, successors, links and dates that cannot be.
fn references() -> Vec<(Folder, &'static str)> {
    vec![
        // Members and successors.
        (
            Folder::only(&[MANDATES]).edit(MANDATES, "15]", "15, 99]"),
            "04-mandates.toml:5: there is no document 99",
        ),
        (
            Folder::only(&[LEMIRE]).edit(
                LEMIRE,
                "english = \"present\"",
                "english = \"present\"\noffice = { successor = 98 }",
            ),
            "17-jean-lemire.toml:4: there is no document 98",
        ),
        (
            Folder::only(&[MANDATES]).edit(MANDATES, "15]", "15, 2]"),
            "04-mandates.toml:5: document 2 is a statement, not a mandate",
        ),
        (
            Folder::only(&[LEMIRE]).edit(
                LEMIRE,
                "english = \"present\"",
                "english = \"present\"\noffice = { successor = 5 }",
            ),
            "17-jean-lemire.toml:4: document 5 is a mandate, not a representative",
        ),
        // Links in words, in either language.
        (
            page("Des mots.", "Des [mots](/d/999#abcde)."),
            "page.toml:11: there is no document 999",
        ),
        (
            page("fr = \"Des mots.\"", "fr = \"Des mots.\"\nen = \"[Words](/d/998).\""),
            "page.toml:11: there is no document 998",
        ),
        // An office does not end by itself.
        (
            Folder::only(&[LEMIRE]).edit(
                LEMIRE,
                "english = \"present\"",
                "english = \"present\"\noffice = { from = 2020-09-01,\n  until = 2026-03-02 }",
            ),
            "17-jean-lemire.toml:5: 2026-03-02 is ahead",
        ),
        (
            Folder::only(&[MANDATES]).edit(MANDATES, "15]", "15, 5]"),
            "04-mandates.toml:5: document 5 is in the list twice",
        ),
    ]
}

/// Bad files and bad notes.
fn files() -> Vec<(Folder, &'static str)> {
    let note =
        |words: &str| page("Une page", "Une page").add(RELEASE, &format!("minor = false\nnote = {{ {words} }}\n"));
    let long = "x".repeat(301);
    vec![
        // Bad files.
        (page("[[title]]", "[[title]"), "page.toml:6: "),
        (
            page("kind = \"page\"", "kind = \"poster\""),
            "page.toml:2: unknown variant `poster`",
        ),
        (
            page("\nfr = \"Des mots.\"\n", "\n"),
            "page.toml:11: `abcdf` has no French",
        ),
        (page("\"none\"", "\"present\""), "page.toml:7: `abcde` has no English"),
        (
            page("Des mots.", &"x".repeat(20_001)),
            "page.toml:11: `abcdf` has 20001 characters",
        ),
        // The note.
        (note("fr = \"Une\\nnote\", en = \"A note\""), "release.toml:2: "),
        (note(&format!("fr = \"{long}\", en = \"A note\"")), "release.toml:2: "),
        (
            note("fr = \"Une\\u0000note\", en = \"A note\""),
            "release.toml:2: the note has the character U+0000",
        ),
        (
            note("fr = \"Publication initiale du site\", en = \"First publication of the site\""),
            "release.toml:2: this is the note of the first release",
        ),
        (note("fr = \"Une note\""), "release.toml:2: missing field `en`"),
    ]
}

#[tokio::test]
async fn what_clashes_is_told_with_its_file_and_line() {
    let ministry = Ministry::founded().await;
    let before = ministry.rows(false).await;
    for (folder, expected) in [names(), references(), files()].into_iter().flatten() {
        // A good file in the same folder does not go out alone.
        let folder = Folder(folder.0).add(
            "z.toml",
            &PAGE
                .replace("40", "41")
                .replace("abcd", "zyxw")
                .replace("une-page", "une-autre"),
        );
        let told = ministry.import(MARCH, &folder).await.unwrap_err().to_string();
        assert!(told.starts_with(expected), "expected `{expected}`, was told `{told}`");
        assert!(
            told.len() > expected.trim_end().len() || !expected.ends_with(' '),
            "{told}: no reason"
        );
        assert!(!told.contains('\n'), "{told}");
    }
    assert_eq!(ministry.rows(false).await, before);
}

#[tokio::test]
async fn a_newer_draft_is_refused_by_name() {
    let ministry = Ministry::founded().await;
    draft(&ministry).await;
    assert_refused(
        &ministry,
        &format!("{MISSION}:1: document 2 has a draft that is newer than the live text"),
    )
    .await;
    // Once it is abandoned, nothing is newer.
    ministry
        .database
        .run(
            "insert into revision (document_id, number, parent, english, author, abandons) values (2, 3, 1, 'present', 1, 2);
             insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
             select 2, 3, part, position, anchor, fr, en, en_basis from passage where document_id = 2 and number = 1;
             update revision set digest = revision_digest(document_id, number) where document_id = 2 and number = 3",
        )
        .await;
    let edited = Folder::silent().edit(MISSION, "action internationale", "action mondiale");
    assert_eq!(ministry.import(APRIL, &edited).await.unwrap(), [2]);
}

#[tokio::test]
async fn a_scheduled_text_is_refused_by_name() {
    let ministry = Ministry::founded().await;
    draft(&ministry).await;
    ministry
        .database
        .run(
            "select take_instant(array[2]);
             insert into release (at, taken_at, author) values ('2026-06-01T12:00:00Z', deed_instant(), 1);
             set constraints publication_one_text_at_a_time deferred;
             insert into publication (document_id, number, period, release_id)
             select 2, 2, tstzrange('2026-06-01T12:00:00Z', null), max(id) from release;
             select settle(2)",
        )
        .await;
    assert_refused(&ministry, &format!("{MISSION}:1: document 2 has a scheduled text")).await;
    // Others are imported meanwhile.
    let other = Folder::only(&[FIRST]).edit(FIRST, "à l’étranger\"\nen = \"ensuring", "partout\"\nen = \"ensuring");
    assert_eq!(ministry.import(APRIL, &other).await.unwrap(), [5]);
}

#[tokio::test]
async fn a_withdrawn_text_is_refused_by_name() {
    let ministry = Ministry::founded().await;
    ministry.database.set_clock(FEBRUARY).await;
    ministry.database.withdraw(2, "withdrawn", None).await;
    assert_refused(&ministry, &format!("{MISSION}:1: document 2 has been withdrawn")).await;
}

/// A second revision of the mission, in no publication.
async fn draft(ministry: &Ministry) {
    ministry.database.set_clock(FEBRUARY).await;
    ministry
        .database
        .run(
            "insert into revision (document_id, number, parent, english, author) values (2, 2, 1, 'present', 1);
             insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
             select 2, 2, part, position, anchor, fr || ' (ébauche)', en, en_basis from passage
              where document_id = 2 and number = 1;
             update revision set digest = revision_digest(document_id, number) where document_id = 2 and number = 2",
        )
        .await;
}

/// Asserts that the mission, edited, is refused with these words, and nothing of its folder goes out.
async fn assert_refused(ministry: &Ministry, expected: &str) {
    let before = ministry.rows(false).await;
    let folder = Folder::founding()
        .edit(MISSION, "action internationale", "action mondiale")
        .edit(LEMIRE, "fr = \"M. Lemire continue", "fr = \"M. Lemire persiste");
    let told = ministry.import(MARCH, &folder).await.unwrap_err().to_string();
    assert!(told.starts_with(expected), "expected `{expected}`, was told `{told}`");
    assert_eq!(ministry.rows(false).await, before);
}
