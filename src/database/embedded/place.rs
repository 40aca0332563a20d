//! Where the cluster of a data directory lives, and as whom.

use std::fs::{DirBuilder, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use super::account::Account;
use crate::error::{Error, Result};

/// Where clusters live whose data directory the server's account cannot enter (below root's home, for one).
const ELSEWHERE: &str = "/var/lib/mandat";

/// PostgreSQL's own limit for a path is 1023 bytes; this leaves room for its files.
const LONGEST_HOME: usize = 900;

/// How many characters of a data directory's path its folder under [`ELSEWHERE`] repeats, for people.
const READABLE: usize = 40;

/// The home of one cluster.
#[derive(Debug)]
pub struct Place {
    home: PathBuf,
    /// Who owns the home, and runs the server.
    pub account: Account,
}

impl Place {
    /// Whether a data directory has a cluster, here or elsewhere.
    pub fn exists(data: &Path) -> bool {
        let homes = [data.join("postgresql"), Path::new(ELSEWHERE).join(folder_name(data))];
        homes.iter().any(|home| existing(home).is_some())
    }

    /// Finds the home of a data directory's cluster, or where a new one belongs.
    ///
    /// # Errors
    /// [`Error::Setup`] when the cluster belongs to an account that we are not, or that cannot reach it.
    pub async fn find(data: &Path) -> Result<Self> {
        let own = data.join("postgresql");
        let elsewhere = Path::new(ELSEWHERE).join(folder_name(data));
        if let Some(folder) = existing(&own) {
            let account = Account::owner(&folder).await?;
            if !account.can_enter(&own).await {
                return Err(Error::Setup(format!(
                    "The cluster in {} belongs to the account {}, which cannot enter that folder. Let it pass through \
                     the folders above (chmod o+x), or give the cluster to an account that can (chown -R).",
                    own.display(),
                    account.name
                )));
            }
            return Ok(Self { home: own, account });
        }
        if let Some(folder) = existing(&elsewhere) {
            let account = Account::owner(&folder).await?;
            return Ok(Self::elsewhere(elsewhere, account, data));
        }
        let account = Account::for_new_cluster().await?;
        let fits = own.as_os_str().len() <= LONGEST_HOME;
        if fits && account.can_enter(data).await {
            return Ok(Self { home: own, account });
        }
        if account.dropped {
            return Ok(Self::elsewhere(elsewhere, account, data));
        }
        Err(Error::Setup(format!(
            "The path of the data directory {} is too long for PostgreSQL. Choose a shorter one, with --data.",
            data.display()
        )))
    }

    fn elsewhere(home: PathBuf, account: Account, data: &Path) -> Self {
        let (home_shown, account_shown, data) = (home.display(), &account.name, data.display());
        tracing::info!("the cluster lives in {home_shown}: its account {account_shown} cannot work in {data}");
        Self { home, account }
    }

    /// Creates the home if it is missing: a folder for the server's account alone.
    pub fn create(&self) -> Result<()> {
        let unusable =
            |error: std::io::Error| Error::Setup(format!("{} cannot be created: {error}.", self.home.display()));
        if self.home.starts_with(ELSEWHERE) {
            // The account passes through, whatever our umask.
            match DirBuilder::new().create(ELSEWHERE) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(unusable(error)),
                Err(_) => {}
                Ok(()) => std::fs::set_permissions(ELSEWHERE, Permissions::from_mode(0o755)).map_err(unusable)?,
            }
        }
        match DirBuilder::new().mode(0o700).create(&self.home) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(unusable(error)),
            _ => {}
        }
        // Through a descriptor that follows no link: root may be working in a folder of somebody else's.
        let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let home = rustix::fs::open(&self.home, flags, Mode::empty()).map_err(|error| unusable(error.into()))?;
        let home = std::fs::File::from(home);
        let owner = home.metadata().map_err(unusable)?.uid();
        if self.account.dropped && owner == 0 {
            fchown(&home, Some(self.account.uid), None).map_err(unusable)?;
        } else if owner != self.account.uid {
            return Err(Error::Setup(format!(
                "The folder {} belongs to another account (user {owner}) and holds no cluster. Remove it, or give \
                 Mandat a data directory of its own, with --data.",
                self.home.display()
            )));
        }
        Ok(())
    }

    /// The folder that holds everything about this cluster.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// PostgreSQL's own data directory.
    pub fn cluster(&self) -> PathBuf {
        self.home.join("cluster")
    }

    /// Where a cluster is prepared, before it takes its name.
    pub fn draft(&self) -> PathBuf {
        self.home.join("cluster.new")
    }

    /// What the server says.
    pub fn log(&self) -> PathBuf {
        self.home.join("postgresql.log")
    }
}

/// The folder whose owner owns the cluster of a home: the cluster, or the home when it may not be entered. `None`
/// where there is no cluster.
fn existing(home: &Path) -> Option<PathBuf> {
    let cluster = home.join("cluster");
    match std::fs::metadata(&cluster) {
        Ok(_) => Some(cluster),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => home.is_dir().then(|| home.to_owned()),
        Err(_) => None,
    }
}

/// A name for a data directory's folder: the end of its path for people, a digest of it for certainty.
fn folder_name(data: &Path) -> String {
    let path = data.as_os_str().as_encoded_bytes();
    let plain = |byte: &u8| {
        if byte.is_ascii_alphanumeric() {
            char::from(*byte)
        } else {
            '-'
        }
    };
    let words: Vec<char> = path.iter().map(plain).collect();
    let words: String = words[words.len().saturating_sub(READABLE)..].iter().collect();
    format!("{}-{:016x}", words.trim_matches('-'), digest(path))
}

/// FNV-1a, 64 bits: the name must be the same for every build, which the standard library's hashes do not promise.
fn digest(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::folder_name;

    #[test]
    fn a_folder_name_is_stable_readable_and_its_own() {
        assert_eq!(
            folder_name(Path::new("/root/mandat/data")),
            "root-mandat-data-d748c9b52a51f1a7"
        );
        assert_ne!(folder_name(Path::new("/a/b")), folder_name(Path::new("/a-b")));
        assert!(folder_name(Path::new(&"/é".repeat(200))).len() <= 57);
    }
}
