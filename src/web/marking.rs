//! How words are marked in what is found.

use std::collections::HashSet;
use std::ops::Range;

use super::view::Html;
use crate::text;
use crate::text::quotation::Token;

/// How many characters of a passage a result of the search shows.
const EXCERPT: usize = 320;
/// How many characters are shown before what is quoted, and after it.
const AROUND: usize = 160;

/// The words of a text: runs of letters and digits.
pub(super) fn words(plain: &str) -> impl Iterator<Item = &str> {
    plain
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// A text with some of its words in `mark`.
pub(super) fn marked(plain: &str, matching: &HashSet<String>) -> Html {
    let mut html = String::new();
    let mut rest = plain;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (before, from) = rest.split_at(start);
        let end = from
            .find(|character: char| !character.is_alphanumeric())
            .unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        html.push_str(&Html::from_text(before).to_string());
        if matching.contains(word) {
            html.push_str("<mark>");
            html.push_str(word);
            html.push_str("</mark>");
        } else {
            html.push_str(word);
        }
        rest = after;
    }
    html.push_str(&Html::from_text(rest).to_string());
    Html(text::Html::trusted(html))
}

/// The part of a text around the first word that matches, cut between words.
pub(super) fn excerpt(plain: &str, matching: &HashSet<String>) -> String {
    let pieces: Vec<&str> = plain.split(' ').collect();
    let answers = |piece: &&str| words(piece).any(|word| matching.contains(word));
    let hit = pieces.iter().position(answers).unwrap_or(0);
    let mut start = hit;
    let mut room = EXCERPT / 3;
    while start > 0 && pieces[start - 1].chars().count() < room {
        start -= 1;
        room -= pieces[start].chars().count() + 1;
    }
    let mut end = start;
    let mut length = 0;
    while end < pieces.len() && (end <= hit || length < EXCERPT) {
        length += pieces[end].chars().count() + 1;
        end += 1;
    }
    let opening = if start > 0 { "… " } else { "" };
    let closing = if end < pieces.len() { " …" } else { "" };
    format!("{opening}{}{closing}", pieces[start..end].join(" "))
}

/// A stretch of a text with some of its bytes in `mark`, and ellipses where the text goes on.
#[must_use]
pub fn marked_at(plain: &str, marked: &[Range<usize>], stretch: &Range<usize>) -> Html {
    let escaped = |piece: &str| Html::from_text(piece).to_string();
    let mut html = String::from(if stretch.start > 0 { "… " } else { "" });
    let mut from = stretch.start;
    for mark in marked {
        let (before, inside) = (&plain[from..mark.start], &plain[mark.clone()]);
        html.extend([&escaped(before), "<mark>", &escaped(inside), "</mark>"]);
        from = mark.end;
    }
    html.push_str(&escaped(&plain[from..stretch.end]));
    html.push_str(if stretch.end < plain.len() { " …" } else { "" });
    Html(text::Html::trusted(html))
}

/// A stretch of a text and the words around it, cut between words.
#[must_use]
pub fn around(plain: &str, stretch: &Range<usize>) -> Range<usize> {
    let (before, after) = (&plain[..stretch.start], &plain[stretch.end..]);
    let start = before.char_indices().rev().nth(AROUND).map_or(0, |(cut, _)| {
        let word = before[cut..].find(' ').map_or(before.len(), |space| cut + space + 1);
        word.min(stretch.start)
    });
    let end = after.char_indices().nth(AROUND).map_or(plain.len(), |(cut, _)| {
        stretch.end + after[..cut].rfind(' ').unwrap_or(0)
    });
    start..end
}

/// Where the words stand that are not shared, neighbours together, and these words.
#[must_use]
pub fn unshared(plain: &str, tokens: &[Token], shared: &[bool]) -> (Vec<Range<usize>>, Vec<String>) {
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut follows = false;
    for (token, shared) in tokens.iter().zip(shared) {
        match places.last_mut() {
            Some(last) if follows && !shared => last.end = token.at.end,
            _ if !shared => places.push(token.at.clone()),
            _ => {}
        }
        follows = !shared;
    }
    let words = places.iter().map(|place| plain[place.clone()].to_owned()).collect();
    (places, words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::quotation::tokens;

    fn set(words: &[&str]) -> HashSet<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn only_whole_words_are_marked_and_the_rest_is_escaped() {
        let html = marked("<b> l’Arctique, arctiques", &set(&["Arctique"])).to_string();
        assert_eq!(html, "&lt;b&gt; l’<mark>Arctique</mark>, arctiques");
    }

    #[test]
    fn an_excerpt_holds_the_first_match() {
        let long = format!("{}cible {}", "mot ".repeat(200), "fin ".repeat(200));
        let cut = excerpt(&long, &set(&["cible"]));
        assert!(cut.contains("cible") && cut.starts_with("… ") && cut.ends_with(" …"));
        assert!(cut.chars().count() < EXCERPT + 40, "{cut}");
        assert_eq!(excerpt("court texte", &set(&["absent"])), "court texte");
    }

    #[test]
    fn a_stretch_is_marked_and_what_surrounds_it_is_cut_between_words() {
        let long = format!("{}<cible>{}", "mot ".repeat(100), " fin".repeat(100));
        let place = 400..407;
        let html = marked_at(&long, std::slice::from_ref(&place), &around(&long, &place)).to_string();
        assert!(html.starts_with("… mot ") && html.ends_with(" fin …"), "{html}");
        assert!(html.contains("mot <mark>&lt;cible&gt;</mark> fin"), "{html}");
        assert!(html.len() < 400, "{html}");
        let word = 3..7;
        let html = marked_at("un deux", std::slice::from_ref(&word), &around("un deux", &word)).to_string();
        assert_eq!(html, "un <mark>deux</mark>");
        assert_eq!(around("", &(0..0)), 0..0);
    }

    #[test]
    fn neighbours_that_differ_are_told_together() {
        let text = "n’est pas ici";
        let (places, words) = unshared(text, &tokens(text), &[false, true, false, false]);
        assert_eq!(places, [0..1, 8..15]);
        assert_eq!(words, ["n", "pas ici"]);
    }
}
