//! Where a quotation stands: in which versions of which texts, or what comes nearest to it.

use std::collections::HashMap;
use std::ops::Range;

use super::compose::Composition;
use crate::error::Result;
use crate::i18n::Language;
use crate::model::publication::{self, ShownPassage};
use crate::model::quotation::{self, Version};
use crate::model::{DocumentId, Part};
use crate::text::quotation::{Nearness, Quotation, Token, nearness, tokens};
use crate::text::{self, Register};

/// How many texts are named that have the same words.
const NAMED: usize = 5;

/// The parts that readers see as text: the summary is for search engines.
const PARTS: [Part; 7] = [
    Part::Title,
    Part::Body,
    Part::Function,
    Part::Short,
    Part::Medium,
    Part::Mandate,
    Part::Biography,
];

/// A passage as readers see it.
#[derive(Debug, Clone)]
pub struct Words {
    /// Its part.
    pub part: Part,
    /// Its anchor.
    pub anchor: String,
    /// Its plain words.
    pub plain: String,
}

/// Where a quotation stands in one document.
#[derive(Debug)]
pub struct Standing {
    /// The language of the words.
    pub language: Language,
    /// The last version that has them.
    pub version: Version,
    /// The first of the versions, without a gap up to that one, that have them.
    pub first: Version,
    /// The version that began where that one ended.
    pub next: Option<Version>,
    /// The passages that hold them, and where in each.
    pub passages: Vec<(Words, Vec<Range<usize>>)>,
}

/// The passage that comes nearest to a quotation.
#[derive(Debug)]
pub struct Nearest {
    /// The language of the words.
    pub language: Language,
    /// The last version that has it so.
    pub version: Version,
    /// The passage.
    pub words: Words,
    /// Its words one by one.
    pub tokens: Vec<Token>,
    /// How the quotation lies over it.
    pub nearness: Nearness,
}

/// Where a quotation stands: in texts in effect, or if there are none, in earlier versions.
///
/// # Errors
/// The database does not answer.
pub async fn standings(page: &mut Composition<'_>, quotation: &Quotation) -> Result<Vec<Standing>> {
    let mut current = Vec::new();
    let mut earlier = Vec::new();
    for language in [page.language, page.language.other()] {
        let connection = page.snapshot.connection();
        let documents = quotation::candidates(&mut *connection, language, &quotation.sequences()).await?;
        let mut versions = quotation::versions(connection, &documents).await?;
        for document in documents {
            let versions = versions.remove(&document).unwrap_or_default();
            match standing(page, quotation, language, &versions).await? {
                Some(found) if found.version.until.is_none() => current.push(found),
                Some(found) => earlier.push(found),
                None => {}
            }
            if current.len() == NAMED {
                return Ok(current);
            }
        }
        if !current.is_empty() {
            return Ok(current);
        }
    }
    earlier.sort_by_key(|standing| std::cmp::Reverse(standing.version.until));
    earlier.truncate(NAMED);
    Ok(earlier)
}

/// Where it stands in the versions of one document, the last one that has it first asked.
async fn standing(
    page: &mut Composition<'_>,
    quotation: &Quotation,
    language: Language,
    versions: &[Version],
) -> Result<Option<Standing>> {
    let publications: Vec<i64> = versions.iter().map(|version| version.publication).collect();
    let passages = publication::passages(page.snapshot.connection(), &publications, &PARTS).await?;
    let found = |version: &Version| stands(quotation, &words(version, &passages, language));
    let Some((place, passages)) = versions
        .iter()
        .enumerate()
        .rev()
        .find_map(|(place, version)| Some((place, found(version)?)))
    else {
        return Ok(None);
    };
    let mut first = place;
    while first > 0 && versions[first - 1].until == Some(versions[first].from) && found(&versions[first - 1]).is_some()
    {
        first -= 1;
    }
    let version = versions[place].clone();
    let next = versions.get(place + 1).filter(|next| Some(next.from) == version.until);
    Ok(Some(Standing {
        language,
        first: versions[first].clone(),
        next: next.cloned(),
        version,
        passages,
    }))
}

/// The passages that hold a quotation, should one part of these words have it; the title only if no other part has it.
fn stands(quotation: &Quotation, words: &[Words]) -> Option<Vec<(Words, Vec<Range<usize>>)>> {
    let parts = || words.chunk_by(|one, next| one.part == next.part);
    let is_title = |part: &&[Words]| part.iter().any(|words| words.part == Part::Title);
    let texts = parts().filter(|part| !is_title(part));
    texts.chain(parts().filter(is_title)).find_map(|part| {
        let plain: Vec<&str> = part.iter().map(|words| words.plain.as_str()).collect();
        let mut found: Vec<(Words, Vec<Range<usize>>)> = Vec::new();
        let mut last = None;
        for (place, extent) in quotation.find(&plain)? {
            match found.last_mut() {
                Some((_, extents)) if last == Some(place) => extents.push(extent),
                _ => found.push((part[place].clone(), vec![extent])),
            }
            last = Some(place);
        }
        Some(found)
    })
}

/// The passages of a version in a language, in reading order; what was redacted has no words, nor has English that is not
/// there for readers.
fn words(version: &Version, passages: &HashMap<i64, Vec<ShownPassage>>, language: Language) -> Vec<Words> {
    if version.english.spoken(language) != language {
        return Vec::new();
    }
    let passages = passages.get(&version.publication).map_or(&[][..], Vec::as_slice);
    let words = passages.iter().filter_map(|passage| {
        Some(Words {
            part: passage.part,
            anchor: passage.anchor.clone(),
            plain: text::plain(passage.words(language)?, language, Register::Prose),
        })
    });
    words.collect()
}

/// The passage under an anchor as a version has it; none where it has no words there.
///
/// # Errors
/// The database does not answer.
pub async fn passage(
    page: &mut Composition<'_>,
    version: &Version,
    anchor: &str,
    language: Language,
) -> Result<Option<Words>> {
    let passages = publication::passages(page.snapshot.connection(), &[version.publication], &PARTS).await?;
    let found = words(version, &passages, language);
    Ok(found.into_iter().find(|words| words.anchor == anchor))
}

/// The published passage that shares most words with a quotation, half of them at least.
///
/// # Errors
/// The database does not answer.
pub async fn nearest(page: &mut Composition<'_>, quotation: &Quotation) -> Result<Option<Nearest>> {
    let quoted = quotation.tokens();
    let mut best: Option<Nearest> = None;
    for language in [page.language, page.language.other()] {
        let found = quotation::nearest(page.snapshot.connection(), language, &quotation.text).await?;
        let documents: Vec<DocumentId> = found.iter().map(|near| near.document).collect();
        let versions = quotation::versions(page.snapshot.connection(), &documents).await?;
        for near in found {
            let mut versions = versions.get(&near.document).into_iter().flatten();
            let Some(version) = versions.find(|version| version.publication == near.publication) else {
                continue;
            };
            let Some(words) = passage(page, version, &near.anchor, language).await? else {
                continue;
            };
            let tokens = tokens(&words.plain);
            let nearness = nearness(&quoted, &tokens);
            if best
                .as_ref()
                .is_none_or(|best| best.nearness.shared() < nearness.shared())
            {
                best = Some(Nearest {
                    language,
                    version: version.clone(),
                    words,
                    tokens,
                    nearness,
                });
            }
        }
    }
    Ok(best.filter(|best| best.nearness.shared() * 2 >= quoted.len()))
}
