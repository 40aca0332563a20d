//! Typography of the two languages: the OQLF's for French (standards §1.6), curly marks for English.
//!
//! Only spaces, apostrophes, quotation marks, ellipses and oe/œ ever change, and a text set twice is the text set once.
//! Addresses (of pages, of mail, of files) are left as they are; so is code, which callers hand over as a fixed run.

mod address;
mod ligature;
mod marks;
mod spaces;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use crate::i18n::Language;
use spaces::Space;

/// The no-break space.
pub const NO_BREAK_SPACE: char = '\u{a0}';

/// Where a text will stand, which decides on its no-break spaces (OQLF; design.quebec.ca).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Register {
    /// An `h1`, a `<title>`, a menu: no no-break spaces, as on Québec.ca.
    Heading,
    /// Everything from `h2` down.
    Prose,
}

/// A stretch of a line: words to set, or words that must stay as they are and only serve as context.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'a> {
    /// Its words.
    pub text: &'a str,
    /// Whether they stay as they are (code, another language, a line break).
    pub fixed: bool,
}

/// A character that is not a space, and the spaces before it.
#[derive(Debug, Clone)]
struct Sign {
    character: char,
    /// The run it came from, and returns to.
    run: usize,
    /// Whether it must stay as it is.
    fixed: bool,
    /// The spaces before it, in [`Line::spaces`].
    gap: Range<usize>,
    /// Whether a ligature or an ellipsis has absorbed it.
    absorbed: bool,
}

impl Sign {
    fn spaced(&self) -> bool {
        !self.gap.is_empty()
    }

    /// Whether it is this character and free to be set.
    fn is(&self, character: char) -> bool {
        self.character == character && !self.fixed
    }

    /// Whether it is one of these characters and free to be set.
    fn is_one_of(&self, characters: &str) -> bool {
        !self.fixed && characters.contains(self.character)
    }

    fn is_apostrophe(&self) -> bool {
        matches!(self.character, '\'' | '’')
    }

    /// Whether it continues a word or a number.
    fn is_wordy(&self) -> bool {
        self.character.is_alphanumeric() || self.character == '_'
    }
}

/// A line taken apart into signs and the spaces between them.
struct Line {
    signs: Vec<Sign>,
    /// Every space that may change, with its run, in order.
    spaces: Vec<(char, usize)>,
    /// The spaces after the last sign.
    tail: Range<usize>,
}

/// Sets a text in a language. In French: ’ « » “ ” … œ, and in prose the no-break spaces. In English: ’ “ ” ….
///
/// ```
/// use mandat::i18n::Language;
/// use mandat::text::typography::{Register, set};
/// assert_eq!(set("l'oeuvre: 25%", Language::French, Register::Prose), "l’œuvre\u{a0}: 25\u{a0}%");
/// ```
#[must_use]
pub fn set(text: &str, language: Language, register: Register) -> Cow<'_, str> {
    let set = set_runs(&[Run { text, fixed: false }], language, register).concat();
    if set == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(set)
    }
}

/// Sets the runs of one line together, so that `**Mission**: servir` gets its space as `Mission: servir` does.
/// Gives back as many texts as there are runs.
pub(super) fn set_runs(runs: &[Run<'_>], language: Language, register: Register) -> Vec<String> {
    let mut line = Line::take_apart(runs);
    address::fix(&mut line.signs);
    marks::ellipses(&mut line.signs);
    marks::quotes(&mut line.signs, language);
    marks::apostrophes(&mut line.signs, language);
    if language == Language::French {
        ligature::join(&mut line.signs);
    }
    line.signs.retain(|sign| !sign.absorbed);
    line.put_together(runs.len(), |signs, index| match (language, register) {
        (Language::English, _) => Space::Kept,
        (Language::French, Register::Heading) => Space::Ordinary,
        (Language::French, Register::Prose) => spaces::before(signs, index),
    })
}

/// Whether a character is a space that typography may change: a line's end is not.
const fn is_space(character: char) -> bool {
    matches!(character, ' ' | NO_BREAK_SPACE | '\u{2009}' | '\u{202f}')
}

impl Line {
    fn take_apart(runs: &[Run<'_>]) -> Self {
        let mut line = Self {
            signs: Vec::new(),
            spaces: Vec::new(),
            tail: 0..0,
        };
        let mut start = 0;
        for (run, Run { text, fixed }) in runs.iter().enumerate() {
            for character in text.chars() {
                if is_space(character) && !fixed {
                    line.spaces.push((character, run));
                    continue;
                }
                let gap = start..line.spaces.len();
                start = gap.end;
                line.signs.push(Sign {
                    character,
                    run,
                    fixed: *fixed,
                    gap,
                    absorbed: false,
                });
            }
        }
        line.tail = start..line.spaces.len();
        line
    }

    /// The texts of the runs, each gap as `space` wants it; the gap at `signs.len()` is the one after the last sign.
    fn put_together(&self, runs: usize, space: impl Fn(&[Sign], usize) -> Space) -> Vec<String> {
        let mut texts = vec![String::new(); runs];
        for (index, sign) in self.signs.iter().enumerate() {
            self.put_gap(&mut texts, &sign.gap, index, space(&self.signs, index));
            texts[sign.run].push(sign.character);
        }
        self.put_gap(
            &mut texts,
            &self.tail,
            self.signs.len(),
            space(&self.signs, self.signs.len()),
        );
        texts
    }

    fn put_gap(&self, texts: &mut [String], gap: &Range<usize>, index: usize, space: Space) {
        let found = &self.spaces[gap.clone()];
        match space {
            Space::None => {}
            Space::Kept => found.iter().for_each(|&(character, run)| texts[run].push(character)),
            Space::Ordinary => found.iter().for_each(|&(_, run)| texts[run].push(' ')),
            Space::NoBreak => {
                if let Some(run) = found
                    .first()
                    .map(|&(_, run)| run)
                    .or_else(|| self.run_for_new_space(index))
                {
                    texts[run].push(NO_BREAK_SPACE);
                }
            }
        }
    }

    /// Where a space goes that was not there: beside the sign that asked for it.
    fn run_for_new_space(&self, index: usize) -> Option<usize> {
        let left = index.checked_sub(1).and_then(|left| self.signs.get(left));
        let right = self.signs.get(index);
        match (left, right) {
            (Some(left), Some(right)) if right.fixed || left.is('«') => Some(left.run),
            (_, Some(right)) => Some(right.run),
            (left, None) => left.map(|left| left.run),
        }
    }
}
