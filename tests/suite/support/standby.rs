//! A streaming replica of a server of the tests.

use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};
use tempfile::TempDir;

use super::folder;
use crate::embedded::kept::connect_options;
use crate::support::processes::{kill, postmaster};

/// How long it may take to answer on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A replica, which ends with this value.
pub struct Standby {
    folder: TempDir,
    server: Child,
}

impl Standby {
    /// Copies the server of a data directory, whose socket is in this folder, and follows it so far behind.
    pub async fn of(data: &Path, socket: &Path, behind: Duration) -> Self {
        let home = data.join("postgresql");
        let server = std::fs::read_link(format!("/proc/{}/exe", postmaster(data))).unwrap();
        admit_replicas(&home, socket).await;
        let folder = folder();
        let owner = std::fs::metadata(home.join("cluster")).unwrap();
        std::os::unix::fs::chown(folder.path(), Some(owner.uid()), Some(owner.gid())).unwrap();
        let run = |program: &Path| {
            let mut command = Command::new(program);
            command.current_dir(folder.path()).uid(owner.uid()).gid(owner.gid());
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            command
        };
        let mut copy = run(&server.with_file_name("pg_basebackup"));
        copy.args([
            "--username=postgres",
            "--port=5432",
            "--checkpoint=fast",
            "--write-recovery-conf",
            "--pgdata=copy",
        ]);
        assert!(copy.arg("--host").arg(socket).status().unwrap().success());
        let mut follow = run(&server);
        follow.args(["-D", "copy", "-c", "fsync=off", "-c", "unix_socket_permissions=0700"]);
        for (setting, value) in [
            ("unix_socket_directories", folder.path().to_owned()),
            ("hba_file", home.join("pg_hba.conf")),
            ("ident_file", home.join("pg_ident.conf")),
        ] {
            follow.arg(format!("--{setting}={}", value.display()));
        }
        follow
            .arg("--listen_addresses=")
            .arg(format!("--recovery_min_apply_delay={}ms", behind.as_millis()));
        let server = follow.spawn().unwrap();
        let standby = Self { folder, server };
        let end = Instant::now() + PATIENCE;
        while standby.options().connect().await.is_err() {
            assert!(Instant::now() < end, "the replica never answered");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        standby
    }

    /// The folder of its socket.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// How to connect to it as the owner of the database.
    pub fn options(&self) -> PgConnectOptions {
        connect_options(self.folder.path())
    }

    /// Makes it the primary.
    pub async fn promote(&self) {
        let mut superuser = self.options().username("postgres").connect().await.unwrap();
        run(&mut superuser, "select pg_promote()").await;
    }
}

impl Drop for Standby {
    fn drop(&mut self) {
        kill(i32::try_from(self.server.id()).unwrap());
        self.server.wait().unwrap();
    }
}

/// Lets replicas of a server copy it and follow it.
async fn admit_replicas(home: &Path, socket: &Path) {
    let rules = home.join("pg_hba.conf");
    let admitted = std::fs::read_to_string(&rules).unwrap() + "local replication postgres peer map=mandat\n";
    std::fs::write(&rules, admitted).unwrap();
    let mut superuser = connect_options(socket).username("postgres").connect().await.unwrap();
    run(&mut superuser, "select pg_reload_conf()").await;
}

async fn run(connection: &mut PgConnection, statement: &'static str) {
    sqlx::raw_sql(statement).execute(connection).await.unwrap();
}
