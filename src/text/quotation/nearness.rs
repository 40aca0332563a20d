//! What differs between a quotation and the passage that comes nearest to it.

use std::ops::Range;

use super::Token;

/// How a quotation lies over a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearness {
    /// The stretch of the passage that comes nearest, in words.
    pub stretch: Range<usize>,
    /// For each word of the quotation, whether the stretch has it there.
    pub quoted: Vec<bool>,
    /// For each word of the passage, whether the quotation has it there; false outside of the stretch.
    pub published: Vec<bool>,
}

impl Nearness {
    /// How many words they share in one order.
    #[must_use]
    pub fn shared(&self) -> usize {
        self.quoted.iter().filter(|shared| **shared).count()
    }
}

/// Lays a quotation over the stretch of a passage that takes the fewest changes: a word changed, added or left out is one.
#[must_use]
pub fn nearness(quoted: &[Token], published: &[Token]) -> Nearness {
    let costs = costs(quoted, published);
    let width = published.len() + 1;
    let last = &costs[quoted.len() * width..];
    // Of equals the first: the stretch begins and ends anywhere.
    let end = (0..width).min_by_key(|column| last[*column]).unwrap_or(0);
    let mut found = Nearness {
        stretch: end..end,
        quoted: vec![false; quoted.len()],
        published: vec![false; published.len()],
    };
    let (mut row, mut column) = (quoted.len(), end);
    while row > 0 {
        let cost = costs[row * width + column];
        let same = column > 0 && quoted[row - 1].key == published[column - 1].key;
        if same && cost == costs[(row - 1) * width + column - 1] {
            (found.quoted[row - 1], found.published[column - 1]) = (true, true);
            (row, column) = (row - 1, column - 1);
        } else if column > 0 && cost == costs[(row - 1) * width + column - 1] + 1 {
            (row, column) = (row - 1, column - 1);
        } else if cost == costs[(row - 1) * width + column] + 1 {
            row -= 1;
        } else {
            column -= 1;
        }
    }
    found.stretch.start = column;
    found
}

/// The fewest changes that make the first words of the quotation end at each word of the passage, row by row.
fn costs(quoted: &[Token], published: &[Token]) -> Vec<u16> {
    let width = published.len() + 1;
    let mut costs = vec![0_u16; (quoted.len() + 1) * width];
    for (row, word) in quoted.iter().enumerate() {
        let (above, here) = (row * width, (row + 1) * width);
        costs[here] = costs[above].saturating_add(1);
        for (column, other) in published.iter().enumerate() {
            let changed = costs[above + column].saturating_add(u16::from(word.key != other.key));
            let added = costs[above + column + 1].saturating_add(1);
            let left_out = costs[here + column].saturating_add(1);
            costs[here + column + 1] = changed.min(added).min(left_out);
        }
    }
    costs
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    const PASSAGE: &str = "Le Ministère dit que cette tâche ne peut pas être déléguée à un tiers.";

    fn differing(quotation: &str) -> (Vec<String>, Vec<String>) {
        let (quoted, published) = (tokens(quotation), tokens(PASSAGE));
        let found = nearness(&quoted, &published);
        let of = |tokens: &[Token], shared: &[bool]| {
            let differing = tokens.iter().zip(shared).filter(|(_, shared)| !**shared);
            differing.map(|(token, _)| token.key.clone()).collect::<Vec<_>>()
        };
        let stretch = found.stretch.clone();
        (
            of(&quoted, &found.quoted),
            of(&published[stretch.clone()], &found.published[stretch]),
        )
    }

    #[test]
    fn the_words_that_differ_are_told_on_both_sides() {
        let cases: [(&str, &[&str], &[&str]); 5] = [
            ("cette tâche peut être déléguée", &[], &["ne", "pas"]),
            ("cette tâche ne peut jamais être déléguée", &["jamais"], &["pas"]),
            ("cette lourde tâche ne peut pas être déléguée", &["lourde"], &[]),
            ("cette tâche ne peut pas être déléguée", &[], &[]),
            ("", &[], &[]),
        ];
        for (quotation, quoted, published) in cases {
            let (found, missing) = differing(quotation);
            assert_eq!(found, quoted, "{quotation}");
            assert_eq!(missing, published, "{quotation}");
        }
        assert_eq!(nearness(&tokens("mot"), &[]).shared(), 0);
    }
}
