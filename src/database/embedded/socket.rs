//! The directory of a server's socket: new for every keeper, so that nothing left over can answer for its server.

use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};

use super::place::Place;
use crate::error::Result;

/// The number in the socket's name. No port is ever opened.
pub const PORT: u16 = 5432;

/// The longest path of a socket, in bytes (`sun_path` less its final zero).
const LONGEST_PATH: usize = 107;

/// What begins the name of a socket directory in a home, and in [`SHORT`].
const NAME: &str = "s-";
const SHORT: &str = "/tmp/mandat-";

/// Chooses and creates a directory that only the server's account may enter: in the cluster's home, or in `/tmp` where
/// that path is too long for a socket or too odd for a line of text.
pub async fn create(place: &Place) -> Result<PathBuf> {
    let unique = RandomState::new().hash_one(std::process::id());
    let near = place.home().join(format!("{NAME}{:08x}", unique >> 32));
    let directory = if fits(&near) {
        near
    } else {
        PathBuf::from(format!("{SHORT}{unique:016x}"))
    };
    // Refused where the name exists: what another has made is never used.
    place
        .account
        .run(
            "mkdir",
            ["-m".as_ref(), "0700".as_ref(), "--".as_ref(), directory.as_os_str()],
        )
        .await?;
    Ok(directory)
}

/// Removes the sockets of a server that is gone, whose process id may be somebody else's by now, and keeps the
/// directory.
pub async fn clear(place: &Place, directory: &Path) -> Result<()> {
    let script = r#"rm -f -- "$1"/.s.PGSQL.*"#;
    place
        .account
        .run(
            "sh",
            ["-c".as_ref(), script.as_ref(), "sh".as_ref(), directory.as_os_str()],
        )
        .await?;
    Ok(())
}

/// Removes a directory that is no longer needed.
pub async fn remove(place: &Place, directory: &Path) -> Result<()> {
    place
        .account
        .run("rm", ["-rf".as_ref(), "--".as_ref(), directory.as_os_str()])
        .await?;
    Ok(())
}

/// Removes what earlier keepers left behind; `last` is where the last server listened, if it left word.
pub async fn remove_old(place: &Place, last: Option<&Path>) -> Result<()> {
    if let Some(last) = last.filter(|last| last.as_os_str().as_encoded_bytes().starts_with(SHORT.as_bytes())) {
        remove(place, last).await?;
    }
    let script = format!(r#"rm -rf -- "$1"/{NAME}*"#);
    place
        .account
        .run(
            "sh",
            ["-c".as_ref(), script.as_ref(), "sh".as_ref(), place.home().as_os_str()],
        )
        .await?;
    Ok(())
}

fn fits(directory: &Path) -> bool {
    let socket = directory.join(format!(".s.PGSQL.{PORT}"));
    socket.as_os_str().len() <= LONGEST_PATH && directory.to_str().is_some_and(|path| !path.contains(char::is_control))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::fits;

    #[test]
    fn a_socket_has_107_bytes() {
        assert!(fits(Path::new(&format!("/{}", "a".repeat(92)))));
        assert!(!fits(Path::new(&format!("/{}", "a".repeat(93)))));
        assert!(!fits(Path::new("/a\nb")));
    }
}
