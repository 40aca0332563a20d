//! What a passage holds besides words, for what checks it before it is public.

use std::cell::Cell;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Links, address};

/// Something in a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A heading, by the level that it has on the page.
    Heading(u8),
    /// A link.
    Link {
        /// Where to.
        target: Target,
        /// Whether it has words to be followed by.
        has_words: bool,
    },
    /// An image, of which pages show the alternative text alone.
    Image,
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// To a document, by its number.
    Document(i64),
    /// Elsewhere on the site or on the web.
    Elsewhere,
    /// Nowhere: pages show its words alone.
    Nowhere,
}

/// What a passage holds, in order.
#[must_use]
pub fn marks(markdown: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut link: Option<(Target, bool)> = None;
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => marks.push(Mark::Heading(match level {
                HeadingLevel::H1 | HeadingLevel::H2 => 2,
                HeadingLevel::H3 => 3,
                _ => 4,
            })),
            Event::Start(Tag::Image { .. }) => marks.push(Mark::Image),
            Event::Start(Tag::Link {
                link_type, dest_url, ..
            }) => {
                let asked = Asked::default();
                let target = match (address::resolve(&dest_url, link_type, &asked), asked.0.get()) {
                    (None, _) => Target::Nowhere,
                    (Some(_), Some(number)) => Target::Document(number),
                    (Some(_), None) => Target::Elsewhere,
                };
                link = Some((target, false));
            }
            Event::Text(words) | Event::Code(words) if !words.trim().is_empty() => {
                link = link.map(|(target, _)| (target, true));
            }
            Event::End(TagEnd::Link) => {
                marks.extend(link.take().map(|(target, has_words)| Mark::Link { target, has_words }));
            }
            _ => {}
        }
    }
    marks
}

/// The document that an address names.
#[derive(Default)]
struct Asked(Cell<Option<i64>>);

impl Links for Asked {
    fn document(&self, number: i64) -> Option<String> {
        self.0.set(Some(number));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(target: Target) -> Mark {
        Mark::Link {
            target,
            has_words: true,
        }
    }

    #[test]
    fn a_passage_tells_what_it_holds() {
        let markdown = "# Un\n\n### Trois\n\n[ici](/d/5#abcde) [là](https://exemple.ca) [rien](javascript:x) [](/d/6) ![image](a.png)";
        assert_eq!(
            marks(markdown),
            [
                Mark::Heading(2),
                Mark::Heading(3),
                link(Target::Document(5)),
                link(Target::Elsewhere),
                link(Target::Nowhere),
                Mark::Link {
                    target: Target::Document(6),
                    has_words: false
                },
                Mark::Image,
            ]
        );
        assert_eq!(marks("Des mots, *sans* plus."), []);
    }
}
