//! The embedded server: where it works, whom it admits, and what it survives.

mod crashes;
pub mod kept;
mod places;

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;

use mandat::database::embedded::{Embedded, Missing};
use mandat::stop::Stop;
use sqlx::{ConnectOptions, Connection};

use self::kept::{refusal, superuser};
use crate::support::folder;
use crate::support::processes::{assert_none_left, processes};

#[tokio::test]
async fn one_keeper_serves_and_others_join() {
    let folder = folder();
    let server = Embedded::start(folder.path(), &Stop::never()).await.unwrap();

    let refused = refusal(Embedded::start(folder.path(), &Stop::never()).await);
    assert!(
        refused.contains("Another Mandat (process") && refused.contains("--data"),
        "{refused}"
    );

    let joined = Embedded::join_or_start(folder.path(), Missing::Refuse, &Stop::never())
        .await
        .unwrap();
    let mut connection = joined.connect_options().connect().await.unwrap();
    joined.stop().await.unwrap();
    connection
        .ping()
        .await
        .expect("a guest that leaves does not stop the server");
    drop(connection);

    server.stop().await.unwrap();
    assert_none_left(folder.path());

    let alone = Embedded::join_or_start(folder.path(), Missing::Refuse, &Stop::never())
        .await
        .unwrap();
    alone.connect_options().connect().await.unwrap().ping().await.unwrap();
    alone.stop().await.unwrap();
    assert_none_left(folder.path());
    let left = std::fs::read_dir(folder.path().join("postgresql")).unwrap();
    let sockets = left.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("s-"));
    assert_eq!(sockets.count(), 0, "no socket directory is left");
}

#[tokio::test]
async fn the_server_is_durable_private_and_owned_by_an_ordinary_role() {
    let folder = folder();
    let server = Embedded::start(folder.path(), &Stop::never()).await.unwrap();
    let mut connection = server.connect_options().connect().await.unwrap();
    for (setting, value) in [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("listen_addresses", ""),
    ] {
        let shown: String = sqlx::query_scalar("SELECT current_setting($1)")
            .bind(setting)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(shown, value, "{setting}");
    }
    let role: (String, bool, bool) =
        sqlx::query_as("SELECT rolname::text, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user")
            .fetch_one(&mut connection)
            .await
            .unwrap();
    assert_eq!(role, ("mandat".to_owned(), false, true));
    let words: (String, bool, String) =
        sqlx::query_as("SELECT lower('ÉLÈVE'), 'é' < 'f', to_tsvector('simple', 'ÉLÈVE')::text")
            .fetch_one(&mut connection)
            .await
            .unwrap();
    assert_eq!(words, ("élève".to_owned(), true, "'élève':1".to_owned()));
    sqlx::raw_sql("CREATE EXTENSION btree_gist; CREATE ROLE reader; GRANT reader TO mandat; SET ROLE reader")
        .execute(&mut connection)
        .await
        .expect("an owner may create extensions and roles");

    let ours = rustix::process::getpgid(None).unwrap();
    for pid in processes(folder.path()) {
        let group = rustix::process::getpgid(rustix::process::Pid::from_raw(pid)).unwrap();
        assert_ne!(group, ours, "Ctrl-C does not reach process {pid}");
    }
    server.stop().await.unwrap();
}

#[tokio::test]
async fn strangers_are_not_admitted() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let folder = folder();
    let server = Embedded::start(folder.path(), &Stop::never()).await.unwrap();
    let socket = server.connect_options().get_socket().unwrap().clone();
    let stranger = |open: bool| {
        // Even with every directory thrown open, the kernel tells the server who calls.
        let mode = if open { 0o777 } else { 0o700 };
        for path in [socket.parent().unwrap(), &socket, &socket.join(".s.PGSQL.5432")] {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
        let mut psql = std::process::Command::new("psql");
        psql.args(["-U", "mandat", "-d", "mandat", "-c", "SELECT 1", "-h"])
            .arg(&socket)
            .current_dir("/")
            .uid(65534)
            .gid(65534);
        let output = psql.output().unwrap();
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(stranger(false).contains("Permission denied"));
    let refused = stranger(true);
    assert!(refused.contains("Peer authentication failed"), "{refused}");
    superuser(&server).connect().await.unwrap().ping().await.unwrap();
    server.stop().await.unwrap();
}

#[tokio::test]
async fn what_is_refused_leaves_no_word_in_the_log() {
    let folder = folder();
    let server = Embedded::start(folder.path(), &Stop::never()).await.unwrap();
    let mut connection = server.connect_options().connect().await.unwrap();
    sqlx::raw_sql("create table kept (words text primary key, constraint short check (length(words) < 9))")
        .execute(&mut connection)
        .await
        .unwrap();
    for words in ["canari", "canari", "un long canari"] {
        // Bound, and as a part of the statement.
        let bound = sqlx::query("insert into kept values ($1)").bind(words);
        bound.execute(&mut connection).await.ok();
        let whole = sqlx::AssertSqlSafe(format!("insert into kept values ('{words}')"));
        assert!(sqlx::raw_sql(whole).execute(&mut connection).await.is_err());
    }
    drop(connection);
    server.stop().await.unwrap();
    let log = std::fs::read_to_string(folder.path().join("postgresql/postgresql.log")).unwrap();
    for refusal in ["kept_pkey", "short"] {
        assert!(log.contains(refusal), "{refusal} is told: {log}");
    }
    assert!(!log.contains("canari"), "{log}");
}
