//! A file that takes its name when it is whole.

use std::fs::File;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Error, Result};

/// A file that nobody but us may read, under a name of its own beside the one that it will have. Dropped before it is
/// whole, it leaves no trace.
#[derive(Debug)]
pub struct Draft {
    unfinished: NamedTempFile,
    path: PathBuf,
}

impl Draft {
    /// Begins a file that must not exist.
    ///
    /// # Errors
    /// [`Error::Setup`] where the path is taken, were it by a link that leads nowhere, or where its folder cannot be
    /// written to.
    pub fn of(path: &Path) -> Result<Self> {
        if path.symlink_metadata().is_ok() {
            return Err(Error::Setup(format!(
                "{} exists already, and nothing is written over it. Choose another name.",
                path.display()
            )));
        }
        let unfinished = tempfile::Builder::new()
            .prefix(".mandat-")
            .suffix(".unfinished")
            .tempfile_in(folder(path))
            .map_err(|error| unwritable(path, &error))?;
        let path = path.to_owned();
        Ok(Self { unfinished, path })
    }

    /// The file, to be written.
    pub fn file(&self) -> &File {
        self.unfinished.as_file()
    }

    /// Gives the file its name, on the disk too, and tells how many bytes it has.
    ///
    /// # Errors
    /// [`Error::Setup`] where that cannot be done, or where the path was taken meanwhile.
    pub fn finish(self) -> Result<u64> {
        let Self { unfinished, path } = self;
        let kept = || {
            unfinished.as_file().sync_all()?;
            let file = unfinished.persist_noclobber(&path).map_err(|refused| refused.error)?;
            File::open(folder(&path))?.sync_all()?;
            Ok(file.metadata()?.len())
        };
        kept().map_err(|error| unwritable(&path, &error))
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Error::Setup(format!("{} cannot be written: {error}.", path.display()))
}
