//! Whether a quotation stands in a text word for word, and if not, what differs.
//!
//! Quotation marks, spaces, apostrophes, capitals, ligatures, punctuation and the marks of lists make no difference; each
//! word, number and sign does. Ellipses, bare or in brackets, stand for words left out.

mod nearness;
mod token;

use std::ops::Range;

pub use nearness::{Nearness, nearness};
pub use token::{Token, tokens};

/// How many words in a row make a quotation that can be looked for: fewer stand anywhere.
pub const FEWEST: usize = 4;
/// How many words must stand on each side of words left out: of fewer, any sentence could be made.
pub const FEWEST_BESIDE: usize = 3;

/// How many words in a row are looked for at once.
const WINDOW: usize = 6;
/// How many such rows at most.
const WINDOWS: usize = 12;

/// What somebody quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Its words, without marks of lists.
    pub text: String,
    /// Its parts between words left out, none empty.
    fragments: Vec<Vec<Token>>,
}

impl Quotation {
    /// Reads what somebody typed; nothing in it is a mistake.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let lines: Vec<&str> = typed.lines().map(without_list_mark).collect();
        let text = ellipses_of_one_kind(&without_bracketed_letters(&lines.join(" ")));
        let mut fragments = vec![Vec::new()];
        let mut from = 0;
        for token in tokens(&text) {
            if text[from..token.at.start].contains('…') {
                fragments.push(Vec::new());
            }
            from = token.at.end;
            if let Some(fragment) = fragments.last_mut() {
                fragment.push(token);
            }
        }
        fragments.retain(|fragment| !fragment.is_empty());
        Self { text, fragments }
    }

    /// Whether nothing is quoted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fragments.is_empty()
    }

    /// Whether too few words follow each other to tell where they come from.
    #[must_use]
    pub fn is_too_short(&self) -> bool {
        self.fragments.iter().all(|fragment| count(fragment) < FEWEST)
    }

    /// Its words in order.
    #[must_use]
    pub fn tokens(&self) -> Vec<Token> {
        self.fragments.iter().flatten().cloned().collect()
    }

    /// Rows of words of which a text that has the quotation has most.
    #[must_use]
    pub fn sequences(&self) -> Vec<String> {
        let longest = self.fragments.iter().max_by_key(|fragment| fragment.len());
        let keys: Vec<&str> = longest.into_iter().flatten().map(|token| token.key.as_str()).collect();
        let last = keys.len().saturating_sub(WINDOW);
        let starts = (0..last).step_by(WINDOW).take(WINDOWS - 1).chain([last]);
        starts
            .map(|start| keys[start..keys.len().min(start + WINDOW)].join(" "))
            .collect()
    }

    /// Where it stands in passages that follow each other, given by their words: the place of the passage, and the bytes in
    /// it. What is left out is left out of one text, in its order.
    #[must_use]
    pub fn find(&self, passages: &[&[Token]]) -> Option<Vec<(usize, Range<usize>)>> {
        let stream: Vec<(usize, &Token)> = passages
            .iter()
            .enumerate()
            .flat_map(|(place, passage)| passage.iter().map(move |token| (place, token)))
            .collect();
        let whole: Vec<&Token> = self.fragments.iter().flatten().collect();
        if let Some(start) = position(&stream, &whole, 0) {
            return Some(extents(&stream[start..start + whole.len()]));
        }
        if self.is_empty() || self.fragments.iter().any(|fragment| count(fragment) < FEWEST_BESIDE) {
            return None;
        }
        let mut found = Vec::new();
        let mut from = 0;
        for fragment in &self.fragments {
            let start = position(&stream, &fragment.iter().collect::<Vec<_>>(), from)?;
            from = start + fragment.len();
            found.extend(extents(&stream[start..from]));
        }
        Some(found)
    }
}

fn count(fragment: &[Token]) -> usize {
    fragment.iter().filter(|token| token.is_word()).count()
}

/// Where these words follow each other, from a place on.
fn position(stream: &[(usize, &Token)], words: &[&Token], from: usize) -> Option<usize> {
    if words.is_empty() {
        return None;
    }
    let stands = |start: &usize| {
        let window = stream[*start..].iter().zip(words);
        window.clone().all(|((_, found), word)| found.key == word.key) && !cuts_a_number(stream, *start, words.len())
    };
    (from..=stream.len().checked_sub(words.len())?).find(stands)
}

/// Whether a number goes on beyond either end: `500 000` is not quoted from `1 500 000`, nor `5` from `5 %`.
fn cuts_a_number(stream: &[(usize, &Token)], start: usize, length: usize) -> bool {
    let goes_on = |one: Option<&(usize, &Token)>, next: Option<&(usize, &Token)>| {
        one.zip(next).is_some_and(|((place, one), (other, next))| {
            place == other
                && (one.is_number() && (next.is_number() || !next.is_word()) || !one.is_word() && next.is_number())
        })
    };
    let (before, end) = (start.checked_sub(1), start + length);
    goes_on(before.and_then(|before| stream.get(before)), stream.get(start))
        || goes_on(end.checked_sub(1).and_then(|last| stream.get(last)), stream.get(end))
}

/// From the first word to the last, in each passage.
fn extents(words: &[(usize, &Token)]) -> Vec<(usize, Range<usize>)> {
    let mut extents: Vec<(usize, Range<usize>)> = Vec::new();
    for (place, token) in words {
        match extents.last_mut() {
            Some((last, extent)) if last == place => extent.end = token.at.end,
            _ => extents.push((*place, token.at.clone())),
        }
    }
    extents
}

/// A line without its bullet, its number or its letter.
fn without_list_mark(line: &str) -> &str {
    let line = line.trim_start();
    let mark_end = line.find(char::is_whitespace).unwrap_or(line.len());
    let (mark, rest) = line.split_at(mark_end);
    let numbered = mark.strip_suffix(['.', ')']).is_some_and(|number| {
        let number = number.strip_prefix('(').unwrap_or(number);
        let digits = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        digits || number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    let bullet = matches!(mark, "-" | "–" | "—" | "•" | "*" | "·" | "▪" | "◦" | "‣" | "●" | "○");
    if (numbered || bullet) && !rest.is_empty() {
        rest
    } else {
        line
    }
}

/// `[U]ne` is how a quotation says that it changed a capital.
fn without_bracketed_letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(opening) = rest.find('[') {
        let mut inside = rest[opening + 1..].chars();
        plain.push_str(&rest[..opening]);
        rest = match (inside.next(), inside.next(), inside.clone().next()) {
            (Some(letter), Some(']'), Some(next)) if letter.is_alphabetic() && next.is_alphabetic() => {
                plain.push(letter);
                inside.as_str()
            }
            _ => {
                plain.push('[');
                &rest[opening + 1..]
            }
        };
    }
    plain + rest
}

/// Three dots or more, with spaces between them or without, are an ellipsis.
fn ellipses_of_one_kind(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('.') {
        let dotted = &rest[start..];
        let run = dotted
            .find(|found: char| found != '.' && found != ' ')
            .unwrap_or(dotted.len());
        let dots = dotted[..run].matches('.').count();
        plain.push_str(&rest[..start]);
        plain.push_str(if dots > 2 { "… " } else { &dotted[..run] });
        rest = &dotted[run..];
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: [&str; 2] = [
        "Cette tâche ne peut pas être déléguée : elle revient au ministre, depuis 15 ans… au moins.",
        "Le ministre l’exerce avec soin.",
    ];

    /// Where a quotation stands in a text.
    fn find(typed: &str, text: &[&str]) -> Option<Vec<(usize, Range<usize>)>> {
        let words: Vec<Vec<Token>> = text.iter().copied().map(tokens).collect();
        Quotation::parse(typed).find(&words.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    fn found(typed: &str) -> Option<Vec<&'static str>> {
        let found = find(typed, &TEXT)?;
        Some(found.into_iter().map(|(place, extent)| &TEXT[place][extent]).collect())
    }

    #[test]
    fn what_stands_there_is_found() {
        assert_eq!(
            found("« ELLE REVIENT au ministre »"),
            Some(vec!["elle revient au ministre"])
        );
        assert_eq!(
            found("3. [E]lle revient au ministre"),
            Some(vec!["elle revient au ministre"])
        );
        assert_eq!(
            found("a) cette tâche\n ne peut pas"),
            Some(vec!["Cette tâche ne peut pas"])
        );
        let left_out = Some(vec!["Cette tâche ne peut pas être déléguée", "depuis 15 ans"]);
        for typed in ["[…]", "(...)", "…", ". . .", "[ ... ]"] {
            let typed = format!("...cette tâche ne peut pas être déléguée {typed} depuis 15 ans...");
            assert_eq!(found(&typed), left_out, "{typed}");
        }
        assert_eq!(found("15 ans… au moins"), Some(vec!["15 ans… au moins"]));
        let across = Some(vec!["ans… au moins", "Le ministre l’exerce"]);
        assert_eq!(found("ans au moins\n\nLe ministre l'exerce"), across);
    }

    #[test]
    fn what_does_not_is_not() {
        for typed in [
            "cette tâche peut être déléguée",
            "cette tâche ne peut être déléguée",
            "cette tâche […] peut […] être déléguée",
            "depuis 15 ans […] cette tâche ne peut pas",
            "depuis 16 ans au moins",
            "elle revient à la ministre",
            "",
            "…",
        ] {
            assert_eq!(found(typed), None, "{typed}");
        }
    }

    #[test]
    fn few_words_are_too_few() {
        for typed in ["de la du", "un deux trois […] quatre cinq", "% % % % %", "", "[…] […]"] {
            assert!(Quotation::parse(typed).is_too_short(), "{typed}");
        }
        assert!(!Quotation::parse("un […] deux trois quatre cinq").is_too_short());
    }

    #[test]
    fn rows_of_words_cover_the_longest_part() {
        let quotation = Quotation::parse("a b […] c d e f g h i j k l m n");
        assert_eq!(quotation.sequences(), ["c d e f g h", "i j k l m n"]);
        assert_eq!(
            Quotation::parse("un deux trois quatre").sequences(),
            ["un deux trois quatre"]
        );
        let long = "mot ".repeat(1000);
        assert_eq!(Quotation::parse(&long).sequences().len(), WINDOWS);
    }

    #[test]
    fn no_number_is_cut() {
        let text = ["Les 1 500 000 dollars, soit 5 % du total, sont versés sous le no 008 3.0."];
        let stands = |typed: &str| find(typed, &text).is_some();
        assert!(stands("1 500 000 dollars soit 5 % du total"));
        for cut in [
            "500 000 dollars soit 5 %",
            "1 500 000 dollars soit 5",
            "sont versés sous le no 008",
        ] {
            assert!(!stands(cut), "{cut}");
        }
    }
}
