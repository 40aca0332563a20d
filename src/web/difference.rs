//! What differs between two versions of one document, as its history shows it.

use std::collections::HashMap;

use super::compose::Composition;
use super::folio::{Folio, day, day_of};
use super::pages::{ComparedMember, ComparedPassage, Comparison};
use super::view::Html;
use crate::error::{Error, Result};
use crate::i18n::{self, Language, message};
use crate::model::history::{Change, Deed, Version};
use crate::model::list::{self, Listed};
use crate::model::publication::{self, ShownPassage};
use crate::model::{Bilingual, DocumentId, English, Instant, Office, Part};
use crate::text::difference::{self, Aligned, Effort, Span, align};
use crate::text::{self, Register};

/// The names of the two versions in the address, the older first.
const NAMES: Bilingual<[&str; 2]> = Bilingual {
    fr: ["de", "a"],
    en: ["from", "to"],
};

/// The names of the two versions in the address, the older first.
pub const fn names(language: Language) -> [&'static str; 2] {
    *NAMES.get(language)
}

/// What comes after the path of a history, to see the differences of two versions.
pub fn query(from: i64, to: i64, language: Language) -> String {
    let [older, newer] = names(language);
    format!("?{older}={from}&{newer}={to}#difference")
}

/// Compares two versions, the last two unless others are asked for; none where there is but one.
///
/// # Errors
/// [`Error::NotFound`] for a version that never was.
pub async fn compare(
    page: &mut Composition<'_>,
    folio: &Folio,
    changes: &[Change],
    asked: [Option<String>; 2],
) -> Result<Option<Comparison>> {
    let versions: Vec<(&Version, Instant)> = changes
        .iter()
        .filter(|change| change.document == folio.shown.document)
        .filter_map(|change| match &change.deed {
            Deed::Began(version) => Some((version, change.at)),
            Deed::Left { .. } => None,
        })
        .collect();
    let find = |asked: Option<String>| match asked {
        None => Ok(None),
        Some(number) => {
            let found = versions
                .iter()
                .find(|(version, _)| version.number.to_string() == number);
            found.map(|(version, _)| Some(*version)).ok_or(Error::NotFound)
        }
    };
    let [from, to] = asked;
    let (from, to) = (find(from)?, find(to)?);
    let [.., (before, _), (last, _)] = versions[..] else {
        return Ok(None);
    };
    let pair = [from.unwrap_or(before), to.unwrap_or(last)];
    let language = page.language;
    let names = names(language);
    let (passages, (inserted, deleted)) = passages(page, pair).await?;
    Ok(Some(Comparison {
        versions: versions
            .iter()
            .rev()
            .map(|(version, at)| (version.number, day(day_of(*at), language)))
            .collect(),
        from: (names[0], pair[0].number),
        to: (names[1], pair[1].number),
        inserted,
        deleted,
        passages,
        members: members(page, pair).await?,
        in_french: spoken(pair, language) != language,
    }))
}

/// The language of both versions for readers of a language: English if either has it, else French.
fn spoken(pair: [&Version; 2], language: Language) -> Language {
    if pair.iter().any(|version| version.english == English::Present) {
        language
    } else {
        Language::French
    }
}

/// A passage as it is compared.
struct Words {
    /// Its anchor, or a name that no anchor has for what is no passage.
    key: String,
    text: String,
    /// When the law removed it.
    removed: Option<Instant>,
}

/// The passages that differ, and how many words they insert and delete.
async fn passages(page: &mut Composition<'_>, pair: [&Version; 2]) -> Result<(Vec<ComparedPassage>, (usize, usize))> {
    let publications = pair.map(|version| version.publication);
    let texts = Texts::read(page, &publications).await?;
    Ok(texts.compare(pair, page.language))
}

/// What was published of some versions.
#[derive(Debug)]
pub struct Texts {
    passages: HashMap<i64, Vec<ShownPassage>>,
    offices: HashMap<i64, Office>,
}

impl Texts {
    /// Reads the texts of these publications.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn read(page: &mut Composition<'_>, publications: &[i64]) -> Result<Self> {
        let connection = page.snapshot.connection();
        Ok(Self {
            passages: publication::passages(&mut *connection, publications, Part::ALL).await?,
            offices: publication::offices(connection, publications).await?,
        })
    }

    /// The passages of a version, in reading order.
    pub fn passages(&self, version: &Version) -> &[ShownPassage] {
        self.passages.get(&version.publication).map_or(&[], Vec::as_slice)
    }

    /// The passages of two versions that differ, for readers of a language, and how many words the second inserts and
    /// deletes.
    pub fn compare(&self, pair: [&Version; 2], language: Language) -> (Vec<ComparedPassage>, (usize, usize)) {
        let spoken = spoken(pair, language);
        let words = pair.map(|version| {
            let office = self.offices.get(&version.publication).copied().unwrap_or_default();
            words(version, self.passages(version), office, spoken)
        });
        compared(words, language)
    }
}

fn compared([old, new]: [Vec<Words>; 2], language: Language) -> (Vec<ComparedPassage>, (usize, usize)) {
    let [old_keys, new_keys] = [&old, &new].map(|words| words.iter().map(|words| &words.key).collect::<Vec<_>>());
    let mut effort = Effort::default();
    let mut compared = Vec::new();
    let mut counted = (0, 0);
    for aligned in align(&old_keys, &new_keys) {
        let (before, after) = (
            aligned.old.map(|place| &old[place]),
            aligned.new.map(|place| &new[place]),
        );
        let fate = fate(aligned);
        // Without its words in one of them, nobody can say what differs: the dated trace stands there.
        if let Some(removed) = [before, after].iter().flatten().find_map(|words| words.removed) {
            let removed = Some(Html::trace(&day(day_of(removed), language), language, None));
            compared.push(ComparedPassage {
                fate,
                spans: Vec::new(),
                removed,
            });
            continue;
        }
        let text = |words: Option<&Words>| words.map_or("", |words| &words.text).to_owned();
        let spans = difference::words(&text(before), &text(after), &mut effort);
        let (inserted, deleted) = difference::count(&spans);
        counted = (counted.0 + inserted, counted.1 + deleted);
        if fate.is_some() || spans.iter().any(|span| !matches!(span, Span::Equal(_))) {
            compared.push(ComparedPassage {
                fate,
                spans,
                removed: None,
            });
        }
    }
    (compared, counted)
}

/// The key of what became of a passage; none where it stayed where it was.
pub const fn fate(aligned: Aligned) -> Option<&'static str> {
    match aligned {
        Aligned { old: None, .. } => Some("difference-passage-added"),
        Aligned { new: None, .. } => Some("difference-passage-removed"),
        Aligned { moved: true, .. } => Some("difference-passage-moved"),
        Aligned { .. } => None,
    }
}

/// The words of a version, typeset, in reading order; none in a language that it does not have.
fn words(version: &Version, passages: &[ShownPassage], office: Office, language: Language) -> Vec<Words> {
    if version.english.spoken(language) != language {
        return Vec::new();
    }
    let mut words: Vec<Words> = passages
        .iter()
        .map(|passage| Words {
            key: passage.anchor.clone(),
            text: text::plain(passage.words(language).unwrap_or_default(), language, Register::Prose),
            removed: passage.redacted_at,
        })
        .collect();
    if let Some(text) = office_words(office, language) {
        words.push(Words {
            key: "#office".to_owned(),
            text,
            removed: None,
        });
    }
    words
}

/// What the page says of an office that has ended.
pub fn office_words(office: Office, language: Language) -> Option<String> {
    let until = office.until?;
    Some(if let Some(from) = office.from {
        let range = i18n::range(from, until, language);
        message(language, "representative-office", &[("range", range.into())])
    } else {
        let day = i18n::day(until, language);
        message(language, "representative-office-until", &[("day", day.into())])
    })
}

/// The members of a list that came, left or moved, by their ranks among those shown.
///
/// # Errors
/// The database does not answer.
pub async fn members(page: &mut Composition<'_>, pair: [&Version; 2]) -> Result<Vec<ComparedMember>> {
    let (language, at) = (page.language, page.snapshot.at);
    let old = list::members(page.snapshot.connection(), pair[0].publication, at).await?;
    let new = list::members(page.snapshot.connection(), pair[1].publication, at).await?;
    let changed = changed(&old, &new, language);
    let ids: Vec<DocumentId> = changed.iter().map(|(member, _)| *member).collect();
    let folios = page.folios(&ids, &[Part::Title]).await?;
    let mut titles: HashMap<DocumentId, _> = folios
        .iter()
        .filter_map(|folio| Some((folio.shown.document, folio.inline(Part::Title, language)?)))
        .collect();
    Ok(changed
        .into_iter()
        .filter_map(|(member, fate)| {
            let title = titles.remove(&member)?;
            Some(ComparedMember { title, fate })
        })
        .collect())
}

/// What became of each member, in words. Whoever a list names unseen, because its text was withdrawn, keeps its place in
/// the order but has no rank: that it shows no more is no change of the list.
pub fn changed(old: &[Listed], new: &[Listed], language: Language) -> Vec<(DocumentId, String)> {
    let [old_members, new_members] = [old, new].map(|listed| listed.iter().map(|one| one.member).collect::<Vec<_>>());
    let rank = |listed: &[Listed], place: Option<usize>| {
        let place = place.filter(|place| listed[*place].shown)?;
        Some(listed[..=place].iter().filter(|one| one.shown).count())
    };
    let mut changed = Vec::new();
    for aligned in align(&old_members, &new_members) {
        let place = aligned.new.map(|place| new_members[place]);
        let Some(member) = place.or(aligned.old.map(|place| old_members[place])) else {
            continue;
        };
        let ranks = (rank(old, aligned.old), rank(new, aligned.new));
        let fate = match (aligned, ranks) {
            (Aligned { old: None, .. }, (_, Some(to))) => ("difference-member-added", vec![("to", to.into())]),
            (Aligned { new: None, .. }, (Some(from), _)) => ("difference-member-removed", vec![("from", from.into())]),
            (Aligned { moved: true, .. }, (Some(from), Some(to))) => (
                "difference-member-moved",
                vec![("from", from.into()), ("to", to.into())],
            ),
            _ => continue,
        };
        changed.push((member, message(language, fate.0, &fate.1)));
    }
    changed
}

/// The title and the description of a page that compares two versions.
pub fn head_of(subject: &str, comparison: &Comparison, language: Language) -> (String, String) {
    let about = |key| {
        let (from, to) = (comparison.from.1, comparison.to.1);
        message(
            language,
            key,
            &[("from", from.into()), ("to", to.into()), ("title", subject.into())],
        )
    };
    (about("difference-of"), about("difference-description"))
}
