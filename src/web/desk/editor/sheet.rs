//! What stands in the editor's form: read from a text or from what was posted, never refused, never shortened.

use std::collections::BTreeMap;

use crate::i18n::Language;
use crate::model::{Anchor, Bilingual, DocumentId, English, Kind, Part, Slug, Text};
use crate::web::desk::fields::Fields;
use crate::workflow::drafting::Translation;

/// No text has more passages; further ones stay in the last.
pub const MOST_ROWS: usize = 400;

/// The fields of one document's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The revision that it was made from; none for a new document.
    pub base: Option<i32>,
    /// The last segments of the addresses, as typed.
    pub slug: Bilingual<String>,
    /// What is declared of the English.
    pub english: English,
    /// The passages, by part and in order.
    pub rows: Vec<Row>,
    /// Of a list: its members in order.
    pub members: Vec<DocumentId>,
    /// Of a representative: first day, last day and successor, as typed.
    pub office: [String; 3],
    /// What is said to colleagues.
    pub remark: String,
}

/// A passage in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The part that it belongs to.
    pub part: Part,
    /// Its anchor; none until it is saved for the first time.
    pub anchor: Option<Anchor>,
    /// Its words in both languages.
    pub words: Bilingual<String>,
    /// What is said of its English.
    pub said: Translation,
}

/// The word that stands in the form for what is said of a translation.
pub const fn word_of(said: Translation) -> &'static str {
    match said {
        Translation::AsEdited => "",
        Translation::Level => "level",
        Translation::Lagging => "lagging",
    }
}

fn translation(word: &str) -> Translation {
    let known = [Translation::Level, Translation::Lagging];
    known
        .into_iter()
        .find(|said| word_of(*said) == word)
        .unwrap_or_default()
}

/// The names of the fields that have no number.
pub const OFFICE: [&str; 3] = ["office-from", "office-until", "successor"];

/// The parts that a document of a kind has, in the order of its page.
pub const fn parts(kind: Kind) -> &'static [Part] {
    match kind {
        Kind::Representative => &[
            Part::Title,
            Part::Function,
            Part::Short,
            Part::Medium,
            Part::Mandate,
            Part::Biography,
        ],
        Kind::Institution => &[Part::Title, Part::Summary],
        Kind::Statement | Kind::Mandate | Kind::List | Kind::Page => &[Part::Title, Part::Summary, Part::Body],
    }
}

impl Row {
    /// A passage without words.
    pub fn empty(part: Part) -> Self {
        Self {
            part,
            anchor: None,
            words: Bilingual::default(),
            said: Translation::AsEdited,
        }
    }

    /// Whether nothing is written in it, in either language.
    pub fn is_blank(&self) -> bool {
        Language::ALL
            .iter()
            .all(|language| self.words.get(*language).trim().is_empty())
    }
}

impl Sheet {
    /// The form of a text that was saved as revision `base`.
    pub fn of(kind: Kind, text: &Text, base: Option<i32>) -> Self {
        let slug = |slug: &Option<Slug>| slug.as_ref().map(|slug| slug.as_str().to_owned()).unwrap_or_default();
        let rows = text.passages.iter().map(|passage| Row {
            part: passage.part,
            anchor: Some(passage.anchor.clone()),
            words: Bilingual {
                fr: passage.fr.clone().unwrap_or_default(),
                en: passage.en.clone().unwrap_or_default(),
            },
            said: Translation::AsEdited,
        });
        let office = text.office.unwrap_or_default();
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let mut sheet = Self {
            base,
            slug: Bilingual {
                fr: slug(&text.slug.fr),
                en: slug(&text.slug.en),
            },
            english: text.english,
            rows: rows.collect(),
            members: text.members.clone(),
            office: [
                day(office.from),
                day(office.until),
                office
                    .successor
                    .map(|successor| successor.to_string())
                    .unwrap_or_default(),
            ],
            remark: String::new(),
        };
        sheet.complete(kind);
        sheet
    }

    /// What was posted.
    pub fn posted(kind: Kind, fields: &Fields) -> Self {
        let english = English::ALL
            .iter()
            .find(|english| english.word() == fields.get("english"));
        let mut sheet = Self {
            base: fields.get("base").parse().ok(),
            slug: fields.pair("slug"),
            english: english.copied().unwrap_or(English::Present),
            rows: posted_rows(fields),
            members: posted_members(fields),
            office: OFFICE.map(|name| fields.typed(name)),
            remark: fields.typed("remark"),
        };
        sheet.complete(kind);
        sheet
    }

    /// Gives every part that the kind has a row, and puts the rows in the order of the parts.
    fn complete(&mut self, kind: Kind) {
        for &part in parts(kind) {
            if !self.rows.iter().any(|row| row.part == part) {
                self.rows.push(Row::empty(part));
            }
        }
        let place = |part: Part| {
            parts(kind)
                .iter()
                .position(|known| *known == part)
                .unwrap_or(usize::MAX)
        };
        self.rows.sort_by_key(|row| place(row.part));
    }
}

/// The rows of a form: fields whose names end in one number make one row; the order is that of the form.
fn posted_rows(fields: &Fields) -> Vec<Row> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for (name, value) in fields.pairs() {
        let Some((field, number)) = name.rsplit_once('-') else {
            continue;
        };
        if field == "part" {
            let Some(part) = Part::ALL.iter().find(|part| part.word() == value) else {
                continue;
            };
            if rows.len() < MOST_ROWS {
                places.insert(number, rows.len());
                rows.push(Row::empty(*part));
            }
            continue;
        }
        let Some(row) = places.get(number).and_then(|place| rows.get_mut(*place)) else {
            continue;
        };
        match field {
            "anchor" => row.anchor = Anchor::try_from(value.clone()).ok(),
            "fr" => row.words.fr.clone_from(value),
            "en" => row.words.en.clone_from(value),
            "said" => row.said = translation(value),
            _ => {}
        }
    }
    rows
}

/// The members of a form, each at the position that was typed for it: who is sent to a taken place comes before who was there.
fn posted_members(fields: &Fields) -> Vec<DocumentId> {
    let mut placed: Vec<(usize, bool, DocumentId)> = Vec::new();
    for (name, value) in fields.pairs() {
        let Some(member) = name
            .strip_prefix("position-")
            .and_then(|number| number.parse::<i64>().ok())
        else {
            continue;
        };
        let here = placed.len() + 1;
        let wanted = value.trim().parse::<usize>().unwrap_or(here);
        // Moving down, one passes those that move up in its place.
        let place = if wanted > here { wanted + 1 } else { wanted };
        let member = DocumentId::from(member);
        if placed.iter().all(|(_, _, known)| *known != member) {
            placed.push((place, wanted == here, member));
        }
    }
    placed.sort_by_key(|(place, stays, _)| (*place, *stays));
    placed.into_iter().map(|(_, _, member)| member).collect()
}
