//! How words are counted, wherever a number of them is shown.

/// The words of a text, as word processors count them: what stands between spaces, no-break ones too, and holds a letter or a
/// digit. So an elided article belongs to its noun, what hyphens join is one word, and a sign that typography sets apart is
/// none. `static/desk/counts.js` counts alike; `tests/data/word-counts.json` holds both to it.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .filter(|piece| piece.contains(char::is_alphanumeric))
}
