//! Forms that come when their session has ended.

use mandat::model::Role;

use super::office::{Office, press, publication};
use crate::support::browser::{Browser, PASSWORD};
use crate::support::database::TestDatabase;
use crate::support::people::person;

const AUTHOR: &str = "author@exemple.ca";
const ENDED: &str = "update session set seen_at = seen_at - interval '61 minutes'";

/// The number of the account for which a page was made.
async fn account(browser: &Browser) -> String {
    let page = browser.get("/admin/fr/compte").await;
    page.attribute("main input[name=account]", "value")
}

/// What somebody types on the page of their own account.
fn typed(account: &str) -> [(&str, &str); 4] {
    [
        ("account", account),
        ("name", "Zoé « secret »\nX"),
        ("language", "en"),
        ("do", "save"),
    ]
}

/// An author types something; their session ends; they send it: the browser, and where it waits.
async fn kept(database: &TestDatabase) -> (Browser, String) {
    let browser = Browser::signed_in(database, Role::Author).await;
    let account = account(&browser).await;
    database.run(ENDED).await;
    let answer = browser.post("/admin/fr/compte", &typed(&account)).await;
    let sign_in = answer.is(303).header("location").to_owned();
    let page = browser.get(&sign_in).await;
    assert!(page.is(200).words(".notice")[0].contains("24 h"), "{sign_in}");
    let to = page.attribute("input[name=to]", "value");
    assert!(to.starts_with("/admin/fr/texte-conserve/"), "{to}");
    (browser, to)
}

async fn sign_in(browser: &Browser, email: &str, to: &str) -> String {
    let fields = [("email", email), ("password", PASSWORD), ("to", to)];
    let answer = browser.post("/admin/fr/session", &fields).await;
    answer.is(303).header("location").to_owned()
}

async fn count(database: &TestDatabase) -> i64 {
    sqlx::query_scalar("select count(*) from kept_form")
        .fetch_one(&database.pools.desk)
        .await
        .unwrap()
}

#[tokio::test]
async fn what_was_typed_is_back_after_sign_in() {
    let database = TestDatabase::founded().await;
    let (browser, to) = kept(&database).await;
    // Nobody was changed by it, and nobody reads it in the database.
    let name: String = sqlx::query_scalar("select name from account where email = $1")
        .bind(AUTHOR)
        .fetch_one(&database.pools.desk)
        .await
        .unwrap();
    assert_eq!(name, "Personne author");
    let sealed: Vec<u8> = sqlx::query_scalar("select sealed from kept_form")
        .fetch_one(&database.pools.desk)
        .await
        .unwrap();
    assert!(!String::from_utf8_lossy(&sealed).contains("secret"));
    assert_eq!(sign_in(&browser, AUTHOR, &to).await, to);
    // Looking changes nothing, and may be done twice.
    for _ in 0..2 {
        let page = browser.get(&to).await;
        assert_eq!(page.is(200).attribute("input[name=name]", "value"), "Zoé « secret »\nX");
        assert_eq!(page.attribute("option[selected]", "value"), "en");
        assert_eq!(page.attribute("main form", "action"), "/admin/fr/compte");
    }
    assert_eq!(count(&database).await, 1);
    let account = account(&browser).await;
    let saved = [
        ("account", account.as_str()),
        ("name", "Zoé"),
        ("language", "fr"),
        ("do", "save"),
    ];
    browser.post("/admin/fr/compte", &saved).await.is(303);
    assert_eq!(count(&database).await, 0, "it has arrived");
    browser.get(&to).await.is(404);
}

#[tokio::test]
async fn it_opens_for_its_own_account_in_its_own_browser_alone() {
    let database = TestDatabase::founded().await;
    person(&database, "autre@exemple.ca", Role::Administrator).await;
    let (browser, to) = kept(&database).await;
    let keys = browser.cookies();
    sign_in(&browser, "autre@exemple.ca", &to).await;
    let other = browser.get(&to).await;
    assert!(!other.is(404).body.contains("secret"));
    // Nor does the other send what the author typed.
    let author: i64 = sqlx::query_scalar("select id from account where email = $1")
        .bind(AUTHOR)
        .fetch_one(&database.pools.desk)
        .await
        .unwrap();
    let refused = browser.post("/admin/fr/compte", &typed(&author.to_string())).await;
    assert_eq!(
        refused.is(409).words(".lead"),
        ["Ce formulaire appartient à une autre personne."]
    );
    let elsewhere = Browser::signed_in(&database, Role::Author).await;
    elsewhere.get(&to).await.is(404);
    // The author, later, where it was typed.
    let later = Browser::new(&database).with_cookies(keys);
    sign_in(&later, AUTHOR, &to).await;
    assert!(later.get(&to).await.is(200).body.contains("secret"));
    database
        .run("update kept_form set created_at = created_at - interval '24 hours'")
        .await;
    later.get(&to).await.is(404);
}

#[tokio::test]
async fn passwords_are_kept_nowhere_and_forms_without_a_text_lead_to_the_door() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Author).await;
    database.run(ENDED).await;
    let answer = browser
        .post("/admin/fr/compte/mot-de-passe", &[("password", PASSWORD)])
        .await;
    assert_eq!(answer.is(303).header("location"), "/admin/fr/session");
    assert_eq!(count(&database).await, 0);
}

#[tokio::test]
async fn where_nobody_knows_whose_it_is_the_text_goes_back() {
    let database = TestDatabase::founded().await;
    let browser = Browser::new(&database);
    let answer = browser.post("/admin/en/account", &typed("1")).await;
    answer.is(403).speaks("en-CA");
    assert_eq!(
        answer.attributes("main input[type=hidden]", "name"),
        ["account", "name", "language", "do"]
    );
    assert_eq!(count(&database).await, 0, "nobody fills the database from outside");
}

#[tokio::test]
async fn what_a_script_sends_pushes_out_nothing() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Author).await;
    let account = account(&browser).await;
    database.run(ENDED).await;
    let script = browser.sending("sec-fetch-mode", "cors");
    script.post("/admin/fr/compte", &typed(&account)).await.is(303);
    assert_eq!(count(&database).await, 0);
    let page = script.sending("sec-fetch-mode", "navigate");
    page.post("/admin/fr/compte", &typed(&account)).await.is(303);
    assert_eq!(count(&database).await, 1);
}

#[tokio::test]
async fn a_form_that_is_a_day_old_leaves_the_database_at_the_next_sign_in() {
    let database = TestDatabase::founded().await;
    let (browser, to) = kept(&database).await;
    database
        .run("update kept_form set created_at = created_at - interval '24 hours'")
        .await;
    sign_in(&browser, AUTHOR, &to).await;
    assert_eq!(count(&database).await, 0);
}

#[tokio::test]
async fn an_account_keeps_a_few_forms() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Author).await;
    let account = account(&browser).await;
    database.run(ENDED).await;
    for _ in 0..25 {
        browser.post("/admin/fr/compte", &typed(&account)).await.is(303);
    }
    assert_eq!(count(&database).await, 20);
}

/// The address of a kept form is no place to send it to.
#[tokio::test]
async fn every_form_says_where_it_goes() {
    let office = Office::new().await;
    office.wait_until("2037-01-10T12:00:00Z").await;
    office.approved(7, "Prévu.").await;
    let when = [("when", "later"), ("day", "2037-01-10"), ("time", "14:00")];
    let done = press(&office.editor, &publication(7), "publish", &when).await;
    let release = done.is(303).header("location").to_owned();
    office.approved(9, "Prêt.").await;
    let withdrawn = [("reason-fr", "Fini."), ("reason-en", "Done.")];
    press(&office.editor, "/admin/fr/documents/11/retrait", "withdraw", &withdrawn)
        .await
        .is(303);
    let administrator = office.administrator;
    administrator
        .sign_in("administrator@exemple.ca", PASSWORD)
        .await
        .is(303);
    for path in [
        release.as_str(),
        "/admin/fr/documents/nouveau",
        "/admin/fr/documents/7/modifier",
        "/admin/fr/documents/7/historique",
        "/admin/fr/documents/7/caviardage",
        "/admin/fr/documents/9/examen",
        "/admin/fr/documents/9/publication",
        "/admin/fr/documents/10/retrait",
        "/admin/fr/documents/11/retablissement",
        "/admin/fr/parametres",
        "/admin/fr/comptes",
        "/admin/fr/compte",
    ] {
        let page = administrator.get(path).await;
        assert!(page.is(200).has("main form[method=post]"), "{path}");
        assert!(!page.has("main form[method=post]:not([action])"), "{path}");
    }
}
