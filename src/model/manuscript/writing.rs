//! Writes a document as the file that would be read as the same text.

use std::fmt::Write as _;

use super::Manuscripts;
use crate::model::document::Document;
use crate::model::{Bilingual, DocumentId, Office, Passage, Slug, Text};

impl Manuscripts {
    /// The file of a document: its name and its words, the same for the same text.
    #[must_use]
    pub fn file(document: &Document, text: &Text) -> (String, String) {
        let slug = text.slug.fr.as_ref().map(Slug::as_str);
        let named = document.key.as_deref().or(slug).unwrap_or(document.kind.word());
        let name = format!("{:02}-{named}.toml", document.id.number());
        (name, words(document, text))
    }
}

fn words(document: &Document, text: &Text) -> String {
    let mut lines = vec![
        format!("number = {}", document.id),
        format!("kind = {}", quoted(document.kind.word())),
    ];
    lines.extend(document.key.as_deref().map(|key| format!("key = {}", quoted(key))));
    lines.push(format!("english = {}", quoted(text.english.word())));
    lines.extend(slug(&text.slug));
    if !text.members.is_empty() {
        let members: Vec<String> = text.members.iter().map(DocumentId::to_string).collect();
        lines.push(format!("members = [{}]", members.join(", ")));
    }
    lines.extend(text.office.as_ref().and_then(office));
    lines.extend(text.passages.iter().map(passage));
    lines.join("\n") + "\n"
}

fn slug(slug: &Bilingual<Option<Slug>>) -> Option<String> {
    let named = [("fr", &slug.fr), ("en", &slug.en)];
    table(
        "slug",
        named.map(|(name, slug)| Some((name, quoted(slug.as_ref()?.as_str())))),
    )
}

fn office(office: &Office) -> Option<String> {
    let from = office.from.map(|day| ("from", day.to_string()));
    let until = office.until.map(|day| ("until", day.to_string()));
    let successor = office.successor.map(|successor| ("successor", successor.to_string()));
    table("office", [from, until, successor])
}

/// A table in one line; none without fields.
fn table<const N: usize>(name: &str, fields: [Option<(&str, String)>; N]) -> Option<String> {
    let fields = fields.into_iter().flatten();
    let written: Vec<String> = fields.map(|(name, value)| format!("{name} = {value}")).collect();
    (!written.is_empty()).then(|| format!("{name} = {{ {} }}", written.join(", ")))
}

/// A passage after an empty line; without words where the law removed them.
fn passage(passage: &Passage) -> String {
    let mut written = format!(
        "\n[[{}]]\nanchor = {}",
        passage.part.word(),
        quoted(passage.anchor.as_str())
    );
    for (name, words) in [("fr", &passage.fr), ("en", &passage.en)] {
        if let Some(words) = words {
            let _ = write!(written, "\n{name} = {}", quoted(words));
        }
    }
    written
}

/// A basic string of TOML, over several lines where the words are.
fn quoted(words: &str) -> String {
    let marks = if words.contains('\n') { "\"\"\"" } else { "\"" };
    // The line break after the opening marks is not read.
    let mut quoted = if words.contains('\n') {
        format!("{marks}\n")
    } else {
        marks.to_owned()
    };
    for sign in words.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            '\n' => quoted.push(sign),
            sign if sign.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(sign));
            }
            sign => quoted.push(sign),
        }
    }
    quoted + marks
}
