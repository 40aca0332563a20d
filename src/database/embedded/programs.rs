//! Where this machine keeps PostgreSQL's programs.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use tokio::process::Command;

use super::account::Account;
use crate::error::{Error, Result};

/// The oldest major version that Mandat works with.
const OLDEST: u32 = 15;

/// What a server's folder must hold: `pg_config` and `psql` may be there without one.
const NEEDED: [&str; 2] = ["postgres", "initdb"];

/// What a backup is made with, and restored with.
const CLIENTS: [&str; 2] = ["pg_dump", "pg_restore"];

/// Folders in which the distributions keep one folder of programs per major version: where, the name's beginning, and
/// what follows it. Debian and Ubuntu; Fedora, Red Hat and SUSE (PGDG); Alpine; from source.
const USUAL: [(&str, &str, &str); 4] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/usr/libexec", "postgresql", ""),
    ("/usr/local", "pgsql", "bin"),
];

/// PostgreSQL's server programs of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programs {
    folder: PathBuf,
    /// The major version: the 15 of 15.4.
    pub major: u32,
}

impl Programs {
    /// The path of one of the programs.
    #[must_use]
    pub fn path(&self, program: &str) -> PathBuf {
        self.folder.join(program)
    }

    /// The first programs of a search list that suit: of the cluster's own major version, or any for a new cluster.
    pub async fn find(folders: &[PathBuf], account: &Account, cluster: Option<&ClusterVersion<'_>>) -> Result<Self> {
        let mut found = Vec::new();
        for folder in folders {
            if NEEDED.iter().all(|program| folder.join(program).is_file())
                && let Ok(words) = account.run(folder.join("postgres"), ["--version"]).await
                && let Some(major) = major(&words)
            {
                found.push(Self {
                    folder: folder.clone(),
                    major,
                });
            }
        }
        Self::choose(found, cluster)
    }

    /// The client programs of a search list for a server of this major version: its own, or the nearest later ones. An
    /// older `pg_dump` refuses a newer server, and a much newer `pg_restore` says what an older server does not know.
    ///
    /// # Errors
    /// [`Error::Setup`] where there are none.
    pub async fn clients(folders: &[PathBuf], server: u32) -> Result<Self> {
        let mut found = Vec::new();
        for folder in folders {
            if CLIENTS.iter().all(|program| folder.join(program).is_file())
                && let Ok(output) = Command::new(folder.join("pg_dump")).arg("--version").output().await
                && let Some(major) = major(&String::from_utf8_lossy(&output.stdout))
            {
                found.push(Self {
                    folder: folder.clone(),
                    major,
                });
            }
        }
        let newest = found.iter().map(|programs| programs.major).max();
        found.retain(|programs| programs.major >= server);
        let nearest = found.into_iter().min_by_key(|programs| programs.major);
        nearest.ok_or_else(|| clients_missing(server, newest))
    }

    fn choose(mut found: Vec<Self>, cluster: Option<&ClusterVersion<'_>>) -> Result<Self> {
        found.retain(|programs| programs.major >= OLDEST);
        let Some(newest) = found.iter().map(|programs| programs.major).max() else {
            return Err(missing());
        };
        let suits = |programs: &Self| cluster.is_none_or(|cluster| cluster.major == programs.major);
        match (found.into_iter().find(suits), cluster) {
            (None, Some(cluster)) => Err(cluster.mismatch(newest)),
            (chosen, _) => chosen.ok_or_else(missing),
        }
    }
}

/// The version that made an existing cluster.
#[derive(Debug)]
pub struct ClusterVersion<'a> {
    folder: &'a Path,
    major: u32,
}

impl<'a> ClusterVersion<'a> {
    /// Reads it from PostgreSQL's data directory; `None` where there is no cluster.
    ///
    /// # Errors
    /// [`Error::Setup`] when there is a cluster whose version cannot be read.
    pub fn read(folder: &'a Path) -> Result<Option<Self>> {
        let file = folder.join("PG_VERSION");
        let unreadable = |reason: String| {
            Error::Setup(format!(
                "The cluster's version {} is unreadable: {reason}.",
                file.display()
            ))
        };
        match std::fs::read_to_string(&file) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unreadable(error.to_string())),
            Ok(words) => {
                let major = words.trim().split('.').next().and_then(|major| major.parse().ok());
                let major = major.ok_or_else(|| unreadable(format!("{:?}", words.trim())))?;
                Ok(Some(Self { folder, major }))
            }
        }
    }

    fn mismatch(&self, newest: u32) -> Error {
        let (folder, major) = (self.folder.display(), self.major);
        if major > newest {
            return Error::Setup(format!(
                "The cluster in {folder} was made by PostgreSQL {major}, and this machine has only PostgreSQL {newest}. \
                 Install PostgreSQL {major} (apt-get install -y postgresql-{major})."
            ));
        }
        Error::Setup(format!(
            "The cluster in {folder} was made by PostgreSQL {major}, and this machine has only PostgreSQL {newest}. \
             Install PostgreSQL {major} beside it (apt-get install -y postgresql-{major}) and Mandat goes on with that; \
             to move up to {newest}, then run pg_upgrade, or pg_dump the database and restore it into an empty data \
             directory."
        ))
    }
}

/// Where to look, in order: `PG_BIN` alone when it is set (who names a folder wants no other); else what `pg_config`
/// says, the distributions' folders (newest first) and `PATH`.
pub async fn search_list(pg_bin: Option<OsString>, path: Option<OsString>) -> Vec<PathBuf> {
    if let Some(folder) = pg_bin.filter(|folder| !folder.is_empty()) {
        return vec![folder.into()];
    }
    let mut folders = Vec::new();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output().await {
        folders.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    for (parent, beginning, below) in USUAL {
        folders.extend(
            versions(Path::new(parent), beginning)
                .into_iter()
                .map(|folder| folder.join(below)),
        );
    }
    folders.extend(path.iter().flat_map(std::env::split_paths));
    folders.retain(|folder| folder.is_absolute());
    folders
}

/// The folders named by a beginning and a version, newest first; one without a version comes last.
fn versions(parent: &Path, beginning: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let version = name.strip_prefix(beginning)?;
            let version = if version.is_empty() { 0 } else { version.parse().ok()? };
            Some((version, entry.path()))
        })
        .collect();
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, folder)| folder).collect()
}

/// The major version in `postgres (PostgreSQL) 15.4 (Debian 15.4-1)` or `… 18beta1`.
fn major(words: &str) -> Option<u32> {
    let version = words.split_once("(PostgreSQL)")?.1.trim_start();
    let digits = version
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(version.len());
    version[..digits].parse().ok()
}

fn missing() -> Error {
    Error::Setup(format!(
        "Mandat keeps its texts in PostgreSQL {OLDEST} or later, whose server programs were not found. Install them \
         (apt-get install -y postgresql), name their folder in PG_BIN, or name a PostgreSQL of your own in DATABASE_URL."
    ))
}

fn clients_missing(server: u32, newest: Option<u32>) -> Error {
    let found = newest.map_or("none".to_owned(), |newest| format!("only those of PostgreSQL {newest}"));
    Error::Setup(format!(
        "The database's server is PostgreSQL {server}: pg_dump and pg_restore must not be older, and this machine has \
         {found}. Install them (apt-get install -y postgresql-client-{server}), or name their folder in PG_BIN."
    ))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{ClusterVersion, Programs, major, search_list, versions};

    fn programs(major: u32) -> Programs {
        Programs {
            folder: PathBuf::from(format!("/opt/{major}")),
            major,
        }
    }

    fn choose(found: &[u32], cluster: Option<u32>) -> Result<u32, String> {
        let cluster = cluster.map(|major| ClusterVersion {
            folder: Path::new("/data"),
            major,
        });
        let found = found.iter().map(|major| programs(*major)).collect();
        let chosen = Programs::choose(found, cluster.as_ref());
        chosen.map(|programs| programs.major).map_err(|error| error.to_string())
    }

    #[test]
    fn versions_are_read() {
        assert_eq!(
            major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major("something else"), None);
    }

    #[test]
    fn the_clusters_own_version_comes_first() {
        assert_eq!(choose(&[17, 16, 15], None), Ok(17));
        assert_eq!(choose(&[17, 16, 15], Some(16)), Ok(16));
    }

    #[test]
    fn every_refusal_names_the_way_out() {
        assert!(choose(&[], None).unwrap_err().contains("apt-get install -y postgresql"));
        assert!(choose(&[14], None).unwrap_err().contains("DATABASE_URL"));
        assert!(choose(&[17], Some(15)).unwrap_err().contains("pg_upgrade"));
        assert!(choose(&[15], Some(17)).unwrap_err().contains("postgresql-17"));
    }

    #[test]
    fn folders_are_listed_newest_first() {
        let parent = tempfile::tempdir().unwrap();
        for name in ["9", "15", "17", "common"] {
            std::fs::create_dir(parent.path().join(name)).unwrap();
        }
        let names = versions(parent.path(), "");
        let names: Vec<_> = names.iter().filter_map(|folder| folder.file_name()?.to_str()).collect();
        assert_eq!(names, ["17", "15", "9"]);
    }

    #[tokio::test]
    async fn a_server_is_dumped_by_its_own_clients_or_the_nearest_later_ones() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let folders: Vec<PathBuf> = ["15", "18", "17"].map(|major| parent.path().join(major)).into();
        for folder in &folders {
            std::fs::create_dir(folder).unwrap();
            let major = folder.file_name().unwrap().to_str().unwrap();
            for program in ["pg_dump", "pg_restore"] {
                let script = format!("#!/bin/sh\necho '{program} (PostgreSQL) {major}.1'\n");
                std::fs::write(folder.join(program), script).unwrap();
                let executable = std::fs::Permissions::from_mode(0o755);
                std::fs::set_permissions(folder.join(program), executable).unwrap();
            }
        }
        for (server, chosen) in [(15, 15), (16, 17), (17, 17), (18, 18)] {
            assert_eq!(Programs::clients(&folders, server).await.unwrap().major, chosen);
        }
        let older = Programs::clients(&folders, 19).await.unwrap_err().to_string();
        assert!(older.contains("only those of PostgreSQL 18"), "{older}");
        let none = Programs::clients(&[], 16).await.unwrap_err().to_string();
        assert!(
            none.contains("postgresql-client-16") && none.contains("PG_BIN"),
            "{none}"
        );
    }

    #[tokio::test]
    async fn a_named_folder_is_the_only_one() {
        assert_eq!(
            search_list(Some("/x".into()), Some("/usr/bin".into())).await,
            [PathBuf::from("/x")]
        );
        assert!(
            search_list(None, Some("/some/bin".into()))
                .await
                .contains(&PathBuf::from("/some/bin"))
        );
    }
}
