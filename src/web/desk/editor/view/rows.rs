//! The passages of the form, part by part: both languages of each, with what is to be known of them.

use std::collections::HashMap;

use crate::i18n::{Language, message};
use crate::model::{Anchor, Kind, Part};
use crate::text::advice::{Advice, advise};
use crate::text::difference::{Effort, Span, words};
use crate::text::{self, Register, counting};
use crate::web::desk::editor::opened::Opened;
use crate::web::desk::editor::sheet::{Row, Sheet, word_of};
use crate::workflow::drafting::Translation;

/// The passages of one part.
#[derive(Debug)]
pub struct Section {
    /// The part's name.
    pub label: String,
    /// Whether one passage makes the whole of it.
    pub is_single: bool,
    /// Its passages.
    pub rows: Vec<Piece>,
}

/// A passage.
#[derive(Debug)]
pub struct Piece {
    /// Its number in the form.
    pub index: usize,
    /// Its part, as the form names it.
    pub part: &'static str,
    /// Its anchor; empty where it has none yet.
    pub anchor: String,
    /// Whether it is written on one line.
    pub is_line: bool,
    /// Whether Markdown is written in it.
    pub is_block: bool,
    /// Its two fields.
    pub fields: [Field; 2],
    /// What is said of its translation.
    pub said: &'static str,
    /// What changed in the French since the English was made.
    pub difference: Option<Vec<Span>>,
    /// Whether the law removed its words: nothing is written in it any more.
    pub is_redacted: bool,
    /// Whether it can be moved up and down.
    pub moves: [bool; 2],
}

/// A passage in one language.
#[derive(Debug)]
pub struct Field {
    /// Its language.
    pub language: Language,
    /// Its name and `id`.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// What is written in it.
    pub words: String,
    /// How many words that is.
    pub count: usize,
    /// How many lines it shows.
    pub lines: usize,
    /// Why it cannot be saved.
    pub problem: Option<String>,
    /// What could be written otherwise.
    pub advice: Vec<Counsel>,
}

impl Field {
    /// Whether it marks words of the other language.
    pub fn speaks_both(&self) -> bool {
        Language::ALL
            .iter()
            .any(|of| self.words.contains(&format!(":{}[", of.segment())))
    }
}

/// A piece of advice.
#[derive(Debug)]
pub struct Counsel {
    /// The words that it is about.
    pub found: String,
    /// What could stand there.
    pub better: Option<String>,
    /// Why.
    pub reason: String,
    /// What its button says.
    pub act: String,
}

/// About how many characters stand on a line of a field.
const LINE: usize = 42;

/// How many bytes of a form are looked through for advice: no text of a ministry is longer, and a hostile one takes no longer.
const ADVISED: usize = 100_000;

/// How many lines a field shows at most.
const MOST_LINES: usize = 24;

/// The passages of a form, part by part.
pub fn sections(
    sheet: &Sheet,
    opened: &Opened,
    rendered: &HashMap<Anchor, Option<String>>,
    problems: &[(String, String)],
    language: Language,
) -> Vec<Section> {
    let (kind, mut effort, mut advised) = (opened.kind(), Effort::default(), ADVISED);
    let mut sections: Vec<(Part, Section)> = Vec::new();
    for (index, row) in sheet.rows.iter().enumerate() {
        if sections.last().is_none_or(|(part, _)| *part != row.part) {
            let section = Section {
                label: message(language, part_key(row.part, kind), &[]),
                is_single: row.part.is_single(),
                rows: Vec::new(),
            };
            sections.push((row.part, section));
        }
        let Some((_, section)) = sections.last_mut() else {
            continue;
        };
        let place = section.rows.len() + 1;
        let passage = row.anchor.as_ref().and_then(|anchor| opened.text.passage(anchor));
        let is_redacted = passage.is_some_and(|passage| passage.digest.is_some());
        let mut field = |of: Language| {
            let mut field = field(row, (index, place, kind), of, problems, language);
            if let Some(left) = advised.checked_sub(field.words.len()) {
                advised = left;
                let found = advise(&field.words, of);
                let counsels = found
                    .iter()
                    .map(|advice| counsel(advice, &field.words, (index, of), language));
                field.advice = counsels.collect();
            }
            field
        };
        section.rows.push(Piece {
            index,
            part: row.part.word(),
            anchor: row
                .anchor
                .as_ref()
                .map(|anchor| anchor.as_str().to_owned())
                .unwrap_or_default(),
            is_line: matches!(row.part, Part::Title | Part::Function | Part::Short),
            is_block: !row.part.is_single(),
            fields: [field(Language::French), field(Language::English)],
            said: word_of(row.said),
            difference: since(row, opened, rendered, &mut effort),
            is_redacted,
            moves: [
                sheet.are_neighbours(index.checked_sub(1), index),
                sheet.are_neighbours(Some(index), index + 1),
            ],
        });
    }
    sections.into_iter().map(|(_, section)| section).collect()
}

/// The key of a part's name: a representative's title is the name.
pub const fn part_key(part: Part, kind: Kind) -> &'static str {
    match part {
        Part::Title if matches!(kind, Kind::Representative) => "editor-part-name",
        Part::Title => "editor-part-title",
        Part::Summary => "editor-part-summary",
        Part::Function => "editor-part-function",
        Part::Short => "editor-part-short",
        Part::Medium => "editor-part-medium",
        Part::Mandate => "editor-part-mandate",
        Part::Biography => "editor-part-biography",
        Part::Body => "editor-part-body",
    }
}

fn field(
    row: &Row,
    (index, place, kind): (usize, usize, Kind),
    of: Language,
    problems: &[(String, String)],
    language: Language,
) -> Field {
    let words = row.words.get(of);
    let name = format!("{}-{index}", of.segment());
    let part = message(language, part_key(row.part, kind), &[]);
    let label = match (of, row.part.is_single()) {
        (Language::French, true) => message(language, "editor-field-french", &[("part", part.into())]),
        (Language::English, true) => message(language, "editor-field-english", &[("part", part.into())]),
        (Language::French, false) => message(language, "editor-passage-french", &[("place", place.into())]),
        (Language::English, false) => message(language, "editor-passage-english", &[("place", place.into())]),
    };
    let lines = words.lines().map(|line| line.chars().count() / LINE + 1).sum::<usize>();
    Field {
        language: of,
        label,
        count: counting::words(words).count(),
        lines: lines.clamp(2, MOST_LINES),
        problem: problems
            .iter()
            .find(|(field, _)| *field == name)
            .map(|(_, told)| told.clone()),
        advice: Vec::new(),
        words: words.clone(),
        name,
    }
}

fn counsel(advice: &Advice, words: &str, (index, of): (usize, Language), language: Language) -> Counsel {
    Counsel {
        found: words[advice.at.clone()].to_owned(),
        better: advice.better.clone(),
        reason: message(language, advice.reason.key(), &[]),
        act: format!(
            "follow:{index}:{}:{}:{}",
            of.segment(),
            advice.at.start,
            advice.reason.key()
        ),
    }
}

/// What changed in the French since its English was made; none where the English is new, empty, or said to need no change.
fn since(
    row: &Row,
    opened: &Opened,
    rendered: &HashMap<Anchor, Option<String>>,
    effort: &mut Effort,
) -> Option<Vec<Span>> {
    let anchor = row.anchor.as_ref()?;
    let saved = opened.text.passage(anchor)?;
    let was_edited = saved.en.as_deref().unwrap_or_default().trim() != row.words.en.trim();
    let is_settled = row.said == Translation::Level || (was_edited && row.said != Translation::Lagging);
    let before = rendered.get(anchor)?.as_deref().unwrap_or_default();
    if row.words.en.trim().is_empty() || is_settled || before.trim() == row.words.fr.trim() {
        return None;
    }
    let plain = |words: &str| text::plain(words, Language::French, Register::Prose);
    Some(words(&plain(before), &plain(&row.words.fr), effort))
}
