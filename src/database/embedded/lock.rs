//! One keeper for each data directory, and how others find its server.

use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use crate::error::{Error, Result};

const NAME: &str = "mandat.lock";

/// The right to keep a data directory's server. The kernel takes it back however its process ends.
#[derive(Debug)]
pub struct Lock(File);

/// What a keeper says of itself in the lock file.
#[derive(Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The keeper's process.
    pub process: u32,
    /// The directory of the server's socket, once the server answers.
    pub socket: Option<PathBuf>,
}

impl Lock {
    /// Whether a data directory ever had a keeper: its lock stays.
    pub fn exists(data: &Path) -> bool {
        data.join(NAME).exists()
    }

    /// Takes the lock of a data directory; `None` while another process has it.
    pub fn take(data: &Path) -> Result<Option<Self>> {
        let path = data.join(NAME);
        let unusable = |error: std::io::Error| {
            Error::Setup(format!(
                "The lock {} cannot be used ({error}). Run Mandat as the account that created it or as root, or give it \
                 a data directory of its own, with --data.",
                path.display()
            ))
        };
        // No link is followed: root may be working in a folder of somebody else's.
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = rustix::fs::open(&path, flags, Mode::RUSR | Mode::WUSR).map_err(|error| unusable(error.into()))?;
        let lock = Self(File::from(file));
        match lock.0.try_lock() {
            Ok(()) => {
                lock.announce(None)?;
                Ok(Some(lock))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }

    /// Tells others who keeps the directory, and where the server answers.
    pub fn announce(&self, socket: Option<&Path>) -> Result<()> {
        let mut words = format!("{}\n", std::process::id()).into_bytes();
        if let Some(socket) = socket {
            words.extend_from_slice(socket.as_os_str().as_encoded_bytes());
            words.push(b'\n');
        }
        let told = self
            .0
            .set_len(0)
            .and_then(|()| self.0.write_all_at(&words, 0))
            .and_then(|()| (&self.0).flush());
        told.map_err(|error| Error::Setup(format!("The lock file cannot be written: {error}.")))
    }
}

impl Announcement {
    /// What the keeper of a data directory last said; `None` before it has said anything.
    pub fn read(data: &Path) -> Result<Option<Self>> {
        let path = data.join(NAME);
        match std::fs::read_to_string(&path) {
            Ok(words) => Ok(Self::parse(&words)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::Setup(format!("{} cannot be read: {error}.", path.display()))),
        }
    }

    /// A line counts once its end is there: the file may be read while it is written.
    fn parse(words: &str) -> Option<Self> {
        let mut lines = words.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        Some(Self {
            process: lines.next()?.parse().ok()?,
            socket: lines.next().map(PathBuf::from),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Announcement;

    #[test]
    fn a_half_written_announcement_names_no_socket() {
        let whole = Announcement::parse("7\n/run/s\n").unwrap();
        assert_eq!(whole.socket.unwrap().to_str(), Some("/run/s"));
        assert_eq!(Announcement::parse("7\n/run/").unwrap().socket, None);
        assert_eq!(Announcement::parse("7"), None);
    }
}
