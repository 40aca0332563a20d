//! Correcting the text in effect while another is scheduled or drafted, by the links that the pages offer.

use mandat::model::Role;

use super::editor::{SHEET, row_of};
use super::office::{Office, press, publication, review, send};
use crate::support::answer::{Answer, css};
use crate::support::browser::{Browser, PASSWORD};
use crate::support::form::Form;

/// The third mandate of the founding content.
const MANDATE: i64 = 7;
const DOCUMENT: &str = "/admin/fr/documents/7";
const PAGE: &str = "/fr/mandats/action-a-l-etranger";
const CORRECT: &str = "Corriger le texte en vigueur";

/// Where the first link with these words leads.
fn link(page: &Answer, words: &str) -> String {
    let html = page.html();
    let anchors = css("main a");
    let mut links = html.select(&anchors);
    let found = links.find(|link| link.text().collect::<String>().contains(words));
    let found = found.unwrap_or_else(|| panic!("{}: no link says {words}: {}", page.path, page.words("main").concat()));
    found.attr("href").unwrap().to_owned()
}

/// Follows a link of a page.
async fn follow(browser: &Browser, page: &Answer, words: &str) -> Answer {
    let next = browser.get(&link(page, words)).await;
    next.is(200);
    next
}

/// The page that a form leads on to.
async fn led(browser: &Browser, answer: &Answer) -> Answer {
    let next = browser.get(answer.is(303).header("location")).await;
    next.is(200);
    next
}

impl Office {
    /// Text 2 is scheduled for two in the afternoon of a day in 2037, at seven in the morning.
    async fn scheduled(&self) {
        self.wait_until("2037-01-10T12:00:00Z").await;
        self.approved(MANDATE, "Prévu.").await;
        let when = [("when", "later"), ("day", "2037-01-10"), ("time", "14:00")];
        press(&self.editor, &publication(MANDATE), "publish", &when)
            .await
            .is(303);
    }

    /// The form in which somebody corrects the text in effect.
    async fn correcting(&self, browser: &Browser, words: &str) -> Form {
        let document = browser.get(DOCUMENT).await;
        let page = follow(browser, &document, words).await;
        assert!(
            page.words(".notice")
                .concat()
                .contains("Correction du texte en vigueur.")
        );
        Form::of(&page, SHEET)
    }

    /// The author corrects the title and submits it; the editor approves it.
    async fn corrected(&self, title: &str) {
        let form = self.correcting(&self.author, CORRECT).await;
        let page = led(
            &self.author,
            &form.with("fr-0", title).send(&self.author, "review").await,
        )
        .await;
        send(&self.author, &page, "submit", &[]).await.is(303);
        let document = self.editor.get(DOCUMENT).await;
        let page = follow(&self.editor, &document, "Examiner et approuver la correction").await;
        assert!(page.words("ins").concat().contains("corrigé") && !page.body.contains("Prévu."));
        send(&self.editor, &page, "approve", &[]).await.is(303);
    }

    /// The editor's page for publishing the correction.
    async fn publishing(&self) -> Answer {
        let document = self.editor.get(DOCUMENT).await;
        follow(&self.editor, &document, "Publier la correction").await
    }

    /// The author brings the correction into what stands behind it, as the page of the correction says.
    async fn brought_together(&self) -> Answer {
        let document = self.author.get(DOCUMENT).await;
        let page = follow(&self.author, &document, "Examiner la correction").await;
        let merge = follow(&self.author, &page, "Reprendre la correction dans").await;
        assert!(
            merge
                .words(".lead")
                .concat()
                .contains("La correction du texte en vigueur")
        );
        led(
            &self.author,
            &Form::of(&merge, "main form").send(&self.author, "merge").await,
        )
        .await
    }

    /// Who saved which revision on which: `number<parent+merged_parent`, and `c` for a correction.
    async fn lineage(&self) -> String {
        self.ask(
            "select string_agg(number || coalesce('<' || parent, '') || coalesce('+' || merged_parent, '')
                               || case when correction then 'c' else '' end, ' ' order by number)
               from revision where document_id = 7",
        )
        .await
    }
}

#[tokio::test]
async fn a_correction_goes_out_at_once_and_the_scheduled_text_does_not_undo_it() {
    let office = Office::new().await;
    office.scheduled().await;
    office.corrected("Titre corrigé").await;
    let page = office.publishing().await;
    assert!(page.words("h1")[0].starts_with("Publier la correction"));
    let behind = page.words("[aria-labelledby=behind] a");
    assert_eq!(
        behind,
        ["Reprendre la correction dans le texte prévu pour le 10\u{a0}janvier 2037 à 14\u{a0}h"]
    );
    let refused = send(&office.editor, &page, "publish", &[]).await;
    assert_eq!(
        refused.is(409).attributes("[aria-labelledby=behind] a", "href").len(),
        1
    );
    assert!(!office.shows(PAGE, "Titre corrigé").await);

    let merged = office.brought_together().await;
    assert_eq!(office.lineage().await, "1 2<1 3<1c 4<2+3");
    let awaited = office.publishing().await;
    assert_eq!(link(&awaited, "Examiner la révision 4"), review(MANDATE));
    let early = send(&office.editor, &awaited, "publish", &[]).await;
    assert!(early.is(409).has("[aria-labelledby=awaited]"));
    let page = follow(&office.author, &merged, "Soumettre").await;
    send(&office.author, &page, "submit", &[]).await.is(303);
    let approved = press(&office.editor, &review(MANDATE), "approve", &[]).await;
    let page = led(&office.editor, &approved).await;
    assert!(page.words(".notice").concat().contains("contient une correction"));
    let page = follow(&office.editor, &page, "Publier la correction").await;
    assert!(!page.has(".notice.fault"));
    send(&office.editor, &page, "publish", &[]).await.is(303);

    assert!(office.shows(PAGE, "Titre corrigé").await && !office.shows(PAGE, "Prévu.").await);
    let document = office.editor.get(DOCUMENT).await;
    assert!(!document.words("main").concat().contains("Publier la correction"));
    office.database.set_clock("2037-01-10T18:59:59.999999Z").await;
    assert!(!office.shows(PAGE, "Prévu.").await);
    office.database.set_clock("2037-01-10T19:00:00Z").await;
    assert!(office.shows(PAGE, "Titre corrigé").await && office.shows(PAGE, "Prévu.").await);
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
async fn a_correction_goes_out_beside_a_draft_that_waits() {
    let office = Office::new().await;
    office.draft(Role::Editor, MANDATE, "Chantier.").await;
    office.corrected("Titre corrigé").await;
    let waiting = office.editor.get("/admin/fr").await;
    assert_eq!(
        waiting.words("[aria-labelledby=publish] .entry .tag"),
        ["Correction"],
        "told as what it is"
    );
    let page = follow(&office.editor, &waiting, "Publier").await;
    assert_eq!(page.attributes("[aria-labelledby=behind] a", "href").len(), 1);
    let merged = office.brought_together().await;
    let sheet = Form::of(&merged, SHEET);
    let body = row_of(&sheet, "fr", "Chantier.");
    assert!(body > 0 && sheet.get("fr-0") == "Titre corrigé");
    let page = office.publishing().await;
    send(&office.editor, &page, "publish", &[]).await.is(303);
    assert!(office.shows(PAGE, "Titre corrigé").await && !office.shows(PAGE, "Chantier.").await);
    let history = office.author.get(&format!("{DOCUMENT}/historique")).await;
    assert_eq!(history.words("#r3 .tag"), ["En vigueur", "Correction"]);
    // The next one begins anew, on what is in effect now.
    let next = office.correcting(&office.author, CORRECT).await;
    assert_eq!((next.get("base"), next.get("fr-0")), ("3", "Titre corrigé"));
}

#[tokio::test]
async fn a_scheduled_text_takes_the_correction_without_what_was_drafted_after_it() {
    let office = Office::new().await;
    office.scheduled().await;
    office.draft(Role::Editor, MANDATE, "Chantier.").await;
    office.corrected("Titre corrigé").await;
    let merged = office.brought_together().await;
    assert_eq!(office.lineage().await, "1 2<1 3<2 4<1c 5<2+4");
    // It is reviewed on its own, and the draft stays what one goes on with.
    let page = follow(&office.author, &merged, "Soumettre").await;
    assert!(page.body.contains("Prévu.") && !page.body.contains("Chantier."));
    send(&office.author, &page, "submit", &[]).await.is(303);
    office.brought_together().await;
    assert_eq!(office.lineage().await, "1 2<1 3<2 4<1c 5<2+4 6<3+4");
    let waiting = office.editor.get("/admin/fr").await;
    assert_eq!(
        waiting.words("[aria-labelledby=approve] .entry .tag"),
        ["Prévu, avec la correction"]
    );
    assert!(!waiting.has("[aria-labelledby=beside]"));
    let page = follow(&office.editor, &waiting, "Examiner").await;
    let approved = led(&office.editor, &send(&office.editor, &page, "approve", &[]).await).await;
    let page = follow(&office.editor, &approved, "Publier la correction").await;
    send(&office.editor, &page, "publish", &[]).await.is(303);
    assert!(office.shows(PAGE, "Titre corrigé").await && !office.shows(PAGE, "Prévu.").await);
    office.database.set_clock("2037-01-10T19:00:00Z").await;
    assert!(office.shows(PAGE, "Titre corrigé").await && office.shows(PAGE, "Prévu.").await);
    assert!(!office.shows(PAGE, "Chantier.").await);
}

#[tokio::test]
async fn an_author_publishes_no_correction() {
    let office = Office::new().await;
    office.draft(Role::Editor, MANDATE, "Chantier.").await;
    office.corrected("Titre corrigé").await;
    let document = office.author.get(DOCUMENT).await;
    assert!(!document.words("main").concat().contains("Publier la correction"));
    let page = follow(&office.author, &document, "Examiner la correction").await;
    assert!(!page.has("button[value=approve]") && !page.has("button[value=return]"));
    for query in ["", "?revision=3"] {
        let path = format!("{}{query}", publication(MANDATE));
        office.author.get(&path).await.is(403);
        let fields = [
            ("do", "publish"),
            ("revision", "3"),
            ("when", "now"),
            ("emergency", "x"),
        ];
        office.author.post(&path, &fields).await.is(403);
    }
    assert_eq!(office.ask("select count(*)::text from release").await, "1");
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

    office
        .database
        .run("update session set seen_at = seen_at - interval '61 minutes'")
        .await;
    let sign_in = form.send(&office.author, "save").await;
    let to = office.author.get(sign_in.is(303).header("location")).await;
    let to = to.attribute("input[name=to]", "value");
    let fields = [
        ("email", "author@exemple.ca"),
        ("password", PASSWORD),
        ("to", to.as_str()),
    ];
    office.author.post("/admin/fr/session", &fields).await.is(303);
    let back = office.author.get(&to).await;
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
    office
        .database
        .run("update session set seen_at = seen_at - interval '61 minutes'")
        .await;
    let sign_in = send(&office.author, &page, "submit", &[]).await;
    let to = office.author.get(sign_in.is(303).header("location")).await;
    let to = to.attribute("input[name=to]", "value");
    let fields = [
        ("email", "author@exemple.ca"),
        ("password", PASSWORD),
        ("to", to.as_str()),
    ];
    office.author.post("/admin/fr/session", &fields).await.is(303);
    let back = office.author.get(&to).await;
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
