//! What `backup` and `restore` refuse, and what they leave then.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use mandat::database::MIGRATOR;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::backup::on;
use super::program::{Running, run};
use super::{assert_refused, url};
use crate::migrations::apply;
use crate::support::database::TestDatabase;
use crate::support::folder;

/// A backup of a database.
fn backed_up(options: &PgConnectOptions, folder: &Path) -> PathBuf {
    let file = folder.join("a.mandat");
    let ended = run(on(options, "backup", &file));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    file
}

/// Runs statements as owner, past the guards.
async fn tamper(options: &PgConnectOptions, statements: &'static str) {
    let mut owner = options.connect().await.unwrap();
    sqlx::raw_sql(statements).execute(&mut owner).await.unwrap();
}

/// Sees that a database still takes a sound backup.
async fn assert_still_empty(options: &PgConnectOptions) {
    let folder = folder();
    let sound = backed_up(&TestDatabase::founded().await.owner, folder.path());
    let ended = run(on(options, "restore", &sound));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
}

#[tokio::test]
async fn a_damaged_file_changes_nothing() {
    let folder = folder();
    let whole = backed_up(&TestDatabase::founded().await.owner, folder.path());
    let empty = TestDatabase::bare().await;
    let damaged = folder.path().join("b.mandat");
    std::fs::write(&damaged, "no backup").unwrap();
    assert_refused(
        &run(on(&empty, "restore", &damaged)),
        1,
        &["cannot be read as a backup"],
    );
    let bytes = std::fs::read(&whole).unwrap();
    std::fs::write(&damaged, &bytes[..bytes.len() * 9 / 10]).unwrap();
    let ended = run(on(&empty, "restore", &damaged));
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{}", ended.stderr);
    assert_still_empty(&empty).await;
}

#[tokio::test]
async fn a_backup_of_a_later_version_is_refused_and_of_an_older_one_brought_up() {
    let later = TestDatabase::founded().await;
    tamper(
        &later.owner,
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (9999, 'later', true, '', 0)",
    )
    .await;
    let folder = folder();
    let file = backed_up(&later.owner, folder.path());
    let empty = TestDatabase::bare().await;
    assert_refused(&run(on(&empty, "restore", &file)), 1, &["later version"]);

    let older = TestDatabase::bare().await;
    apply(&mut older.connect().await.unwrap(), 8).await;
    std::fs::remove_file(&file).unwrap();
    let file = backed_up(&older, folder.path());
    assert_eq!(run(on(&empty, "restore", &file)).code, Some(0));
    let applied: Vec<i64> = sqlx::query_scalar("select version from _sqlx_migrations order by version")
        .fetch_all(&mut empty.connect().await.unwrap())
        .await
        .unwrap();
    let known: Vec<i64> = MIGRATOR.iter().map(|migration| migration.version).collect();
    assert_eq!(applied, known);
}

#[tokio::test]
async fn a_record_that_is_not_what_was_sealed_is_told() {
    let database = TestDatabase::founded().await;
    tamper(
        &database.owner,
        "alter table revision disable trigger user;
         update revision set slug_fr = 'autre' where document_id = 5;
         alter table revision enable trigger user",
    )
    .await;
    let folder = folder();
    let file = backed_up(&database.owner, folder.path());
    let empty = TestDatabase::bare().await;
    assert_refused(&run(on(&empty, "restore", &file)), 1, &["5/1", "Do not serve it"]);
}

#[tokio::test]
async fn only_a_whole_record_is_backed_up_by_who_may_read_it() {
    let folder = folder();
    let file = folder.path().join("a.mandat");
    let bare = TestDatabase::bare().await;
    assert_refused(&run(on(&bare, "backup", &file)), 1, &["holds nothing of Mandat's"]);

    let database = TestDatabase::founded().await;
    let mut program = on(&database.owner, "backup", &file);
    let as_desk = format!("{}&options=-c%20role%3Dmandat_desk", url(&database));
    program.env("DATABASE_URL", as_desk);
    assert_refused(&run(program), 1, &["may not read everything", "owner"]);

    let older = folder.path().join("bin");
    std::fs::create_dir(&older).unwrap();
    for program in ["pg_dump", "pg_restore"] {
        std::fs::write(older.join(program), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 14.9'\n").unwrap();
        std::fs::set_permissions(older.join(program), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut program = on(&database.owner, "backup", &file);
    program.env("PG_BIN", &older);
    assert_refused(&run(program), 1, &["must not be older", "PostgreSQL 14", "PG_BIN"]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no file is left");
}

#[tokio::test]
async fn a_backup_that_is_interrupted_leaves_nothing() {
    let database = TestDatabase::founded().await;
    let mut other = database.as_owner().await;
    let mut busy = other.begin().await.unwrap();
    sqlx::raw_sql("lock table account in access exclusive mode")
        .execute(&mut *busy)
        .await
        .unwrap();
    let folder = folder();
    let file = folder.path().join("a.mandat");
    let mut backup = Running::start(on(&database.owner, "backup", &file));
    let waits = "select exists (select from pg_locks where relation = 'account'::regclass and not granted)";
    super::signals::until(&mut busy, waits).await;
    let ended = backup.stop("TERM");
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    assert!(ended.stderr.contains("interrupted"), "{}", ended.stderr);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let gone = "select not exists (select from pg_locks where relation = 'account'::regclass and not granted)";
    busy.rollback().await.unwrap();
    super::signals::until(&mut other, gone).await;
}
