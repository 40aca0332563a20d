//! What the buttons of the form do to it, without scripts: nothing is saved, the form is shown again.

use super::sheet::{MOST_ROWS, Row, Sheet};
use crate::i18n::Language;
use crate::model::{Bilingual, DocumentId, Part};
use crate::text::advice::{self, Reason};
use crate::text::markup::passages;
use crate::workflow::drafting::Translation;

/// A button of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Adds an empty passage after the row.
    Add(usize),
    /// Cuts the row at its blank lines.
    Split(usize),
    /// Joins the row with the next of its part.
    Join(usize),
    /// Moves the row before the one before it.
    Up(usize),
    /// Moves the row after the one after it.
    Down(usize),
    /// Takes the row away.
    Remove(usize),
    /// Follows a piece of advice.
    Follow(usize, Language, usize, Reason),
    /// Moves a member up.
    MemberUp(DocumentId),
    /// Moves a member down.
    MemberDown(DocumentId),
    /// Takes a member off the list.
    MemberRemove(DocumentId),
    /// Puts the document that was chosen at the end of the list.
    MemberAdd(DocumentId),
}

impl Act {
    /// The act that a button's value names; `chosen` is the document chosen beside the button that adds a member.
    pub fn read(value: &str, chosen: &str) -> Option<Self> {
        let mut words = value.split(':');
        let name = words.next()?;
        if name == "member-add" {
            return chosen.parse::<i64>().ok().map(|number| Self::MemberAdd(number.into()));
        }
        let number: usize = words.next()?.parse().ok()?;
        let member = || i64::try_from(number).ok().map(DocumentId::from);
        Some(match name {
            "add" => Self::Add(number),
            "split" => Self::Split(number),
            "join" => Self::Join(number),
            "up" => Self::Up(number),
            "down" => Self::Down(number),
            "remove" => Self::Remove(number),
            "member-up" => Self::MemberUp(member()?),
            "member-down" => Self::MemberDown(member()?),
            "member-remove" => Self::MemberRemove(member()?),
            "follow" => {
                let segment = words.next()?;
                let language = Language::ALL
                    .into_iter()
                    .find(|language| language.segment() == segment)?;
                let start = words.next()?.parse().ok()?;
                let key = words.next()?;
                let reason = Reason::ALL.iter().find(|reason| reason.key() == key)?;
                Self::Follow(number, language, start, *reason)
            }
            _ => return None,
        })
    }
}

impl Sheet {
    /// Does what a button says, as far as it fits the form.
    pub fn act(&mut self, act: Act) {
        match act {
            Act::Add(row) => self.add(row),
            Act::Split(row) => self.split(row),
            Act::Join(row) => self.join(row),
            Act::Up(row) => self.swap(row.checked_sub(1), row),
            Act::Down(row) => self.swap(Some(row), row + 1),
            Act::Remove(row) => self.remove(row),
            Act::Follow(row, language, start, reason) => self.follow(row, language, start, reason),
            Act::MemberUp(member) => {
                if let Some(place) = self.member(member).filter(|place| *place > 0) {
                    self.members.swap(place, place - 1);
                }
            }
            Act::MemberDown(member) => {
                if let Some(place) = self.member(member).filter(|place| place + 1 < self.members.len()) {
                    self.members.swap(place, place + 1);
                }
            }
            Act::MemberRemove(member) => self.members.retain(|known| *known != member),
            Act::MemberAdd(member) => {
                if self.member(member).is_none() {
                    self.members.push(member);
                }
            }
        }
    }

    fn member(&self, member: DocumentId) -> Option<usize> {
        self.members.iter().position(|known| *known == member)
    }

    fn add(&mut self, row: usize) {
        let part = self.rows.get(row).map(|row| row.part).filter(|part| !part.is_single());
        if let Some(part) = part.filter(|_| self.rows.len() < MOST_ROWS) {
            self.rows.insert(row + 1, Row::empty(part));
        }
    }

    /// Cuts a row at the blank lines of both its languages, which go together in their order. The first passage keeps the anchor.
    pub fn split(&mut self, row: usize) {
        let Some(found) = self.rows.get(row).filter(|row| !row.part.is_single()) else {
            return;
        };
        let cut = |words: &str| passages(words).into_iter().map(str::to_owned).collect::<Vec<_>>();
        let (mut fr, mut en) = (cut(&found.words.fr), cut(&found.words.en));
        // English without French of its own stays with the last that has some.
        if !fr.is_empty() && en.len() > fr.len() {
            let rest = en.split_off(fr.len() - 1).join("\n\n");
            en.push(rest);
        }
        let count = fr.len().max(en.len());
        if count < 2 || self.rows.len() + count > MOST_ROWS {
            return;
        }
        fr.resize(count, String::new());
        en.resize(count, String::new());
        let (part, anchor) = (found.part, found.anchor.clone());
        let pieces = fr.into_iter().zip(en).enumerate().map(|(index, (fr, en))| Row {
            part,
            anchor: anchor.clone().filter(|_| index == 0),
            words: Bilingual { fr, en },
            said: Translation::AsEdited,
        });
        self.rows.splice(row..=row, pieces);
    }

    /// Joins two rows of one part, line after line: a blank line between them would part them again.
    fn join(&mut self, row: usize) {
        if !self.are_neighbours(Some(row), row + 1) {
            return;
        }
        let next = self.rows.remove(row + 1);
        let joined = &mut self.rows[row];
        for (words, more) in [
            (&mut joined.words.fr, next.words.fr),
            (&mut joined.words.en, next.words.en),
        ] {
            let pieces = [words.trim_end(), more.trim_start_matches('\n').trim_end()];
            *words = pieces
                .into_iter()
                .filter(|piece| !piece.is_empty())
                .collect::<Vec<_>>()
                .join("\n");
        }
        joined.anchor = joined.anchor.take().or(next.anchor);
    }

    fn swap(&mut self, first: Option<usize>, second: usize) {
        if let Some(place) = first.filter(|_| self.are_neighbours(first, second)) {
            self.rows.swap(place, second);
        }
    }

    fn remove(&mut self, row: usize) {
        if let Some(found) = self.rows.get(row) {
            let part = found.part;
            self.rows.remove(row);
            if !self.rows.iter().any(|row| row.part == part) {
                self.rows.insert(row, Row::empty(part));
            }
        }
    }

    fn follow(&mut self, row: usize, language: Language, start: usize, reason: Reason) {
        let Some(row) = self.rows.get_mut(row) else { return };
        let words = match language {
            Language::French => &mut row.words.fr,
            Language::English => &mut row.words.en,
        };
        if let Some(better) = advice::apply(words, language, start, reason) {
            *words = better;
        }
    }

    /// Whether two rows follow each other in a part of several passages.
    pub fn are_neighbours(&self, first: Option<usize>, second: usize) -> bool {
        let part = |row: usize| self.rows.get(row).map(|row| row.part);
        let one: Option<Part> = first.and_then(part);
        one.is_some_and(|part| !part.is_single()) && one == part(second)
    }
}
