//! Whoever tells the program to stop is heard at once, whatever it is doing, and nothing is left running.

use std::io::Write;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sqlx::{Connection, PgConnection};

use super::program::{Ended, Running, mandat, run, serve};
use super::url;
use crate::embedded::kept::{connect_options, eventually};
use crate::support::database::TestDatabase;
use crate::support::folder;
use crate::support::processes::assert_none_left;

/// How long an end at once may take on a busy machine.
const AT_ONCE: Duration = Duration::from_secs(20);

/// Stops a program, and sees that it ended soon enough with this code.
#[track_caller]
fn assert_stops(running: &mut Running, signal: &str, code: i32, within: Duration) -> Ended {
    let told = Instant::now();
    let ended = running.stop(signal);
    let took = told.elapsed();
    assert_eq!(ended.code, Some(code), "{}", ended.stderr);
    assert!(took < within, "it took {took:?}: {}", ended.stderr);
    assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
    ended
}

/// A command on an embedded database of its own.
fn on(data: &Path, arguments: &[&str]) -> std::process::Command {
    let mut program = mandat(arguments);
    program.arg("--data").arg(data);
    program
}

/// A connection to the server that a command started for itself, once it answers.
async fn joined(data: &Path) -> PgConnection {
    try_join(data).await.unwrap()
}

async fn try_join(data: &Path) -> sqlx::Result<PgConnection> {
    let socket = || {
        let words = std::fs::read_to_string(data.join("mandat.lock")).unwrap_or_default();
        words.lines().nth(1).map(PathBuf::from)
    };
    eventually("its server answers", || socket().is_some()).await;
    PgConnection::connect_with(&connect_options(&socket().unwrap())).await
}

/// Waits until a question about a database has the answer true.
pub async fn until(connection: &mut PgConnection, question: &'static str) {
    try_until(connection, question).await.unwrap();
}

async fn try_until(connection: &mut PgConnection, question: &'static str) -> sqlx::Result<()> {
    let end = Instant::now() + Duration::from_secs(20);
    while !sqlx::query_scalar::<_, bool>(question)
        .fetch_one(&mut *connection)
        .await?
    {
        assert!(Instant::now() < end, "{question}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

/// Takes the turn of the deeds from a command that is starting; an error where that was done first, and its server is gone.
async fn take_the_turn(data: &Path) -> sqlx::Result<PgConnection> {
    let mut other = try_join(data).await?;
    try_until(&mut other, "select pg_try_advisory_lock(hashtext('mandat deeds'))").await?;
    try_until(
        &mut other,
        "select exists (select from pg_locks where locktype = 'advisory' and not granted)",
    )
    .await?;
    Ok(other)
}

#[tokio::test]
async fn an_import_that_is_interrupted_leaves_no_server() {
    // On a busy machine it may be done before anybody can hinder it.
    for _ in 0..10 {
        let folder = folder();
        let data = folder.path();
        assert_eq!(run(on(data, &["migrate", "--create"])).code, Some(0));
        let mut importing = Running::start(on(data, &["import", "migrations/founding"]));
        let Ok(other) = take_the_turn(data).await else { continue };
        let ended = assert_stops(&mut importing, "INT", 1, AT_ONCE);
        assert!(ended.stderr.contains("error: interrupted"), "{}", ended.stderr);
        assert_eq!(ended.stdout, "");
        drop(other);
        assert_none_left(data);
        let again = run(on(data, &["import", "migrations/founding"]));
        assert_eq!(again.code, Some(0), "nothing was imported");
        return;
    }
    panic!("it never waited for its turn");
}

#[tokio::test]
async fn a_command_that_fails_leaves_no_server() {
    let folder = folder();
    let data = folder.path();
    let mut serving = Running::serve(data, &[]);
    sqlx::raw_sql("update _sqlx_migrations set checksum = ''")
        .execute(&mut joined(data).await)
        .await
        .unwrap();
    serving.stop("TERM");
    for command in [
        &["migrate"][..],
        &["import", "migrations/founding"],
        &["serve", "--listen", "127.0.0.1:0"],
    ] {
        let ended = run(on(data, command));
        assert_eq!(ended.code, Some(1), "{}", ended.stderr);
        assert!(ended.stderr.contains("cannot be migrated"), "{}", ended.stderr);
        assert_none_left(data);
    }
}

#[tokio::test]
async fn a_first_start_is_interrupted_cleanly() {
    let folder = folder();
    let data = folder.path();
    let home = data.join("postgresql");
    let mut starting = Running::start(serve(data, "127.0.0.1:0", &[]));
    eventually("initdb works", || home.join("cluster.new/base").exists()).await;
    let ended = assert_stops(&mut starting, "TERM", 0, AT_ONCE);
    assert_eq!(ended.stdout, "");
    assert_none_left(data);

    let mut starting = Running::start(serve(data, "127.0.0.1:0", &[]));
    eventually("its server starts", || home.join("cluster/postmaster.pid").exists()).await;
    assert_stops(&mut starting, "INT", 0, AT_ONCE);
    assert_none_left(data);

    let mut served = Running::serve(data, &[]);
    assert!(served.get("/fr/mission").starts_with("HTTP/1.1 200"));
    served.stop("TERM");
    assert_none_left(data);
}

#[tokio::test]
async fn a_start_that_waits_for_others_is_interrupted() {
    let database = TestDatabase::founded().await;
    let mut other = database.as_owner().await;
    let mut migrating = other.begin().await.unwrap();
    sqlx::raw_sql("lock table _sqlx_migrations in access exclusive mode")
        .execute(&mut *migrating)
        .await
        .unwrap();
    let folder = folder();
    let mut starting = Running::start(serve(
        folder.path(),
        "127.0.0.1:0",
        &[("DATABASE_URL", &url(&database))],
    ));
    until(
        &mut migrating,
        "select exists (select from pg_locks where relation = '_sqlx_migrations'::regclass and not granted)",
    )
    .await;
    assert_stops(&mut starting, "TERM", 0, AT_ONCE);
}

#[tokio::test]
async fn a_node_starts_while_a_deed_is_in_progress() {
    let database = TestDatabase::founded().await;
    let mut other = database.as_owner().await;
    sqlx::raw_sql("select pg_advisory_lock(hashtext('mandat deeds'))")
        .execute(&mut other)
        .await
        .unwrap();
    let folder = folder();
    let mut served = Running::serve(folder.path(), &[("DATABASE_URL", &url(&database))]);
    assert!(served.get("/fr/mission").starts_with("HTTP/1.1 200"));
    assert_stops(&mut served, "TERM", 0, AT_ONCE);
}

#[tokio::test]
async fn a_reader_who_is_never_done_does_not_keep_the_server() {
    let database = TestDatabase::founded().await;
    let folder = folder();
    let mut served = Running::serve(folder.path(), &[("DATABASE_URL", &url(&database))]);
    let mut slow = TcpStream::connect(&served.address).unwrap();
    slow.write_all(b"GET /fr HTTP/1.1\r\nHost: mandat").unwrap();
    // Until the program has read it.
    assert!(served.get("/fr/mission").starts_with("HTTP/1.1 200"));
    let told = Instant::now();
    let ended = assert_stops(&mut served, "TERM", 0, Duration::from_secs(10) + AT_ONCE);
    assert!(told.elapsed() > Duration::from_secs(9), "readers have time to finish");
    assert!(ended.stderr.contains("still not done"), "{}", ended.stderr);
}
