//! Corrections of the text in effect, beside the line of drafts, and what they make of the texts that are scheduled.

use std::collections::BTreeSet;

use super::Lineage;

/// What becomes of a scheduled text when another goes out before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It goes out as it is: it was made from the other.
    Kept,
    /// The other was made from it, so that nothing of it is left to go out.
    Contained,
    /// This revision goes out in its place: it says what both say, and nothing else.
    Renewed(i32),
    /// It would undo the other: these two revisions must be brought together first.
    Behind {
        /// Itself, or the newest form that it has taken since.
        text: i32,
        /// What goes out before it.
        onto: i32,
    },
}

impl Lineage {
    /// The correction under way of a text in effect: the end of a line of their own that corrections form. What was saved on
    /// an earlier one of them waits to be brought into it.
    #[must_use]
    pub fn correction(&self, live: i32) -> Option<i32> {
        let settled = self.ancestry(live);
        let mut end: Option<i32> = None;
        let abandoned: BTreeSet<i32> = self.nodes.values().filter_map(|node| node.abandons).collect();
        for (number, node) in self.nodes.iter().filter(|(_, node)| node.abandons.is_none()) {
            let goes_on = end.is_none_or(|end| {
                let is_out = self.node(end).is_some_and(|node| node.is_published) || abandoned.contains(&end);
                is_out || node.parent == Some(end) || node.merged_parent == Some(end)
            });
            if goes_on && node.is_correction && !settled.contains(number) && self.descends(*number, live) {
                end = Some(*number);
            }
        }
        // Without one under way, what waited for it is.
        let waiting = || {
            let mut waiting = self.beside().into_iter().rev();
            waiting.find(|number| self.is_correction(*number) && self.descends(*number, live))
        };
        end.filter(|end| self.is_open(*end)).or_else(waiting)
    }

    /// Whether to bring a revision into another carries a correction over: it is one, or the form of a scheduled text that
    /// has taken one which the other does not know.
    #[must_use]
    pub fn carries_correction(&self, number: i32, into: i32) -> bool {
        let news = &self.ancestry(number) - &self.ancestry(into);
        let is_form = || self.tip != Some(number) && news.into_iter().any(|number| self.is_correction(number));
        !self.is_correction(into) && (self.is_correction(number) || is_form())
    }

    /// What a correction goes on from that was made from a revision: the correction under way, or the text in effect. None
    /// where nothing is ahead of that text, or the revision is on neither's way.
    #[must_use]
    pub fn corrected(&self, live: i32, number: i32) -> Option<i32> {
        let correction = self.correction(live);
        let onto = correction.unwrap_or(live);
        let is_beside = correction.is_some() || self.is_followed(live);
        (is_beside && self.descends(onto, number)).then_some(onto)
    }

    /// Whether something is drafted or scheduled beside a text in effect, or after it.
    fn is_followed(&self, live: i32) -> bool {
        let settled = self.ancestry(live);
        let mut public = self.nodes.iter().filter(|(_, node)| node.is_published);
        self.draft().is_some() || public.any(|(number, _)| !settled.contains(number))
    }

    /// What becomes of texts that are scheduled one after the other, once another goes out before them.
    #[must_use]
    pub fn fates(&self, before: i32, scheduled: impl IntoIterator<Item = i32>) -> Vec<Fate> {
        let mut last = before;
        let fate = |text: i32| {
            if self.descends(text, last) {
                return Fate::Kept;
            }
            if self.descends(before, text) {
                return Fate::Contained;
            }
            let form = self.form(text, last);
            if !self.descends(form, last) {
                return Fate::Behind { text: form, onto: last };
            }
            last = form;
            Fate::Renewed(form)
        };
        scheduled.into_iter().map(fate).collect()
    }

    /// The newest open revision that was made of a text and of what goes out before it, and of nothing that others wrote
    /// without knowing of that; the text itself where there is none.
    #[must_use]
    pub fn form(&self, text: i32, before: i32) -> i32 {
        let known = self.ancestry(text);
        let aware = self.heirs(&self.ancestry(before) - &known);
        let is_form = |number: &i32| {
            let ancestry = self.ancestry(*number);
            ancestry.contains(&text) && (&ancestry - &known).is_subset(&aware)
        };
        let mut open = self.open();
        open.rfind(|number| *number != before && is_form(number))
            .unwrap_or(text)
    }

    /// These revisions and all that descend from one of them.
    pub(super) fn heirs(&self, roots: BTreeSet<i32>) -> BTreeSet<i32> {
        let mut heirs = roots;
        for (number, node) in &self.nodes {
            let mut parents = [node.parent, node.merged_parent].into_iter().flatten();
            if parents.any(|parent| heirs.contains(&parent)) {
                heirs.insert(*number);
            }
        }
        heirs
    }
}

#[cfg(test)]
mod tests {
    use super::Fate::{Behind, Contained, Kept, Renewed};
    use super::*;
    use crate::model::AccountId;
    use crate::model::lineage::Node;

    /// Revisions from 1 on, each with its parents and whether it is a correction; some of them are published.
    fn lineage(published: &[i32], revisions: &[(i32, i32, bool)]) -> Lineage {
        let known = |number: i32| (number > 0).then_some(number);
        Lineage::of(
            (1..)
                .zip(revisions)
                .map(|(number, (parent, merged_parent, is_correction))| {
                    let node = Node {
                        parent: known(*parent),
                        merged_parent: known(*merged_parent),
                        author: AccountId::from(1),
                        is_published: published.contains(&number),
                        is_correction: *is_correction,
                        abandons: None,
                    };
                    (number, node)
                }),
        )
    }

    #[test]
    fn a_correction_goes_on_from_itself_and_another_is_brought_into_it() {
        let begun = lineage(&[1], &[(0, 0, false), (1, 0, false), (1, 0, true)]);
        assert_eq!((begun.draft(), begun.correction(1)), (Some(2), Some(3)));
        assert_eq!(
            [1, 2, 3].map(|number| begun.corrected(1, number)),
            [Some(3), None, Some(3)],
            "a draft is no correction"
        );
        let two = [(0, 0, false), (1, 0, false), (1, 0, true), (3, 0, true), (1, 0, true)];
        assert_eq!(lineage(&[1], &two).correction(1), Some(4), "the other one waits");
        let forked = [
            (0, 0, false),
            (1, 0, false),
            (1, 0, true),
            (3, 0, true),
            (3, 0, true),
            (4, 0, true),
        ];
        assert_eq!(
            lineage(&[1], &forked).correction(1),
            Some(6),
            "what waits does not take over"
        );
        let one = [&two[..], &[(5, 4, true)]].concat();
        let one = lineage(&[1], &one);
        assert_eq!((one.correction(1), one.beside()), (Some(6), vec![6]));
        assert_eq!([1, 3, 4, 5].map(|number| one.corrected(1, number)), [Some(6); 4]);
    }

    #[test]
    fn nothing_is_corrected_beside_a_line_that_ends_in_the_text_in_effect() {
        let settled = lineage(&[1], &[(0, 0, false)]);
        assert_eq!(settled.corrected(1, 1), None);
        // Once it is out, the next one begins from it.
        let out = lineage(&[1, 3], &[(0, 0, false), (1, 0, false), (1, 0, true), (2, 3, false)]);
        assert_eq!((out.correction(3), out.draft()), (None, Some(4)));
        assert_eq!([1, 3].map(|number| out.corrected(3, number)), [Some(3); 2]);
    }

    #[test]
    fn a_scheduled_text_takes_its_new_form_without_what_was_drafted_after_it() {
        // 2 is scheduled, 3 a draft on it, 4 a correction.
        let mut revisions = vec![(0, 0, false), (1, 0, false), (2, 0, false), (1, 0, true)];
        let fates = |revisions: &[(i32, i32, bool)]| lineage(&[1, 2], revisions).fates(4, [2]);
        assert_eq!(fates(&revisions), [Behind { text: 2, onto: 4 }]);
        revisions.push((3, 4, false));
        assert_eq!(fates(&revisions), [Behind { text: 2, onto: 4 }], "5 says what 3 says");
        revisions.push((2, 4, false));
        assert_eq!(fates(&revisions), [Renewed(6)]);
        revisions.push((6, 0, false));
        assert_eq!(fates(&revisions), [Renewed(7)]);
    }

    #[test]
    fn a_form_goes_its_own_way_beside_the_draft_that_took_it_over() {
        // 2 is scheduled, 3 a draft on it, 4 a correction, 5 the form of 2, 6 the draft with that.
        let mut revisions = vec![
            (0, 0, false),
            (1, 0, false),
            (2, 0, false),
            (1, 0, true),
            (2, 4, false),
            (3, 5, false),
        ];
        let led = |revisions: &[(i32, i32, bool)], number| lineage(&[1, 2], revisions).successor(number);
        assert_eq!([2, 3, 5, 6].map(|number| led(&revisions, number)), [6, 6, 5, 6]);
        revisions.push((5, 0, false));
        assert_eq!(led(&revisions, 5), 7, "what is saved on the form stays its own");
        let whole = lineage(&[1, 2], &revisions);
        assert!(whole.carries_correction(5, 3) && whole.carries_correction(4, 2));
        assert!(!whole.carries_correction(7, 6), "it knows the correction");
        assert!(!whole.carries_correction(6, 2), "the end of the line is no form");
    }

    #[test]
    fn an_abandoned_correction_makes_room_for_the_next() {
        let mut lineage = lineage(&[1], &[(0, 0, false), (1, 0, false), (1, 0, true)]);
        let node = |parent, is_correction, abandons| Node {
            parent: Some(parent),
            merged_parent: None,
            author: AccountId::from(1),
            is_published: false,
            is_correction,
            abandons,
        };
        lineage.add(4, node(1, true, Some(3)));
        assert_eq!((lineage.correction(1), lineage.corrected(1, 1)), (None, Some(1)));
        lineage.add(5, node(1, true, None));
        assert_eq!((lineage.correction(1), lineage.beside()), (Some(5), vec![5]));
        lineage.add(6, node(1, false, Some(2)));
        assert_eq!((lineage.tip(), lineage.draft()), (Some(1), None));
        lineage.add(7, node(1, false, None));
        assert_eq!(lineage.draft(), Some(7), "the line goes on from what was left");
        assert_eq!(lineage.successor(2), 2, "what was abandoned leads nowhere");
    }

    /// A lineage in which some drafts were abandoned, each by the revision that names it.
    fn without(published: &[i32], revisions: &[(i32, i32, bool)], abandons: &[(i32, i32)]) -> Lineage {
        let whole = lineage(published, revisions);
        Lineage::of(whole.nodes.into_iter().map(|(number, mut node)| {
            let found = abandons.iter().find(|(marker, _)| *marker == number);
            node.abandons = found.map(|(_, draft)| *draft);
            (number, node)
        }))
    }

    #[test]
    fn the_line_ends_in_the_newest_of_what_waited_for_an_abandoned_draft() {
        // 2 is abandoned by 5; 3 and 4 waited for it.
        let waited = [
            (0, 0, false),
            (1, 0, false),
            (1, 0, false),
            (1, 0, false),
            (1, 0, false),
        ];
        let ended = |published: &[i32]| without(published, &waited, &[(5, 2)]);
        assert_eq!((ended(&[1]).draft(), ended(&[1]).beside()), (Some(4), vec![3]));
        assert_eq!(
            (ended(&[1, 4]).tip(), ended(&[1, 4]).draft()),
            (Some(4), None),
            "once it is out, too"
        );
    }

    #[test]
    fn the_line_follows_a_correction_that_went_out_after_a_draft_was_abandoned() {
        // 3 is a correction, 4 gives up the draft 2.
        let mut revisions = vec![(0, 0, false), (1, 0, false), (1, 0, true), (1, 0, false)];
        let ended = |revisions: &[(i32, i32, bool)], published: &[i32]| without(published, revisions, &[(4, 2)]);
        assert_eq!(
            (ended(&revisions, &[1]).tip(), ended(&revisions, &[1]).correction(1)),
            (Some(1), Some(3))
        );
        assert_eq!(ended(&revisions, &[1, 3]).tip(), Some(3));
        // Another correction, of a page that was open before, is no draft.
        revisions.push((1, 0, true));
        assert_eq!(
            (ended(&revisions, &[1]).draft(), ended(&revisions, &[1]).tip()),
            (None, Some(1))
        );
        revisions.push((3, 0, true));
        assert_eq!(ended(&revisions, &[1, 6]).tip(), Some(6), "through what was never out");
    }

    #[test]
    fn what_was_saved_late_on_an_abandoned_draft_is_the_draft() {
        // 2 is scheduled, 3 abandoned by 4, 5 saved late.
        let late = [
            (0, 0, false),
            (1, 0, false),
            (2, 0, false),
            (2, 0, false),
            (3, 0, false),
        ];
        for published in [&[1, 2][..], &[1]] {
            let lineage = without(published, &late, &[(4, 3)]);
            assert_eq!((lineage.draft(), lineage.beside()), (Some(5), vec![]), "{published:?}");
        }
    }

    #[test]
    fn a_form_follows_a_correction_that_goes_on() {
        let moved = [(0, 0, false), (1, 0, false), (1, 0, true), (2, 3, false), (3, 0, true)];
        let behind = lineage(&[1, 2], &moved);
        assert_eq!(behind.fates(5, [2]), [Behind { text: 4, onto: 5 }]);
        let again = lineage(&[1, 2], &[&moved[..], &[(4, 5, false)]].concat());
        assert_eq!(again.fates(5, [2]), [Renewed(6)]);
    }

    #[test]
    fn texts_that_are_scheduled_one_after_the_other_follow_each_other_still() {
        // 2 and 3 are scheduled, 4 is a correction; each new form descends from the one before.
        let mut revisions = vec![(0, 0, false), (1, 0, false), (2, 0, false), (1, 0, true), (2, 4, false)];
        let fates = |revisions: &[(i32, i32, bool)]| lineage(&[1, 2, 3], revisions).fates(4, [2, 3]);
        assert_eq!(fates(&revisions), [Renewed(5), Behind { text: 3, onto: 5 }]);
        revisions.push((3, 5, false));
        assert_eq!(fates(&revisions), [Renewed(5), Renewed(6)]);
        let line = lineage(&[1, 2], &[(0, 0, false), (1, 0, false), (2, 0, false)]);
        assert_eq!(line.fates(3, [2]), [Contained]);
        assert_eq!(line.fates(1, [2]), [Kept]);
    }
}
