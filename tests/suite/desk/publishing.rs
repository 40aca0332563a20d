//! From draft to public, through the pages.

use mandat::model::Role;

use super::office::{Office, press, publication, review, send};
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;

/// The third mandate of the founding content.
const MANDATE: i64 = 7;
const PAGE: &str = "/fr/mandats/action-a-l-etranger";

#[tokio::test]
async fn a_text_is_returned_resubmitted_approved_and_published() {
    let office = Office::new().await;
    let draft = office.draft(Role::Author, MANDATE, "Premier jet.").await;
    press(&office.author, &review(MANDATE), "submit", &[]).await.is(303);
    let waiting = office.editor.get("/admin/fr").await;
    assert_eq!(waiting.words("section.busy h2")[0], "À approuver 1");

    press(
        &office.editor,
        &review(MANDATE),
        "return",
        &[("remark", "Précisez la date.")],
    )
    .await
    .is(303);
    let returned = office.author.get("/admin/fr").await;
    assert_eq!(returned.words("section.busy h2")[0], "Retournés avec une remarque 1");
    assert_eq!(returned.words(".remark")[0], "Précisez la date.");

    let second = office.draft(Role::Author, MANDATE, "Dès janvier.").await;
    assert!(second > draft);
    press(&office.author, &review(MANDATE), "submit", &[]).await.is(303);
    let page = office.editor.get(&review(MANDATE)).await;
    assert_eq!(page.words(".half ins").len(), 1, "one stretch of French is new");
    assert!(page.words("ins")[0].contains("Dès janvier."), "{:?}", page.words("ins"));
    send(&office.editor, &page, "approve", &[]).await.is(303);
    assert!(!office.shows(PAGE, "Dès janvier.").await);

    let note = [("note-fr", "Ajout d’une date"), ("note-en", "Date added")];
    let published = press(&office.editor, &publication(MANDATE), "publish", &note).await;
    let receipt = office.editor.get(published.is(303).header("location")).await;
    let told = receipt.is(200).words(".good .verdict-line");
    assert!(told[0].contains("est en ligne en français et en anglais à"), "{told:?}");
    assert_eq!(receipt.attributes(".good a", "href").len(), 2);
    assert_eq!(
        receipt.words(".rail .told")[1..],
        [
            "Note publique en français\u{a0}: Ajout d’une date",
            "Note publique en anglais\u{a0}: Date added"
        ]
    );
    assert_eq!(receipt.words(".rail [lang=en-CA]"), ["Date added"]);
    assert!(office.shows(PAGE, "Dès janvier.").await);
}

#[tokio::test]
async fn an_author_publishes_by_no_request() {
    let office = Office::new().await;
    let number = office.draft(Role::Author, MANDATE, "En douce.").await.to_string();
    press(&office.author, &review(MANDATE), "submit", &[]).await.is(303);
    let page = office.author.get(&review(MANDATE)).await;
    assert!(!page.has("button[value=approve]") && !page.has("button[value=return]"));
    for deed in ["approve", "return"] {
        let fields = [("do", deed), ("revision", number.as_str()), ("remark", "x")];
        office.author.post(&review(MANDATE), &fields).await.is(409);
    }
    for path in ["publication", "retrait", "retablissement", "caviardage"] {
        let path = format!("/admin/fr/documents/{MANDATE}/{path}");
        office.author.get(&path).await.is(403);
        let fields = [
            ("do", "publish"),
            ("revision", number.as_str()),
            ("when", "now"),
            ("emergency", "x"),
        ];
        office.author.post(&path, &fields).await.is(403);
    }
    office
        .author
        .post("/admin/fr/publications/1", &[("do", "cancel")])
        .await
        .is(403);
    assert_eq!(office.ask("select count(*)::text from release").await, "1");
    assert_eq!(
        office.ask("select string_agg(step, ',') from review").await,
        "submitted"
    );
}

#[tokio::test]
async fn a_form_does_its_deed_once() {
    let office = Office::new().await;
    office.approved(MANDATE, "Une seule fois.").await;
    let page = office.editor.get(&publication(MANDATE)).await;
    let first = send(&office.editor, &page, "publish", &[]).await;
    // A double click, and the back button later.
    let again = send(&office.editor, &page, "publish", &[]).await;
    assert_eq!(first.is(303).header("location"), again.is(303).header("location"));
    assert_eq!(office.ask("select count(*)::text from release").await, "2");
    // The same text by a form of its own has nothing to do.
    let revision = page.attribute("input[name=revision]", "value");
    let fields = [("do", "publish"), ("revision", revision.as_str()), ("when", "now")];
    office.editor.post(&publication(MANDATE), &fields).await.is(409);
    office.editor.get(&publication(MANDATE)).await.is(303);
    assert_eq!(office.ask("select count(*)::text from release").await, "2");
}

#[tokio::test]
async fn a_text_is_approved_once_and_by_somebody_else() {
    let office = Office::new().await;
    office.draft(Role::Author, MANDATE, "Deux fois.").await;
    press(&office.author, &review(MANDATE), "submit", &[]).await.is(303);
    let page = office.editor.get(&review(MANDATE)).await;
    let other = office.administrator.get(&review(MANDATE)).await;
    send(&office.editor, &page, "approve", &[]).await.is(303);
    let late = send(&office.administrator, &other, "approve", &[]).await;
    assert!(late.is(409).has("[role=alert]"));
    assert_eq!(
        office
            .ask("select count(*)::text from review where step = 'approved'")
            .await,
        "1"
    );

    office.draft(Role::Editor, 9, "De ma main.").await;
    press(&office.editor, &review(9), "submit", &[]).await.is(303);
    let own = office.editor.get(&review(9)).await;
    assert!(!own.has("button[value=approve]"));
    assert!(own.words(".decisions .notice")[0].contains("une autre personne"));
    // It waits for others, and nobody is asked to approve what they wrote.
    let waiting = office.editor.get("/admin/fr").await;
    assert_eq!(waiting.words("#waiting"), ["Soumis, en attente d’une décision 1"]);
    assert_eq!(waiting.words("#approve"), ["À approuver"]);
    let first = async |browser: &Browser| browser.get("/admin/fr/documents/9").await.words(".decisions a")[0].clone();
    assert_eq!(first(&office.editor).await, "Examiner");
    assert_eq!(first(&office.administrator).await, "Examiner et approuver");
}

#[tokio::test]
async fn who_may_approve_is_told() {
    const TOLD: &str = ".decisions > .hint";
    let office = Office::new().await;
    office.draft(Role::Author, MANDATE, "À deux.").await;
    let page = office.author.get(&review(MANDATE)).await;
    assert_eq!(
        page.words(TOLD),
        ["Peut être approuvé par\u{a0}: Personne administrator, Personne editor"]
    );
    // Who wrote of it may not.
    office.draft(Role::Editor, MANDATE, "À trois.").await;
    press(&office.author, &review(MANDATE), "submit", &[]).await.is(303);
    let page = office.author.get(&review(MANDATE)).await;
    assert_eq!(
        page.words(TOLD),
        ["Peut être approuvé par\u{a0}: Personne administrator"]
    );
    office.draft(Role::Administrator, MANDATE, "À quatre.").await;
    let page = office.author.get(&review(MANDATE)).await;
    assert!(
        page.words(TOLD)[0].starts_with("Personne ne peut encore approuver"),
        "{:?}",
        page.words(TOLD)
    );
    office.approved(9, "Un seul regard.").await;
    assert!(!office.author.get(&review(9)).await.has(TOLD), "it is approved");
}

#[tokio::test]
async fn an_emergency_asks_for_a_reason_and_is_told() {
    let office = Office::new().await;
    office.draft(Role::Editor, MANDATE, "Tout de suite.").await;
    let page = office.editor.get(&publication(MANDATE)).await;
    send(&office.editor, &page, "publish", &[]).await.is(409);
    let done = send(&office.editor, &page, "publish", &[("emergency", "Erreur de date.")]).await;
    let receipt = office.editor.get(done.is(303).header("location")).await;
    assert!(
        receipt
            .words(".told")
            .iter()
            .any(|told| told.contains("Erreur de date."))
    );
    let journal = office.editor.get("/admin/fr/journal?deed=publish").await;
    assert_eq!(
        journal.words("tbody td:last-child"),
        ["Sans second regard, motif d’urgence\u{a0}: Erreur de date."]
    );
}

/// Whoever writes a date and leaves « now » chosen is asked: nothing goes out by an oversight.
#[tokio::test]
async fn a_date_beside_now_publishes_nothing() {
    let office = Office::new().await;
    office.approved(MANDATE, "Demain seulement.").await;
    let typed = [("when", "now"), ("day", "2037-01-10"), ("time", "09:00")];
    let asked = press(&office.editor, &publication(MANDATE), "publish", &typed).await;
    assert!(asked.is(409).words("[role=alert]")[0].contains("mais inscrit une date"));
    assert_eq!(
        asked.attribute("#of-day", "value"),
        "2037-01-10",
        "what was typed stays"
    );
    assert!(!office.shows(PAGE, "Demain seulement.").await);
    send(&office.editor, &asked, "publish", &[("when", "later")])
        .await
        .is(303);
    assert!(!office.shows(PAGE, "Demain seulement.").await, "it is scheduled");
}

/// An hour that the clocks skip or repeat: the page that asks keeps everything that was typed.
#[tokio::test]
async fn reasons_against_a_text_lead_to_where_they_are_mended() {
    let office = Office::new().await;
    office.draft(Role::Author, MANDATE, "[rien](/d/999)").await;
    press(&office.author, &review(MANDATE), "submit", &[]).await.is(303);
    press(&office.editor, &review(MANDATE), "approve", &[]).await.is(303);
    let page = office.editor.get(&publication(MANDATE)).await;
    let leads = page.attributes("[aria-labelledby=against] a", "href");
    assert!(leads[0].starts_with("/admin/fr/documents/7/modifier#"), "{leads:?}");
    let refused = send(&office.editor, &page, "publish", &[("note-fr", "Gardée")]).await;
    assert_eq!(refused.is(409).attribute("#note-fr", "value"), "Gardée");
    assert!(refused.has("[aria-labelledby=against] a"));
    assert_eq!(office.ask("select count(*)::text from release").await, "1");
}

#[tokio::test]
async fn approved_texts_go_out_together() {
    let office = Office::new().await;
    office.approved(MANDATE, "Ensemble.").await;
    office.approved(9, "Ensemble aussi.").await;
    let done = press(&office.editor, &publication(MANDATE), "publish", &[("include", "9")]).await;
    let receipt = office.editor.get(done.is(303).header("location")).await;
    assert_eq!(receipt.words(".good .verdict-line").len(), 2);
    assert!(
        office
            .shows("/fr/mandats/vision-internationale-du-quebec", "Ensemble aussi.")
            .await
    );
}

/// Reading everything again would take longer than a page may.
#[tokio::test]
async fn a_receipt_comes_in_time_though_every_address_fails() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Editor).await;
    let receipt = browser.without_readers(&database).get("/admin/fr/publications/1").await;
    let told = receipt.is(200).words(".amiss .verdict-line");
    assert!(told.len() > 20 && !receipt.has(".good"), "{told:?}");
    assert!(told[0].contains("n’est pas en ligne comme"), "{told:?}");
    assert!(told[told.len() - 1].contains("n’a pas été relu"), "{told:?}");
}

#[tokio::test]
async fn a_text_is_withdrawn_with_its_reason_and_brought_back() {
    let office = Office::new().await;
    let path = format!("/admin/fr/documents/{MANDATE}/retrait");
    let page = office.editor.get(&path).await;
    let refused = send(&office.editor, &page, "withdraw", &[("reason-fr", "Fini.")]).await;
    assert_eq!(refused.is(409).words("#reason-fr"), ["Fini."]);
    let reasons = [("reason-fr", "Fini."), ("reason-en", "Done."), ("successor", "9")];
    let done = send(&office.editor, &refused, "withdraw", &reasons).await;
    let receipt = office.editor.get(done.is(303).header("location")).await;
    assert!(receipt.words(".good .verdict-line")[0].contains("n’est plus en ligne"));
    let public = office.reader.get(PAGE).await;
    assert!(public.is(200).words(".withdrawn").concat().contains("Fini."));
    let back = format!("/admin/fr/documents/{MANDATE}/retablissement");
    press(&office.editor, &back, "bring-back", &[]).await.is(303);
    assert!(!office.reader.get(PAGE).await.is(200).has(".withdrawn"));
    let removed = [("kind", "removed"), ("reason-fr", "Erreur."), ("reason-en", "Error.")];
    press(&office.editor, &path, "withdraw", &removed).await.is(303);
    office.reader.get(PAGE).await.is(410);
}

/// What somebody sees who may do nothing here.
#[tokio::test]
async fn nobody_sees_a_draft() {
    let office = Office::new().await;
    office.draft(Role::Author, MANDATE, "Secret.").await;
    let nobody = Browser::new(&office.database);
    for path in [
        review(MANDATE),
        "/admin/fr".to_owned(),
        format!("/admin/fr/documents/{MANDATE}"),
    ] {
        let answer = nobody.get(&path).await;
        assert_eq!(answer.is(303).body, "");
    }
}
