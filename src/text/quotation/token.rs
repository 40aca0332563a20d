//! Words, numbers and signs of a text, each in the one form that a quotation is compared by.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A word, a number or a sign of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is compared by: lower case, composed, ligatures apart, hyphens of one kind.
    pub key: String,
    /// Where it stands in its text, in bytes.
    pub at: Range<usize>,
}

impl Token {
    /// Whether it begins or ends as a number does.
    #[must_use]
    pub fn is_number(&self) -> bool {
        let is_digit = |found: char| found.is_ascii_digit();
        self.key.starts_with(is_digit) || self.key.ends_with(is_digit)
    }

    /// Whether it is a word or a number rather than a sign.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.key.contains(char::is_alphanumeric)
    }
}

/// Signs that say something: without them, 5 % would be 5 $. All others are punctuation.
const SIGNS: &str = "%‰$€£¥¢°+=<>&@#/×÷±^~";

/// Reads the words, numbers and signs of a text. `peut-être` is one word and `1,5` one number, so that neither `peut être` nor
/// `15` is taken for them; apostrophes part words.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let characters: Vec<(usize, char)> = text.char_indices().filter(|(_, found)| !is_unseen(*found)).collect();
    let at = |index: usize| characters.get(index).map(|(_, found)| *found);
    let start = |index: usize| characters.get(index).map_or(text.len(), |(start, _)| *start);
    let mut tokens = Vec::new();
    let mut index = 0;
    while let Some(found) = at(index) {
        let before = index.checked_sub(1).and_then(at);
        let end = if is_wordy(found) || is_negative(before, found, at(index + 1)) {
            word_end(&at, index + 1)
        } else {
            index + 1
        };
        if end > index + 1 || is_wordy(found) || is_sign(before, found, at(index + 1)) {
            let written: String = characters[index..end].iter().map(|(_, found)| *found).collect();
            tokens.push(Token {
                key: folded(&written),
                at: start(index)..start(end - 1) + characters[end - 1].1.len_utf8(),
            });
        }
        index = end;
    }
    tokens
}

/// Where the word ends whose characters up to `index` are known.
fn word_end(at: &impl Fn(usize) -> Option<char>, mut index: usize) -> usize {
    while let Some(found) = at(index) {
        let (before, after) = (at(index - 1), at(index + 1));
        let joins = is_hyphen(found) && after.is_some_and(is_wordy)
            || matches!(found, '.' | ',' | ':')
                && [before, after].iter().all(|near| near.is_some_and(char::is_numeric));
        if !is_wordy(found) && !joins {
            break;
        }
        index += 1;
    }
    index
}

/// A minus before a number, which a space would have made a dash.
fn is_negative(before: Option<char>, found: char, after: Option<char>) -> bool {
    is_hyphen(found) && !before.is_some_and(is_wordy) && after.is_some_and(char::is_numeric)
}

/// `<<` and `>>` are quotation marks.
fn is_sign(before: Option<char>, found: char, after: Option<char>) -> bool {
    let doubled = matches!(found, '<' | '>') && [before, after].contains(&Some(found));
    SIGNS.contains(found) && !doubled
}

const fn is_hyphen(found: char) -> bool {
    matches!(found, '-' | '\u{2010}' | '\u{2011}' | '–' | '−')
}

/// U+02BC is typed for an apostrophe, though it counts as a letter.
fn is_wordy(found: char) -> bool {
    (found.is_alphanumeric() && !matches!(found, '\u{2b0}'..='\u{2ff}')) || matches!(found, '\u{300}'..='\u{36f}')
}

/// Soft hyphens, zero widths and directions, which no reader sees.
const fn is_unseen(found: char) -> bool {
    matches!(
        found,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}'
    )
}

fn folded(written: &str) -> String {
    let mut key = String::with_capacity(written.len());
    for found in written.nfc().flat_map(char::to_lowercase) {
        match found {
            'œ' => key.push_str("oe"),
            'æ' => key.push_str("ae"),
            'ﬀ' => key.push_str("ff"),
            'ﬁ' => key.push_str("fi"),
            'ﬂ' => key.push_str("fl"),
            'ﬃ' => key.push_str("ffi"),
            'ﬄ' => key.push_str("ffl"),
            hyphen if is_hyphen(hyphen) => key.push('-'),
            other => key.push(other),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.key).collect()
    }

    #[test]
    fn typography_makes_no_difference() {
        let one = keys("« L’œuvre : d’ici, l’ÉTÉ »");
        for other in [
            "L'oeuvre d\u{2bc}ici l‘été",
            "\"l\u{a0}’Œuvre\" (d\u{200b}'i\u{ad}ci) ; <<l'e\u{301}te\u{301}>>",
        ] {
            assert_eq!(keys(other), one, "{other}");
        }
        assert_eq!(keys("ofﬁce, Saguenay–Lac"), ["office", "saguenay-lac"]);
    }

    #[test]
    fn words_numbers_and_signs_make_one() {
        let pairs = [
            ("peut-être", "peut être"),
            ("1,5", "15"),
            ("1,5", "1.5"),
            ("5 %", "5 $"),
            ("5 %", "5"),
            ("-5", "5"),
            ("a", "à"),
            ("ou", "où"),
            ("présente", "présenté"),
            ("it's", "its"),
            ("et/ou", "et ou"),
            ("10²", "102"),
            ("15:30", "15 30"),
        ];
        for (one, other) in pairs {
            assert_ne!(keys(one), keys(other), "{one} {other}");
        }
        assert_eq!(keys("50\u{a0}%"), keys("50%"));
        assert_eq!(keys("(1.)"), ["1"]);
        assert_eq!(keys(" -  – — . , "), Vec::<String>::new());
    }

    #[test]
    fn a_token_knows_its_place() {
        let text = "l’e\u{301}té, inter\u{ad}national";
        let places: Vec<&str> = tokens(text).iter().map(|token| &text[token.at.clone()]).collect();
        assert_eq!(places, ["l", "e\u{301}té", "inter\u{ad}national"]);
    }
}
