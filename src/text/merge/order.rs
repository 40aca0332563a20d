//! Orders that two sides changed.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::Sides;

/// The order that both sides made of these keys, and whether there is one.
///
/// Of each two keys of the base, whoever changed which comes first is followed; where that turns in a circle, or nobody has
/// decided the base's order and the sides differ, it is theirs that stands. What a side added follows what it put it after.
pub fn merged<K: Clone + Eq + Hash>(said: &Sides<Vec<K>>, wanted: &HashSet<K>, is_disputed: bool) -> (Vec<K>, bool) {
    let steady: Vec<&K> = said.base.iter().filter(|key| wanted.contains(*key)).collect();
    let places = said.map(|order| order.iter().enumerate().map(|(place, key)| (key, place)).collect());
    let mut followers = vec![0_usize; steady.len()];
    for (first, key) in steady.iter().enumerate() {
        for (second, other) in steady.iter().enumerate().skip(first + 1) {
            let is_turned = turned(&places.theirs, key, other) || turned(&places.mine, key, other);
            followers[if is_turned { second } else { first }] += 1;
        }
    }
    let mut order: Vec<usize> = (0..steady.len()).collect();
    order.sort_by_key(|&place| std::cmp::Reverse(followers[place]));
    // Without a circle no two have as many after them.
    let is_decided = !(is_disputed && differ(&said.theirs, &said.mine))
        && order.windows(2).all(|pair| followers[pair[0]] != followers[pair[1]]);
    let order = if is_decided {
        order.into_iter().map(|place| steady[place].clone()).collect()
    } else {
        Vec::new()
    };
    let [first, second] = if is_decided {
        [&said.mine, &said.theirs]
    } else {
        [&said.theirs, &said.mine]
    };
    (woven(woven(order, first, wanted), second, wanted), is_decided)
}

/// Whether two orders put what they have in common in different ones.
fn differ<K: Eq + Hash>(one: &[K], other: &[K]) -> bool {
    let [here, there] = [one, other].map(|order| order.iter().collect::<HashSet<_>>());
    let shared = |key: &&K| here.contains(*key) && there.contains(*key);
    !one.iter().filter(shared).eq(other.iter().filter(shared))
}

/// Whether a side put the second of two keys before the first.
fn turned<K: Eq + Hash>(places: &HashMap<&K, usize>, first: &K, second: &K) -> bool {
    places.get(first) > places.get(second) && places.contains_key(second)
}

/// An order with what another has besides, each after what it follows there.
pub fn woven<K: Clone + Eq + Hash>(mut order: Vec<K>, other: &[K], wanted: &HashSet<K>) -> Vec<K> {
    let mut place = 0;
    for key in other.iter().filter(|key| wanted.contains(*key)) {
        let known = order.iter().position(|known| known == key);
        place = known.unwrap_or_else(|| {
            order.insert(place, key.clone());
            place
        }) + 1;
    }
    order
}
