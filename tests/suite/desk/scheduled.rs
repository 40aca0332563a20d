//! What is scheduled: live at its second, moved, cancelled, and never out before its time unasked.

use super::office::{Office, press, publication, send};

/// The third mandate of the founding content.
const MANDATE: i64 = 7;
const PAGE: &str = "/fr/mandats/action-a-l-etranger";

#[tokio::test]
async fn a_scheduled_text_goes_live_at_its_second_unless_it_is_cancelled() {
    let office = Office::new().await;
    office.wait_until("2037-01-10T12:00:00Z").await;
    for (document, words) in [(MANDATE, "À quatorze heures."), (9, "Jamais.")] {
        office.approved(document, words).await;
        let when = [("when", "later"), ("day", "2037-01-10"), ("time", "14:00")];
        let done = press(&office.editor, &publication(document), "publish", &when).await;
        assert!(done.is(303).header("location").ends_with("?done=schedule"));
        if document == 9 {
            let release = done.header("location").split('?').next().unwrap().to_owned();
            let done = press(&office.editor, &release, "cancel", &[]).await;
            let page = office.editor.get(done.is(303).header("location")).await;
            assert_eq!(
                page.words("[role=status]"),
                ["La publication est annulée. Rien ne paraîtra."]
            );
            assert_eq!(page.words(".heading .tag"), ["Annulée"]);
        }
    }
    let waiting = office.editor.get("/admin/fr").await;
    assert_eq!(waiting.words("#scheduled"), ["Publications prévues 1"]);
    office.database.set_clock("2037-01-10T18:59:59.999999Z").await;
    assert!(!office.shows(PAGE, "À quatorze heures.").await);
    office.database.set_clock("2037-01-10T19:00:00Z").await;
    assert!(office.shows(PAGE, "À quatorze heures.").await);
    assert!(
        !office
            .shows("/fr/mandats/vision-internationale-du-quebec", "Jamais.")
            .await
    );
}

#[tokio::test]
async fn a_release_moves_as_long_as_it_is_ahead() {
    let office = Office::new().await;
    office.wait_until("2037-01-10T12:00:00Z").await;
    office.approved(MANDATE, "Plus tard.").await;
    let when = [("when", "later"), ("day", "2037-01-10"), ("time", "14:00")];
    let done = press(&office.editor, &publication(MANDATE), "publish", &when).await;
    let release = done.is(303).header("location").split('?').next().unwrap().to_owned();
    let page = office.editor.get(&release).await;
    assert_eq!(page.attribute("#of-time", "value"), "14:00:00");
    // What is scheduled can be read from there, and from the page of its document.
    let document = office.editor.get(&format!("/admin/fr/documents/{MANDATE}")).await;
    for shown in [&page, &document] {
        let previews = shown.attributes("a[href*=apercu]", "href");
        let preview = previews.iter().find(|path| path.contains("langue=fr")).unwrap();
        let preview = office.editor.get(preview).await;
        assert!(preview.is(200).words("main").concat().contains("Plus tard."));
        assert_eq!(previews.len(), 2, "{previews:?}");
    }
    let late = send(&office.editor, &page, "move", &[("day", "2037-01-09")]).await;
    assert!(late.is(409).has("[role=alert]"));
    assert_eq!(late.attribute("#of-day", "value"), "2037-01-09", "what was typed stays");
    send(
        &office.editor,
        &late,
        "move",
        &[("day", "2037-01-11"), ("time", "09:30")],
    )
    .await
    .is(303);
    office.database.set_clock("2037-01-11T14:29:59Z").await;
    assert!(!office.shows(PAGE, "Plus tard.").await);
    office.database.set_clock("2037-01-11T14:30:00Z").await;
    assert!(office.shows(PAGE, "Plus tard.").await);
}

#[tokio::test]
async fn an_hour_that_is_no_hour_is_asked_about() {
    let office = Office::new().await;
    office.wait_until("2037-02-01T12:00:00Z").await;
    for (document, day, time, fold, at) in [
        (MANDATE, "2037-03-08", "02:30", "later", "2037-03-08 07:30:00+00"),
        (9, "2037-11-01", "01:30", "earlier", "2037-11-01 05:30:00+00"),
    ] {
        office.approved(document, "À l’heure dite.").await;
        let typed = [
            ("when", "later"),
            ("day", day),
            ("time", time),
            ("note-fr", "Une note"),
            ("note-en", "A note"),
            ("minor", "yes"),
        ];
        let asked = press(&office.editor, &publication(document), "publish", &typed).await;
        assert_eq!(
            asked.is(200).attributes("input[name=fold]", "value"),
            ["earlier", "later"]
        );
        assert_eq!(asked.attribute("#note-en", "value"), "A note");
        assert!(asked.has("#minor[checked]") && asked.has("#when-later[checked]"));
        assert_eq!(asked.attribute("#of-time", "value"), time);
        send(&office.editor, &asked, "publish", &[("fold", fold)]).await.is(303);
        let last = "select to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || '+00' from release order by id desc limit 1";
        assert_eq!(office.ask(last).await, at);
    }
}

#[tokio::test]
async fn what_was_scheduled_comes_out_early_only_once_that_is_said() {
    let office = Office::new().await;
    office.wait_until("2037-01-10T12:00:00Z").await;
    office.approved(MANDATE, "Prévu.").await;
    let when = [("when", "later"), ("day", "2037-01-10"), ("time", "14:00")];
    press(&office.editor, &publication(MANDATE), "publish", &when)
        .await
        .is(303);
    office.approved(MANDATE, "Repris.").await;
    let asked = press(&office.editor, &publication(MANDATE), "publish", &[]).await;
    let told = asked.is(409).words("fieldset.fault li");
    assert!(told[0].contains("10\u{a0}janvier 2037"), "{told:?}");
    assert!(!office.shows(PAGE, "Prévu.").await);
    let done = send(&office.editor, &asked, "publish", &[("early", "yes")]).await;
    done.is(303);
    assert!(office.shows(PAGE, "Prévu. Repris.").await);
    assert_eq!(
        office.editor.get("/admin/fr").await.words("#scheduled"),
        ["Publications prévues"]
    );
}
