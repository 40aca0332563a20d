//! The account of the operating system that runs the server.
//!
//! PostgreSQL refuses to run as root, so root hands the server to an account that can do nothing else.

use std::ffi::OsStr;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Output, Stdio};

use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::error::{Error, Result};

/// What a child inherits from our environment: how to find programs, libraries and the hour, and nothing that would
/// lead a server (`PG…`) or its service manager (`NOTIFY_SOCKET`) astray.
const INHERITED: [&str; 3] = ["PATH", "LD_LIBRARY_PATH", "TZ"];

/// Whom root prefers to run the server as: PostgreSQL's own account, else the one that owns nothing.
const PREFERRED: [&str; 2] = ["postgres", "nobody"];

/// Who runs the server.
#[derive(Debug, Clone)]
pub struct Account {
    /// The user's number.
    pub uid: u32,
    gid: u32,
    /// The user's name, which PostgreSQL compares callers with.
    pub name: String,
    /// Whether we are root, and become this account for each child.
    pub dropped: bool,
}

impl Account {
    /// The account that owns an existing cluster: ours, or any but root's when we are root.
    pub async fn owner(folder: &Path) -> Result<Self> {
        let metadata = std::fs::metadata(folder).map_err(|error| unreadable(folder, &error))?;
        let ours = rustix::process::geteuid();
        if ours.is_root() && metadata.uid() == 0 {
            return Err(Error::Setup(format!(
                "The cluster in {} belongs to root, as whom PostgreSQL does not run. Give it to an account of its own: \
                 chown -R postgres {0}",
                folder.display()
            )));
        }
        if !ours.is_root() && metadata.uid() != ours.as_raw() {
            return Err(Error::Setup(format!(
                "The cluster in {} belongs to another account (user {}). Run Mandat as that account or as root, or give \
                 it a data directory of its own, with --data.",
                folder.display(),
                metadata.uid()
            )));
        }
        Self::named(metadata.uid(), metadata.gid(), ours.is_root()).await
    }

    /// The account for a new cluster: ours, or an unprivileged one when we are root.
    pub async fn for_new_cluster() -> Result<Self> {
        if !rustix::process::geteuid().is_root() {
            let (uid, gid) = (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
            return Self::named(uid, gid, false).await;
        }
        for name in PREFERRED {
            if let (Some(uid), Some(gid)) = (number("-u", name).await, number("-g", name).await) {
                return Self::named(uid, gid, true).await;
            }
        }
        Err(Error::Setup(
            "PostgreSQL does not run as root, and this machine has neither an account postgres nor an account nobody. \
             Create one (useradd --system postgres), or run Mandat as an ordinary user."
                .to_owned(),
        ))
    }

    async fn named(uid: u32, gid: u32, dropped: bool) -> Result<Self> {
        let nameless = Self {
            uid,
            gid,
            name: String::new(),
            dropped,
        };
        match nameless.run("id", ["-un"]).await {
            Ok(name) => Ok(Self {
                name: name.trim().to_owned(),
                ..nameless
            }),
            Err(error) => Err(Error::Setup(format!(
                "PostgreSQL runs only as an account that has a name, and user {uid} has none here ({error}). Add one to \
                 /etc/passwd, or name a PostgreSQL of your own in DATABASE_URL."
            ))),
        }
    }

    /// A child of this account: in a process group of its own (Ctrl-C is for us alone), in a folder that it can enter,
    /// and holding none of our standard streams.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir("/")
            .env_clear()
            .envs(
                INHERITED
                    .iter()
                    .filter_map(|name| Some((name, std::env::var_os(name)?))),
            )
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        if self.dropped {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Runs a program to its end as this account, and gives what it printed.
    ///
    /// # Errors
    /// [`Error::Setup`] with the program's own words when it fails.
    pub async fn run<A: AsRef<OsStr>>(
        &self,
        program: impl AsRef<OsStr>,
        arguments: impl IntoIterator<Item = A>,
    ) -> Result<String> {
        let mut command = self.command(&program);
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        printed(program.as_ref(), command.output().await)
    }

    /// Puts a file in a place that belongs to this account, whole or not at all.
    pub async fn write(&self, file: &Path, content: &str) -> Result<()> {
        let mut command = self.command("sh");
        command
            .args(["-c", r#"umask 077 && cat >"$1.new" && mv -f -- "$1.new" "$1""#, "sh"])
            .arg(file)
            .stdin(Stdio::piped())
            .stderr(Stdio::piped());
        let written = async {
            let mut child = command.spawn()?;
            if let Some(mut input) = child.stdin.take() {
                input.write_all(content.as_bytes()).await?;
            }
            child.wait_with_output().await
        };
        printed("sh".as_ref(), written.await).map(drop)
    }

    /// Whether this account can enter a folder: asked of the kernel, which knows more than permission bits.
    pub async fn can_enter(&self, folder: &Path) -> bool {
        self.run(
            "sh",
            [
                "-c".as_ref(),
                r#"cd -- "$1""#.as_ref(),
                "sh".as_ref(),
                folder.as_os_str(),
            ],
        )
        .await
        .is_ok()
    }
}

/// The number that `id` knows a user by, if the user exists.
async fn number(kind: &str, user: &str) -> Option<u32> {
    let output = Command::new("id")
        .args([kind, user])
        .stdin(Stdio::null())
        .output()
        .await
        .ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

fn printed(program: &OsStr, output: std::io::Result<Output>) -> Result<String> {
    let program = Path::new(program).display();
    let output = output.map_err(|error| Error::Setup(format!("{program} cannot be run: {error}.")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(Error::Setup(format!(
        "{program} failed ({}): {}",
        output.status,
        words.trim()
    )))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::Setup(format!("{} cannot be read: {error}.", path.display()))
}
