//! A document as a readable file: the form of the founding content and of `import DIR`.
//!
//! One TOML file per document, named as one likes; `release.toml` may say the public note. Every mistake is told with
//! its file and line.

mod file;
mod reading;
mod writing;

use std::path::{Path, PathBuf};

use toml::Spanned;

use file::{ReleaseFile, decode, line_of};
use reading::unwritable;

use crate::error::{Error, Result};
use crate::model::document::Document;
use crate::model::{Bilingual, DocumentId, Kind, Text};

/// The file of a directory that speaks of the release itself.
const RELEASE_FILE: &str = "release.toml";

/// A directory of manuscripts, read and checked as far as can be without a database.
#[derive(Debug)]
pub struct Manuscripts {
    /// One per document, in the order of their numbers.
    pub documents: Vec<Manuscript>,
    /// The public note of the release that they will make.
    pub note: Option<Bilingual<String>>,
    /// Whether that release is minor (design §2: it moves no public date).
    pub minor: bool,
    /// The file and the line of the note.
    note_place: Option<(PathBuf, usize)>,
}

/// One document as its file says it.
#[derive(Debug)]
pub struct Manuscript {
    /// The file and the lines to name when the database refuses.
    pub source: Source,
    /// Number, kind and key.
    pub document: Document,
    /// The text, each passage without a basis for its English (the deed knows it); a passage without French is one whose
    /// words the law removed.
    pub text: Text,
}

/// Where a manuscript's facts stand in its file.
#[derive(Debug, Clone)]
pub struct Source {
    file: PathBuf,
    /// Line of `number`.
    pub number: usize,
    /// Line of `slug`, or of `number` where there is none.
    pub slug: usize,
    /// The members of a list, then the successor if there is one.
    pub references: Vec<Reference>,
    /// Line of the last day in office.
    pub until: Option<usize>,
    /// Line of each passage's anchor, in the text's order.
    pub anchors: Vec<usize>,
}

/// Another document that a manuscript names.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    /// Its number.
    pub document: DocumentId,
    /// The line that names it.
    pub line: usize,
    /// What it must be.
    pub kind: Option<Kind>,
}

impl Source {
    /// The refusal of this file at a line.
    #[must_use]
    pub fn refuse(&self, line: usize, reason: impl Into<String>) -> Error {
        Error::Import {
            file: self.file.clone(),
            line,
            reason: reason.into(),
        }
    }
}

impl Manuscripts {
    /// Reads every `.toml` file of a directory.
    ///
    /// # Errors
    /// [`Error::Setup`] where the directory cannot be read or holds no document, [`Error::Import`] for the first file that
    /// is not well formed.
    pub fn read(directory: &Path) -> Result<Self> {
        let unreadable = |path: &Path, error: &std::io::Error| Error::Setup(format!("{}: {error}", path.display()));
        let mut files = Vec::new();
        for entry in std::fs::read_dir(directory).map_err(|error| unreadable(directory, &error))? {
            let path = entry.map_err(|error| unreadable(directory, &error))?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
                let content = file::words(&path, bytes)?;
                files.push((path, content));
            }
        }
        files.sort();
        let manuscripts = Self::parse(files)?;
        if manuscripts.documents.is_empty() {
            let reason = format!("{}: there is no document, which is a `.toml` file", directory.display());
            return Err(Error::Setup(reason));
        }
        Ok(manuscripts)
    }

    /// Parses files given by name and content.
    ///
    /// # Errors
    /// [`Error::Import`] for the first file that is not well formed, or that repeats a number or an anchor of another.
    pub fn parse(files: impl IntoIterator<Item = (PathBuf, String)>) -> Result<Self> {
        let mut release = ReleaseFile::default();
        let mut note_place = None;
        let mut documents = Vec::new();
        for (file, content) in files {
            if file.file_name().is_some_and(|name| name == RELEASE_FILE) {
                release = decode::<ReleaseFile>(&file, &content)?;
                let place = |note: &Spanned<_>| (file, line_of(&content, note.span().start));
                note_place = release.note.as_ref().map(place);
            } else {
                documents.push(Manuscript::parse(&file, &content)?);
            }
        }
        documents.sort_by_key(|manuscript| manuscript.document.id);
        refuse_repetitions(&documents)?;
        let manuscripts = Self {
            documents,
            note: release.note.map(Spanned::into_inner),
            minor: release.minor,
            note_place,
        };
        for words in manuscripts.note.iter().flat_map(|note| [&note.fr, &note.en]) {
            if let Some(fault) = unwritable(words) {
                return Err(manuscripts.refuse_note(format!("the note {fault}")));
            }
        }
        Ok(manuscripts)
    }

    /// The refusal of the public note, at its line.
    #[must_use]
    pub fn refuse_note(&self, reason: String) -> Error {
        let (file, line) = self.note_place.clone().unwrap_or_default();
        Error::Import { file, line, reason }
    }
}

fn refuse_repetitions(documents: &[Manuscript]) -> Result<()> {
    let mut anchors = std::collections::HashMap::new();
    let mut before: Option<&Manuscript> = None;
    for manuscript in documents {
        let source = &manuscript.source;
        if let Some(before) = before.filter(|before| before.document.id == manuscript.document.id) {
            let reason = format!(
                "number {} is that of {} too",
                manuscript.document.id,
                before.source.file.display()
            );
            return Err(source.refuse(source.number, reason));
        }
        before = Some(manuscript);
        for (passage, &line) in manuscript.text.passages.iter().zip(&source.anchors) {
            if let Some(other) = anchors.insert(passage.anchor.as_str(), &source.file) {
                let reason = format!("anchor `{}` is in {} already", passage.anchor.as_str(), other.display());
                return Err(source.refuse(line, reason));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "number = 9\nkind = \"page\"\nenglish = \"none\"\nslug = { fr = \"une-page\" }\n\n\
                        [[title]]\nanchor = \"abcde\"\nfr = \"Une page\"\n";

    fn parse(content: &str) -> std::result::Result<Manuscripts, String> {
        Manuscripts::parse([(PathBuf::from("page.toml"), content.to_owned())]).map_err(|error| error.to_string())
    }

    #[test]
    fn a_page_is_read_whole() {
        let page = &parse(PAGE).unwrap().documents[0];
        assert_eq!(
            page.document,
            Document {
                id: 9.into(),
                kind: Kind::Page,
                key: None
            }
        );
        assert_eq!(page.text.slug.fr.as_ref().unwrap().as_str(), "une-page");
        assert_eq!(page.text.passages[0].fr.as_deref(), Some("Une page"));
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let cases = [
            (PAGE.replace("number = 9", "number = nine"), "page.toml:1:"),
            (PAGE.replace("number = 9\n", ""), "page.toml:1: missing field `number`"),
            (
                PAGE.replace("\"page\"", "\"poster\""),
                "page.toml:2: unknown variant `poster`",
            ),
            (
                PAGE.replace("une-page", "Une page"),
                "page.toml:4: `Une page` is no slug",
            ),
            (PAGE.replace("abcde", "main"), "page.toml:7: `main` is no anchor"),
            (
                PAGE.replace("\"none\"", "\"present\""),
                "page.toml:7: `abcde` has no English",
            ),
            (
                PAGE.replace("Une page", " "),
                "page.toml:7: `abcde` has an empty French",
            ),
            (
                PAGE.replace("slug = { fr = \"une-page\" }\n", ""),
                "page.toml:1: a page needs a slug",
            ),
            (PAGE.replace("title", "titre"), "page.toml:6: unknown field `titre`"),
            (
                PAGE.replace("Une page", "Une\\u0000page"),
                "page.toml:7: `abcde` has the character U+0000",
            ),
            (
                PAGE.replace("fr = \"Une page\"", &format!("fr = \"{}\"", "é".repeat(20_001))),
                "page.toml:7: `abcde` has 20001 characters",
            ),
            (
                PAGE.replace("fr = \"Une page\"", "en = \"A page\""),
                "page.toml:7: `abcde` has no French",
            ),
            (
                PAGE.replace("\"page\"\n", "\"page\"\nkey = \"mission\"\n"),
                "page.toml:3: `mission` is the key of a statement",
            ),
            (
                "number = 9\nkind = \"list\"\nkey = \"poems\"\nenglish = \"none\"\n".to_owned(),
                "page.toml:3: `poems` is no key of a list",
            ),
            (
                "number = 9\nkind = \"list\"\nkey = \"mandates\"\nenglish = \"none\"\nmembers = [\n  5,\n  5]\n"
                    .to_owned(),
                "page.toml:7: document 5 is in the list twice",
            ),
            (
                PAGE.replace("anchor = \"abcde\"\n", ""),
                "page.toml:6: missing field `anchor`",
            ),
            (
                format!("{PAGE}[[body]]\nanchor = \"abcde\"\nfr = \"x\"\n"),
                "page.toml:10: anchor `abcde` is in page.toml",
            ),
        ];
        for (content, expected) in cases {
            let told = parse(&content).unwrap_err();
            assert!(told.starts_with(expected), "expected `{expected}`, was told `{told}`");
        }
    }

    #[test]
    fn a_directory_without_a_document_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let read = || Manuscripts::read(directory.path()).unwrap_err().to_string();
        assert!(read().ends_with("there is no document, which is a `.toml` file"));
        std::fs::write(directory.path().join(RELEASE_FILE), "minor = true\n").unwrap();
        std::fs::write(directory.path().join("notes.txt"), PAGE).unwrap();
        assert!(read().ends_with("there is no document, which is a `.toml` file"));
        std::fs::write(directory.path().join("a.toml"), b"number = 9\n# \xe9\n").unwrap();
        assert!(read().ends_with("a.toml:2: not UTF-8"));
    }

    #[test]
    fn two_files_never_share_a_number() {
        let files = ["a.toml", "b.toml"].map(|name| (PathBuf::from(name), PAGE.to_owned()));
        let told = Manuscripts::parse(files).unwrap_err().to_string();
        assert_eq!(told, "b.toml:1: number 9 is that of a.toml too");
    }
}
