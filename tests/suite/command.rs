//! The built program, from its command line to its exit code.

mod backup;
mod program;
mod restore;
mod serving;
mod signals;
mod users;

use std::net::TcpListener;
use std::path::Path;

use sqlx::postgres::PgConnectOptions;

use self::program::{Ended, Running, mandat, run};
use crate::support::database::TestDatabase;
use crate::support::folder;
use crate::support::processes::assert_none_left;

#[test]
fn help_is_complete_and_no_failure() {
    let top = run(mandat(&["--help"]));
    assert_eq!(top.code, Some(0));
    for command in ["serve", "migrate", "import", "backup", "restore"] {
        assert!(top.stdout.contains(command), "{command}");
        let help = run(mandat(&[command, "--help"]));
        assert_eq!((help.code, help.stderr.as_str()), (Some(0), ""));
        for setting in [
            "--data",
            "DATABASE_URL",
            "--desk-role",
            "--site-role",
            "--log",
            "--log-format",
        ] {
            assert!(help.stdout.contains(setting), "{command}: {setting}");
        }
        assert!(
            !help.stdout.contains("MANDAT_DATA=/"),
            "{command}: help is the same everywhere"
        );
    }
    let serve = run(mandat(&["serve", "--help"])).stdout;
    for setting in [
        "MANDAT_LISTEN",
        "MANDAT_ORIGIN",
        "MANDAT_TRUSTED_PROXIES",
        "MANDAT_OFFICIAL",
        "127.0.0.1:8080",
    ] {
        assert!(serve.contains(setting), "{setting}");
    }
    let top = top.stdout;
    assert!(
        top.contains("`mandat` alone means `mandat serve`") && top.contains("mandat serve --help"),
        "{top}"
    );
    for (command, value) in [("import", "<DIR>"), ("backup", "<FILE>"), ("restore", "<FILE>")] {
        assert!(run(mandat(&[command, "--help"])).stdout.contains(value), "{command}");
    }
    assert!(run(mandat(&["--version"])).stdout.starts_with("mandat "));
}

/// Asserts a refusal in one line that says these words.
#[track_caller]
fn assert_refused(ended: &Ended, code: i32, words: &[&str]) {
    assert_eq!(ended.code, Some(code), "{}", ended.stderr);
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    assert_eq!(ended.stdout, "");
    for word in words {
        assert!(ended.stderr.contains(word), "no `{word}` in {}", ended.stderr);
    }
}

#[test]
fn wrong_values_are_refused_in_one_line() {
    let long = "r".repeat(64);
    let cases: [(&[&str], &[&str]); 26] = [
        (&["serve", "--listen", "nowhere"], &["nowhere", "--listen"]),
        (&["serve", "--listen", "127.0.0.1:99999"], &["--listen"]),
        (
            &["serve", "--origin", "exemple.ca"],
            &["exemple.ca", "--origin", "https://"],
        ),
        (
            &["serve", "--origin", "https://exemple.ca/fr"],
            &["--origin", "nothing after"],
        ),
        (&["serve", "--origin", "ftp://exemple.ca"], &["--origin"]),
        (
            &["serve", "--database-url", "mysql://x"],
            &["--database-url", "postgres://"],
        ),
        (
            &["serve", "--trusted-proxies", "10.0.0.0/99"],
            &["10.0.0.0/99", "--trusted-proxies"],
        ),
        (&["serve", "--trusted-proxies", "10.0.0.1,moi"], &["moi"]),
        (&["serve", "--official", "perhaps"], &["perhaps", "true"]),
        (&["serve", "--log-format", "xml"], &["xml", "json"]),
        (&["serve", "--data"], &["--data"]),
        (&["--nope"], &["--nope"]),
        (&["nope"], &["nope"]),
        (&["serve", "extra"], &["extra"]),
        (&["import"], &["<DIR>"]),
        (&["import", ""], &["<DIR>"]),
        (&["import", "", "migrations/founding"], &["migrations/founding"]),
        (&[""], &["subcommand"]),
        (&["serve", "--desk-role", ""], &["--desk-role"]),
        (&["migrate", "--site-role", &long], &["--site-role", "63 bytes"]),
        (&["serve", "--site-role", "pg_monitor"], &["--site-role"]),
        (
            &["serve", "--desk-role", "mandat_site"],
            &["--desk-role", "--site-role", "two roles"],
        ),
        (
            &["import", "/there/is/no/such/folder"],
            &["/there/is/no/such/folder", "no such directory"],
        ),
        (&["backup"], &["<FILE>"]),
        (&["restore"], &["<FILE>"]),
        (
            &["restore", "/there/is/no/such/file"],
            &["/there/is/no/such/file", "no such file"],
        ),
    ];
    for (arguments, words) in cases {
        assert_refused(&run(mandat(arguments)), 2, words);
    }
    for (variable, value) in [
        ("MANDAT_LISTEN", "nowhere"),
        ("MANDAT_ORIGIN", "exemple.ca"),
        ("DATABASE_URL", "mysql://x"),
        ("MANDAT_TRUSTED_PROXIES", "moi"),
    ] {
        let mut program = mandat(&[]);
        program.env(variable, value);
        assert_refused(&run(program), 2, &["invalid value"]);
    }
}

#[test]
fn words_that_are_not_unicode_are_no_panic() {
    use std::os::unix::ffi::OsStrExt;
    let mut program = mandat(&[]);
    program.arg(std::ffi::OsStr::from_bytes(b"\xff"));
    let ended = run(program);
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
}

#[test]
fn without_postgresql_one_message_names_the_remedies() {
    let (data, empty) = (folder(), folder());
    let mut program = mandat(&["serve", "--listen", "127.0.0.1:0", "--data"]);
    program.arg(data.path()).env("PG_BIN", empty.path());
    let remedies = ["apt-get install -y postgresql", "PG_BIN", "DATABASE_URL"];
    assert_refused(&run(program), 1, &remedies);
}

#[test]
fn a_database_that_does_not_answer_is_told_in_one_line() {
    let nowhere = folder();
    let url = format!(
        "postgres://mandat@localhost/mandat?host={}",
        nowhere.path().display().to_string().replace('/', "%2F")
    );
    let ended = run(mandat(&["serve", "--listen", "127.0.0.1:0", "--database-url", &url]));
    assert_refused(&ended, 1, &["the database `mandat` at", "cannot be reached"]);
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("postgres://mandat:canari@{free}/registre");
    let fresh = nowhere.path().join("fresh");
    for command in [
        &["serve"][..],
        &["migrate"],
        &["import", "migrations/founding"],
        &["backup", fresh.to_str().unwrap()],
    ] {
        let mut program = mandat(command);
        program.env("DATABASE_URL", &url).env("MANDAT_LISTEN", "127.0.0.1:0");
        let ended = run(program);
        assert_refused(&ended, 1, &["the database `registre` at", &free.to_string()]);
        assert!(!ended.stderr.contains("canari"), "{}", ended.stderr);
    }
}

#[test]
fn a_port_that_is_taken_is_told_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = folder();
    let mut program = mandat(&["serve", "--listen", &address, "--data"]);
    program.arg(data.path());
    assert_refused(&run(program), 1, &[&address, "in use"]);
    assert_none_left(data.path());
}

#[test]
fn serve_says_one_line_is_alone_and_shows_at_once_what_is_imported() {
    let data = folder();
    let mut served = Running::serve(data.path(), &[]);
    assert!(served.get("/fr/mission").contains("diriger l’action internationale"));
    assert!(
        served
            .get("/fr")
            .contains(&format!("href=\"http://{}/fr\"", served.address)),
        "the origin is where it listens"
    );

    let mut second = mandat(&["serve", "--listen", "127.0.0.1:0", "--data"]);
    second.arg(data.path());
    assert_refused(&run(second), 1, &["Another Mandat", "--data"]);

    let imported = import(data.path());
    assert_eq!(imported.code, Some(0), "{}", imported.stderr);
    assert_eq!(imported.stdout.lines().count(), 1, "{}", imported.stdout);
    assert!(imported.stdout.contains("100, 101, 102"), "{}", imported.stdout);
    assert!(served.get("/fr/mandats/sans-anglais").starts_with("HTTP/1.1 200"));

    let again = import(data.path());
    assert_eq!((again.code, again.stdout.lines().count()), (Some(0), 1));
    assert!(again.stdout.contains("nothing differs"), "{}", again.stdout);

    let ended = served.stop("TERM");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    // After its first line only the address by which the first account is opened.
    let told: Vec<&str> = ended.stdout.lines().collect();
    assert!(
        told.len() == 2 && told[0].starts_with("nobody has an account yet"),
        "{told:?}"
    );
    let address = format!("http://{}/admin/fr/invitation?key=", served.address);
    assert!(told[1].trim_start().starts_with(&address), "{told:?}");
    assert_none_left(data.path());
}

#[test]
fn an_import_needs_no_serve_and_a_serve_no_reader() {
    let data = folder();
    // An empty database takes what it is given, and serve adds nothing to it.
    for command in [
        &["migrate", "--create", "--data"][..],
        &["import", "migrations/founding", "--data"],
    ] {
        let mut program = mandat(command);
        program.arg(data.path());
        let ended = run(program);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        let data = std::fs::canonicalize(data.path()).unwrap();
        assert!(
            ended.stdout.contains(data.to_str().unwrap()),
            "it names its database: {}",
            ended.stdout
        );
        assert!(!ended.stderr.contains("already exists"), "{}", ended.stderr);
        assert_none_left(&data);
    }
    assert_eq!(import(data.path()).code, Some(0));

    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string();
    let mut served = Running::unheard(data.path(), &port);
    assert!(served.get("/en/mandates/endless-title").starts_with("HTTP/1.1 200"));
    let ended = served.stop("INT");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
    assert_none_left(data.path());
}

#[test]
fn only_serve_creates_a_database_unasked() {
    let folder = folder();
    let (empty, none) = (folder.path().join("empty"), folder.path().join("none"));
    std::fs::create_dir(&empty).unwrap();
    for data in [&empty, &none] {
        for command in [&["migrate"][..], &["import", "migrations/founding"]] {
            let mut program = mandat(command);
            program.arg("--data").arg(data);
            let remedies = [data.to_str().unwrap(), "--data", "MANDAT_DATA", "DATABASE_URL"];
            assert_refused(&run(program), 1, &remedies);
        }
    }
    assert!(
        !none.exists() && std::fs::read_dir(empty).unwrap().next().is_none(),
        "no trace is left"
    );
}

#[test]
fn the_last_error_is_in_the_format_of_the_log() {
    let data = folder();
    let mut program = mandat(&[
        "import",
        "migrations/founding",
        "--log-format",
        "json",
        "--log",
        "off",
        "--data",
    ]);
    program.arg(data.path());
    let ended = run(program);
    assert_refused(&ended, 1, &[]);
    let line: serde_json::Value = serde_json::from_str(&ended.stderr).unwrap();
    assert_eq!(line["level"], "ERROR");
    assert!(
        line["fields"]["message"].as_str().unwrap().contains("no database"),
        "{line}"
    );
}

#[test]
fn the_log_as_json_parses_line_by_line() {
    let data = folder();
    // An empty address is none: the embedded server is used.
    let mut served = Running::serve(data.path(), &[("MANDAT_LOG_FORMAT", "json"), ("DATABASE_URL", "")]);
    served.get("/fr/nulle-part");
    let ended = served.stop("TERM");
    let lines: Vec<serde_json::Value> = ended
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    let answered = lines
        .iter()
        .find(|line| line["fields"]["message"] == "answered")
        .expect("a line per request");
    assert_eq!(answered["fields"]["path"], "/fr/nulle-part");
    assert_eq!(answered["fields"]["status"], 404);
    assert_none_left(data.path());
}

#[tokio::test]
async fn a_database_of_ones_own_serves_the_same_pages() {
    let database = TestDatabase::empty().await;
    let url = url(&database);
    let unused = folder();
    let mut served = Running::serve(
        unused.path(),
        &[("DATABASE_URL", &url), ("MANDAT_ORIGIN", "https://mandat.example")],
    );
    let page = served.get("/en/mission");
    assert!(
        page.starts_with("HTTP/1.1 200") && page.contains("https://mandat.example/en/mission"),
        "{page}"
    );
    let ended = served.stop("TERM");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_eq!(
        std::fs::read_dir(unused.path()).unwrap().count(),
        0,
        "no cluster of our own"
    );
}

/// How to connect to a database of the tests as one of one's own.
fn url(database: &TestDatabase) -> String {
    url_of(&database.owner)
}

/// The same, of these options.
fn url_of(options: &PgConnectOptions) -> String {
    let host = options.get_socket().unwrap().display().to_string().replace('/', "%2F");
    let (owner, name) = (options.get_username(), options.get_database().unwrap());
    format!("postgres://{owner}@localhost:5432/{name}?host={host}")
}

fn import(data: &Path) -> Ended {
    let mut program = mandat(&["import", "tests/data/awkward", "--data"]);
    program.arg(data);
    run(program)
}
