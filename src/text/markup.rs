//! One passage of Markdown as HTML that is safe by construction: only the elements written here, no attribute but
//! `id`, `href`, `start` and `lang`, everything else as text.
//!
//! A part in the other language is marked `:fr[ministère des Relations internationales]` or `:en[…]` (W3). The mark ends
//! at the first `]`, cannot contain emphasis, and stays as typed where it does not end.

mod address;
mod blocks;
mod line;
mod ordinal;
mod outline;
#[cfg(test)]
mod tests;
mod writer;

use std::fmt;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::i18n::Language;
use crate::text::typography::Register;
use line::Line;
pub use outline::{Mark, Target, marks};
use writer::Writer;

pub use blocks::passages;

/// HTML that is already safe: a template writes it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Vouches for HTML whose every piece the caller wrote or escaped.
    pub(crate) const fn trusted(html: String) -> Self {
        Self(html)
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Where documents are, for the page that shows a link to one.
pub trait Links {
    /// The address of a document in the page's language and at its date; none keeps `/d/{number}`.
    fn document(&self, number: i64) -> Option<String>;
}

/// A passage as blocks, set as prose. `anchor` becomes the `id` of the first element.
///
/// Headings keep their level but begin at `h2`, since a page's only `h1` is its title; [`block_below`] puts them lower. Images
/// give their alternative text; raw HTML, and links that lead elsewhere than the web, mail, a telephone or the site, give their
/// text.
#[must_use]
pub fn block(markdown: &str, language: Language, links: &dyn Links, anchor: Option<&str>) -> Html {
    set(markdown, language, links, anchor, ["h2", "h3", "h4"])
}

/// The same below a heading of the fourth level, without an `id`: where a text stands within a page about it.
#[must_use]
pub fn block_below(markdown: &str, language: Language, links: &dyn Links) -> Html {
    set(markdown, language, links, None, ["h5", "h6", "h6"])
}

/// A passage as blocks, whose headings are these, the highest first.
fn set(
    markdown: &str,
    language: Language,
    links: &dyn Links,
    anchor: Option<&str>,
    headings: [&'static str; 3],
) -> Html {
    let mut writer = Writer::default();
    let mut line = Line::new(Some(links));
    for event in Parser::new_ext(markdown, Options::empty()) {
        let Some(event) = line.take(event) else { continue };
        line.flush(&mut writer, language, Register::Prose);
        match event {
            Event::Start(tag) => open_block(&mut writer, &tag, headings),
            Event::End(TagEnd::CodeBlock) => {
                writer.close();
                writer.close();
            }
            Event::End(_) => writer.close(),
            _ => {}
        }
    }
    Html(writer.finish(anchor))
}

fn open_block(writer: &mut Writer, tag: &Tag<'_>, [first, second, others]: [&'static str; 3]) {
    match tag {
        Tag::Paragraph | Tag::HtmlBlock => writer.open("p", &[]),
        Tag::Heading {
            level: HeadingLevel::H1 | HeadingLevel::H2,
            ..
        } => writer.open(first, &[]),
        Tag::Heading {
            level: HeadingLevel::H3,
            ..
        } => writer.open(second, &[]),
        Tag::Heading { .. } => writer.open(others, &[]),
        Tag::List(None) => writer.open("ul", &[]),
        Tag::List(Some(1)) => writer.open("ol", &[]),
        Tag::List(Some(first)) => writer.open("ol", &[("start", &first.to_string())]),
        Tag::Item => writer.open("li", &[]),
        Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => {
            writer.open("pre", &[]);
            writer.open("code", &[]);
        }
        _ => writer.open_unwritten(),
    }
}

/// A one-line part (a title, a function): emphasis, code and parts in another language; links give their text.
#[must_use]
pub fn inline(markdown: &str, language: Language, register: Register) -> Html {
    // A full stop in front keeps `1. `, `# ` or `- ` from opening a block, and emphasis free to begin.
    let guarded = format!(".{}", markdown.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut line = Line::new(None);
    for event in Parser::new_ext(&guarded, Options::empty()) {
        let _paragraph = line.take(event);
    }
    line.drop_first_character();
    let mut writer = Writer::default();
    line.flush(&mut writer, language, register);
    Html(writer.finish(None))
}

/// The words alone, for `<title>`, descriptions and JSON: blocks follow each other after a space, the items of an
/// ordered list keep their numbers.
#[must_use]
pub fn plain(markdown: &str, language: Language, register: Register) -> String {
    let mut text = String::new();
    let mut line = Line::new(None);
    let mut lists = Vec::new();
    for event in Parser::new_ext(markdown, Options::empty()) {
        let Some(event) = line.take(event) else { continue };
        push_words(&mut text, &line.flush_plain(language, register));
        match event {
            Event::Start(Tag::List(first)) => lists.push(first),
            Event::End(TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => {
                if let Some(Some(number)) = lists.last_mut() {
                    push_words(&mut text, &format!("{number}."));
                    *number = number.saturating_add(1);
                }
            }
            _ => {}
        }
    }
    text
}

fn push_words(text: &mut String, words: &str) {
    let words = words.trim();
    if !text.is_empty() && !words.is_empty() {
        text.push(' ');
    }
    text.push_str(words);
}
