//! The spaces of French prose (OQLF, standards §1.6): each rule looks at the signs on both sides of a gap, and at no
//! other gap that a rule may change.

use super::Sign;
use crate::i18n::MONTHS;

/// What stands in a gap between two signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// What stood there.
    Kept,
    /// Nothing.
    None,
    /// As many ordinary spaces as there were spaces.
    Ordinary,
    /// One no-break space.
    NoBreak,
}

/// Symbols of units that a number keeps beside it. Those of one letter only when a space shows that they are apart.
const UNITS: &[&str] = &[
    "€", "°C", "cm", "g", "Go", "GW", "ha", "kg", "km", "km²", "ko", "kt", "kW", "kWh", "L", "m", "m²", "m³", "mg",
    "min", "mL", "mm", "Mo", "Mt", "MW", "s", "t", "To", "TWh",
];

/// Words that a number keeps beside it as it does a unit's symbol (OQLF: the number and what it counts).
const COUNTED: [&str; 12] = [
    "ans", "an", "mois", "jours", "jour", "semaines", "heures", "heure", "minutes", "minute", "secondes", "seconde",
];

/// Titles of persons, which keep the name after them: abbreviated by a full stop, or by their last letters.
const DOTTED: [&str; 2] = ["M", "MM"];
const TITLES: [&str; 6] = ["Mme", "Mmes", "Dr", "Dre", "Me", "Mes"];

/// Words that stand between a number and its dollars: `5 millions $`.
const LARGE: [&str; 4] = ["million", "millions", "milliard", "milliards"];

/// No number is longer: looking back stays cheap.
const LONGEST_NUMBER: usize = 15;

/// The space before the sign at `index`, or after the last sign.
pub(super) fn before(signs: &[Sign], index: usize) -> Space {
    let (Some(left), Some(right)) = (index.checked_sub(1).map(|left| &signs[left]), signs.get(index)) else {
        return Space::Kept;
    };
    if left.character.is_whitespace() || right.character.is_whitespace() {
        Space::Kept
    } else if left.is('«') || right.is('»') || colon(signs, index) || number(signs, index) || title(signs, index) {
        Space::NoBreak
    } else if right.spaced() && right.is_one_of(";!?") && ends_clause(signs, index) {
        Space::None
    } else {
        Space::Kept
    }
}

/// A colon that has a space before it, or after it: not `14:30`.
fn colon(signs: &[Sign], index: usize) -> bool {
    let (left, sign) = (&signs[index - 1], &signs[index]);
    let announces = || {
        signs.get(index + 1).is_none_or(|next| {
            next.is('»') || next.character.is_whitespace() || (next.spaced() && !next.is_one_of(";!?"))
        })
    };
    sign.is(':') && (sign.spaced() || (!left.is_one_of(":([{") && announces()))
}

/// Whether only other closing signs stand between the sign at `index` and the next space, be it one still to come.
fn ends_clause(signs: &[Sign], index: usize) -> bool {
    for (next, sign) in signs.iter().enumerate().skip(index + 1) {
        if sign.spaced() || sign.character.is_whitespace() || sign.is('»') || colon(signs, next) {
            return true;
        }
        if !sign.is_one_of(";!?)]”\"…") {
            return false;
        }
    }
    true
}

/// Whether the gap is inside a quantity, a time or a date.
fn number(signs: &[Sign], index: usize) -> bool {
    let (left, right) = (&signs[index - 1], &signs[index]);
    // What touches an address or code may be its end: `https://…?a=25%`.
    if right.fixed || (left.fixed && !right.spaced()) {
        return false;
    }
    match right.character {
        '%' => ends_number(signs, index) && !wordy_at(signs, index + 1),
        '$' => (ends_number(signs, index) || large(signs, index)) && !wordy_at(signs, index + 1),
        'h' if is_hour(signs, index) => true,
        '0'..='9' => thousands(signs, index) || minutes(signs, index),
        _ => unit(signs, index) || counted(signs, index) || (right.spaced() && month(signs, index)),
    }
}

fn unit(signs: &[Sign], index: usize) -> bool {
    ends_number(signs, index)
        && UNITS.iter().any(|unit| {
            (signs[index].spaced() || unit.chars().count() > 1) && whole_word_at(signs, index, unit, |letter| letter)
        })
}

/// `15 ans`
fn counted(signs: &[Sign], index: usize) -> bool {
    signs[index].spaced()
        && ends_number(signs, index)
        && COUNTED
            .iter()
            .any(|word| whole_word_at(signs, index, word, |letter| letter))
}

/// `M. Lemire`, `Mme Tremblay`: the name begins with a capital.
fn title(signs: &[Sign], index: usize) -> bool {
    let right = &signs[index];
    if !right.spaced() || right.fixed || !right.character.is_uppercase() {
        return false;
    }
    let dotted = signs[index - 1].is('.') && !signs[index - 1].spaced();
    let (titles, end) = if dotted {
        (&DOTTED[..], index - 1)
    } else {
        (&TITLES[..], index)
    };
    titles.iter().any(|title| whole_word_before(signs, end, title))
}

/// `5 millions $`
fn large(signs: &[Sign], index: usize) -> bool {
    signs[index].spaced() && LARGE.iter().any(|word| whole_word_before(signs, index, word))
}

/// `1 234 567`, `418 649-2400`
fn thousands(signs: &[Sign], index: usize) -> bool {
    let Some(length) = number_length(signs, index) else {
        return false;
    };
    let first = &signs[index - length];
    let decimal = !first.spaced()
        && (index - length)
            .checked_sub(1)
            .is_some_and(|before| matches!(signs[before].character, ',' | '.'));
    signs[index].gap.len() == 1 && length <= 3 && !decimal && digits_at(signs, index) == 3
}

/// The minutes of `14 h 05`, the seconds of `15 h 0 min 1 s`.
fn minutes(signs: &[Sign], index: usize) -> bool {
    let short = matches!(digits_at(signs, index), 1 | 2);
    let after_hour = || is_hour(signs, index - 1);
    let after_minute = || {
        signs[index].spaced() && index >= 4 && whole_word_before(signs, index, "min") && ends_number(signs, index - 3)
    };
    short && (after_hour() || after_minute())
}

/// Whether the sign at `index` is the h of `14 h`, `14 h 05`, `14h05`.
fn is_hour(signs: &[Sign], index: usize) -> bool {
    if !signs[index].is('h') {
        return false;
    }
    let alone = !wordy_at(signs, index + 1) && !apostrophe_at(signs, index + 1);
    let with_minutes = || {
        signs.get(index + 1).is_some_and(|next| !next.spaced())
            && digits_at(signs, index + 1) == 2
            && !wordy_at(signs, index + 3)
    };
    (alone || with_minutes()) && number_length(signs, index).is_some_and(|length| length <= 2)
}

/// `1er mars`, `2 mars`
fn month(signs: &[Sign], index: usize) -> bool {
    let lower = |letter: char| letter.to_lowercase().next().unwrap_or(letter);
    let day = number_length(signs, index).is_some_and(|length| length <= 2)
        || (whole_word_before(signs, index, "1er") && !signs[index - 3].fixed);
    day && MONTHS.iter().any(|month| whole_word_at(signs, index, month.fr, lower))
}

fn ends_number(signs: &[Sign], index: usize) -> bool {
    number_length(signs, index).is_some()
}

/// How many digits stand before `index`, when they begin a word or follow the h of a time.
fn number_length(signs: &[Sign], index: usize) -> Option<usize> {
    let mut start = index;
    while start > 0
        && index - start <= LONGEST_NUMBER
        && signs[start - 1].character.is_ascii_digit()
        && (start == index || !signs[start].spaced())
    {
        start -= 1;
    }
    let begins = start == 0
        || start == index
        || signs[start].spaced()
        || !signs[start - 1].is_wordy()
        || (!signs[start - 1].character.is_ascii_digit() && is_hour(signs, start - 1));
    (start < index && begins).then_some(index - start)
}

/// How many digits begin at `index`, counted no further than the four that decide.
fn digits_at(signs: &[Sign], index: usize) -> usize {
    signs
        .iter()
        .skip(index)
        .take(4)
        .enumerate()
        .take_while(|(place, sign)| sign.character.is_ascii_digit() && (*place == 0 || !sign.spaced()))
        .count()
}

/// Whether the sign at `index` continues the word before it.
fn wordy_at(signs: &[Sign], index: usize) -> bool {
    signs.get(index).is_some_and(|sign| !sign.spaced() && sign.is_wordy())
}

fn apostrophe_at(signs: &[Sign], index: usize) -> bool {
    signs
        .get(index)
        .is_some_and(|sign| !sign.spaced() && sign.is_apostrophe())
}

/// Whether the word that begins at `index`, each of its letters changed by `fold`, is this one.
fn whole_word_at(signs: &[Sign], index: usize, word: &str, fold: impl Fn(char) -> char) -> bool {
    let mut end = index;
    for letter in word.chars() {
        let fits = signs
            .get(end)
            .is_some_and(|sign| fold(sign.character) == letter && !sign.fixed && (end == index || !sign.spaced()));
        if !fits {
            return false;
        }
        end += 1;
    }
    !wordy_at(signs, end) && !apostrophe_at(signs, end)
}

/// Whether the word that ends before `index` is this one.
fn whole_word_before(signs: &[Sign], index: usize, word: &str) -> bool {
    let mut start = index;
    for letter in word.chars().rev() {
        let fits = start > 0 && signs[start - 1].character == letter && (start == index || !signs[start].spaced());
        if !fits {
            return false;
        }
        start -= 1;
    }
    let apart = start == 0 || signs[start].spaced() || !signs[start - 1].is_wordy();
    // `0min` and `5millions` are two words; `21er` is one.
    apart || (signs[start].character.is_alphabetic() && signs[start - 1].character.is_ascii_digit())
}
