//! What looks like an address (of a page, of mail, of a file) keeps its signs: it must still work when copied.

use super::Sign;

/// Words that lose their last vowel before an address: `l’https://…`, `d’Québec.ca`.
const ELIDED: [&str; 12] = [
    "c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "s", "t",
];

/// Fixes the signs of every address in the line.
pub(super) fn fix(signs: &mut [Sign]) {
    let mut start = 0;
    while start < signs.len() {
        let end = word_end(signs, start);
        fix_word(&mut signs[start..end]);
        start = end.max(start + 1);
    }
}

/// Where the word that begins at `start` ends; `start` itself when that sign is a separator.
fn word_end(signs: &[Sign], start: usize) -> usize {
    let mut end = start;
    while end < signs.len() && !separates(&signs[end]) && (end == start || !signs[end].spaced()) {
        end += 1;
    }
    end
}

fn separates(sign: &Sign) -> bool {
    sign.fixed || sign.character.is_whitespace() || sign.is_one_of("«»“”\"<>")
}

fn fix_word(word: &mut [Sign]) {
    let belongs = |sign: &Sign| sign.character.is_alphanumeric() || sign.character == '/';
    let Some(first) = word.iter().position(belongs) else {
        return;
    };
    let last = word.iter().rposition(belongs).unwrap_or(first);
    let core: String = word[first..=last].iter().map(|sign| sign.character).collect();
    // An apostrophe is lawful in a mailbox (`d'angelo@…`): only there is it never an elision.
    let elided = if core.contains('@') { 0 } else { elision(&core) };
    let address: String = core.chars().skip(elided).collect();
    if is_address(&address) {
        word[first + elided..=last]
            .iter_mut()
            .for_each(|sign| sign.fixed = true);
    }
}

/// How many characters of `core` are an elided word and its apostrophe.
fn elision(core: &str) -> usize {
    core.split_once(['\'', '’'])
        .filter(|(word, _)| ELIDED.contains(&word.to_lowercase().as_str()))
        .map_or(0, |(word, _)| word.chars().count() + 1)
}

fn is_address(word: &str) -> bool {
    word.contains("://")
        || ["www.", "mailto:", "tel:"]
            .iter()
            .any(|prefix| word.starts_with(prefix))
        || word
            .split_once('@')
            .is_some_and(|(mailbox, host)| !mailbox.is_empty() && !host.is_empty())
        || word
            .strip_prefix('/')
            .is_some_and(|path| path.starts_with(char::is_alphanumeric))
        || is_host_or_file(word.split(['/', '?', '#', ':']).next().unwrap_or_default())
}

/// Whether a word reads `name.name`, its last name in letters.
fn is_host_or_file(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(names, last)| {
        last.len() >= 2
            && last.chars().all(|character| character.is_ascii_alphanumeric())
            && last.starts_with(|character: char| character.is_ascii_alphabetic())
            && names.split('.').all(|name| {
                !name.is_empty()
                    && name
                        .chars()
                        .all(|character| character.is_alphanumeric() || "-_".contains(character))
            })
    })
}
