//! Where a cluster may live, as whom it runs, and what the operator is told when it cannot.

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use mandat::database::embedded::Embedded;
use mandat::stop::Stop;
use sqlx::{ConnectOptions, Connection};

use super::kept::{Kept, connect_options, refusal};
use crate::support::folder;
use crate::support::processes::{assert_none_left, postmaster};

/// The number of the account nobody, everywhere.
const NOBODY: u32 = 65534;

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

async fn starts_and_stops(data: &Path) -> PathBuf {
    let server = Embedded::start(data, &Stop::never()).await.unwrap();
    let options = server.connect_options();
    options.connect().await.unwrap().ping().await.unwrap();
    server.stop().await.unwrap();
    assert_none_left(data);
    options.get_socket().unwrap().clone()
}

#[tokio::test]
async fn a_deep_folder_with_an_awkward_name_works() {
    let folder = folder();
    let data = folder
        .path()
        .join("l'été, \"à la mer\" ")
        .join("profond-".repeat(20))
        .join("encore/plus-".repeat(9));
    assert!(data.as_os_str().len() > 250);
    let socket = starts_and_stops(&data).await;
    assert!(!socket.exists(), "the short socket directory is removed");
}

#[tokio::test]
async fn an_awkward_name_near_enough_for_a_socket_works() {
    let folder = folder();
    let socket = starts_and_stops(&folder.path().join("l'été, \"à\" ")).await;
    assert!(socket.starts_with(folder.path()));
}

#[tokio::test]
async fn below_a_closed_folder_the_cluster_lives_elsewhere() {
    if !is_root() {
        return;
    }
    let closed = tempfile::tempdir().unwrap();
    std::fs::set_permissions(closed.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
    let data = closed.path().join("checkout/data");
    let server = Embedded::start(&data, &Stop::never()).await.unwrap();
    let socket = server.connect_options().get_socket().unwrap().clone();
    let home = socket.parent().unwrap().to_owned();
    assert_eq!(home.parent(), Some(Path::new("/var/lib/mandat")));
    sqlx::raw_sql("CREATE TABLE remembered ()")
        .execute(&mut server.connect_options().connect().await.unwrap())
        .await
        .unwrap();
    server.stop().await.unwrap();

    // The same cluster is found again, even once the folder is opened.
    std::fs::set_permissions(closed.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let server = Embedded::start(&data, &Stop::never()).await.unwrap();
    let mut connection = server.connect_options().connect().await.unwrap();
    sqlx::raw_sql("SELECT FROM remembered")
        .execute(&mut connection)
        .await
        .unwrap();
    drop(connection);
    server.stop().await.unwrap();
    assert_none_left(&home);
    std::fs::remove_dir_all(home).unwrap();
    // Another data directory may have its cluster there.
    std::fs::remove_dir("/var/lib/mandat").unwrap_or_default();
}

#[tokio::test]
async fn a_stale_process_id_that_is_somebody_elses_harms_nobody() {
    let folder = folder();
    starts_and_stops(folder.path()).await;
    let cluster = folder.path().join("postgresql/cluster");
    let owner = std::fs::metadata(&cluster).unwrap();
    let mut stranger = Command::new("sleep");
    stranger.arg("60").current_dir("/");
    if is_root() {
        stranger.uid(owner.uid()).gid(owner.gid());
    }
    let mut stranger = stranger.spawn().unwrap();
    let stale = cluster.join("postmaster.pid");
    let words = format!(
        "{}\n{}\n1790000000\n5432\n/tmp\n\n  1 2\nready   \n",
        stranger.id(),
        cluster.display()
    );
    std::fs::write(&stale, words).unwrap();
    chown(&stale, Some(owner.uid()), Some(owner.gid())).unwrap();

    let server = Embedded::start(folder.path(), &Stop::never()).await.unwrap();
    assert_ne!(postmaster(folder.path()), i32::try_from(stranger.id()).unwrap());
    assert!(stranger.try_wait().unwrap().is_none(), "the stranger was left alone");
    server.stop().await.unwrap();
    stranger.kill().unwrap();
    stranger.wait().unwrap();
}

#[test]
fn missing_programs_are_told_with_their_remedies() {
    let (folder, empty) = (folder(), tempfile::tempdir().unwrap());
    let program = Command::new(std::env::current_exe().unwrap());
    let (kept, answer) = Kept::start_as(program, folder.path(), &[("PG_BIN", empty.path().as_os_str())]);
    let sentence = answer.unwrap_err();
    for remedy in ["apt-get install -y postgresql", "PG_BIN", "DATABASE_URL"] {
        assert!(sentence.contains(remedy), "{sentence}");
    }
    kept.leave();
}

#[tokio::test]
async fn a_cluster_of_an_older_version_is_told_with_the_way_up() {
    let folder = folder();
    let cluster = folder.path().join("postgresql/cluster");
    std::fs::create_dir_all(&cluster).unwrap();
    std::fs::write(cluster.join("PG_VERSION"), "12\n").unwrap();
    if is_root() {
        for path in [
            cluster.join("PG_VERSION"),
            cluster.clone(),
            folder.path().join("postgresql"),
        ] {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    }
    let sentence = refusal(Embedded::start(folder.path(), &Stop::never()).await);
    assert!(
        sentence.contains("PostgreSQL 12") && sentence.contains("pg_upgrade"),
        "{sentence}"
    );
}

#[tokio::test]
async fn a_clusters_owner_runs_it_whoever_starts_it() {
    if !is_root() {
        return;
    }
    // A program that an ordinary user can reach, wherever this one was built.
    let folder = folder();
    let program = folder.path().join("suite");
    // Copied by another process: a test that forks meanwhile would inherit our open file, and a program that somebody
    // may still write to does not run (ETXTBSY).
    let copied = Command::new("cp")
        .arg(std::env::current_exe().unwrap())
        .arg(&program)
        .status()
        .unwrap();
    assert!(copied.success());
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    chown(&data, Some(NOBODY), Some(NOBODY)).unwrap();

    let mut ordinary = Command::new(program);
    ordinary.uid(NOBODY).gid(NOBODY).current_dir("/");
    let (kept, socket) = Kept::start_as(ordinary, &data, &[]);
    // Root joins the ordinary user's server.
    connect_options(&socket.unwrap())
        .connect()
        .await
        .unwrap()
        .ping()
        .await
        .unwrap();
    kept.leave();

    let server = Embedded::start(&data, &Stop::never()).await.unwrap();
    let running = postmaster(&data);
    assert_eq!(std::fs::metadata(format!("/proc/{running}")).unwrap().uid(), NOBODY);
    server.stop().await.unwrap();
    assert_none_left(&data);
}
