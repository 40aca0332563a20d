//! One-time links.

use mandat::i18n::Language;
use mandat::model::{Role, account, link};
use mandat::workflow::accounts::invitation::for_founder;

use crate::support::browser::{Browser, PASSWORD};
use crate::support::database::TestDatabase;
use crate::support::people::person;

const FOUNDER: [(&str, &str); 4] = [
    ("name", "Noémie"),
    ("email", "noemie@exemple.ca"),
    ("password", PASSWORD),
    ("password-again", PASSWORD),
];

fn with<'a>(key: &'a str, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [("key", key)].into_iter().chain(fields.iter().copied()).collect()
}

#[tokio::test]
async fn the_first_administrator_is_made_once() {
    let database = TestDatabase::founded().await;
    let desk = &database.pools.desk;
    // Two nodes start, each with its link.
    let one = for_founder(desk).await.unwrap().unwrap().to_string();
    let other = for_founder(desk).await.unwrap().unwrap().to_string();
    let browser = Browser::new(&database);
    let page = browser.get(&format!("/admin/fr/invitation?key={one}")).await;
    page.is(200).speaks("fr-CA");
    assert_eq!(page.words("h1"), ["Créer le premier compte"]);
    // Looking at it does not use it up, nor does a password that is not taken.
    for (field, value) in [
        ("password-again", "another one than that"),
        ("email", "nobody"),
        ("name", " "),
    ] {
        let fields: Vec<_> = FOUNDER
            .iter()
            .map(|(name, typed)| (*name, if *name == field { value } else { *typed }))
            .collect();
        let answer = browser.post("/admin/fr/invitation", &with(&one, &fields)).await;
        assert!(answer.is(422).has(".fault"), "{field}");
    }
    let answer = browser.post("/admin/fr/invitation", &with(&one, &FOUNDER)).await;
    assert_eq!(answer.is(303).header("location"), "/admin/fr");
    browser.get("/admin/fr").await.is(200);
    let founder = account::by_email(desk, "noemie@exemple.ca").await.unwrap().unwrap();
    assert_eq!(
        (founder.role, founder.language),
        (Role::Administrator, Language::French)
    );
    let second = Browser::new(&database);
    for spent in [&one, &other] {
        second.get(&format!("/admin/en/invitation?key={spent}")).await.is(410);
        second
            .post("/admin/en/invitation", &with(spent, &FOUNDER))
            .await
            .is(410);
    }
    assert!(for_founder(desk).await.unwrap().is_none());
    let journal = browser.get("/admin/fr/journal?deed=found").await;
    assert_eq!(journal.words("tbody td:nth-child(3)"), ["Ouverture du premier compte"]);
}

#[tokio::test]
async fn two_founders_at_once_are_one() {
    let database = TestDatabase::founded().await;
    let desk = &database.pools.desk;
    let keys = [
        for_founder(desk).await.unwrap().unwrap().to_string(),
        for_founder(desk).await.unwrap().unwrap().to_string(),
    ];
    let browsers = [Browser::new(&database), Browser::new(&database)];
    let mut other = FOUNDER;
    other[1].1 = "autre@exemple.ca";
    let forms = [with(&keys[0], &FOUNDER), with(&keys[1], &other)];
    let (one, other) = tokio::join!(
        browsers[0].post("/admin/fr/invitation", &forms[0]),
        browsers[1].post("/admin/fr/invitation", &forms[1]),
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410]);
    assert_eq!(account::people(desk).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_link_sets_a_password_once_within_its_hour() {
    let database = TestDatabase::founded().await;
    let desk = &database.pools.desk;
    let signed_in = Browser::signed_in(&database, Role::Editor).await;
    let editor = account::by_email(desk, "editor@exemple.ca").await.unwrap().unwrap();
    let replaced = link::make(desk, Some(editor.id)).await.unwrap().to_string();
    let key = link::make(desk, Some(editor.id)).await.unwrap().to_string();
    let browser = Browser::new(&database);
    let password = [
        ("password", "pluie tramway violon"),
        ("password-again", "pluie tramway violon"),
    ];
    browser
        .post("/admin/en/invitation", &with(&replaced, &password))
        .await
        .is(410);
    let weak = [
        ("password", "Personne editor 1"),
        ("password-again", "Personne editor 1"),
    ];
    let answer = browser.post("/admin/en/invitation", &with(&key, &weak)).await;
    assert!(answer.is(422).words(".fault")[0].contains("can be guessed"));
    let page = browser.get(&format!("/admin/en/invitation?key={key}")).await;
    assert_eq!(
        page.is(200).attribute("input[name=email]", "value"),
        "editor@exemple.ca"
    );
    browser
        .post("/admin/en/invitation", &with(&key, &password))
        .await
        .is(303);
    signed_in.get("/admin/fr").await.is(303);
    browser
        .post("/admin/en/invitation", &with(&key, &password))
        .await
        .is(410);
    let again = Browser::new(&database);
    again.sign_in("editor@exemple.ca", PASSWORD).await.is(403);
    again.sign_in("editor@exemple.ca", "pluie tramway violon").await.is(303);

    let late = person(&database, "tard@exemple.ca", Role::Author).await;
    let key = link::make(desk, Some(late)).await.unwrap().to_string();
    database
        .run("update one_time_link set expires_at = expires_at - interval '61 minutes'")
        .await;
    browser.get(&format!("/admin/fr/invitation?key={key}")).await.is(410);
    browser.get("/admin/fr/invitation?key=%C3%A9").await.is(410);
}

#[tokio::test]
async fn a_closed_account_has_no_link() {
    let database = TestDatabase::founded().await;
    let closed = person(&database, "partie@exemple.ca", Role::Author).await;
    let key = link::make(&database.pools.desk, Some(closed)).await.unwrap();
    database
        .run("update account set disabled_at = instant() where email = 'partie@exemple.ca'")
        .await;
    let browser = Browser::new(&database);
    browser.get(&format!("/admin/fr/invitation?key={key}")).await.is(410);
}
