//! The traces of words that the law removed, which every later text of a document carries on.

use crate::model::Passage;

/// Adds the traces of `before` that are missing, each after the passage that it followed; in a part of one passage a new
/// one takes the place of the trace.
pub fn carry_over(passages: &mut Vec<Passage>, before: &[Passage]) {
    for (index, trace) in before
        .iter()
        .enumerate()
        .filter(|(_, passage)| passage.digest.is_some())
    {
        let is_given = passages.iter().any(|passage| passage.anchor == trace.anchor);
        let is_replaced = trace.part.is_single() && passages.iter().any(|passage| passage.part == trace.part);
        if is_given || is_replaced {
            continue;
        }
        let neighbours = before[..index]
            .iter()
            .rev()
            .filter(|neighbour| neighbour.part == trace.part);
        let follows = neighbours.into_iter().find_map(|neighbour| {
            let is_it = |passage: &Passage| passage.part == trace.part && passage.anchor == neighbour.anchor;
            passages.iter().position(is_it)
        });
        let begins = || passages.partition_point(|passage| passage.part < trace.part);
        let place = follows.map_or_else(begins, |place| place + 1);
        passages.insert(place, trace.clone());
    }
}
