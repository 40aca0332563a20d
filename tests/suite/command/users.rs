//! `mandat user`: accounts from the command line.

use std::io::Write;
use std::process::Stdio;

use sqlx::postgres::PgConnectOptions;

use super::program::{Ended, mandat, run};
use super::url_of;
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;

const PASSWORD: &str = "crayon girafe moulin";

fn user(owner: &PgConnectOptions, arguments: &[&str]) -> Ended {
    let mut program = mandat(&[&["user"], arguments].concat());
    program.env("DATABASE_URL", url_of(owner));
    run(program)
}

/// Opens an account with what stands on standard input.
fn add_with_password(owner: &PgConnectOptions, email: &str, password: &str) -> Ended {
    let mut program = mandat(&[
        "user",
        "add",
        email,
        "--name",
        "Zoé",
        "--role",
        "editor",
        "--password-stdin",
    ]);
    program.env("DATABASE_URL", url_of(owner));
    program
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = program.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(format!("{password}\r\nmore\n").as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[tokio::test]
async fn accounts_are_opened_listed_reset_and_closed() {
    let database = TestDatabase::founded().await;
    let owner = &database.owner;
    let weak = add_with_password(owner, "zoe@exemple.ca", "trop court");
    assert_eq!(weak.code, Some(1), "{}", weak.stdout);
    assert!(weak.stderr.contains("at least 15 characters"), "{}", weak.stderr);
    let opened = add_with_password(owner, "Zoe@Exemple.ca", PASSWORD);
    assert_eq!(opened.code, Some(0), "{}", opened.stderr);
    let browser = Browser::new(&database);
    browser.sign_in("zoe@exemple.ca", PASSWORD).await.is(303);

    let arguments = [
        "add",
        "admin@exemple.ca",
        "--name",
        "Noé",
        "--role",
        "administrator",
        "--language",
        "en",
        "--origin",
        "https://mandat.example",
    ];
    let invited = user(owner, &arguments);
    assert_eq!(invited.code, Some(0), "{}", invited.stderr);
    let link = invited.stdout.lines().nth(1).unwrap().trim();
    let path = link.strip_prefix("https://mandat.example").unwrap();
    let page = browser.get(path).await;
    assert_eq!(page.is(200).attribute("input[name=email]", "value"), "admin@exemple.ca");
    let again = user(owner, &arguments);
    assert_eq!(again.code, Some(1));
    assert!(
        again
            .stderr
            .contains("Another account already uses this e-mail address."),
        "{}",
        again.stderr
    );

    let list = user(owner, &["list"]).stdout;
    assert_eq!(
        list,
        "admin@exemple.ca\tadministrator\tinvited\tNoé\nzoe@exemple.ca\teditor\topen\tZoé\n"
    );
    let reset = user(owner, &["reset", "zoe@exemple.ca"]);
    assert!(
        reset.stdout.contains("http://127.0.0.1:8080/admin/fr/invitation?key="),
        "{}",
        reset.stdout
    );
    assert_eq!(user(owner, &["disable", "zoe@exemple.ca"]).code, Some(0));
    browser.get("/admin/fr").await.is(303);
    let nobody = user(owner, &["disable", "personne@exemple.ca"]);
    assert_eq!(nobody.code, Some(1));
    assert!(nobody.stderr.contains("nobody has an account"), "{}", nobody.stderr);
    let deeds: Vec<String> = sqlx::query_scalar(
        "select concat(a.name, ' ', j.deed, ' ', j.detail) from journal j join account a on a.id = j.account_id
          where a.name = 'operator' order by j.id",
    )
    .fetch_all(&database.pools.desk)
    .await
    .unwrap();
    assert_eq!(
        deeds,
        [
            "operator open-account zoe@exemple.ca",
            "operator open-account admin@exemple.ca",
            "operator reset-password zoe@exemple.ca",
            "operator close-account zoe@exemple.ca",
        ]
    );
}

#[test]
fn what_is_no_role_is_refused_in_one_line() {
    let wrong = run(mandat(&[
        "user",
        "add",
        "x@exemple.ca",
        "--name",
        "X",
        "--role",
        "chief",
    ]));
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong.stderr.contains("author, editor or administrator"),
        "{}",
        wrong.stderr
    );
    assert_eq!(wrong.stderr.lines().count(), 1, "{}", wrong.stderr);
}
