//! The form of the files themselves.

use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, Result};
use crate::model::{Bilingual, DocumentId, English, Kind, Office, Part};

/// `release.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseFile {
    pub note: Option<Spanned<Bilingual<String>>>,
    #[serde(default)]
    pub minor: bool,
}

/// The file of a document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentFile {
    pub number: Spanned<i64>,
    pub kind: Kind,
    pub key: Option<Spanned<String>>,
    pub english: English,
    pub slug: Option<Spanned<SlugFile>>,
    #[serde(default)]
    pub members: Vec<Spanned<DocumentId>>,
    pub office: Option<OfficeFile>,
    #[serde(default)]
    pub title: Vec<PassageFile>,
    #[serde(default)]
    pub summary: Vec<PassageFile>,
    #[serde(default)]
    pub function: Vec<PassageFile>,
    #[serde(default)]
    pub short: Vec<PassageFile>,
    #[serde(default)]
    pub medium: Vec<PassageFile>,
    #[serde(default)]
    pub mandate: Vec<PassageFile>,
    #[serde(default)]
    pub biography: Vec<PassageFile>,
    #[serde(default)]
    pub body: Vec<PassageFile>,
}

/// Last segments of its addresses.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlugFile {
    pub fr: String,
    pub en: Option<String>,
}

/// A representative's office.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeFile {
    from: Option<Spanned<toml::value::Datetime>>,
    pub until: Option<Spanned<toml::value::Datetime>>,
    pub successor: Option<Spanned<DocumentId>>,
}

/// A passage in both languages; without words where the law removed those that stood under its anchor.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassageFile {
    pub anchor: Spanned<String>,
    pub fr: Option<String>,
    pub en: Option<String>,
}

impl DocumentFile {
    /// Every passage, by part in reading order.
    pub fn passages(self) -> impl Iterator<Item = (Part, PassageFile)> {
        let parts = [
            (Part::Title, self.title),
            (Part::Summary, self.summary),
            (Part::Function, self.function),
            (Part::Short, self.short),
            (Part::Medium, self.medium),
            (Part::Mandate, self.mandate),
            (Part::Biography, self.biography),
            (Part::Body, self.body),
        ];
        parts
            .into_iter()
            .flat_map(|(part, passages)| passages.into_iter().map(move |passage| (part, passage)))
    }
}

impl OfficeFile {
    /// The office, or the refusal of a date.
    pub fn parse(&self, at: &dyn Fn(usize, String) -> Error) -> Result<Office> {
        let day = |written: &Option<Spanned<toml::value::Datetime>>| {
            let Some(written) = written else { return Ok(None) };
            let parsed = written.get_ref().to_string().parse::<jiff::civil::Date>();
            parsed
                .map(Some)
                .map_err(|_| at(written.span().start, format!("`{}` is no date", written.get_ref())))
        };
        Ok(Office {
            from: day(&self.from)?,
            until: day(&self.until)?,
            successor: self.successor.as_ref().map(|successor| *successor.get_ref()),
        })
    }
}

/// The words of a file, or the line that is not UTF-8.
pub fn words(file: &Path, bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|error| Error::Import {
        file: file.to_owned(),
        line: line_of(
            &String::from_utf8_lossy(error.as_bytes()),
            error.utf8_error().valid_up_to(),
        ),
        reason: "not UTF-8".to_owned(),
    })
}

/// Reads a file, or tells the line that is not well formed.
pub fn decode<T: serde::de::DeserializeOwned>(file: &Path, content: &str) -> Result<T> {
    toml::from_str(content).map_err(|error| Error::Import {
        file: file.to_owned(),
        line: line_of(content, error.span().map_or(0, |span| span.start)),
        reason: error.message().to_owned(),
    })
}

/// The line of a place in a file, counted from 1.
pub fn line_of(content: &str, offset: usize) -> usize {
    1 + content.bytes().take(offset).filter(|&byte| byte == b'\n').count()
}
