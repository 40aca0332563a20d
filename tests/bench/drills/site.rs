//! `mandat serve` with its embedded PostgreSQL, as an operator starts it.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use mandat::database::embedded::{Embedded, Missing};
use mandat::model::Role;
use mandat::stop::Stop;
use rustix::process::{Pid, Signal, kill_process};
use sqlx::{ConnectOptions, PgConnection};
use tempfile::TempDir;

use crate::browser::{Browser, PASSWORD};
use crate::wire;

/// A site; it ends with this value, and nothing of it is kept.
pub struct Site {
    folder: TempDir,
    address: SocketAddr,
    child: Child,
}

impl Site {
    /// Starts it, on a new data directory and a free port.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("mandat-drill-").tempdir().unwrap();
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let child = serve(folder.path(), address);
        Self { folder, address, child }
    }

    /// Where it keeps everything.
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// The number of its process.
    pub fn id(&self) -> i32 {
        self.child.id().try_into().unwrap()
    }

    /// Starts it again, which was killed, at the same address.
    pub fn revive(&mut self) {
        self.child.wait().unwrap();
        self.child = serve(self.folder.path(), self.address);
    }

    /// A browser in which nobody has signed in.
    pub fn browser(&self) -> Browser {
        Browser::to(wire::node(self.address))
    }

    /// A browser in which somebody new has signed in.
    pub async fn newcomer(&self, name: &str, role: Role) -> Browser {
        let email = format!("{name}@exemple.ca");
        let mut user = Command::new(program())
            .args([
                "user",
                "add",
                &email,
                "--name",
                name,
                "--role",
                role.word(),
                "--password-stdin",
                "--data",
            ])
            .arg(self.data())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        user.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
        assert!(user.wait().unwrap().success());
        let browser = self.browser();
        browser.sign_in(&email, PASSWORD).await.is(303);
        browser
    }

    /// A connection as the owner of the database.
    pub async fn owner(&self) -> PgConnection {
        let guest = Embedded::join_or_start(self.data(), Missing::Refuse, &Stop::never()).await;
        guest.unwrap().connect_options().connect().await.unwrap()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        self.child.wait().unwrap();
    }
}

/// Mandat as it was built beside this program.
fn program() -> PathBuf {
    let drills = std::env::current_exe().unwrap();
    drills.ancestors().nth(2).unwrap().join("mandat")
}

/// Starts the program and waits until it listens.
fn serve(data: &Path, address: SocketAddr) -> Child {
    let mut child = Command::new(program())
        .args(["serve", "--log", "off", "--listen", &address.to_string(), "--data"])
        .arg(data)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap()).lines().next();
    let said = said.expect("it ended before it listened").unwrap();
    assert_eq!(said, format!("listening on http://{address}"));
    child
}
