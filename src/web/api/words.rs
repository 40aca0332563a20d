//! The words of a text: each passage as its source, as HTML and bare.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};

use crate::error::Result;
use crate::i18n::Language;
use crate::model::address;
use crate::model::publication::{self, ShownPassage};
use crate::model::{DocumentId, English, Instant, Part, Snapshot};
use crate::text::{self, Links, Register};
use crate::web::{Site, folio};

/// One passage of a text.
#[derive(Debug, Serialize, ToSchema)]
pub struct Passage {
    #[schema(schema_with = parts)]
    part: &'static str,
    anchor: String,
    #[schema(schema_with = tags)]
    language: &'static str,
    lagging: bool,
    redacted: bool,
    #[schema(required)]
    markdown: Option<String>,
    #[schema(required)]
    html: Option<String>,
    #[schema(required)]
    text: Option<String>,
}

/// A passage's words bare, as a reader sees them.
pub fn bare(passage: &ShownPassage, spoken: Language) -> Option<String> {
    passage
        .words(spoken)
        .map(|words| text::plain(words, spoken, register(passage.part)))
}

fn register(part: Part) -> Register {
    match part {
        Part::Title => Register::Heading,
        _ => Register::Prose,
    }
}

impl Passage {
    /// A passage in the language of its words.
    pub fn of(passage: ShownPassage, spoken: Language, links: &Elsewhere) -> Self {
        let markdown = passage.words(spoken).map(str::to_owned);
        let typeset = |words: &str| match passage.part {
            Part::Title | Part::Function => text::inline(words, spoken, register(passage.part)),
            _ => text::block(words, spoken, links, Some(&passage.anchor)),
        };
        Self {
            part: passage.part.word(),
            language: spoken.tag(),
            lagging: passage.lagging && spoken == Language::English,
            redacted: passage.redacted,
            html: markdown.as_deref().map(|words| typeset(words).as_str().to_owned()),
            text: bare(&passage, spoken),
            markdown,
            anchor: passage.anchor,
        }
    }
}

/// Links as they must be where the reader is not on this site: absolute, by the number of the document.
pub struct Elsewhere(HashMap<i64, String>);

impl Links for Elsewhere {
    fn document(&self, number: i64) -> Option<String> {
        self.0.get(&number).cloned()
    }
}

impl Elsewhere {
    /// Where the documents that these passages link to stand; one that does not show keeps its permanent link.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn of(
        site: &Site,
        snapshot: &mut Snapshot,
        passages: &[ShownPassage],
        language: Language,
    ) -> Result<Self> {
        let words = passages.iter().filter_map(|passage| passage.words(language));
        let linked: BTreeSet<DocumentId> = words.flat_map(address::short_links).collect();
        let linked: Vec<DocumentId> = linked.into_iter().collect();
        let permanent = |document: &DocumentId| (document.number(), address::short_link(*document));
        let mut paths: HashMap<i64, String> = linked.iter().map(permanent).collect();
        let at = snapshot.at;
        for shown in publication::shown(snapshot.connection(), &linked, at).await? {
            paths.extend(folio::path(&shown, language).map(|path| (shown.document.number(), path)));
        }
        let absolute = |(number, path): (i64, String)| (number, site.origin.address(&path));
        Ok(Self(paths.into_iter().map(absolute).collect()))
    }
}

/// An instant as RFC 3339 writes it, in UTC.
pub fn instant(instant: Instant) -> String {
    instant.timestamp().to_string()
}

/// A closed list of words, as a schema.
pub fn one_of(words: impl Iterator<Item = &'static str>) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(words.collect::<Vec<_>>()))
}

/// The parts of a text, as a schema.
pub fn parts() -> Schema {
    one_of(Part::ALL.iter().map(|part| part.word())).into()
}

/// The tags of the two languages, as a schema.
pub fn tags() -> Schema {
    one_of(Language::ALL.into_iter().map(Language::tag)).into()
}

/// What may be declared of a text's English, as a schema.
pub fn declarations() -> Schema {
    one_of(English::ALL.iter().map(|english| english.word())).into()
}
