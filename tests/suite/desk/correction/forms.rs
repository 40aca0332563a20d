//! The form of a correction: two people at once, an ended session, and when there is none.

use mandat::model::Role;

use super::{CORRECT, DOCUMENT, MANDATE, led, link};
use crate::desk::editor::{SHEET, row_of};
use crate::desk::office::{Office, press, publication, review, send};
use crate::support::answer::Answer;
use crate::support::browser::PASSWORD;
use crate::support::form::Form;

const ENDED: &str = "update session set seen_at = seen_at - interval '61 minutes'";

impl Office {
    /// The author signs in after a form was kept, and has it back.
    async fn back(&self, kept: &Answer) -> Answer {
        let sign_in = led(&self.author, kept).await;
        let to = sign_in.attribute("input[name=to]", "value");
        let email = "author@exemple.ca";
        let fields = [("email", email), ("password", PASSWORD), ("to", to.as_str())];
        led(&self.author, &self.author.post("/admin/fr/session", &fields).await).await
    }
}

#[tokio::test]
async fn two_who_correct_at_once_make_one_correction() {
    let office = Office::new().await;
    office.draft(Role::Editor, MANDATE, "Chantier.").await;
    let first = office.correcting(&office.author, CORRECT).await;
    let second = office.correcting(&office.administrator, CORRECT).await;
    let third = office.correcting(&office.administrator, CORRECT).await;
    let body = format!("fr-{}", row_of(&second, "fr", "planifier, organiser"));
    let first = first.with("fr-0", "Titre corrigé").send(&office.author, "save").await;
    assert_eq!(
        first.is(303).header("location"),
        format!("{DOCUMENT}/modifier?revision=3&saved=3")
    );
    let words = format!("{} Et corrigé.", second.get(&body));
    let second = second.with(&body, &words).send(&office.administrator, "save").await;
    second.is(303);
    let both = office.correcting(&office.editor, "Poursuivre la correction").await;
    assert_eq!((both.get("fr-0"), both.get(&body)), ("Titre corrigé", words.as_str()));
    assert_eq!(office.lineage().await, "1 2<1 3<1c 4<1c 5<4+3c");

    let third = third.with("fr-0", "Titre autrement corrigé");
    let asked = third.send(&office.administrator, "save").await;
    let asked = led(&office.administrator, &asked).await;
    let waiting = office.editor.get("/admin/fr").await;
    assert_eq!(waiting.words("[aria-labelledby=beside] .entry a").len(), 1);
    let question = asked.attribute(".question input[type=radio]", "name");
    let form = Form::of(&asked, "main form").with(&question, "mine");
    let done = form.send(&office.administrator, "merge").await;
    assert_eq!(
        done.is(303).header("location"),
        format!("{DOCUMENT}/modifier?revision=7&saved=7")
    );
    let one = office.correcting(&office.author, "Poursuivre la correction").await;
    assert_eq!(
        (one.get("fr-0"), one.get(&body)),
        ("Titre autrement corrigé", words.as_str())
    );
    assert!(!office.editor.get("/admin/fr").await.has("[aria-labelledby=beside]"));
    let plain = office.author.get(&format!("{DOCUMENT}/modifier")).await;
    assert!(
        Form::of(&plain, SHEET).get(&body).contains("Chantier."),
        "the draft stays"
    );
}

#[tokio::test]
async fn a_correction_comes_back_on_its_base_after_the_end_of_a_session() {
    let office = Office::new().await;
    office.scheduled().await;
    let form = office
        .correcting(&office.author, CORRECT)
        .await
        .with("fr-0", "Titre corrigé");
    // What a script kept comes back as what it was, from the form of the draft too.
    form.clone()
        .to(&format!("{DOCUMENT}/saisie"))
        .send(&office.author, "")
        .await
        .is(204);
    let plain = office.author.get(&format!("{DOCUMENT}/modifier")).await;
    let restored = office.author.get(&plain.attribute(".kept a", "href")).await;
    let restored = Form::of(&restored, SHEET);
    assert_eq!(
        (restored.get("base"), restored.get("correction"), restored.get("fr-0")),
        ("1", "yes", "Titre corrigé")
    );

    office.database.run(ENDED).await;
    let kept = form.send(&office.author, "save").await;
    let back = office.back(&kept).await;
    assert!(
        back.words(".notice")
            .concat()
            .contains("Correction du texte en vigueur.")
    );
    let page = led(
        &office.author,
        &Form::of(&back, SHEET).send(&office.author, "review").await,
    )
    .await;
    assert_eq!(office.lineage().await, "1 2<1 3<1c");

    // The decision about it, too.
    office.database.run(ENDED).await;
    let kept = send(&office.author, &page, "submit", &[]).await;
    let back = office.back(&kept).await;
    let page = led(&office.author, &send(&office.author, &back, "submit", &[]).await).await;
    assert!(page.words(".notice.done").concat().contains("soumis") && page.path.contains("revision=3"));
}

#[tokio::test]
async fn without_anything_ahead_the_text_in_effect_is_what_one_edits() {
    let office = Office::new().await;
    let document = office.author.get(DOCUMENT).await;
    assert!(!document.words("main").concat().contains(CORRECT));
    let opened = office.author.get(&format!("{DOCUMENT}/modifier?revision=1")).await;
    let form = Form::of(&opened, SHEET);
    assert!(!form.names().contains(&"correction"));
    // A form of before a draft was there is no correction: it is brought into the draft.
    office.draft(Role::Editor, MANDATE, "Chantier.").await;
    let saved = form.with("fr-0", "Autre titre").send(&office.author, "save").await;
    assert_eq!(saved.is(303).header("location"), format!("{DOCUMENT}/modifier?saved=4"));
    assert_eq!(office.lineage().await, "1 2<1 3<1 4<3+2");
    // Nor is a correction of a text that is in effect no more.
    let form = office.correcting(&office.author, CORRECT).await;
    let draft = press(&office.author, &review(MANDATE), "submit", &[]).await;
    draft.is(303);
    press(&office.administrator, &review(MANDATE), "approve", &[])
        .await
        .is(303);
    press(&office.editor, &publication(MANDATE), "publish", &[])
        .await
        .is(303);
    let body = format!("en-{}", row_of(&form, "fr", "planifier, organiser"));
    let words = format!("{} And corrected.", form.get(&body));
    let saved = form.with(&body, &words).send(&office.author, "save").await;
    assert_eq!(saved.is(303).header("location"), format!("{DOCUMENT}/modifier?saved=6"));
    assert_eq!(office.lineage().await, "1 2<1 3<1 4<3+2 5<1 6<5+4");
}

#[tokio::test]
async fn the_pages_of_a_correction_speak_english_about_the_same_text() {
    let office = Office::new().await;
    office.draft(Role::Editor, MANDATE, "Chantier.").await;
    office.corrected("Titre corrigé").await;
    for path in ["modifier", "examen", "publication"] {
        let page = office.administrator.get(&format!("{DOCUMENT}/{path}?revision=3")).await;
        let english = page.is(200).attribute("a[hreflang]", "href");
        let english = office.administrator.get(&english).await;
        english.is(200).speaks("en-CA");
        assert!(english.path.ends_with("?revision=3"), "{}", english.path);
        assert!(english.words(".heading .tag").contains(&"Correction".to_owned()));
    }
    let preview = office
        .editor
        .get(&format!("{DOCUMENT}/apercu?langue=fr&revision=3"))
        .await;
    assert!(preview.is(200).words("h1").concat().contains("Titre corrigé"));
    let back = office.editor.get(&link(&preview, "Revenir au texte")).await;
    assert_eq!(Form::of(&back, SHEET).get("fr-0"), "Titre corrigé");
}

#[tokio::test]
async fn what_is_typed_into_a_correction_and_into_the_draft_is_kept_apart() {
    let office = Office::new().await;
    office.draft(Role::Author, MANDATE, "Chantier.").await;
    let typing = format!("{DOCUMENT}/saisie");
    let draft = Form::of(&office.author.get(&format!("{DOCUMENT}/modifier")).await, SHEET);
    let typed = draft.with("fr-0", "Titre du chantier").to(&typing);
    typed.send(&office.author, "").await.is(204);
    let correction = office
        .correcting(&office.author, CORRECT)
        .await
        .with("fr-0", "Titre corr");
    correction.clone().to(&typing).send(&office.author, "").await.is(204);
    let page = office.correcting(&office.author, CORRECT).await;
    assert_eq!(
        page.get("fr-0"),
        "Planifier, organiser et diriger l’action à l’étranger",
        "offered, never forced"
    );
    let opened = office.author.get(&format!("{DOCUMENT}/modifier?revision=1")).await;
    let back = office.author.get(&opened.attribute(".kept a", "href")).await;
    assert_eq!(Form::of(&back, SHEET).get("fr-0"), "Titre corr");
    // Saving the one forgets nothing of the other.
    correction.send(&office.author, "save").await.is(303);
    let page = office.author.get(&format!("{DOCUMENT}/modifier")).await;
    let back = office.author.get(&page.attribute(".kept a", "href")).await;
    assert_eq!(Form::of(&back, SHEET).get("fr-0"), "Titre du chantier");
    Form::of(&page, ".kept").send(&office.author, "drop").await.is(303);
    assert!(!office.author.get(&format!("{DOCUMENT}/modifier")).await.has(".kept"));
}
