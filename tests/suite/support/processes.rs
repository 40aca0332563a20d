//! The processes of PostgreSQL, found and killed.

use std::path::Path;

/// The PostgreSQL processes that work below a folder.
pub fn processes(folder: &Path) -> Vec<i32> {
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid: &i32| {
        let works_in = std::fs::read_link(format!("/proc/{pid}/cwd")).unwrap_or_default();
        let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
        works_in.starts_with(folder) && name.trim() == "postgres"
    })
    .collect()
}

/// Sees that no PostgreSQL works below a folder.
#[track_caller]
pub fn assert_none_left(folder: &Path) {
    assert_eq!(processes(folder), Vec::<i32>::new());
}

/// The process of a cluster's server, from the server's own file.
pub fn postmaster(data: &Path) -> i32 {
    let file = std::fs::read_to_string(data.join("postgresql/cluster/postmaster.pid")).unwrap();
    file.lines().next().unwrap().parse().unwrap()
}

/// Sends `SIGKILL`.
pub fn kill(pid: i32) {
    let pid = rustix::process::Pid::from_raw(pid).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::KILL).unwrap();
}
