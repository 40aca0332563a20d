//! One rule of advice: what to look for, and what to say of it.

use std::collections::HashMap;

use regex::{Captures, Regex};

use super::{Advice, Reason};

/// What a rule says of words that its pattern has found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// They are as they should be.
    Right,
    /// This would be better.
    Better(String),
    /// Only the writer can tell.
    Ask,
}

/// How the better words are made.
enum Better {
    /// From a template of the pattern's groups.
    Template(&'static str),
    /// By looking the words up, spaces and apostrophes apart.
    Listed(HashMap<String, &'static str>),
    /// By working them out.
    Worked(fn(&Captures<'_>) -> Verdict),
}

/// One rule. Its advice is about the group `x` of its pattern, or else about all that the pattern finds.
pub(super) struct Rule {
    reason: Reason,
    pattern: Regex,
    better: Better,
}

impl Rule {
    /// A rule whose better words are a template of the pattern's groups.
    pub(super) fn template(reason: Reason, pattern: &str, template: &'static str) -> Option<Self> {
        Self::new(reason, pattern, Better::Template(template))
    }

    /// A rule that works its better words out.
    pub(super) fn worked(reason: Reason, pattern: &str, worked: fn(&Captures<'_>) -> Verdict) -> Option<Self> {
        Self::new(reason, pattern, Better::Worked(worked))
    }

    /// A rule on whole words: each with what is better. Of two that begin alike the longer comes first; one that is listed as its
    /// own better is right as it is.
    pub(super) fn listed(reason: Reason, words: &[(&'static str, &'static str)]) -> Option<Self> {
        let alternatives: Vec<String> = words
            .iter()
            .map(|(word, _)| regex::escape(word).replace(' ', "~"))
            .collect();
        let better = words.iter().map(|(word, better)| (plain(word), *better)).collect();
        Self::new(
            reason,
            &format!(r"\b(?:{})\b", alternatives.join("|")),
            Better::Listed(better),
        )
    }

    fn new(reason: Reason, pattern: &str, better: Better) -> Option<Self> {
        let pattern = compile(pattern)?;
        Some(Self {
            reason,
            pattern,
            better,
        })
    }

    /// What this rule advises on a text.
    pub(super) fn advise<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Advice> + 't {
        self.pattern.captures_iter(text).filter_map(|found| {
            let words = found.name("x").or_else(|| found.get(0))?;
            let better = match self.judge(&found, words.as_str()) {
                Verdict::Better(better) if plain(&better) == plain(words.as_str()) => return None,
                Verdict::Right => return None,
                Verdict::Better(better) => Some(better),
                Verdict::Ask => None,
            };
            Some(Advice {
                at: words.range(),
                reason: self.reason,
                better,
            })
        })
    }

    fn judge(&self, found: &Captures<'_>, words: &str) -> Verdict {
        match &self.better {
            Better::Template(template) => {
                let mut better = String::new();
                found.expand(template, &mut better);
                Verdict::Better(better)
            }
            Better::Listed(listed) => match listed.get(&plain(words)) {
                Some(better) => Verdict::Better((*better).to_owned()),
                None => Verdict::Right,
            },
            Better::Worked(worked) => worked(found),
        }
    }
}

/// A pattern in which `~` is a space of any width, `'` an apostrophe of either kind. One that does not compile is a fault of ours,
/// which a debug build stops at.
pub(super) fn compile(pattern: &str) -> Option<Regex> {
    let pattern = pattern.replace('~', "[ \u{a0}\u{202f}]").replace('\'', "['’]");
    let compiled = Regex::new(&pattern);
    debug_assert!(compiled.is_ok(), "{pattern}: {:?}", compiled.err());
    compiled.ok()
}

/// Words with one kind of space and of apostrophe: the rest is for rendering to settle.
fn plain(words: &str) -> String {
    words.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'")
}

/// The group of this name as a number.
pub(super) fn number(found: &Captures<'_>, name: &str) -> Option<u32> {
    found.name(name)?.as_str().parse().ok()
}
