//! Nothing that was acknowledged is lost, whoever is killed.

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mandat::database::embedded::{Embedded, Missing};
use mandat::stop::Stop;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};

use super::kept::{Kept, connect_options, eventually};
use crate::support::processes::{assert_none_left, kill, postmaster, processes};
use crate::support::{folder, server};

/// What a writer was promised: the transactions whose commit was acknowledged, and the last one tried.
#[derive(Default)]
struct Promises {
    acknowledged: Vec<i64>,
    tried: i64,
}

type Ledger = Arc<Mutex<Promises>>;

/// Writes pairs of rows, a transaction each, until the server is gone.
async fn write(options: PgConnectOptions, ledger: Ledger) -> Result<(), sqlx::Error> {
    let mut connection = options.connect().await?;
    loop {
        let id = {
            let mut promises = ledger.lock().unwrap();
            promises.tried += 1;
            promises.tried
        };
        let mut transaction = connection.begin().await?;
        for half in ["first", "second"] {
            let insert = sqlx::query("INSERT INTO kept (id, half) VALUES ($1, $2)")
                .bind(id)
                .bind(half);
            insert.execute(&mut *transaction).await?;
        }
        transaction.commit().await?;
        ledger.lock().unwrap().acknowledged.push(id);
    }
}

/// Every acknowledged pair is there, whole; nothing is there by halves, and nothing that was never tried.
async fn compare(connection: &mut PgConnection, ledger: &Ledger) {
    let stored: Vec<(i64, i64)> = sqlx::query_as("SELECT id, count(*) FROM kept GROUP BY id ORDER BY id")
        .fetch_all(connection)
        .await
        .unwrap();
    let promises = ledger.lock().unwrap();
    assert!(
        stored.iter().all(|(id, halves)| *halves == 2 && *id <= promises.tried),
        "a pair is torn"
    );
    for id in &promises.acknowledged {
        assert!(
            stored.binary_search_by_key(id, |(id, _)| *id).is_ok(),
            "pair {id} was acknowledged and is lost"
        );
    }
}

/// A server that learns of a backend's death ends the others too, those just connected included: one answer counts.
async fn answering(options: &PgConnectOptions) -> sqlx::Result<PgConnection> {
    let mut connection = options.connect().await?;
    connection.ping().await?;
    Ok(connection)
}

/// Connects to a server that may be on its way back.
async fn connect(options: &PgConnectOptions) -> PgConnection {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        match answering(options).await {
            Ok(connection) => return connection,
            Err(error) => assert!(Instant::now() < end, "{error}"),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[derive(Debug, Clone, Copy)]
enum Victim {
    Keeper,
    Server,
    Both,
}

/// Kills during writes, beside a busy backend that does not notice that its server is gone.
async fn round(data: &Path, ledger: &Ledger, victim: Victim, after: Duration) {
    let (kept, socket) = Kept::start(data);
    let options = connect_options(&socket.unwrap());
    let mut connection = connect(&options).await;
    sqlx::raw_sql("CREATE TABLE IF NOT EXISTS kept (id bigint, half text)")
        .execute(&mut connection)
        .await
        .unwrap();
    compare(&mut connection, ledger).await;

    let writer = tokio::spawn(write(options.clone(), ledger.clone()));
    let busy = tokio::spawn(async move {
        sqlx::query("SELECT count(*) FROM (SELECT generate_series(1, 1000000000)) AS busy")
            .execute(&mut connection)
            .await
    });
    tokio::time::sleep(after).await;
    let server = postmaster(data);
    match victim {
        Victim::Keeper => {
            kept.kill();
            assert!(processes(data).contains(&server), "the server is an orphan now");
            let (successor, _) = Kept::start(data);
            assert!(!processes(data).contains(&server), "the orphan is gone");
            successor.leave();
        }
        Victim::Server => {
            kill(server);
            compare(&mut connect(&options).await, ledger).await;
            assert_ne!(postmaster(data), server, "the server was revived");
            kept.leave();
        }
        Victim::Both => {
            kill(server);
            kept.kill();
            // Whoever comes next meets the busy backend.
            assert!(!processes(data).is_empty());
            let (successor, _) = Kept::start(data);
            successor.leave();
        }
    }
    assert!(writer.await.unwrap().is_err(), "the writer's server is gone");
    assert!(busy.await.unwrap().is_err());
    assert_none_left(data);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_during_writes_lose_nothing() {
    let folder = folder();
    let ledger = Ledger::default();
    let victims = [
        Victim::Keeper,
        Victim::Server,
        Victim::Both,
        Victim::Both,
        Victim::Server,
        Victim::Keeper,
    ];
    for (victim, after) in victims.into_iter().zip([120, 310, 70, 450, 190, 260]) {
        let before = ledger.lock().unwrap().acknowledged.len();
        round(folder.path(), &ledger, victim, Duration::from_millis(after)).await;
        assert!(
            ledger.lock().unwrap().acknowledged.len() > before,
            "the kill came during writes"
        );
    }
    let server = Embedded::start(folder.path(), &Stop::never()).await.unwrap();
    compare(&mut server.connect_options().connect().await.unwrap(), &ledger).await;
    server.stop().await.unwrap();
    assert_none_left(folder.path());
}

#[tokio::test]
async fn a_half_made_cluster_is_made_again() {
    let folder = folder();
    let draft = folder.path().join("postgresql/cluster.new/base");
    let keeper = Kept::spawn(Command::new(std::env::current_exe().unwrap()), folder.path(), &[]);
    eventually("initdb works", || draft.exists()).await;
    keeper.kill();
    assert!(
        !folder.path().join("postgresql/cluster").exists(),
        "it was not finished"
    );
    let server = Embedded::start(folder.path(), &Stop::never()).await.unwrap();
    server.connect_options().connect().await.unwrap().ping().await.unwrap();
    server.stop().await.unwrap();
    assert_none_left(folder.path());
}

#[tokio::test]
async fn a_backend_that_dies_alone_is_survived() {
    let folder = folder();
    let server = Embedded::start(folder.path(), &Stop::never()).await.unwrap();
    let mut connection = server.connect_options().connect().await.unwrap();
    let pid: i32 = sqlx::query_scalar("SELECT pg_backend_pid()")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    kill(pid);
    assert!(connection.ping().await.is_err());
    connect(&server.connect_options()).await;
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_server_that_is_dropped_ends_and_may_be_started_again() {
    let folder = folder();
    drop(Embedded::start(folder.path(), &Stop::never()).await.unwrap());
    eventually("the server ends", || processes(folder.path()).is_empty()).await;
    Embedded::join_or_start(folder.path(), Missing::Refuse, &Stop::never())
        .await
        .unwrap()
        .stop()
        .await
        .unwrap();
}

/// Not a test of its own: uses the shared server in a process that will be killed.
#[tokio::test]
async fn sharing_process() {
    if std::env::var_os("MANDAT_SUITE_SHARES").is_none() {
        return;
    }
    let databases: i64 = sqlx::query_scalar("SELECT count(*) FROM pg_database WHERE datname = 'mandat'")
        .fetch_one(&mut server::administrator().await.connect().await.unwrap())
        .await
        .unwrap();
    println!(
        "SHARED {databases} {}",
        server::shared().await.connect_options().get_socket().unwrap().display()
    );
    std::future::pending::<()>().await;
}

#[tokio::test]
async fn the_shared_server_ends_with_the_tests() {
    use std::io::{BufRead, BufReader};
    let mut program = Command::new(std::env::current_exe().unwrap());
    program
        .args(["embedded::crashes::sharing_process", "--exact", "--nocapture"])
        .env("MANDAT_SUITE_SHARES", "1");
    let mut child = program.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let socket = said
        .find_map(|line| Some(line.split_once("SHARED 1 ")?.1.to_owned()))
        .unwrap();
    let folder = Path::new(&socket).ancestors().nth(3).unwrap();
    assert!(
        folder
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .starts_with("mandat-suite-"),
        "{}",
        folder.display()
    );
    assert!(!processes(folder).is_empty());
    child.kill().unwrap();
    child.wait().unwrap();
    eventually("the shared server ends", || {
        !folder.exists() && processes(folder).is_empty()
    })
    .await;
}
