//! What is saved of a manuscript: its words, what it keeps of the live text, and what it may not bring back.

use std::collections::HashSet;

use crate::error::Result;
use crate::model::{Anchor, Manuscript, Passage, Text};
use crate::workflow::traces;

/// The text to save as revision `number` of a document: the manuscript's, with the bases of its English and with the
/// passages of the live text whose words the law removed, where the manuscript leaves them out or without words.
///
/// # Errors
/// A refusal at its line of words under an anchor whose words were `removed`, but those that the live text still has; of
/// a passage without words under any other; and of words equal to those of a live passage, in either language, whose
/// anchor the manuscript replaces by another: links would break. Words that change with their anchor cannot be told
/// from new ones.
pub fn text(manuscript: &Manuscript, live: Option<&Text>, removed: &HashSet<Anchor>, number: i32) -> Result<Text> {
    let before = live.map_or(&[][..], |live| live.passages.as_slice());
    let mut passages = Vec::new();
    for (passage, &line) in manuscript.text.passages.iter().zip(&manuscript.source.anchors) {
        let kept = before.iter().find(|before| before.anchor == passage.anchor);
        let admitted = match kept {
            None => admit_new(passage, before, &manuscript.text.passages, removed),
            Some(kept) => admit_kept(passage, kept, removed),
        };
        let basis = kept.filter(|kept| kept.en == passage.en).and_then(|kept| kept.en_basis);
        let mut passage = admitted
            .map_err(|reason| manuscript.source.refuse(line, reason))?
            .clone();
        if passage.en.is_some() {
            // An English that did not change keeps its basis, so that it lags where the French moved.
            passage.en_basis = basis.or(Some(number));
        }
        passages.push(passage);
    }
    traces::carry_over(&mut passages, before);
    Ok(Text {
        passages,
        ..manuscript.text.clone()
    })
}

/// A passage under an anchor that the live text does not have, or why it may not come in.
fn admit_new<'a>(
    passage: &'a Passage,
    before: &[Passage],
    given: &[Passage],
    removed: &HashSet<Anchor>,
) -> std::result::Result<&'a Passage, String> {
    let anchor = passage.anchor.as_str();
    if passage.fr.is_none() {
        return Err(format!("`{anchor}` has no French"));
    }
    if removed.contains(&passage.anchor) {
        return Err(stays_away(anchor));
    }
    let says = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
    let renamed = before.iter().find(|before| {
        before.part == passage.part
            && (says(&before.fr, &passage.fr) || says(&before.en, &passage.en))
            && !given.iter().any(|given| given.anchor == before.anchor)
    });
    match renamed {
        Some(renamed) => {
            let old = renamed.anchor.as_str();
            Err(format!(
                "these are the words of `{old}`: they keep that anchor, since links lead to it"
            ))
        }
        None => Ok(passage),
    }
}

/// What becomes of a passage of the live text: its new words, or the trace of those that were removed.
fn admit_kept<'a>(
    passage: &'a Passage,
    kept: &'a Passage,
    removed: &HashSet<Anchor>,
) -> std::result::Result<&'a Passage, String> {
    let anchor = passage.anchor.as_str();
    if passage.fr.is_some() {
        let unchanged = kept.fr == passage.fr && kept.en == passage.en;
        return if removed.contains(&passage.anchor) && !unchanged {
            Err(stays_away(anchor))
        } else {
            Ok(passage)
        };
    }
    if kept.digest.is_none() {
        Err(format!("`{anchor}` has no French"))
    } else if kept.part == passage.part {
        Ok(kept)
    } else {
        Err(format!("the trace of `{anchor}` stays in `{}`", kept.part.word()))
    }
}

fn stays_away(anchor: &str) -> String {
    format!("the words of `{anchor}` were removed by law; a new text takes a new anchor")
}
