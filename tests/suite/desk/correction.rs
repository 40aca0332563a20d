//! Correcting the text in effect while another is scheduled or drafted, by the links that the pages offer.

mod forms;

use mandat::model::Role;

use super::editor::{SHEET, row_of};
use super::office::{Office, press, publication, review, send};
use crate::support::answer::{Answer, css};
use crate::support::browser::Browser;
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
    assert_eq!(
        page.words(".heading .tag"),
        ["En vigueur", "Prévu", "Correction", "Anglais à réviser"],
        "of its own title"
    );
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
    let before = office.publishing().await;

    let merged = office.brought_together().await;
    assert_eq!(office.lineage().await, "1 2<1 3<1c 4<2+3");
    let awaited = office.publishing().await;
    assert_eq!(link(&awaited, "Examiner la révision 4"), review(MANDATE));
    assert_eq!(
        awaited.words("#awaited"),
        ["Le texte prévu, réuni à celui-ci, n’est pas encore approuvé"]
    );
    let early = send(&office.editor, &awaited, "publish", &[]).await;
    assert!(early.is(409).has("[aria-labelledby=awaited]"));
    let page = follow(&office.author, &merged, "Soumettre").await;
    send(&office.author, &page, "submit", &[]).await.is(303);
    let approved = press(&office.editor, &review(MANDATE), "approve", &[]).await;
    let page = led(&office.editor, &approved).await;
    let told = page.words(".notice").concat();
    assert!(told.contains("prendra la place de celui qui est prévu pour le 10\u{a0}janvier 2037 à 14\u{a0}h"));
    let page = follow(&office.editor, &page, "Publier la correction").await;
    assert!(!page.has(".notice.fault"));
    let untold = send(&office.editor, &before, "publish", &[]).await;
    assert!(
        untold
            .is(409)
            .words(".notice.fault")
            .concat()
            .contains("a changé depuis")
    );
    assert!(untold.has("[aria-labelledby=replaced]") && !office.shows(PAGE, "Titre corrigé").await);
    let replaced = page.words("[aria-labelledby=replaced] a");
    assert!(
        replaced.len() == 1 && replaced[0].contains("La révision 4 de «\u{a0}Planifier, organiser"),
        "{replaced:?}"
    );
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
    assert_eq!(office.lineage().await, "1 2<1 3<2 4<1c 5<2+4 6<3+5");
    let waiting = office.editor.get("/admin/fr").await;
    assert_eq!(
        waiting.words("[aria-labelledby=approve] .entry .tag"),
        ["Prévu, avec la correction"]
    );
    assert!(!waiting.has("[aria-labelledby=beside]"));
    let page = follow(&office.editor, &waiting, "Examiner").await;
    let approved = led(&office.editor, &send(&office.editor, &page, "approve", &[]).await).await;
    let page = follow(&office.editor, &approved, "Publier la correction").await;
    let replaced = office
        .editor
        .get(&page.attribute("[aria-labelledby=replaced] a", "href"))
        .await;
    assert!(
        replaced.body.contains("Prévu.") && !replaced.body.contains("Chantier."),
        "it may be read first"
    );
    send(&office.editor, &page, "publish", &[]).await.is(303);
    assert!(office.shows(PAGE, "Titre corrigé").await && !office.shows(PAGE, "Prévu.").await);
    office.database.set_clock("2037-01-10T19:00:00Z").await;
    assert!(office.shows(PAGE, "Titre corrigé").await && office.shows(PAGE, "Prévu.").await);
    assert!(!office.shows(PAGE, "Chantier.").await);
}

#[tokio::test]
async fn a_correction_is_still_there_once_the_draft_that_contains_it_is_scheduled() {
    let office = Office::new().await;
    office.wait_until("2037-01-10T12:00:00Z").await;
    office.draft(Role::Author, MANDATE, "Chantier.").await;
    office.corrected("Titre corrigé").await;
    office.brought_together().await;
    press(&office.author, &review(MANDATE), "submit", &[]).await.is(303);
    press(&office.editor, &review(MANDATE), "approve", &[]).await.is(303);
    let when = [("when", "later"), ("day", "2037-01-10"), ("time", "14:00")];
    let scheduled = press(&office.editor, &publication(MANDATE), "publish", &when).await;
    scheduled.is(303);
    let page = office.publishing().await;
    send(&office.editor, &page, "publish", &[]).await.is(303);
    assert!(office.shows(PAGE, "Titre corrigé").await && !office.shows(PAGE, "Chantier.").await);
    office.database.set_clock("2037-01-10T19:00:00Z").await;
    assert!(office.shows(PAGE, "Titre corrigé").await && office.shows(PAGE, "Chantier.").await);
}

#[tokio::test]
async fn a_correction_goes_out_together_with_other_texts() {
    let office = Office::new().await;
    office.approved(MANDATE, "Chantier.").await;
    office.corrected("Titre corrigé").await;
    office.brought_together().await;
    office.approved(9, "Ensemble.").await;
    let page = office.editor.get(&publication(9)).await;
    assert_eq!(page.words("p:has(#include-7) .tag"), ["Correction"]);
    send(&office.editor, &page, "publish", &[("include", "7")])
        .await
        .is(303);
    assert!(office.shows(PAGE, "Titre corrigé").await && !office.shows(PAGE, "Chantier.").await);
    assert!(
        office
            .shows("/fr/mandats/vision-internationale-du-quebec", "Ensemble.")
            .await
    );
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
