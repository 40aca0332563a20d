//! One's own account.

use mandat::model::Role;

use crate::support::browser::{Browser, PASSWORD};
use crate::support::database::TestDatabase;

const NEW: &str = "pluie tramway violon";

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let database = TestDatabase::founded().await;
    let here = Browser::signed_in(&database, Role::Author).await;
    let there = Browser::signed_in(&database, Role::Author).await;
    assert_eq!(here.get("/admin/fr/compte").await.words(".rows > li").len(), 2);
    let change = |present: &'static str, new: &'static str, again: &'static str| {
        [("password", present), ("password-new", new), ("password-again", again)]
    };
    for (fields, words) in [
        (
            change("not the password at all", NEW, NEW),
            "Le mot de passe actuel n’est pas le bon.",
        ),
        (
            change(PASSWORD, NEW, PASSWORD),
            "Les deux mots de passe ne sont pas les mêmes.",
        ),
        (
            change(PASSWORD, "trop court", "trop court"),
            "Ce mot de passe est trop court",
        ),
    ] {
        let answer = here.post("/admin/fr/compte/mot-de-passe", &fields).await;
        assert!(
            answer.is(422).words(".fault")[0].starts_with(words),
            "{:?}",
            answer.words(".fault")
        );
    }
    there.get("/admin/fr").await.is(200);
    let done = here
        .post("/admin/en/account/password", &change(PASSWORD, NEW, NEW))
        .await;
    assert_eq!(done.is(200).words(".rows > li").len(), 1);
    here.get("/admin/fr").await.is(200);
    there.get("/admin/fr").await.is(303);
    let again = Browser::new(&database);
    again.sign_in("author@exemple.ca", PASSWORD).await.is(403);
    again.sign_in("author@exemple.ca", NEW).await.is(303);
    let journal = here.get("/admin/fr/journal?deed=change-password").await;
    assert_eq!(journal.words("tbody td:nth-child(2)"), ["Personne author"]);
}

#[tokio::test]
async fn one_ends_ones_own_sessions_and_nobody_elses() {
    let database = TestDatabase::founded().await;
    let here = Browser::signed_in(&database, Role::Author).await;
    let there = Browser::signed_in(&database, Role::Author)
        .await
        .sending("user-agent", "Ailleurs");
    let other = Browser::signed_in(&database, Role::Editor).await;
    let number = |page: crate::support::visitor::Answer| page.attribute(".rows form", "action");
    let of_there = number(here.get("/admin/fr/compte").await);
    other.post(&of_there, &[]).await.is(303);
    there.get("/admin/fr").await.is(200);
    here.post(&of_there, &[]).await.is(303);
    there.get("/admin/fr").await.is(303);
    here.get("/admin/fr").await.is(200);
}

#[tokio::test]
async fn a_profile_is_saved_by_its_button_alone() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Author).await;
    let account = browser
        .get("/admin/fr/compte")
        .await
        .attribute("main input[name=account]", "value");
    let typed = [("account", account.as_str()), ("name", "Zoé <b>"), ("language", "en")];
    let shown = browser.post("/admin/fr/compte", &typed).await;
    assert_eq!(shown.is(200).attribute("input[name=name]", "value"), "Zoé <b>");
    assert_eq!(
        browser
            .get("/admin/fr/compte")
            .await
            .attribute("input[name=name]", "value"),
        "Personne author"
    );
    let saved: Vec<_> = typed.into_iter().chain([("do", "save")]).collect();
    browser.post("/admin/fr/compte", &saved).await.is(303);
    assert_eq!(
        browser
            .get("/admin/en/account")
            .await
            .attribute("input[name=name]", "value"),
        "Zoé <b>"
    );
    let blank = [
        ("account", account.as_str()),
        ("name", " "),
        ("language", "fr"),
        ("do", "save"),
    ];
    let refused = browser.post("/admin/fr/compte", &blank).await;
    assert_eq!(refused.is(422).words(".fault"), ["Un compte porte un nom."]);
}
