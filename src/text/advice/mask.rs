//! What advice reads of a passage: its words alone, each in its place.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use regex::Regex;

use super::rule;

/// Parts in a language, whatever it is: the words of another are not this one's to judge.
static PARTS: LazyLock<Option<Regex>> = LazyLock::new(|| rule::compile(r":(?:fr|en)\[[^\]]*\]"));

/// Addresses of pages and of mail.
static ADDRESSES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    rule::compile(r"[^\s\x00]*(?:://|@|www\.)[^\s\x00]*|\b[\p{L}\d-]+\.(?:ca|com|org|net|quebec|html?|pdf)\b")
});

/// The passage, byte for byte, with U+0000 in place of whatever advice passes over: markup, code, the destinations of links,
/// addresses, parts in another language.
pub(super) fn readable(words: &str) -> String {
    let mut mask = vec![0; words.len()];
    let mut in_code = false;
    for (event, at) in Parser::new_ext(words, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::SoftBreak | Event::HardBreak => mask[at.start] = b'\n',
            // An entity says something else than it spells.
            Event::Text(text) if !in_code && words[at.clone()] == *text => {
                mask[at.clone()].copy_from_slice(&words.as_bytes()[at]);
            }
            _ => {}
        }
    }
    let text = String::from_utf8(mask).unwrap_or_default();
    without(without(text, &PARTS), &ADDRESSES)
}

fn without(text: String, pattern: &LazyLock<Option<Regex>>) -> String {
    let Some(pattern) = pattern.as_ref() else { return text };
    let hidden: Vec<Range<usize>> = pattern.find_iter(&text).map(|found| found.range()).collect();
    let mut text = text;
    for at in hidden {
        text.replace_range(at.clone(), &"\0".repeat(at.len()));
    }
    text
}
