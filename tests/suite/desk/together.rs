//! Two people at one text, and one person at two times: nothing that anybody typed is lost.

use mandat::model::{DocumentId, Part, Role, account, revision};
use mandat::workflow::drafting::{self, Saved, Translation, Typed, Writing};
use mandat::workflow::{Actor, Done};

use super::editor::{MANDATE, SHEET, assert_saved, newest, opened, path, row_of};
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::form::Form;
use crate::support::visitor::Answer;

/// Two people who opened the same revision, and the fields of its body.
async fn two(database: &TestDatabase) -> ([Browser; 2], [Form; 2], [String; 2]) {
    let author = Browser::signed_in(database, Role::Author).await;
    let editor = Browser::signed_in(database, Role::Editor).await;
    let forms = [opened(&author, MANDATE).await, opened(&editor, MANDATE).await];
    let row = row_of(&forms[0], "fr", "veiller à la négociation");
    ([author, editor], forms, [format!("fr-{row}"), format!("en-{row}")])
}

async fn asked(browser: &Browser, answer: &Answer) -> Answer {
    let page = browser.get(answer.is(303).header("location")).await;
    page.is(200);
    page
}

#[tokio::test]
async fn changes_that_do_not_touch_are_brought_together() {
    let database = TestDatabase::founded().await;
    let ([author, editor], [first, second], [fr, _]) = two(&database).await;
    let first = first.with(&fr, "nouveau texte");
    assert_saved(&first.send(&author, "save").await, MANDATE, 2);
    let second = second.with("fr-0", "Nouveau titre");
    assert_saved(&second.send(&editor, "save").await, MANDATE, 4);
    let form = opened(&author, MANDATE).await;
    assert_eq!((form.get(&fr), form.get("fr-0")), ("nouveau texte", "Nouveau titre"));
    assert_eq!(form.get("base"), "4");
}

#[tokio::test]
async fn changes_that_touch_are_asked_about() {
    let database = TestDatabase::founded().await;
    let ([author, editor], [first, second], [fr, en]) = two(&database).await;
    let first = first.with(&fr, "texte de l’une").with("fr-0", "Titre de l’une");
    assert_saved(&first.send(&author, "save").await, MANDATE, 2);
    let second = second.with(&fr, "texte de l’autre").with(&en, "text of the other");
    let page = asked(&editor, &second.send(&editor, "save").await).await;
    assert_eq!(page.attributes(".question", "class").len(), 1);
    assert_eq!(
        page.attributes(".question input[type=radio]", "value"),
        ["theirs", "mine", "both", "own"]
    );
    assert!(
        page.words(".question .base")
            .concat()
            .contains("veiller à la négociation")
    );
    let shown = page.words(".question .choice p");
    assert!(
        shown[0].contains("ajout\u{a0}: texte") && shown[1].contains("ajout\u{a0}: l’autre"),
        "{shown:?}"
    );
    assert!(page.words(".lead").concat().contains("Personne author"));
    let brought = page.words(".comparison .two-up").concat();
    assert!(
        brought.contains("Titre de l’une") && !brought.contains("texte de l’"),
        "what is not asked about is told: {brought}"
    );
    let form = Form::of(&page, "main form");
    let again = form.send(&editor, "merge").await;
    assert!(again.is(422).has(".question.open"));
    let name = page.attribute(".question input[type=radio]", "name");
    let cases = [("both", "texte de l’une\n\ntexte de l’autre")];
    for (choice, expected) in cases {
        let answer = form.clone().with(&name, choice).send(&editor, "merge").await;
        assert_saved(&answer, MANDATE, 4);
        let (_, text) = newest(&database, MANDATE).await;
        assert!(
            text.passages
                .iter()
                .any(|passage| passage.fr.as_deref() == Some(expected))
        );
        assert!(
            text.passages
                .iter()
                .any(|passage| passage.fr.as_deref() == Some("Titre de l’une"))
        );
        assert!(
            text.passages
                .iter()
                .any(|passage| passage.en.as_deref() == Some("text of the other"))
        );
    }
    // What was answered is not asked again.
    let answer = editor.get(page.path.as_str()).await;
    assert_eq!(answer.is(303).header("location"), path(MANDATE));
}

#[tokio::test]
async fn words_of_ones_own_settle_a_question() {
    let database = TestDatabase::founded().await;
    let ([author, editor], [first, second], [fr, _]) = two(&database).await;
    first.with(&fr, "texte de l’une").send(&author, "save").await.is(303);
    let page = asked(
        &editor,
        &second.with(&fr, "texte de l’autre").send(&editor, "save").await,
    )
    .await;
    let name = page.attribute(".question input[type=radio]", "name");
    let form = Form::of(&page, "main form")
        .with(&name, "own")
        .with(&format!("{name}-own"), "texte commun");
    assert_saved(&form.send(&editor, "merge").await, MANDATE, 4);
    assert_eq!(opened(&author, MANDATE).await.get(&fr), "texte commun");
}

#[tokio::test]
async fn a_form_that_is_sent_twice_is_saved_once() {
    let database = TestDatabase::founded().await;
    let author = Browser::signed_in(&database, Role::Author).await;
    let form = opened(&author, MANDATE).await.with("fr-0", "Nouveau titre");
    for _ in 0..2 {
        assert_saved(&form.send(&author, "save").await, MANDATE, 2);
    }
    assert_eq!(newest(&database, MANDATE).await.0, 2);
}

#[tokio::test]
async fn what_is_being_typed_comes_back_to_its_person_alone() {
    let database = TestDatabase::founded().await;
    let ([author, editor], [form, _], [fr, _]) = two(&database).await;
    let typing = form
        .clone()
        .with(&fr, "à moitié écr")
        .to("/admin/fr/documents/11/saisie");
    typing.send(&author, "").await.is(204);
    let page = author.get(&path(MANDATE)).await;
    // Offered, never forced.
    assert_eq!(Form::of(&page, SHEET).get(&fr), form.get(&fr));
    let back = author.get(&page.attribute(".kept a", "href")).await;
    let restored = Form::of(&back, SHEET);
    assert_eq!(restored.get(&fr), "à moitié écr");
    assert!(back.has("form.sheet[data-unkept]"));
    let others = editor.get(&path(MANDATE)).await;
    assert!(!others.has(".kept") && !others.body.contains("moitié"));
    // Who else is there is told.
    assert!(others.words(".standing").concat().contains("Personne author"));
    // Until they leave.
    let farewell = page.attribute("form.sheet", "data-leaving");
    author.post(&farewell, &[]).await.is(204);
    let alone = editor.get(&path(MANDATE)).await;
    assert!(!alone.words(".standing").concat().contains("Personne author"));
    assert_saved(&restored.send(&author, "save").await, MANDATE, 2);
    assert!(!author.get(&path(MANDATE)).await.has(".kept"));
    typing.send(&author, "").await.is(204);
    let page = author.get(&path(MANDATE)).await;
    Form::of(&page, ".kept").send(&author, "drop").await.is(303);
    assert!(!author.get(&path(MANDATE)).await.has(".kept"));
}

#[tokio::test]
async fn a_correction_beside_a_draft_is_brought_into_it() {
    let database = TestDatabase::founded().await;
    let ([author, editor], [first, _], [fr, _]) = two(&database).await;
    assert_saved(
        &first.with("fr-0", "Titre du brouillon").send(&author, "save").await,
        MANDATE,
        2,
    );
    beside(&database, 1, "texte corrigé").await;
    let merge = "/admin/fr/documents/11/fusion?mine=2&theirs=3";
    let page = editor.get(merge).await;
    page.is(200);
    assert!(!page.has(".question"));
    let form = Form::of(&page, "main form");
    form.send(&editor, "").await.is(200);
    assert_saved(&form.send(&editor, "merge").await, MANDATE, 4);
    let form = opened(&author, MANDATE).await;
    assert_eq!(
        (form.get(&fr), form.get("fr-0")),
        ("texte corrigé", "Titre du brouillon")
    );
    assert_eq!(editor.get(merge).await.is(303).header("location"), path(MANDATE));
    for unknown in ["?mine=2&theirs=9", "?mine=9&theirs=2", "?mine=x", ""] {
        editor
            .get(&format!("/admin/fr/documents/11/fusion{unknown}"))
            .await
            .is(404);
    }
}

/// Corrects the body of a revision beside what goes on from it.
async fn beside(database: &TestDatabase, base: i32, words: &str) {
    let mut connection = database.pools.desk.acquire().await.unwrap();
    let document = DocumentId::from(MANDATE);
    let text = revision::read(&mut connection, document, base).await.unwrap();
    let passages = text.passages.iter().map(|passage| Typed {
        part: passage.part,
        anchor: Some(passage.anchor.clone()),
        fr: if passage.part == Part::Body {
            words.to_owned()
        } else {
            passage.fr.clone().unwrap()
        },
        en: passage.en.clone().unwrap(),
        translation: Translation::AsEdited,
    });
    let writing = Writing {
        slug: text.slug.clone(),
        english: text.english,
        passages: passages.collect(),
        members: Vec::new(),
        office: None,
        remark: None,
    };
    let editor = account::by_email(&mut *connection, "editor@exemple.ca")
        .await
        .unwrap()
        .unwrap();
    let actor = Actor {
        account: editor.id,
        role: Role::Editor,
    };
    let saved = drafting::save(&database.pools.desk, &actor, None, document, base, &writing, true).await;
    assert!(matches!(saved.unwrap(), Done::Now(Saved::Forward { number: 3 })));
}
