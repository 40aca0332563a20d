//! Ellipses, quotation marks and apostrophes, from the ones that keyboards have.

use super::Sign;
use crate::i18n::Language;

/// `...` into `…`. Longer rows of points are somebody's own idea, and stay.
pub(super) fn ellipses(signs: &mut Vec<Sign>) {
    let mut start = 0;
    while start < signs.len() {
        let mut end = start;
        while end < signs.len() && signs[end].is('.') && (end == start || !signs[end].spaced()) {
            end += 1;
        }
        if end - start == 3 {
            signs[start].character = '…';
            signs[start + 1].absorbed = true;
            signs[start + 2].absorbed = true;
        }
        start = end.max(start + 1);
    }
    signs.retain(|sign| !sign.absorbed);
}

/// What a straight quotation mark can be, by the signs around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Opening,
    Closing,
    Neither,
}

/// Straight quotation marks, in pairs only: « » around “ ” in French, “ ” in English. A lone one (inches) stays.
pub(super) fn quotes(signs: &mut [Sign], language: Language) {
    let partner = pairs(signs);
    let mut depth = usize::from(language == Language::English);
    for index in 0..signs.len() {
        match partner[index] {
            Some(closing) if closing > index => {
                let (left, right) = if depth == 0 { ('«', '»') } else { ('“', '”') };
                signs[index].character = left;
                signs[closing].character = right;
            }
            _ => {}
        }
        if signs[index].is('«') {
            depth += 1;
        } else if signs[index].is('»') && language == Language::French {
            depth = depth.saturating_sub(1);
        }
    }
}

/// For each sign the one it is paired with, as brackets are.
fn pairs(signs: &[Sign]) -> Vec<Option<usize>> {
    let mut partner = vec![None; signs.len()];
    let mut waiting = Vec::new();
    let mut last = Side::Neither;
    for index in 0..signs.len() {
        if !signs[index].is('"') {
            last = Side::Neither;
            continue;
        }
        last = side(signs, index, last);
        match last {
            Side::Opening => waiting.push(index),
            Side::Closing => {
                if let Some(opening) = waiting.pop() {
                    partner[opening] = Some(index);
                    partner[index] = Some(opening);
                }
            }
            Side::Neither => {}
        }
    }
    partner
}

/// The side of the mark at `index`; `last` is that of the sign before, when it is a straight mark too.
fn side(signs: &[Sign], index: usize, last: Side) -> Side {
    let before = index.checked_sub(1).map(|before| &signs[before]);
    let free = before.is_none_or(|sign| signs[index].spaced() || sign.character.is_whitespace());
    let opens = free
        || last == Side::Opening
        || before.is_some_and(|sign| !sign.fixed && "([{«“-–—/'’".contains(sign.character));
    let leads = signs.get(index + 1).is_some_and(|sign| {
        !sign.spaced()
            && !sign.character.is_whitespace()
            && (sign.fixed || sign.character.is_alphanumeric() || "([{«“\"'’….-–—$".contains(sign.character))
    });
    if opens && leads {
        Side::Opening
    } else if free || before.is_some_and(|sign| sign.is('«')) {
        Side::Neither
    } else {
        Side::Closing
    }
}

/// `'` into `’` where a letter comes before and a word after; in English also after a plural (`ministers'`).
pub(super) fn apostrophes(signs: &mut [Sign], language: Language) {
    // Where single marks quote, the last of them is not a plural's.
    let quoting = (0..signs.len()).any(|index| {
        signs[index].is('\'') && !follows_word(signs, index) && leads_to(signs, index, char::is_alphanumeric)
    });
    for index in 0..signs.len() {
        if !signs[index].is('\'') || !follows_word(signs, index) {
            continue;
        }
        let elides = leads_to(signs, index, |next| next.is_alphanumeric() || "«“\"".contains(next));
        let plural = language == Language::English
            && !quoting
            && signs[index - 1].character == 's'
            && !leads_to(signs, index, |next| !next.is_whitespace() && !",.;:!?)…".contains(next));
        if elides || plural {
            signs[index].character = '’';
        }
    }
}

fn follows_word(signs: &[Sign], index: usize) -> bool {
    !signs[index].spaced()
        && index
            .checked_sub(1)
            .is_some_and(|before| signs[before].character.is_alphabetic())
}

fn leads_to(signs: &[Sign], index: usize, wanted: impl Fn(char) -> bool) -> bool {
    signs
        .get(index + 1)
        .is_some_and(|next| !next.spaced() && wanted(next.character))
}
