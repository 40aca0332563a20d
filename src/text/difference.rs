//! The words that changed between two texts, and what moved between two orders.
//!
//! Texts are compared as readers see them: plain and typeset, so that markup and typography alone (spaces are typography) are
//! no change.

use std::collections::HashMap;
use std::hash::Hash;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::text::counting;

/// A stretch of a compared text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// In both texts, as the new one writes it.
    Equal(String),
    /// In the new text only.
    Inserted(String),
    /// In the old text only.
    Deleted(String),
}

/// How much work a comparison may still do, in pairs of words: hostile texts are then compared coarsely, never slowly.
#[derive(Debug)]
pub struct Effort(usize);

impl Default for Effort {
    /// Enough for two texts of 4000 words each that have nothing in common.
    fn default() -> Self {
        Self(16_000_000)
    }
}

impl Effort {
    /// Takes what comparing so many words with so many costs, if that much is left.
    fn spend(&mut self, old: usize, new: usize) -> bool {
        let left = self.0.checked_sub(old.saturating_mul(new));
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }
}

/// Compares two texts word by word. Without its insertions the result reads as the old text (typography apart), without
/// its deletions it is the new.
#[must_use]
pub fn words(old: &str, new: &str, effort: &mut Effort) -> Vec<Span> {
    let (old, new) = (Words::of(old), Words::of(new));
    let before = common(old.keys.iter(), new.keys.iter());
    let after = common(old.keys[before..].iter().rev(), new.keys[before..].iter().rev());
    let (old_end, new_end) = (old.keys.len() - after, new.keys.len() - after);
    let mut changes = Changes::default();
    changes.kept(&old.signs[..before], &new.signs[..before]);
    if effort.spend(old_end - before, new_end - before) {
        let operations = capture_diff_slices(Algorithm::Myers, &old.keys[before..old_end], &new.keys[before..new_end]);
        for operation in operations {
            let (tag, from, to) = operation.as_tag_tuple();
            let from = &old.signs[before..][from];
            let to = &new.signs[before..][to];
            match tag {
                DiffTag::Equal => changes.kept(from, to),
                _ => changes.changed(from, to),
            }
        }
    } else {
        changes.changed(&old.signs[before..old_end], &new.signs[before..new_end]);
    }
    changes.kept(&old.signs[old_end..], &new.signs[new_end..]);
    changes.finish(new.tail)
}

/// How many words these spans insert and delete: a word of which a part changed went, and another came.
#[must_use]
pub fn count(spans: &[Span]) -> (usize, usize) {
    let mut counted = (0, 0);
    let [mut old, mut new] = [String::new(), String::new()];
    for span in spans {
        match span {
            Span::Deleted(text) => old.push_str(text),
            Span::Inserted(text) => new.push_str(text),
            Span::Equal(text) => {
                // Where a word begins in both, what stands before it is settled.
                if [&old, &new]
                    .iter()
                    .all(|side| side.ends_with(char::is_whitespace) || side.is_empty())
                {
                    settle(&mut counted, &mut old, &mut new);
                }
                let start = text.find(char::is_whitespace).unwrap_or(text.len());
                old.push_str(&text[..start]);
                new.push_str(&text[..start]);
                if let Some(end) = text.rfind(char::is_whitespace) {
                    settle(&mut counted, &mut old, &mut new);
                    old.push_str(&text[end..]);
                    new.push_str(&text[end..]);
                }
            }
        }
    }
    settle(&mut counted, &mut old, &mut new);
    counted
}

/// Counts the words in which two stretches differ, and empties them.
fn settle((inserted, deleted): &mut (usize, usize), old: &mut String, new: &mut String) {
    let [before, after] = [&*old, &*new].map(|side| counting::words(side).collect::<Vec<_>>());
    let first = common(before.iter(), after.iter());
    let last = common(before[first..].iter().rev(), after[first..].iter().rev());
    *inserted += after.len() - first - last;
    *deleted += before.len() - first - last;
    old.clear();
    new.clear();
}

/// A word or a sign, with the spaces before it: a space alone is typography, never a change.
#[derive(Clone, Copy)]
struct Sign<'a> {
    space: &'a str,
    text: &'a str,
}

/// A text in words and signs, each with what it is compared by, and the spaces at its end.
struct Words<'a> {
    signs: Vec<Sign<'a>>,
    keys: Vec<String>,
    tail: &'a str,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        let mut signs = Vec::new();
        let mut rest = text;
        loop {
            let trimmed = rest.trim_start();
            let space = &rest[..rest.len() - trimmed.len()];
            let Some(first) = trimmed.chars().next() else { break };
            let end = match Class::of(first) {
                Class::Word => trimmed
                    .find(|next| Class::of(next) != Class::Word)
                    .unwrap_or(trimmed.len()),
                Class::Other => first.len_utf8(),
            };
            let text = &trimmed[..end];
            signs.push(Sign { space, text });
            rest = &trimmed[end..];
        }
        let keys = signs.iter().map(|sign| fold(sign.text)).collect();
        Self {
            signs,
            keys,
            tail: rest,
        }
    }
}

#[derive(PartialEq, Eq)]
enum Class {
    Word,
    Other,
}

impl Class {
    fn of(character: char) -> Self {
        if character.is_alphanumeric() || matches!(character, '\u{ad}' | '\u{300}'..='\u{36f}') {
            Self::Word
        } else {
            Self::Other
        }
    }
}

/// What words and signs are compared by: apostrophes, quotation marks, hyphens and ligatures are each of one kind.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '’' | '‘' | '\u{2bc}' => folded.push('\''),
            '«' | '»' | '“' | '”' | '„' => folded.push('"'),
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            '…' => folded.push_str("..."),
            'œ' => folded.push_str("oe"),
            'Œ' => folded.push_str("OE"),
            'æ' => folded.push_str("ae"),
            'Æ' => folded.push_str("AE"),
            '\u{ad}' => {}
            other => folded.push(other),
        }
    }
    folded
}

fn common<T: PartialEq>(one: impl Iterator<Item = T>, other: impl Iterator<Item = T>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

/// Spans being put together, neighbours of one kind joined; of a change, what is deleted comes first.
#[derive(Default)]
struct Changes {
    spans: Vec<Span>,
    deleted: String,
    inserted: String,
}

impl Changes {
    fn changed(&mut self, old: &[Sign<'_>], new: &[Sign<'_>]) {
        write(&mut self.deleted, old);
        write(&mut self.inserted, new);
    }

    fn kept(&mut self, old: &[Sign<'_>], new: &[Sign<'_>]) {
        let (Some(first), Some(before)) = (new.first(), old.first()) else {
            return;
        };
        let follows_change = !self.deleted.is_empty() || !self.inserted.is_empty();
        // The space that parted this word from what was before it goes with the change, or two words would run together.
        if follows_change && first.space.is_empty() {
            self.deleted.push_str(before.space);
        }
        self.settle();
        let mut text = String::new();
        write(&mut text, new);
        self.spans.push(Span::Equal(text));
    }

    fn settle(&mut self) {
        let (mut deleted, mut inserted) = (std::mem::take(&mut self.deleted), std::mem::take(&mut self.inserted));
        let leading = inserted.len() - inserted.trim_start().len();
        // A space before what is inserted, which the old text has too, is no change.
        if deleted.trim().is_empty() && !deleted.is_empty() && leading > 0 {
            self.spans.push(Span::Equal(inserted.drain(..leading).collect()));
            deleted.clear();
        }
        if !deleted.is_empty() {
            self.spans.push(Span::Deleted(deleted));
        }
        if !inserted.is_empty() {
            self.spans.push(Span::Inserted(inserted));
        }
    }

    fn finish(mut self, tail: &str) -> Vec<Span> {
        self.settle();
        if !tail.is_empty() {
            self.spans.push(Span::Equal(tail.to_owned()));
        }
        self.spans.into_iter().fold(Vec::new(), |mut joined, span| {
            match (joined.last_mut(), span) {
                (Some(Span::Equal(before)), Span::Equal(text)) => before.push_str(&text),
                (_, span) => joined.push(span),
            }
            joined
        })
    }
}

fn write(text: &mut String, signs: &[Sign<'_>]) {
    for sign in signs {
        text.push_str(sign.space);
        text.push_str(sign.text);
    }
}

/// One thing of two orders: a passage of two texts, a member of two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aligned {
    /// Its place in the old order.
    pub old: Option<usize>,
    /// Its place in the new order.
    pub new: Option<usize>,
    /// Whether it changed places with others that are in both.
    pub moved: bool,
}

/// Brings two orders together, in the new order; what is gone stands where it stood. Keys are unique in each order.
/// As few things as possible are said to have moved.
#[must_use]
pub fn align<K: Eq + Hash>(old: &[K], new: &[K]) -> Vec<Aligned> {
    let places: HashMap<&K, usize> = old.iter().enumerate().map(|(place, key)| (key, place)).collect();
    let matched: Vec<Option<usize>> = new.iter().map(|key| places.get(key).copied()).collect();
    let mut is_kept = vec![false; old.len()];
    for place in matched.iter().flatten() {
        is_kept[*place] = true;
    }
    let steady = longest_rise(&matched.iter().flatten().copied().collect::<Vec<_>>());
    let mut steady = steady.into_iter().peekable();
    let mut gone = (0..old.len()).filter(|place| !is_kept[*place]).peekable();
    let mut aligned = Vec::with_capacity(old.len().max(new.len()));
    let leaves = |place| Aligned {
        old: Some(place),
        new: None,
        moved: false,
    };
    for (place, found) in matched.iter().enumerate() {
        let stays = found.is_some() && steady.peek() == found.as_ref();
        if let (true, Some(found)) = (stays, found) {
            steady.next();
            while let Some(left) = gone.next_if(|left| left < found) {
                aligned.push(leaves(left));
            }
        }
        aligned.push(Aligned {
            old: *found,
            new: Some(place),
            moved: found.is_some() && !stays,
        });
    }
    aligned.extend(gone.map(leaves));
    aligned
}

/// The longest rising run that can be picked from these numbers, which are all different: O(n log n).
fn longest_rise(numbers: &[usize]) -> Vec<usize> {
    // For each length, the place of the smallest number that ends such a run; and for each place, the place before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; numbers.len()];
    for (place, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        before[place] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length == ends.len() {
            ends.push(place);
        } else {
            ends[length] = place;
        }
    }
    let mut run: Vec<usize> = std::iter::successors(ends.last().copied(), |place| before[*place])
        .map(|place| numbers[place])
        .collect();
    run.reverse();
    run
}

#[cfg(test)]
mod tests;
