//! Letters without what hangs on them: keys to sort by, ends of addresses.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The same words in lower case, without accents, ligatures in two letters.
#[must_use]
pub fn plain(words: &str) -> String {
    let lower = words.to_lowercase().replace('\u{153}', "oe").replace('\u{e6}', "ae");
    lower.nfd().filter(|sign| !is_combining_mark(*sign)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_their_marks() {
        assert_eq!(plain("Œuvre d’été à l’ÎLE"), "oeuvre d’ete a l’ile");
    }
}
