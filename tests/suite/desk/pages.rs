//! What the other pages of the desk tell, in both languages.

use axum::http::Method;
use mandat::i18n::Language;
use mandat::model::Role;
use mandat::web::desk::{paths, routes};

use super::office::{Office, press, review, send};

/// The pages that say something of their own only about a certain text or person, which other tests read.
const UNREADY: [&str; 4] = [
    "/documents/{number}/fusion",
    "/documents/{number}/apercu",
    "/texte-conserve/{number}",
    "/comptes/{number}",
];

#[tokio::test]
async fn every_page_is_whole_in_both_languages() {
    let office = Office::new().await;
    office.draft(Role::Author, 1, "Brouillon").await;
    let mut walked = 0;
    for route in routes::table()
        .iter()
        .filter(|route| route.method == Method::GET && route.least.is_some())
    {
        if UNREADY.contains(&route.page.fr)
            || std::path::Path::new(route.page.fr)
                .extension()
                .is_some_and(|end| end == "csv")
        {
            continue;
        }
        for language in Language::ALL {
            let path = paths::path_of(route.page, language, 1);
            let answer = office.administrator.get(&path).await;
            answer.is(200).speaks(language.tag());
            assert_eq!(answer.words("h1").len(), 1, "{path}");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            let ids = answer.attributes("[id]", "id");
            let mut once = ids.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(ids.len(), once.len(), "{path}: an id twice");
            walked += 1;
        }
    }
    assert!(walked >= 20, "{walked} pages");
}

#[tokio::test]
async fn a_document_is_made_with_its_address() {
    let office = Office::new().await;
    let path = "/admin/fr/documents/nouveau";
    let refused = press(&office.author, path, "create", &[("kind", "page")]).await;
    assert!(refused.is(409).has("[role=alert]"));
    let typed = [("title-fr", "L’été à Québec"), ("title-en", "")];
    let done = send(&office.author, &refused, "create", &typed).await;
    let editor = done.is(303).header("location").to_owned();
    assert_eq!(editor, "/admin/fr/documents/25/modifier");
    let slug = "select slug_fr || ' ' || english from revision where document_id = 25";
    assert_eq!(office.ask(slug).await, "l-ete-a-quebec to-follow");
    let page = office.author.get("/admin/fr/documents/25").await;
    assert_eq!(
        page.is(200).words(".heading .tag"),
        ["Jamais publié", "Brouillon", "Sans anglais"]
    );
    let all = office.author.get("/admin/fr/documents").await;
    assert!(
        all.words("[aria-labelledby=pages] .entry a")
            .contains(&"L’été à Québec".to_owned())
    );
}

#[tokio::test]
async fn revisions_are_compared_and_taken_up_again() {
    let office = Office::new().await;
    office.draft(Role::Author, 7, "Premier.").await;
    office.draft(Role::Author, 7, "Second.").await;
    let path = "/admin/fr/documents/7/historique";
    let page = office.author.get(&format!("{path}?from=1&to=3")).await;
    assert_eq!(page.is(200).words("#difference"), ["De la révision 1 à la révision 3"]);
    assert!(page.words(".half ins").concat().contains("Premier. Second."));
    office.author.get(&format!("{path}?from=1&to=99")).await.is(404);
    let page = office.author.get(path).await;
    let first = page.attributes("button[value=restore]", "value").len();
    assert_eq!(first, 2, "each but the one that is worked on");
    // The last form of the page is that of the first revision.
    let done = send(&office.author, &page, "restore", &[("revision", "1")]).await;
    assert_eq!(done.is(303).header("location"), "/admin/fr/documents/7/modifier");
    let page = office.author.get(&review(7)).await;
    assert!(page.words("main").concat().contains("Aucun mot ne diffère."));
}

#[tokio::test]
async fn what_waits_beside_a_draft_is_told() {
    let office = Office::new().await;
    office.draft_on(Role::Author, 7, 1, "D’une façon.").await;
    office.draft_on(Role::Editor, 7, 1, "D’une autre.").await;
    let waiting = office.author.get("/admin/fr").await;
    assert_eq!(waiting.words("#beside"), ["À réunir avec le brouillon 1"]);
    let way = "/admin/fr/documents/7/fusion?mine=3&theirs=2".to_owned();
    assert!(waiting.attributes("[aria-labelledby=beside] a", "href").contains(&way));
    office.author.get(&way).await.is(200);
    let document = office.author.get("/admin/fr/documents/7").await;
    assert_eq!(document.attributes("[aria-labelledby=beside] dd a", "href"), [way]);
}

#[tokio::test]
async fn the_journal_is_filtered_and_opened_by_spreadsheets() {
    let office = Office::new().await;
    office.draft(Role::Author, 7, "Une ligne.").await;
    press(&office.author, &review(7), "submit", &[]).await.is(303);
    let formula = "=HYPERLINK(\"http://evil.example\")";
    press(&office.editor, &review(7), "return", &[("remark", formula)])
        .await
        .is(303);
    let all = office.author.get("/admin/fr/journal").await;
    assert!(all.words("tbody tr").len() >= 4, "the import tells its line too");
    let one = office
        .author
        .get("/admin/fr/journal?deed=return&document=7&person=")
        .await;
    assert_eq!(one.words("tbody td:nth-child(3)"), ["Retour avec remarque"]);
    let none = office.author.get("/admin/fr/journal?until=2000-01-01").await;
    assert!(!none.has("tbody"));
    let table = office.author.get("/admin/fr/journal.csv?deed=return").await;
    assert!(table.is(200).header("content-type").starts_with("text/csv"));
    assert!(table.header("content-disposition").contains("attachment"));
    assert!(table.body.starts_with('\u{feff}'));
    assert!(
        table.body.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""),
        "{}",
        table.body
    );
    assert_eq!(table.body.lines().count(), 2);
}

/// Who, where that was a program, and what was set are told in words, as everything else is.
#[tokio::test]
async fn the_journal_says_nothing_as_it_is_kept() {
    let office = Office::new().await;
    for choice in ["", "yes"] {
        let four_eyes = [("four-eyes", choice)];
        press(&office.administrator, "/admin/fr/parametres", "save", &four_eyes)
            .await
            .is(200);
    }
    let person = office.actor(Role::Author).await.account.number();
    let path = format!("/admin/fr/comptes/{person}");
    press(&office.administrator, &path, "role", &[("role", "editor")])
        .await
        .is(303);
    let french = [
        "Importation",
        "Approbation par une autre personne exigée",
        "Approbation par une autre personne non exigée",
        "author@exemple.ca: Rédaction → Approbation",
    ];
    let english = [
        "Import",
        "Approval by somebody else required",
        "Approval by somebody else not required",
        "author@exemple.ca: Drafting → Approval",
    ];
    for (journal, expected) in [("/admin/fr/journal", french), ("/admin/en/journal", english)] {
        let page = office.administrator.get(journal).await;
        let cells = page.words("tbody td");
        let table = office.administrator.get(&format!("{journal}.csv")).await;
        for words in expected {
            assert!(cells.iter().any(|cell| cell == words), "{words}: {cells:?}");
            assert!(table.body.contains(words), "{words}: {}", table.body);
        }
    }
    let editor = office.author.get("/admin/fr/documents/7/modifier").await;
    assert!(editor.is(200).body.contains("Importation"));
}

#[tokio::test]
async fn only_administrators_settle_who_approves() {
    let office = Office::new().await;
    office.editor.get("/admin/fr/parametres").await.is(403);
    office.draft(Role::Editor, 7, "De ma main.").await;
    press(&office.editor, &review(7), "submit", &[]).await.is(303);
    let page = office.administrator.get("/admin/fr/parametres").await;
    assert!(page.has("#four-eyes[checked]"));
    send(&office.administrator, &page, "save", &[("four-eyes", "")])
        .await
        .is(200);
    assert!(
        !office
            .administrator
            .get("/admin/fr/parametres")
            .await
            .has("#four-eyes[checked]")
    );
    press(&office.editor, &review(7), "approve", &[]).await.is(303);
}

#[tokio::test]
async fn words_that_the_law_removes_are_chosen_confirmed_and_gone() {
    let office = Office::new().await;
    let word = "Nomàcaviarder";
    office.approved(7, word).await;
    press(&office.editor, "/admin/fr/documents/7/publication", "publish", &[])
        .await
        .is(303);
    let path = "/admin/fr/documents/7/caviardage";
    office.editor.get(path).await.is(403);
    let page = office.administrator.get(path).await;
    assert_eq!(
        page.is(200).words("#limits").len(),
        1,
        "what it does not do is said first"
    );
    let anchor = office
        .ask("select anchor from passage where document_id = 7 and part = 'body' limit 1")
        .await;
    let chosen = [("anchor", anchor.as_str()), ("ground", "Loi, article 1")];
    let confirm = send(&office.administrator, &page, "choose", &chosen).await;
    assert!(confirm.is(200).has("#sure") && confirm.has(&format!("#anchor-{anchor}[checked]")));
    send(&office.administrator, &confirm, "redact", &[]).await.is(409);
    let done = send(&office.administrator, &confirm, "redact", &[("sure", "yes")]).await;
    done.is(303);
    assert!(page.words("#reach + ul li").len() >= 3, "and what it does");
    for page in [
        "/admin/fr/documents/7/historique?from=1&to=2",
        "/admin/fr/documents/7/examen",
        "/admin/fr/documents/7",
    ] {
        let answer = office.administrator.get(page).await;
        assert!(!answer.is(200).body.contains(word), "{page}");
    }
    assert!(!office.shows("/fr/mandats/action-a-l-etranger", word).await);
    let journal = office.administrator.get("/admin/fr/journal?deed=redact").await;
    assert_eq!(journal.words("tbody td:last-child"), ["Loi, article 1"]);
}
