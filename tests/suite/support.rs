//! What tests share.

pub mod answer;
pub mod browser;
pub mod crowd;
pub mod database;
pub mod form;
pub mod log;
pub mod node;
pub mod people;
pub mod processes;
pub mod record;
pub mod server;
pub mod staff;
pub mod standby;
pub mod visitor;

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use tempfile::TempDir;

/// Room for a few clusters, the copies that tests make of a database, and their logs.
const ROOM: u64 = 2 << 30;

/// A new folder that every account may enter, as a checkout is; in memory where there is room, because what tests
/// write survives kills of processes there too, and waits for no disk.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let roomy = rustix::fs::statvfs(memory).is_ok_and(|room| room.f_bavail * room.f_frsize > ROOM);
    let parent = if roomy { memory.to_owned() } else { std::env::temp_dir() };
    let folder = tempfile::Builder::new()
        .prefix("mandat-suite-")
        .tempdir_in(parent)
        .unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}
