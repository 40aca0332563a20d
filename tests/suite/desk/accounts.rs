//! Everybody's accounts, for administrators.

use axum::http::HeaderValue;
use mandat::model::journal::{self, Filter};
use mandat::model::{Role, account};
use sqlx::PgPool;

use crate::support::browser::{Browser, PASSWORD};
use crate::support::database::TestDatabase;
use crate::support::people::person;

/// Sends a form of a page with its hidden fields, as a browser does.
async fn send(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> crate::support::visitor::Answer {
    let page = browser.get(path).await;
    let account = page.attribute("main input[name=account]", "value");
    let form = page.attribute("main input[name=form]", "value");
    let hidden = [("account", account.as_str()), ("form", form.as_str())];
    let fields: Vec<_> = hidden.into_iter().chain(fields.iter().copied()).collect();
    browser.post(path, &fields).await
}

/// What the journal says was done, and about whom.
async fn told(desk: &PgPool) -> Vec<String> {
    let lines = journal::lines(desk, &Filter::default(), 10).await.unwrap();
    lines
        .iter()
        .filter(|line| {
            line.deed.word().contains("account") || line.subject.document.is_none() && line.subject.release.is_none()
        })
        .filter_map(|line| Some(format!("{} {}", line.deed.word(), line.subject.detail.as_ref()?)))
        .collect()
}

#[tokio::test]
async fn an_administrator_invites_somebody_who_comes_in() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Administrator).await;
    let fields = [
        ("name", "Zoé"),
        ("email", "Zoe@Exemple.ca"),
        ("role", "editor"),
        ("language", "en"),
        ("do", "open"),
    ];
    let shown = send(&browser, "/admin/fr/comptes", &fields).await;
    let link = shown.is(200).attribute("#link", "value");
    let path = link.strip_prefix("https://mandat.example").unwrap();
    assert!(path.starts_with("/admin/en/invitation?key="), "{path}");
    let zoe = account::by_email(&database.pools.desk, "zoe@exemple.ca")
        .await
        .unwrap()
        .unwrap();
    assert_eq!((zoe.role, zoe.has_password), (Role::Editor, false));
    let newcomer = Browser::new(&database);
    newcomer.sign_in("zoe@exemple.ca", PASSWORD).await.is(403);
    let key = path.split_once('=').unwrap().1;
    let chosen = [("key", key), ("password", PASSWORD), ("password-again", PASSWORD)];
    assert_eq!(
        newcomer
            .post("/admin/en/invitation", &chosen)
            .await
            .is(303)
            .header("location"),
        "/admin/en"
    );
    newcomer.get("/admin/en").await.is(200);
    let again = send(&browser, "/admin/fr/comptes", &fields).await;
    assert_eq!(
        again.is(422).words(".fault"),
        ["Un autre compte utilise déjà cette adresse de courriel."]
    );
    assert_eq!(again.attribute("#email", "value"), "Zoe@Exemple.ca");
    assert_eq!(told(&database.pools.desk).await, ["open-account zoe@exemple.ca"]);
}

#[tokio::test]
async fn a_form_that_comes_twice_opens_one_account() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Administrator).await;
    let page = browser.get("/admin/fr/comptes").await;
    let account = page.attribute("main input[name=account]", "value");
    let form = page.attribute("main input[name=form]", "value");
    let fields = [
        ("account", account.as_str()),
        ("form", form.as_str()),
        ("name", "Zoé"),
        ("email", "zoe@exemple.ca"),
        ("role", "author"),
        ("language", "fr"),
        ("do", "open"),
    ];
    browser.post("/admin/fr/comptes", &fields).await.is(200);
    assert_eq!(
        browser
            .post("/admin/fr/comptes", &fields)
            .await
            .is(303)
            .header("location"),
        "/admin/fr/comptes"
    );
    assert_eq!(told(&database.pools.desk).await.len(), 1);
}

#[tokio::test]
async fn who_is_closed_out_or_demoted_is_so_at_once() {
    let database = TestDatabase::founded().await;
    let desk = &database.pools.desk;
    let browser = Browser::signed_in(&database, Role::Administrator).await;
    let editor = Browser::signed_in(&database, Role::Editor).await;
    let colleague = person(&database, "collegue@exemple.ca", Role::Administrator).await;
    let other = Browser::new(&database);
    other.sign_in("collegue@exemple.ca", PASSWORD).await.is(303);
    let id = account::by_email(desk, "editor@exemple.ca").await.unwrap().unwrap().id;
    let page = format!("/admin/fr/comptes/{}", id.number());
    send(&browser, &page, &[("do", "close")]).await.is(303);
    editor.get("/admin/fr").await.is(303);
    editor.sign_in("editor@exemple.ca", PASSWORD).await.is(403);
    send(&browser, &page, &[("do", "reopen")]).await.is(303);
    editor.sign_in("editor@exemple.ca", PASSWORD).await.is(303);
    let page = format!("/admin/fr/comptes/{}", colleague.number());
    other.get("/admin/fr/comptes").await.is(200);
    send(&browser, &page, &[("do", "role"), ("role", "author")])
        .await
        .is(303);
    other.get("/admin/fr/comptes").await.is(403);
    other.get("/admin/fr").await.is(200);
    let link = send(&browser, &page, &[("do", "reset")]).await;
    assert!(
        link.is(200)
            .attribute("#link", "value")
            .contains("/admin/fr/invitation?key=")
    );
    assert_eq!(
        told(desk).await,
        [
            "reset-password collegue@exemple.ca",
            "change-role collegue@exemple.ca: administrator → author",
            "reopen-account editor@exemple.ca",
            "close-account editor@exemple.ca",
        ]
    );
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let database = TestDatabase::founded().await;
    let desk = &database.pools.desk;
    let browser = Browser::signed_in(&database, Role::Administrator).await;
    // One who has no password yet could not sign in.
    account::open(
        desk,
        "invitee@exemple.ca",
        "Invitée",
        Role::Administrator,
        mandat::i18n::Language::French,
        None,
    )
    .await
    .unwrap();
    let id = account::by_email(desk, "administrator@exemple.ca")
        .await
        .unwrap()
        .unwrap()
        .id;
    let page = format!("/admin/fr/comptes/{}", id.number());
    for fields in [&[("do", "close")][..], &[("do", "role"), ("role", "editor")]] {
        let refused = send(&browser, &page, fields).await;
        assert!(refused.is(422).words(".fault")[0].starts_with("Cette personne est la dernière"));
    }
    browser.get("/admin/fr/comptes").await.is(200);
    assert_eq!(told(desk).await, [""; 0], "a refused deed leaves nothing");
}

#[tokio::test]
async fn two_administrators_who_close_each_other_at_once_leave_one() {
    let database = TestDatabase::founded().await;
    let desk = &database.pools.desk;
    let one = Browser::signed_in(&database, Role::Administrator).await;
    let mine = account::by_email(desk, "administrator@exemple.ca")
        .await
        .unwrap()
        .unwrap()
        .id;
    let theirs = person(&database, "autre@exemple.ca", Role::Administrator).await;
    let other = Browser::new(&database);
    other.sign_in("autre@exemple.ca", PASSWORD).await.is(303);
    let (page, page_of_other) = (
        format!("/admin/fr/comptes/{}", theirs.number()),
        format!("/admin/fr/comptes/{}", mine.number()),
    );
    let close = [("do", "close")];
    let (one, other) = tokio::join!(one.post(&page, &close), other.post(&page_of_other, &close));
    let open = account::people(desk).await.unwrap();
    assert_eq!(open.iter().filter(|person| person.disabled_at.is_none()).count(), 1);
    // Whoever came second may find their session ended, and is led to the door.
    let is_done = |to: &HeaderValue| to.as_bytes().starts_with(b"/admin/fr/comptes");
    let answers = [one, other];
    let done = answers
        .iter()
        .filter(|answer| answer.headers.get("location").is_some_and(is_done));
    assert_eq!(done.count(), 1);
}
