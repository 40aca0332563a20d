//! The processes of a cluster, whoever started them: after a `kill -9` some outlive their keeper or their server.

use std::fs::Metadata;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

use super::GLANCE;
use super::place::Place;
use crate::error::{Error, Result};

/// The names under which PostgreSQL's programs run.
const NAMES: [&str; 3] = ["postgres", "postmaster", "initdb"];

/// Ever firmer ways to end what is left: what a server is sent, what a process without one is sent, and how long they
/// have. Whatever was committed is in the log that the next start replays, so even the last one loses nothing.
const STAGES: [(Signal, Signal, Duration); 3] = [
    (Signal::INT, Signal::QUIT, Duration::from_secs(10)),
    (Signal::QUIT, Signal::QUIT, Duration::from_secs(5)),
    (Signal::KILL, Signal::KILL, Duration::from_secs(15)),
];

/// What a server writes about itself in its `postmaster.pid`.
#[derive(Debug, PartialEq, Eq)]
pub struct Postmaster {
    /// The server's process id. A stale file's may be anybody's by now.
    pub pid: i32,
    /// The directory of its socket.
    pub socket: Option<PathBuf>,
    /// Whether it says that it takes connections.
    pub ready: bool,
}

impl Postmaster {
    /// Reads the file of a cluster, if it has one.
    pub fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&std::fs::read_to_string(cluster.join("postmaster.pid")).ok()?)
    }

    /// Line 1 is the process, line 5 the socket's directory, line 8 the state (PostgreSQL, `miscadmin.h`).
    fn parse(words: &str) -> Option<Self> {
        let lines: Vec<&str> = words.lines().collect();
        Some(Self {
            pid: lines.first()?.trim().parse().ok()?,
            socket: lines.get(4).filter(|line| !line.is_empty()).map(PathBuf::from),
            ready: lines.get(7).is_some_and(|state| state.trim() == "ready"),
        })
    }
}

#[derive(Debug, Clone, Copy)]
struct Process {
    pid: i32,
    parent: i32,
}

/// Ends every process that still works in this cluster, waits until none is left, and removes a stale
/// `postmaster.pid`. To be called by the keeper alone, and before its own server runs.
///
/// # Errors
/// [`Error::Setup`] when something resists even `SIGKILL`.
pub async fn clear(place: &Place) -> Result<()> {
    let server = Postmaster::read(&place.cluster()).map(|postmaster| postmaster.pid);
    for (to_server, to_others, patience) in STAGES {
        let found = find(place).await;
        if found.is_empty() {
            break;
        }
        tracing::warn!(
            processes = found.len(),
            "PostgreSQL was left running without us: ending it"
        );
        for process in &found {
            // A process whose server lives is the server's to end, except at last.
            let orphan = !found.iter().any(|other| other.pid == process.parent);
            if orphan || to_others == Signal::KILL {
                signal(
                    place,
                    *process,
                    if server == Some(process.pid) {
                        to_server
                    } else {
                        to_others
                    },
                )
                .await;
            }
        }
        let end = tokio::time::Instant::now() + patience;
        while !find(place).await.is_empty() && tokio::time::Instant::now() < end {
            tokio::time::sleep(GLANCE).await;
        }
    }
    let left = find(place).await;
    if let Some(process) = left.first() {
        return Err(Error::Setup(format!(
            "Process {} still works in {} and cannot be ended. End it, then start Mandat again.",
            process.pid,
            place.cluster().display()
        )));
    }
    // The server would refuse to start beside a file whose process id is in use by anything of the same account.
    if server.is_some() {
        let file = place.cluster().join("postmaster.pid");
        place
            .account
            .run("rm", ["-f".as_ref(), "--".as_ref(), file.as_os_str()])
            .await?;
    }
    Ok(())
}

/// The processes of the server's account, under a name of PostgreSQL's, whose working directory is this cluster.
async fn find(place: &Place) -> Vec<Process> {
    let folders = [place.cluster(), place.draft(), place.home().to_owned()];
    let folders: Vec<String> = folders
        .iter()
        .filter_map(|folder| Some(identity(&std::fs::metadata(folder).ok()?)))
        .collect();
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        if let Some(process) = named(place, pid)
            && works_in(place, pid)
                .await
                .is_some_and(|folder| folders.contains(&folder))
        {
            found.push(process);
        }
    }
    found
}

/// A live process of the server's account under one of PostgreSQL's names, from what `/proc` shows to everybody.
fn named(place: &Place, pid: i32) -> Option<Process> {
    let folder = PathBuf::from(format!("/proc/{pid}"));
    if std::fs::metadata(&folder).ok()?.uid() != place.account.uid {
        return None;
    }
    let words = std::fs::read_to_string(folder.join("stat")).ok()?;
    let (name, state, parent) = stat(&words)?;
    // A zombie holds nothing any more, and may wait long for a parent that never asks.
    (NAMES.contains(&name) && state != "Z").then_some(Process { pid, parent })
}

/// Name, state and parent in `7 (a name) S 1 …`, where the name may hold anything.
fn stat(words: &str) -> Option<(&str, &str, i32)> {
    let (before, after) = words.rsplit_once(')')?;
    let mut fields = after.split_whitespace();
    Some((before.split_once('(')?.1, fields.next()?, fields.next()?.parse().ok()?))
}

/// The identity of the folder in which a process works. In a container root may not look, but the account itself may.
async fn works_in(place: &Place, pid: i32) -> Option<String> {
    let link = format!("/proc/{pid}/cwd");
    match std::fs::metadata(&link) {
        Ok(metadata) => Some(identity(&metadata)),
        Err(error) if error.kind() == ErrorKind::PermissionDenied && place.account.dropped => {
            let words = place.account.run("stat", ["-L", "-c", "%d:%i", &link]).await.ok()?;
            Some(words.trim().to_owned())
        }
        Err(_) => None,
    }
}

fn identity(metadata: &Metadata) -> String {
    format!("{}:{}", metadata.dev(), metadata.ino())
}

/// Signals a process through a handle that is opened before it is looked at again: a number may change hands.
async fn signal(place: &Place, process: Process, signal: Signal) {
    let Some(pid) = Pid::from_raw(process.pid) else { return };
    let Ok(handle) = pidfd_open(pid, PidfdFlags::empty()) else {
        return;
    };
    if find(place).await.iter().any(|found| found.pid == process.pid) {
        // It may have ended by itself in the meantime.
        pidfd_send_signal(&handle, signal).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::{Postmaster, stat};

    #[test]
    fn a_postmaster_file_is_read_line_by_line() {
        let words = "7\n/d\n1790000000\n5432\n/run/s\n\n  1 2\nready   \n";
        let postmaster = Postmaster::parse(words).unwrap();
        assert_eq!(postmaster.socket.unwrap().to_str(), Some("/run/s"));
        assert!(postmaster.ready);
        assert!(!Postmaster::parse("7\n/d\n").unwrap().ready);
        assert_eq!(Postmaster::parse("x"), None);
    }

    #[test]
    fn a_process_may_have_any_name() {
        assert_eq!(stat("7 (a) (b) S 1 7"), Some(("a) (b", "S", 1)));
    }
}
