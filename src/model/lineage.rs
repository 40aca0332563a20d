//! How the revisions of one document descend from each other, and which of them is the draft.

mod corrections;

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{AccountId, DocumentId};

pub use corrections::Fate;

/// One revision among the others of its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The revision that it was made from.
    pub parent: Option<i32>,
    /// The other one, where two were brought together.
    pub merged_parent: Option<i32>,
    /// Who saved it.
    pub author: AccountId,
    /// Whether a publication that was not cancelled names it.
    pub is_published: bool,
    /// Whether it corrects the text in effect, beside the line on purpose.
    pub is_correction: bool,
    /// The draft that was abandoned for its parent, which it repeats.
    pub abandons: Option<i32>,
}

/// The revisions of a document.
///
/// Most form one line, whose end is the tip: each was saved on the one before, or brings it together with another. Beside
/// the line stand corrections of the live text, and what waits for a person to say how it joins the line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage {
    nodes: BTreeMap<i32, Node>,
    tip: Option<i32>,
    /// Whatever was the tip once.
    line: BTreeSet<i32>,
    /// What was made from the tip beside the line: drafts that were abandoned, and corrections.
    descendants: BTreeSet<i32>,
    /// What another revision goes on from. A correction with which a text of the line was brought together goes its own way
    /// still.
    continued: BTreeSet<i32>,
}

/// Reads how the revisions of a document descend from each other.
///
/// # Errors
/// The database does not answer.
pub async fn read(executor: impl PgExecutor<'_>, document: DocumentId) -> Result<Lineage> {
    let rows = sqlx::query!(
        r#"select r.number, r.parent, r.merged_parent, r.author as "author: AccountId", r.correction,
                  r.abandons,
                  exists (select from publication p where p.document_id = r.document_id and p.number = r.number
                            and p.cancelled_at is null) as "is_published!"
             from revision r where r.document_id = $1 order by r.number"#,
        document.number(),
    )
    .fetch_all(executor)
    .await?;
    Ok(Lineage::of(rows.into_iter().map(|row| {
        let node = Node {
            parent: row.parent,
            merged_parent: row.merged_parent,
            author: row.author,
            is_published: row.is_published,
            is_correction: row.correction,
            abandons: row.abandons,
        };
        (row.number, node)
    })))
}

impl Lineage {
    /// The lineage of these revisions, by their numbers.
    pub fn of(nodes: impl IntoIterator<Item = (i32, Node)>) -> Self {
        let mut lineage = Self::default();
        for (number, node) in nodes {
            lineage.add(number, node);
        }
        lineage
    }

    /// Adds the next revision.
    pub fn add(&mut self, number: i32, node: Node) {
        if let Some(abandoned) = node.abandons {
            let left = node.parent;
            self.nodes.insert(number, node);
            self.abandon(abandoned, left);
            return;
        }
        self.continued.extend(node.parent);
        // Two corrections that were brought together are one.
        self.continued.extend(node.merged_parent.filter(|_| node.is_correction));
        let mut parents = [node.parent, node.merged_parent].into_iter().flatten();
        let descends = parents.any(|parent| Some(parent) == self.tip || self.descendants.contains(&parent));
        if self.tip.is_none() || descends && (!node.is_correction || node.is_published) {
            self.continued.extend(self.tip);
            self.end_in(number);
        } else if descends {
            self.descendants.insert(number);
        }
        self.nodes.insert(number, node);
    }

    fn end_in(&mut self, tip: i32) {
        self.tip = Some(tip);
        self.line.insert(tip);
        self.descendants.clear();
    }

    /// Closes a draft; where it was the end of the line, the line ends in what is left without it, or in the newest of what
    /// else was made of that: a draft that waited, or a text that went out.
    fn abandon(&mut self, draft: i32, left: Option<i32>) {
        self.continued.insert(draft);
        let Some(left) = left.filter(|_| self.tip == Some(draft)) else {
            return;
        };
        let mut heirs = self.heirs([left].into());
        let goes_on = |heir: &i32| {
            let is_meant = |node: &Node| node.abandons.is_none() && (!node.is_correction || node.is_published);
            self.node(*heir).is_some_and(is_meant) && !self.continued.contains(heir)
        };
        let tip = heirs.iter().copied().rfind(goes_on);
        self.end_in(tip.unwrap_or(left));
        if tip.is_none() {
            self.continued.remove(&left);
            heirs.remove(&left);
            self.descendants = heirs;
        }
    }

    /// The number that the next revision takes.
    #[must_use]
    pub fn next(&self) -> i32 {
        self.nodes.last_key_value().map_or(1, |(newest, _)| newest + 1)
    }

    /// The end of the line.
    #[must_use]
    pub const fn tip(&self) -> Option<i32> {
        self.tip
    }

    /// The draft that everybody works on: the end of the line, unless it is published.
    #[must_use]
    pub fn draft(&self) -> Option<i32> {
        self.tip.filter(|tip| self.is_open(*tip))
    }

    /// The drafts beside the line, oldest first.
    #[must_use]
    pub fn beside(&self) -> Vec<i32> {
        self.open().filter(|number| Some(*number) != self.tip).collect()
    }

    /// Every draft, on the line or beside it, oldest first.
    fn open(&self) -> impl DoubleEndedIterator<Item = i32> {
        self.nodes.keys().copied().filter(|number| self.is_open(*number))
    }

    /// One revision among the others.
    #[must_use]
    pub fn node(&self, number: i32) -> Option<&Node> {
        self.nodes.get(&number)
    }

    /// Whether a revision corrects the text in effect, beside the line.
    #[must_use]
    pub fn is_correction(&self, number: i32) -> bool {
        self.node(number).is_some_and(|node| node.is_correction)
    }

    /// Whether nothing goes on from this revision, and it was neither published nor abandoned.
    #[must_use]
    pub fn is_open(&self, number: i32) -> bool {
        let is_draft = |node: &Node| !node.is_published && node.abandons.is_none();
        self.node(number).is_some_and(is_draft) && !self.continued.contains(&number)
    }

    /// Whether another draft, on the line or beside it, was made from a revision.
    #[must_use]
    pub fn is_contained(&self, number: i32) -> bool {
        self.open().any(|draft| draft != number && self.descends(draft, number))
    }

    /// Whether a revision is another, or descends from it.
    #[must_use]
    pub fn descends(&self, number: i32, ancestor: i32) -> bool {
        self.ancestry(number).contains(&ancestor)
    }

    /// A revision and all that it descends from.
    fn ancestry(&self, number: i32) -> BTreeSet<i32> {
        let mut found = BTreeSet::new();
        let mut ahead = vec![number];
        while let Some(number) = ahead.pop() {
            if let Some(node) = self.node(number)
                && found.insert(number)
            {
                ahead.extend([node.parent, node.merged_parent].into_iter().flatten());
            }
        }
        found
    }

    /// What revisions, brought together, and another go on from: the newest from which both sides descend, and those beside
    /// them that neither contains; most often one.
    #[must_use]
    pub fn bases(&self, ones: &[i32], other: i32) -> Vec<i32> {
        let known: BTreeSet<i32> = ones.iter().flat_map(|one| self.ancestry(*one)).collect();
        let mut ahead = &known & &self.ancestry(other);
        let mut bases = Vec::new();
        while let Some(newest) = ahead.pop_last() {
            ahead = &ahead - &self.ancestry(newest);
            bases.push(newest);
        }
        bases
    }

    /// Where what was made from a revision has led: of one beside the line, to what goes its way still, or to the end of the
    /// line that it was brought into; of one on the line, to its end; else to the newest of its descendants, or itself.
    #[must_use]
    pub fn successor(&self, number: i32) -> i32 {
        let leads_to = |newer: &i32| self.descends(*newer, number);
        let goes_its_way = !self.line.contains(&number) && !self.is_correction(number);
        let apart = self.beside().into_iter().filter(|_| goes_its_way).rfind(leads_to);
        let found = apart.or(self.tip.filter(leads_to));
        let newest = || {
            let texts = self.nodes.iter().filter(|(_, node)| node.abandons.is_none());
            texts.map(|(number, _)| *number).rfind(leads_to)
        };
        found.or_else(newest).unwrap_or(number)
    }

    /// Who wrote a text since the one in effect: the authors of what it descends from and that one does not.
    #[must_use]
    pub fn authors_since(&self, number: i32, live: Option<i32>) -> BTreeSet<AccountId> {
        let settled = live.map_or_else(BTreeSet::new, |live| self.ancestry(live));
        let written = self.ancestry(number);
        let nodes = written.difference(&settled).filter_map(|number| self.node(*number));
        nodes.map(|node| node.author).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Revisions from 1 on, each with its parents; the first is published.
    fn lineage(parents: &[(i32, i32)]) -> Lineage {
        let known = |number: i32| (number > 0).then_some(number);
        Lineage::of((1..).zip(parents).map(|(number, (parent, merged_parent))| {
            let node = Node {
                parent: known(*parent),
                merged_parent: known(*merged_parent),
                author: AccountId::from(i64::from(number)),
                is_published: number == 1,
                is_correction: false,
                abandons: None,
            };
            (number, node)
        }))
    }

    #[test]
    fn drafts_form_a_line() {
        let line = lineage(&[(0, 0), (1, 0), (2, 0)]);
        assert_eq!((line.draft(), line.beside(), line.next()), (Some(3), vec![], 4));
        assert_eq!(lineage(&[(0, 0)]).draft(), None, "it is published");
        assert_eq!(Lineage::default().next(), 1);
    }

    #[test]
    fn what_waits_stands_beside_the_line_until_it_is_merged() {
        // 3 was saved on 1 although 2 was there, and waits; 4 goes on from 2.
        let waiting = lineage(&[(0, 0), (1, 0), (1, 0), (2, 0)]);
        assert_eq!((waiting.draft(), waiting.beside()), (Some(4), vec![3]));
        assert_eq!(
            (waiting.successor(1), waiting.successor(2), waiting.successor(3)),
            (4, 4, 3)
        );
        assert_eq!(waiting.bases(&[3], 4), [1]);
        let merged = lineage(&[(0, 0), (1, 0), (1, 0), (2, 0), (3, 4)]);
        assert_eq!((merged.draft(), merged.beside()), (Some(5), vec![]));
        assert!(merged.descends(5, 2) && merged.descends(5, 3) && !merged.descends(4, 3));
    }

    #[test]
    fn two_that_brought_the_same_texts_together_go_on_from_both() {
        // 2 and 3 were written on 1; 4 and 5 bring them together, each for itself, and 6 goes on from 5.
        let crossed = lineage(&[(0, 0), (1, 0), (1, 0), (2, 3), (3, 2), (5, 0)]);
        assert_eq!(crossed.bases(&[4], 6), [3, 2]);
        assert_eq!(crossed.bases(&[3], 2), [1]);
        assert_eq!(crossed.bases(&[2, 3], 6), [3, 2], "each contains itself");
        assert_eq!(crossed.bases(&[4], 4), [4]);
    }

    #[test]
    fn authors_are_those_since_the_live_text() {
        let merged = lineage(&[(0, 0), (1, 0), (1, 0), (2, 3)]);
        let wrote = |live| {
            merged
                .authors_since(4, live)
                .into_iter()
                .map(AccountId::number)
                .collect::<Vec<_>>()
        };
        assert_eq!(wrote(Some(1)), [2, 3, 4]);
        assert_eq!(wrote(None), [1, 2, 3, 4]);
    }
}
