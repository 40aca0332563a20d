//! Where a quotation stands: in which versions of which texts, or what comes nearest to it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::compose::Composition;
use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::publication::{self, ShownPassage};
use crate::model::quotation::{self, QuotedVersion};
use crate::model::{DocumentId, Part};
use crate::text::quotation::{Nearness, Quotation, Token, nearness, tokens};
use crate::text::{self, Register};

/// How many texts are named that have the same words.
const NAMED: usize = 5;
/// How many texts of one document are read at once.
const READ: usize = 32;

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
    /// What it says.
    pub said: Arc<Said>,
}

/// The words of a passage, which most versions share.
#[derive(Debug)]
pub struct Said {
    /// Its plain words.
    pub plain: String,
    /// The same one by one.
    pub tokens: Vec<Token>,
}

/// The passages that hold a quotation, and where in each.
pub type Held = Vec<(Words, Vec<Range<usize>>)>;

/// Where a quotation stands in one document.
#[derive(Debug)]
pub struct Occurrence {
    /// The language of the words.
    pub language: Language,
    /// The last version that has them.
    pub version: QuotedVersion,
    /// The first of the versions, without a gap up to that one, that have them.
    pub first: QuotedVersion,
    /// The version after it, be it after a withdrawal.
    pub next: Option<QuotedVersion>,
    /// The passages that hold them.
    pub passages: Held,
}

/// The passage that comes nearest to a quotation.
#[derive(Debug)]
pub struct Nearest {
    /// The language of the words.
    pub language: Language,
    /// The last version that has it so.
    pub version: QuotedVersion,
    /// The passage.
    pub words: Words,
    /// How the quotation lies over it.
    pub nearness: Nearness,
}

/// Where a quotation stands: in texts in effect, or if there are none, in earlier versions.
///
/// # Errors
/// The database does not answer.
pub async fn occurrences(page: &mut Composition<'_>, quotation: &Arc<Quotation>) -> Result<Vec<Occurrence>> {
    let mut current = Vec::new();
    let mut earlier = Vec::new();
    for language in [page.language, page.language.other()] {
        let connection = page.snapshot.connection();
        let documents = quotation::candidates(&mut *connection, language, &quotation.sequences()).await?;
        let mut versions = quotation::versions(connection, language, &documents).await?;
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

/// Where it stands in the versions of one document. Those that say the same are read once, the last first, and none that
/// cannot matter any more.
async fn standing(
    page: &mut Composition<'_>,
    quotation: &Arc<Quotation>,
    language: Language,
    versions: &[QuotedVersion],
) -> Result<Option<Occurrence>> {
    let mut seen = HashSet::new();
    let newest = versions.iter().rev();
    let distinct: Vec<(i64, i64)> = newest
        .filter_map(|version| Some((version.wording?, version.publication)))
        .filter(|(wording, _)| seen.insert(*wording))
        .collect();
    let mut judged = HashMap::new();
    let mut run = None;
    for wordings in distinct.chunks(READ) {
        judged.extend(judge(page, quotation, language, wordings).await?);
        run = Run::of(versions, &judged);
        if run.as_ref().is_some_and(|run| run.is_whole) {
            break;
        }
    }
    let Some(Run { first, last, .. }) = run else {
        return Ok(None);
    };
    let version = versions[last].clone();
    let passages = version.wording.and_then(|wording| judged.remove(&wording)).flatten();
    Ok(Some(Occurrence {
        language,
        first: versions[first].clone(),
        next: versions.get(last + 1).cloned(),
        version,
        passages: passages.unwrap_or_default(),
    }))
}

/// What is known of some wordings: where they hold the quotation, or that they do not.
type Judged = HashMap<i64, Option<Held>>;

/// Versions that follow each other without a gap and have a quotation.
struct Run {
    first: usize,
    last: usize,
    /// Whether it is known that the version before the first has not.
    is_whole: bool,
}

impl Run {
    /// The last one, as far as is known.
    fn of(versions: &[QuotedVersion], judged: &Judged) -> Option<Self> {
        let known = |version: &QuotedVersion| match version.wording {
            None => Some(false),
            Some(wording) => judged.get(&wording).map(Option::is_some),
        };
        let last = versions.iter().rposition(|version| known(version) == Some(true))?;
        let follows = |place: usize| versions[place - 1].until == Some(versions[place].from);
        let mut first = last;
        while first > 0 && follows(first) && known(&versions[first - 1]) == Some(true) {
            first -= 1;
        }
        Some(Self {
            first,
            last,
            is_whole: first == 0 || !follows(first) || known(&versions[first - 1]).is_some(),
        })
    }
}

/// Reads these wordings, each with a publication that has it, and compares them aside from other requests.
async fn judge(
    page: &mut Composition<'_>,
    quotation: &Arc<Quotation>,
    language: Language,
    wordings: &[(i64, i64)],
) -> Result<Judged> {
    let publications: Vec<i64> = wordings.iter().map(|(_, publication)| *publication).collect();
    let mut read = publication::passages(page.snapshot.connection(), &publications, &PARTS).await?;
    let texts = wordings
        .iter()
        .filter_map(|(wording, publication)| Some((*wording, read.remove(publication)?)));
    let texts: Vec<(i64, Vec<ShownPassage>)> = texts.collect();
    let quotation = Arc::clone(quotation);
    let compare = move || {
        let mut library = Library::default();
        let judged = texts
            .iter()
            .map(|(wording, passages)| (*wording, stands(&quotation, &library.words(passages, language))));
        judged.collect()
    };
    tokio::task::spawn_blocking(compare)
        .await
        .map_err(|error| Error::Internal(Box::new(error)))
}

/// What passages say, typeset and taken apart once for all versions that share them.
#[derive(Default)]
struct Library<'a>(HashMap<&'a str, Arc<Said>>);

impl<'a> Library<'a> {
    /// The passages in a language, in reading order; what was redacted has no words.
    fn words(&mut self, passages: &'a [ShownPassage], language: Language) -> Vec<Words> {
        let words = passages.iter().filter_map(|passage| {
            let written = passage.words(language)?;
            let said = self.0.entry(written).or_insert_with(|| {
                let plain = text::plain(written, language, Register::Prose);
                let tokens = tokens(&plain);
                Arc::new(Said { plain, tokens })
            });
            Some(Words {
                part: passage.part,
                anchor: passage.anchor.clone(),
                said: Arc::clone(said),
            })
        });
        words.collect()
    }
}

/// The passages that hold a quotation, should one part of these words have it; the title only if no other part has it.
fn stands(quotation: &Quotation, words: &[Words]) -> Option<Held> {
    let parts = || words.chunk_by(|one, next| one.part == next.part);
    let is_title = |part: &&[Words]| part.iter().any(|words| words.part == Part::Title);
    let texts = parts().filter(|part| !is_title(part));
    texts.chain(parts().filter(is_title)).find_map(|part| {
        let tokens: Vec<&[Token]> = part.iter().map(|words| words.said.tokens.as_slice()).collect();
        let mut found: Held = Vec::new();
        let mut last = None;
        for (place, extent) in quotation.find(&tokens)? {
            match found.last_mut() {
                Some((_, extents)) if last == Some(place) => extents.push(extent),
                _ => found.push((part[place].clone(), vec![extent])),
            }
            last = Some(place);
        }
        Some(found)
    })
}

/// The passages of these publications as readers of a language see them; English that is not there for readers has none.
async fn read(
    page: &mut Composition<'_>,
    versions: &[&QuotedVersion],
    language: Language,
) -> Result<HashMap<i64, Vec<Words>>> {
    let spoken = versions.iter().filter(|version| version.wording.is_some());
    let publications: Vec<i64> = spoken.map(|version| version.publication).collect();
    let passages = publication::passages(page.snapshot.connection(), &publications, &PARTS).await?;
    let mut library = Library::default();
    let words = passages
        .iter()
        .map(|(publication, passages)| (*publication, library.words(passages, language)));
    Ok(words.collect())
}

/// The passage under an anchor as a version has it; none where it has no words there.
///
/// # Errors
/// The database does not answer.
pub async fn passage(
    page: &mut Composition<'_>,
    version: &QuotedVersion,
    anchor: &str,
    language: Language,
) -> Result<Option<Words>> {
    let mut found = read(page, &[version], language).await?;
    let words = found.remove(&version.publication).into_iter().flatten();
    Ok(words.into_iter().find(|words| words.anchor == anchor))
}

/// The published passage that shares most words with a quotation, half of them at least.
///
/// # Errors
/// The database does not answer.
pub async fn nearest(page: &mut Composition<'_>, quotation: &Arc<Quotation>) -> Result<Option<Nearest>> {
    let mut likely = Vec::new();
    for language in [page.language, page.language.other()] {
        let found = quotation::nearest(page.snapshot.connection(), language, &quotation.text).await?;
        let documents: Vec<DocumentId> = found.iter().map(|near| near.document).collect();
        let versions = quotation::versions(page.snapshot.connection(), language, &documents).await?;
        let versions: HashMap<i64, &QuotedVersion> = versions
            .values()
            .flatten()
            .map(|version| (version.publication, version))
            .collect();
        let near: Vec<&QuotedVersion> = found
            .iter()
            .filter_map(|near| versions.get(&near.publication).copied())
            .collect();
        let words = read(page, &near, language).await?;
        for near in &found {
            let passages = words.get(&near.publication).into_iter().flatten();
            let words = passages.into_iter().find(|words| words.anchor == near.anchor);
            if let (Some(words), Some(version)) = (words, versions.get(&near.publication)) {
                likely.push((language, (*version).clone(), words.clone()));
            }
        }
    }
    let quotation = Arc::clone(quotation);
    tokio::task::spawn_blocking(move || nearest_of(&quotation, likely))
        .await
        .map_err(|error| Error::Internal(Box::new(error)))
}

/// The first of those that share most words, if it shares half of them.
fn nearest_of(quotation: &Quotation, likely: Vec<(Language, QuotedVersion, Words)>) -> Option<Nearest> {
    let quoted = quotation.tokens();
    let mut best: Option<Nearest> = None;
    for (language, version, words) in likely {
        let nearness = nearness(&quoted, &words.said.tokens);
        let shared = best.as_ref().map(|best| best.nearness.shared());
        if shared.is_none_or(|shared| shared < nearness.shared()) {
            best = Some(Nearest {
                language,
                version,
                words,
                nearness,
            });
        }
    }
    best.filter(|best| best.nearness.shared() * 2 >= quoted.len())
}
