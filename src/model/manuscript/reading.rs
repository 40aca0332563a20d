//! From the file of a document to what it says, each mistake told with its line.

use std::path::Path;

use super::file::{DocumentFile, PassageFile, decode, line_of};
use super::{Manuscript, Reference, Source};
use crate::error::{Error, Result};
use crate::model::document::{Document, key};
use crate::model::{Anchor, Bilingual, English, Kind, Part, Passage, Slug, Text};

/// A file being read: its name and its words, by which a place becomes a line.
struct Reader<'a> {
    file: &'a Path,
    content: &'a str,
}

impl Manuscript {
    /// Reads the file of a document.
    pub(super) fn parse(file: &Path, content: &str) -> Result<Self> {
        let mut read: DocumentFile = decode(file, content)?;
        let reader = Reader { file, content };
        let number = read.number.span().start;
        let (place, slug) = reader.slug(&read)?;
        let document = Document {
            id: (*read.number.get_ref()).into(),
            kind: read.kind,
            key: reader.key(&read)?,
        };
        let references = reader.references(&read)?;
        let until = read.office.as_ref().and_then(|office| office.until.as_ref());
        let until = until.map(|until| reader.line(until.span().start));
        let at = |offset, reason| reader.refuse(offset, reason);
        let office = read.office.as_ref().map(|office| office.parse(&at)).transpose()?;
        let members = std::mem::take(&mut read.members);
        let english = read.english;
        let (passages, anchors) = reader.passages(read)?;
        if passages.first().is_none_or(|passage| passage.part != Part::Title) {
            return Err(reader.refuse(number, "a document needs a title".to_owned()));
        }
        let source = Source {
            number: reader.line(number),
            slug: reader.line(place),
            references,
            until,
            anchors,
            file: file.to_owned(),
        };
        let text = Text {
            slug,
            english,
            passages,
            members: members.iter().map(|member| *member.get_ref()).collect(),
            office,
        };
        Ok(Self { source, document, text })
    }
}

impl Reader<'_> {
    fn line(&self, offset: usize) -> usize {
        line_of(self.content, offset)
    }

    fn refuse(&self, offset: usize, reason: String) -> Error {
        Error::Import {
            file: self.file.to_owned(),
            line: self.line(offset),
            reason,
        }
    }

    /// Where the slugs stand, or would, and the slugs.
    fn slug(&self, read: &DocumentFile) -> Result<(usize, Bilingual<Option<Slug>>)> {
        let place = read
            .slug
            .as_ref()
            .map_or(read.number.span().start, |slug| slug.span().start);
        let written = read.slug.as_ref().map(toml::Spanned::get_ref);
        let segment = |word: Option<&String>| {
            word.map(|word| Slug::try_from(word.clone()).map_err(|reason| self.refuse(place, reason)))
                .transpose()
        };
        let slug = Bilingual {
            fr: segment(written.map(|slug| &slug.fr))?,
            en: segment(written.and_then(|slug| slug.en.as_ref()))?,
        };
        let addressed = matches!(read.kind, Kind::Mandate | Kind::Representative | Kind::Page);
        if addressed == slug.fr.is_some() {
            return Ok((place, slug));
        }
        let rule = if addressed {
            "needs a slug"
        } else {
            "has its own address and takes no slug"
        };
        Err(self.refuse(place, format!("a {} {rule}", read.kind.word())))
    }

    /// The key: one that the program knows is its kind's alone, and without one it knows some kinds have no address.
    fn key(&self, read: &DocumentFile) -> Result<Option<String>> {
        let Some(written) = &read.key else { return Ok(None) };
        let (name, kind) = (written.get_ref(), read.kind);
        let needs_known = matches!(kind, Kind::Institution | Kind::Statement | Kind::List);
        let reason = match key::kind(name) {
            Some(known) if known != kind => {
                format!("`{name}` is the key of a {}, not of a {}", known.word(), kind.word())
            }
            None if needs_known => format!("`{name}` is no key of a {}", kind.word()),
            _ => match unwritable(name) {
                Some(fault) => format!("the key {fault}"),
                None => return Ok(Some(name.clone())),
            },
        };
        Err(self.refuse(written.span().start, reason))
    }

    /// The documents that this one names, each with its line and what it must be.
    fn references(&self, read: &DocumentFile) -> Result<Vec<Reference>> {
        let listed = match read.key.as_ref().map(|key| key.get_ref().as_str()) {
            Some(key::MANDATES) => Some(Kind::Mandate),
            Some(key::REPRESENTATIVES) => Some(Kind::Representative),
            _ => None,
        };
        let successor = read.office.iter().filter_map(|office| office.successor.as_ref());
        let mut references: Vec<Reference> = Vec::new();
        let named = read.members.iter().map(|member| (member, listed));
        for (named, kind) in named.chain(successor.map(|successor| (successor, Some(Kind::Representative)))) {
            let document = *named.get_ref();
            if references.iter().any(|before| before.document == document) {
                return Err(self.refuse(named.span().start, format!("document {document} is in the list twice")));
            }
            references.push(Reference {
                document,
                line: self.line(named.span().start),
                kind,
            });
        }
        Ok(references)
    }

    /// The passages, and the line of each.
    fn passages(&self, read: DocumentFile) -> Result<(Vec<Passage>, Vec<usize>)> {
        let english = read.english;
        let (mut passages, mut lines) = (Vec::new(), Vec::new());
        for (part, passage) in read.passages() {
            let place = passage.anchor.span().start;
            let refuse = |reason| self.refuse(place, reason);
            let anchor = Anchor::try_from(passage.anchor.get_ref().clone()).map_err(refuse)?;
            if let Some(fault) = fault_of(&passage, english) {
                return Err(refuse(format!("`{}` {fault}", anchor.as_str())));
            }
            lines.push(self.line(place));
            passages.push(Passage {
                part,
                anchor,
                fr: passage.fr,
                en: passage.en,
                en_basis: None,
                digest: None,
            });
        }
        Ok((passages, lines))
    }
}

/// What is wrong with a passage, said of its anchor. One without words in either language may be the trace of removed
/// ones: the deed knows.
fn fault_of(passage: &PassageFile, english: English) -> Option<String> {
    let Some(fr) = &passage.fr else {
        return passage.en.is_some().then(|| "has no French".to_owned());
    };
    let empty = |words: &str| words.trim().is_empty();
    if empty(fr) {
        return Some("has an empty French".to_owned());
    }
    if english == English::Present && passage.en.as_deref().is_none_or(empty) {
        return Some("has no English, and its document's English is `present`".to_owned());
    }
    [Some(fr), passage.en.as_ref()].into_iter().flatten().find_map(|words| {
        let length = words.chars().count();
        let most = Passage::LONGEST;
        let too_long = (length > most).then(|| format!("has {length} characters, and {most} are the most"));
        too_long.or_else(|| unwritable(words))
    })
}

/// What is wrong with words that neither the database nor a feed can hold (XML 1.0 §2.2).
pub(super) fn unwritable(words: &str) -> Option<String> {
    let forbidden = |sign: &char| match sign {
        '\n' | '\r' | '\t' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        sign => sign.is_control(),
    };
    let sign = words.chars().find(forbidden)?;
    Some(format!(
        "has the character U+{:04X}, which no text can hold",
        u32::from(sign)
    ))
}
