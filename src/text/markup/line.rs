//! What one block holds: words, code, emphasis, links, gathered until the block ends and then set together.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::writer::Writer;
use super::{Links, address, ordinal};
use crate::i18n::Language;
use crate::text::typography::{self, Register, Run};

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// A part in another language than the line.
    Part(Language, String),
    Code(String),
    /// Code whose element the block has already opened.
    CodeBlock(String),
    Break,
    Emphasis,
    Strong,
    Link(String),
    /// A link that may not be one: its text stays.
    Refused,
    Close,
}

/// A line in the making.
pub(super) struct Line<'a> {
    pieces: Vec<Piece>,
    /// Where links lead; none where the line may have none.
    links: Option<&'a dyn Links>,
    /// How many images are open: only their words count.
    images: usize,
    in_code_block: bool,
}

impl<'a> Line<'a> {
    pub(super) const fn new(links: Option<&'a dyn Links>) -> Self {
        Self {
            pieces: Vec::new(),
            links,
            images: 0,
            in_code_block: false,
        }
    }

    /// Takes what belongs in a line and gives back the beginning or end of a block.
    pub(super) fn take<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        match event {
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
            Event::Start(Tag::Emphasis) => self.push(Piece::Emphasis),
            Event::Start(Tag::Strong) => self.push(Piece::Strong),
            Event::Start(Tag::Link {
                link_type, dest_url, ..
            }) => {
                let href = self
                    .links
                    .and_then(|links| address::resolve(&dest_url, link_type, links));
                self.push(href.map_or(Piece::Refused, Piece::Link));
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link) => self.push(Piece::Close),
            Event::Text(text) if self.in_code_block => self.pieces.push(Piece::CodeBlock(text.into_string())),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.push_text(&text),
            Event::Code(code) => self.pieces.push(Piece::Code(code.into_string())),
            Event::SoftBreak => self.push_text(" "),
            Event::HardBreak => self.push(Piece::Break),
            Event::Start(Tag::CodeBlock(_)) => {
                self.in_code_block = true;
                return Some(event);
            }
            Event::End(TagEnd::CodeBlock) => {
                self.in_code_block = false;
                return Some(event);
            }
            _ => return Some(event),
        }
        None
    }

    /// Takes back the first character of the first words.
    pub(super) fn drop_first_character(&mut self) {
        if let Some(Piece::Text(text)) = self.pieces.first_mut() {
            *text = text.chars().skip(1).collect();
        }
    }

    /// Sets and writes what was gathered.
    pub(super) fn flush(&mut self, writer: &mut Writer, language: Language, register: Register) {
        for piece in self.set(language, register) {
            match piece {
                Piece::Text(text) => write(writer, &text, language),
                Piece::CodeBlock(text) => writer.text(&text),
                Piece::Part(language, text) => {
                    writer.open("span", &[("lang", language.tag())]);
                    write(writer, &text, language);
                    writer.close();
                }
                Piece::Code(code) => {
                    writer.open("code", &[]);
                    writer.text(&code);
                    writer.close();
                }
                Piece::Break => writer.line_break(),
                Piece::Emphasis => writer.open("em", &[]),
                Piece::Strong => writer.open("strong", &[]),
                Piece::Link(href) => writer.open("a", &[("href", &href)]),
                Piece::Refused => writer.open_unwritten(),
                Piece::Close => writer.close(),
            }
        }
    }

    /// Sets what was gathered and gives its words.
    pub(super) fn flush_plain(&mut self, language: Language, register: Register) -> String {
        let words = |piece| match piece {
            Piece::Text(text) | Piece::Part(_, text) | Piece::Code(text) | Piece::CodeBlock(text) => text,
            Piece::Break => " ".to_owned(),
            Piece::Emphasis | Piece::Strong | Piece::Link(_) | Piece::Refused | Piece::Close => String::new(),
        };
        self.set(language, register).into_iter().map(words).collect()
    }

    fn push(&mut self, piece: Piece) {
        if self.images == 0 {
            self.pieces.push(piece);
        }
    }

    /// Adds words to those before them: the parser cuts at every bracket, marks must be seen whole.
    fn push_text(&mut self, text: &str) {
        if let Some(Piece::Text(before)) = self.pieces.last_mut() {
            before.push_str(text);
        } else {
            self.pieces.push(Piece::Text(text.to_owned()));
        }
    }

    /// Hands the pieces over, their marks resolved and their words set.
    fn set(&mut self, language: Language, register: Register) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces.drain(..) {
            match piece {
                Piece::Text(text) => split_marks(&text, language, &mut pieces),
                other => pieces.push(other),
            }
        }
        let runs: Vec<Run<'_>> = pieces.iter().map(run).collect();
        let texts = typography::set_runs(&runs, language, register);
        for (piece, set) in pieces.iter_mut().zip(texts) {
            match piece {
                Piece::Text(text) => *text = set,
                Piece::Part(other, text) => *text = typography::set(text, *other, register).into_owned(),
                _ => {}
            }
        }
        pieces
    }
}

/// Writes words of a language.
fn write(writer: &mut Writer, words: &str, language: Language) {
    match language {
        Language::French => ordinal::write(writer, words),
        Language::English => writer.text(words),
    }
}

/// What typography sees of a piece.
fn run(piece: &Piece) -> Run<'_> {
    match piece {
        Piece::Text(text) => Run { text, fixed: false },
        Piece::Part(_, text) | Piece::Code(text) | Piece::CodeBlock(text) => Run { text, fixed: true },
        Piece::Break => Run {
            text: "\n",
            fixed: true,
        },
        Piece::Emphasis | Piece::Strong | Piece::Link(_) | Piece::Refused | Piece::Close => {
            Run { text: "", fixed: true }
        }
    }
}

/// Splits `:fr[…]` and `:en[…]` off a text. A mark in the language around it leaves its words.
fn split_marks(text: &str, language: Language, pieces: &mut Vec<Piece>) {
    let mut words = String::new();
    let mut rest = text;
    while let Some(place) = rest.find(':') {
        let (before, candidate) = rest.split_at(place);
        words.push_str(before);
        let Some((part_language, content)) = mark(candidate) else {
            words.push(':');
            rest = &candidate[1..];
            continue;
        };
        // No bracket closes after this one either: looking again for each mark would take quadratic time.
        let Some((part, after)) = content.split_once(']') else {
            words.push_str(candidate);
            rest = "";
            break;
        };
        if part_language == language || part.trim().is_empty() {
            words.push_str(part);
        } else {
            pieces.push(Piece::Text(std::mem::take(&mut words)));
            pieces.push(Piece::Part(part_language, part.to_owned()));
        }
        rest = after;
    }
    words.push_str(rest);
    pieces.push(Piece::Text(words));
}

/// The language of the mark that `text` begins with, and what follows its opening bracket.
fn mark(text: &str) -> Option<(Language, &str)> {
    Language::ALL.into_iter().find_map(|language| {
        let content = text
            .strip_prefix(':')?
            .strip_prefix(language.segment())?
            .strip_prefix('[')?;
        Some((language, content))
    })
}
