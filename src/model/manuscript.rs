//! A document as a readable file: the form of the founding content and of `import DIR`.
//!
//! One TOML file per document, named as one likes; `release.toml` may say the public note. Every mistake is told with
//! its file and line.

mod file;

use std::path::{Path, PathBuf};

use toml::Spanned;

use file::{DocumentFile, ReleaseFile, decode, line_of};

use crate::error::{Error, Result};
use crate::model::document::Document;
use crate::model::{Anchor, Bilingual, DocumentId, English, Kind, Part, Passage, Slug, Text};

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
    /// The text, each passage without a basis for its English (the deed knows it).
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
    /// Lines of `members`, one for each, then that of the successor if there is one.
    pub references: Vec<(DocumentId, usize)>,
    /// Line of each passage's anchor, in the text's order.
    pub anchors: Vec<usize>,
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
    /// [`Error::Setup`] where the directory cannot be read, [`Error::Import`] for the first file that is not well formed.
    pub fn read(directory: &Path) -> Result<Self> {
        let unreadable = |path: &Path, error: &std::io::Error| Error::Setup(format!("{}: {error}", path.display()));
        let mut files = Vec::new();
        for entry in std::fs::read_dir(directory).map_err(|error| unreadable(directory, &error))? {
            let path = entry.map_err(|error| unreadable(directory, &error))?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let content = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
                files.push((path, content));
            }
        }
        files.sort();
        Self::parse(files)
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
                documents.push(Manuscript::parse(file, &content)?);
            }
        }
        documents.sort_by_key(|manuscript| manuscript.document.id);
        refuse_repetitions(&documents)?;
        Ok(Self {
            documents,
            note: release.note.map(Spanned::into_inner),
            minor: release.minor,
            note_place,
        })
    }

    /// The refusal of the public note, at its line.
    #[must_use]
    pub fn refuse_note(&self, reason: String) -> Error {
        let (file, line) = self.note_place.clone().unwrap_or_default();
        Error::Import { file, line, reason }
    }
}

impl Manuscript {
    fn parse(file: PathBuf, content: &str) -> Result<Self> {
        let read: DocumentFile = decode(&file, content)?;
        let line = |offset: usize| line_of(content, offset);
        let at = |offset: usize, reason: String| Error::Import {
            file: file.clone(),
            line: line(offset),
            reason,
        };
        let number = line(read.number.span().start);
        let (slug_line, slug) = match &read.slug {
            Some(slug) => (slug.span().start, Some(slug.get_ref())),
            None => (read.number.span().start, None),
        };
        let segment = |word: Option<&String>| {
            word.map(|word| Slug::try_from(word.clone()).map_err(|reason| at(slug_line, reason)))
                .transpose()
        };
        let slug = Bilingual {
            fr: segment(slug.map(|s| &s.fr))?,
            en: segment(slug.and_then(|s| s.en.as_ref()))?,
        };
        let addressed = matches!(read.kind, Kind::Mandate | Kind::Representative | Kind::Page);
        if addressed != slug.fr.is_some() {
            let rule = if addressed {
                "needs a slug"
            } else {
                "has its own address and takes no slug"
            };
            return Err(at(slug_line, format!("a {} {rule}", read.kind.word())));
        }
        let references = read
            .references()
            .map(|(document, offset)| (document, line(offset)))
            .collect();
        let office = read.office.as_ref().map(|office| office.parse(&at)).transpose()?;
        let members = read.members.iter().map(|member| *member.get_ref()).collect();
        let document = Document {
            id: (*read.number.get_ref()).into(),
            kind: read.kind,
            key: read.key.clone(),
        };
        let english = read.english;
        let (mut passages, mut anchors) = (Vec::new(), Vec::new());
        for (part, passage) in read.passages() {
            let offset = passage.anchor.span().start;
            let anchor = Anchor::try_from(passage.anchor.get_ref().clone()).map_err(|reason| at(offset, reason))?;
            if passage.fr.trim().is_empty() {
                return Err(at(offset, format!("the French of `{}` is empty", anchor.as_str())));
            }
            if english == English::Present && passage.en.as_ref().is_none_or(|en| en.trim().is_empty()) {
                let reason = format!(
                    "`{}` has no English, and its document's English is `present`",
                    anchor.as_str()
                );
                return Err(at(offset, reason));
            }
            anchors.push(line(offset));
            passages.push(Passage {
                part,
                anchor,
                fr: Some(passage.fr),
                en: passage.en,
                en_basis: None,
            });
        }
        if passages.first().is_none_or(|passage| passage.part != Part::Title) {
            return Err(Error::Import {
                file,
                line: number,
                reason: "a document needs a title".to_owned(),
            });
        }
        let text = Text {
            slug,
            english,
            passages,
            members,
            office,
        };
        let source = Source {
            number,
            slug: line(slug_line),
            references,
            anchors,
            file,
        };
        Ok(Self { source, document, text })
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
                "page.toml:7: the French of `abcde` is empty",
            ),
            (
                PAGE.replace("slug = { fr = \"une-page\" }\n", ""),
                "page.toml:1: a page needs a slug",
            ),
            (PAGE.replace("title", "titre"), "page.toml:6: unknown field `titre`"),
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
    fn two_files_never_share_a_number() {
        let files = ["a.toml", "b.toml"].map(|name| (PathBuf::from(name), PAGE.to_owned()));
        let told = Manuscripts::parse(files).unwrap_err().to_string();
        assert_eq!(told, "b.toml:1: number 9 is that of a.toml too");
    }
}
