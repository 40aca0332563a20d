//! Signing in and out.

use mandat::model::Role;

use crate::support::browser::{Browser, PASSWORD};
use crate::support::database::TestDatabase;
use crate::support::log::captured;
use crate::support::people::person;

const AUTHOR: &str = "author@exemple.ca";

#[tokio::test]
async fn the_right_password_opens_a_session_and_leads_back() {
    let database = TestDatabase::founded().await;
    person(&database, AUTHOR, Role::Author).await;
    let browser = Browser::new(&database);
    let asked = browser.get("/admin/fr/compte?x=1").await;
    let form = asked.is(303).header("location").to_owned();
    let page = browser.get(&form).await;
    page.is(200).speaks("fr-CA");
    assert_eq!(page.attribute("input[name=to]", "value"), "/admin/fr/compte?x=1");
    let fields = [
        ("email", " Author@Exemple.CA "),
        ("password", PASSWORD),
        ("to", "/admin/fr/compte?x=1"),
    ];
    let answer = browser.post("/admin/fr/session", &fields).await;
    assert_eq!(answer.is(303).header("location"), "/admin/fr/compte?x=1");
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-mandat-session="), "{cookie}");
    for attribute in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    browser.get("/admin/fr/compte").await.is(200);
    // Whoever is in already is led on.
    assert_eq!(
        browser.get("/admin/fr/session").await.is(303).header("location"),
        "/admin/fr"
    );
}

#[tokio::test]
async fn nobody_is_led_out_of_the_desk() {
    let database = TestDatabase::founded().await;
    person(&database, AUTHOR, Role::Author).await;
    let browser = Browser::new(&database);
    let fields = [
        ("email", AUTHOR),
        ("password", PASSWORD),
        ("to", "//evil.example/admin/"),
    ];
    let answer = browser.post("/admin/fr/session", &fields).await;
    assert_eq!(answer.is(303).header("location"), "/admin/fr");
}

#[tokio::test]
async fn an_unknown_account_and_a_wrong_password_are_refused_in_the_same_words() {
    let database = TestDatabase::founded().await;
    person(&database, AUTHOR, Role::Author).await;
    let disabled = person(&database, "partie@exemple.ca", Role::Author).await;
    database
        .run(&format!(
            "update account set disabled_at = instant() where id = {}",
            disabled.number()
        ))
        .await;
    let browser = Browser::new(&database);
    let mut told = Vec::new();
    for (email, password) in [
        (AUTHOR, "not the password at all"),
        ("personne@exemple.ca", PASSWORD),
        ("partie@exemple.ca", PASSWORD),
        ("", ""),
    ] {
        let answer = browser.sign_in(email, password).await;
        answer.is(403).speaks("fr-CA");
        assert!(browser.cookies().is_empty(), "{email}");
        assert_eq!(answer.attributes("input[type=password]", "value"), [""; 0]);
        told.push(answer.body.replace(email, ""));
    }
    // But for the empty form, which has no address in it.
    assert_eq!(told[0], told[1]);
    assert_eq!(told[1], told[2]);
}

#[tokio::test]
async fn each_sign_in_has_a_session_of_its_own() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Author).await;
    let before = browser.cookies();
    browser.sign_in(AUTHOR, PASSWORD).await.is(303);
    assert_ne!(
        browser.cookies()["__Host-mandat-session"],
        before["__Host-mandat-session"]
    );
    assert_eq!(
        browser.cookies()["__Host-mandat-browser"],
        before["__Host-mandat-browser"]
    );
    let older = Browser::new(&database).with_cookies(before);
    older.get("/admin/fr").await.is(303);
}

#[tokio::test]
async fn a_session_ends_at_sign_out_when_idle_and_at_its_longest() {
    let database = TestDatabase::founded().await;
    let browser = Browser::signed_in(&database, Role::Author).await;
    let kept = browser.cookies();
    let out = browser.post("/admin/en/sign-out", &[]).await;
    assert_eq!(out.is(303).header("location"), "/admin/en/sign-in");
    assert!(out.header("clear-site-data").contains("storage"));
    let again = Browser::new(&database).with_cookies(kept);
    again.get("/admin/fr").await.is(303);

    for (aged, alive) in [
        ("seen_at = seen_at - interval '59 minutes'", true),
        ("seen_at = seen_at - interval '61 minutes'", false),
        ("created_at = created_at - interval '11 hours 59 minutes'", true),
        ("created_at = created_at - interval '12 hours 1 minute'", false),
    ] {
        let browser = Browser::signed_in(&database, Role::Author).await;
        database.run(&format!("update session set {aged}")).await;
        browser.get("/admin/fr").await.is(if alive { 200 } else { 303 });
    }
}

#[tokio::test]
async fn many_failures_make_everybody_wait_on_every_node_but_in_a_known_browser() {
    let database = TestDatabase::founded().await;
    let known = Browser::signed_in(&database, Role::Author).await;
    known.post("/admin/fr/fermeture", &[]).await.is(303);
    let nodes = [Browser::new(&database), Browser::new(&database)];
    for attempt in 0..5 {
        nodes[attempt % 2]
            .sign_in(AUTHOR, "not the password at all")
            .await
            .is(403);
    }
    // The sixth costs nothing yet but the seventh waits: on the other node, with the right password, in the same words
    // as for an account that does not exist.
    nodes[1].sign_in(AUTHOR, "not the password at all").await.is(403);
    let waiting = nodes[0].sign_in(AUTHOR, PASSWORD).await;
    waiting.is(429);
    assert!(waiting.header("retry-after").parse::<u32>().unwrap() >= 1);
    assert!(waiting.words(".fault")[0].starts_with("Trop d’essais ont échoué."));
    known.sign_in(AUTHOR, PASSWORD).await.is(303);
    // Nobody is locked out for good: however many failed, a quarter of an hour is the longest wait.
    database
        .run("update throttle set failures = 1000, last_at = last_at - interval '899 seconds'")
        .await;
    nodes[0].sign_in(AUTHOR, PASSWORD).await.is(429);
    database
        .run("update throttle set last_at = last_at - interval '2 seconds'")
        .await;
    nodes[0].sign_in(AUTHOR, PASSWORD).await.is(303);
}

#[tokio::test]
async fn attempts_at_once_are_all_counted() {
    let database = TestDatabase::founded().await;
    person(&database, AUTHOR, Role::Author).await;
    let nodes = [Browser::new(&database), Browser::new(&database)];
    let attempts = (0..12).map(|attempt| nodes[attempt % 2].sign_in(AUTHOR, "not the password at all"));
    let mut refused = 0;
    for answer in futures(attempts).await {
        refused += usize::from(answer == 403);
    }
    assert!((5..=6).contains(&refused), "{refused} were looked at");
}

/// The statuses of all of these, asked at once.
async fn futures(asked: impl Iterator<Item = impl Future<Output = crate::support::visitor::Answer>>) -> Vec<u16> {
    let asked: Vec<_> = asked.map(Box::pin).collect();
    let mut answers: Vec<Option<u16>> = vec![None; asked.len()];
    let mut asked = asked;
    std::future::poll_fn(move |context| {
        for (answer, asked) in answers.iter_mut().zip(&mut asked) {
            if answer.is_none()
                && let std::task::Poll::Ready(ready) = asked.as_mut().poll(context)
            {
                *answer = Some(ready.status.as_u16());
            }
        }
        answers
            .iter()
            .copied()
            .collect::<Option<Vec<u16>>>()
            .map_or(std::task::Poll::Pending, std::task::Poll::Ready)
    })
    .await
}

#[tokio::test]
async fn a_password_is_asked_for_only_where_nobody_can_listen() {
    let database = TestDatabase::founded().await;
    person(&database, AUTHOR, Role::Author).await;
    let exposed = Browser::of(&database, "http://mandat.example");
    let page = exposed.get("/admin/fr/session").await;
    assert!(page.is(200).words(".notice")[0].contains("HTTPS"));
    assert!(!page.has("input[type=password]"));
    exposed.sign_in(AUTHOR, PASSWORD).await.is(403);
    assert!(exposed.cookies().is_empty());
    let here = Browser::of(&database, "http://127.0.0.1:8080");
    here.sign_in(AUTHOR, PASSWORD).await.is(303);
    assert!(
        here.cookies().contains_key("mandat-session"),
        "{:?}",
        here.cookies().keys()
    );
    here.get("/admin/fr").await.is(200);
}

#[tokio::test]
async fn no_secret_reaches_the_log_or_the_database() {
    let database = TestDatabase::founded().await;
    let logged = captured(async {
        let browser = Browser::signed_in(&database, Role::Author).await;
        browser.get("/admin/fr").await.is(200);
        let dumped: Vec<String> =
            sqlx::query_scalar("select concat(s, b, a) from session s, known_browser b, account a")
                .fetch_all(&database.pools.desk)
                .await
                .unwrap();
        assert!(!dumped.is_empty());
        for secret in browser.cookies().values() {
            assert!(dumped.iter().all(|row| !row.contains(secret.as_str())));
        }
        tracing::info!(cookies = browser.cookies().len(), "seen");
    })
    .await;
    assert!(logged.contains("signed in"), "{logged}");
    assert!(!logged.contains(PASSWORD));
}

/// A password whose hash was made at another cost is hashed again when it is next typed, and is the same.
#[tokio::test]
async fn an_old_hash_is_made_anew_at_sign_in() {
    let database = TestDatabase::founded().await;
    person(&database, AUTHOR, Role::Author).await;
    let cheap = argon2::Argon2::new(
        argon2::Algorithm::Argon2id,
        argon2::Version::V0x13,
        argon2::Params::new(8_192, 1, 1, None).unwrap(),
    );
    let old = argon2::password_hash::PasswordHasher::hash_password(&cheap, PASSWORD.as_bytes()).unwrap();
    sqlx::query("update account set password = $2 where email = $1")
        .bind(AUTHOR)
        .bind(old.to_string())
        .execute(&database.pools.desk)
        .await
        .unwrap();
    let hash = async || {
        let hash = sqlx::query_scalar::<_, String>("select password from account where email = $1").bind(AUTHOR);
        hash.fetch_one(&mut database.as_owner().await).await.unwrap()
    };
    let browser = Browser::new(&database);
    browser.sign_in(AUTHOR, "not the password at all").await.is(403);
    assert_eq!(hash().await, old.to_string());
    browser.sign_in(AUTHOR, PASSWORD).await.is(303);
    let renewed = hash().await;
    assert!(renewed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{renewed}");
    browser.sign_in(AUTHOR, PASSWORD).await.is(303);
    assert_eq!(hash().await, renewed, "once");
}
