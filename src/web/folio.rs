//! One text ready to be typeset: what is shown of a document, with its passages.

use std::collections::HashMap;

use super::speech::rich;
use super::view::{Day, Html, Line, Passage};
use crate::error::Result;
use crate::i18n::{self, Language, message};
use crate::model::address::{self, Place};
use crate::model::publication::{self, Shown, ShownPassage};
use crate::model::{Bilingual, DocumentId, English, Instant, Kind, Part, Slug, Snapshot, When};
use crate::text::{self, Links, Register};

/// How many characters of a passage name it in the list of links to passages.
const OPENING: usize = 60;
/// How long a description for search engines may be.
const DESCRIPTION: usize = 180;

/// A text at an instant.
#[derive(Debug)]
pub struct Folio {
    /// What is shown.
    pub shown: Shown,
    /// Those of its passages that were asked for, in reading order.
    pub passages: Vec<ShownPassage>,
    /// Whether it is read in the site as it was: its path then says when.
    pub when: When,
}

/// Paths of documents, by number: what links inside texts resolve to, in the page's language.
#[derive(Debug, Default)]
pub struct Directory(HashMap<i64, String>);

impl Links for Directory {
    fn document(&self, number: i64) -> Option<String> {
        self.0.get(&number).cloned()
    }
}

/// Reads these documents' texts, in the order asked for; those that have not begun are left out.
///
/// # Errors
/// The database does not answer.
pub async fn read(snapshot: &mut Snapshot, documents: &[DocumentId], parts: &[Part]) -> Result<Vec<Folio>> {
    snapshot.shows(documents);
    read_listed(snapshot, documents, parts).await
}

/// The same, of members of a list that was read: they change with it, by its own number.
///
/// # Errors
/// The database does not answer.
pub async fn read_listed(snapshot: &mut Snapshot, documents: &[DocumentId], parts: &[Part]) -> Result<Vec<Folio>> {
    let (at, when) = (snapshot.at, snapshot.when);
    let mut shown = publication::shown(snapshot.connection(), documents, at).await?;
    let place = |shown: &Shown| documents.iter().position(|document| *document == shown.document);
    shown.sort_by_key(place);
    let publications: Vec<i64> = shown.iter().map(|shown| shown.publication).collect();
    let mut passages = publication::passages(snapshot.connection(), &publications, parts).await?;
    let folio = |shown: Shown| Folio {
        passages: passages.remove(&shown.publication).unwrap_or_default(),
        shown,
        when,
    };
    Ok(shown.into_iter().map(folio).collect())
}

/// Finds where the documents that these texts link to stand.
///
/// # Errors
/// The database does not answer.
pub async fn directory<'a>(
    snapshot: &mut Snapshot,
    folios: impl IntoIterator<Item = &'a Folio>,
    language: Language,
) -> Result<Directory> {
    let linked = linked(folios.into_iter().flat_map(|folio| &folio.passages));
    directory_to(snapshot, &linked, language).await
}

/// The documents that passages link to, once each.
pub fn linked<'a>(passages: impl IntoIterator<Item = &'a ShownPassage>) -> Vec<DocumentId> {
    let words = passages
        .into_iter()
        .flat_map(|passage| Language::ALL.map(|language| passage.words(language)))
        .flatten();
    let mut linked: Vec<DocumentId> = words.flat_map(address::short_links).collect();
    linked.sort_unstable();
    linked.dedup();
    linked
}

/// Where these documents stand.
///
/// # Errors
/// The database does not answer.
pub async fn directory_to(snapshot: &mut Snapshot, linked: &[DocumentId], language: Language) -> Result<Directory> {
    if linked.is_empty() {
        return Ok(Directory::default());
    }
    snapshot.shows(linked);
    let (at, when) = (snapshot.at, snapshot.when);
    let shown = publication::shown(snapshot.connection(), linked, at).await?;
    let paths = shown
        .iter()
        .filter_map(|shown| Some((shown.document.number(), address::dated(&path(shown, language)?, when))));
    Ok(Directory(paths.collect()))
}

/// The present path of what is shown.
pub fn path(shown: &Shown, language: Language) -> Option<String> {
    path_of(shown.kind, shown.key.as_deref(), &shown.slug, language)
}

/// The path of a document of this kind, key and slug.
pub fn path_of(kind: Kind, key: Option<&str>, slug: &Bilingual<Option<Slug>>, language: Language) -> Option<String> {
    Place::of(kind, key, slug.in_address(language)).map(|place| place.path(language))
}

impl Folio {
    /// Its path in a language.
    pub fn path(&self, language: Language) -> Option<String> {
        path(&self.shown, language).map(|path| address::dated(&path, self.when))
    }

    /// The language in which its words are shown to readers of `language`.
    pub fn spoken(&self, language: Language) -> Language {
        self.shown.english.spoken(language)
    }

    fn words(&self, part: Part, language: Language) -> impl Iterator<Item = (&ShownPassage, &str)> {
        let spoken = self.spoken(language);
        self.passages
            .iter()
            .filter(move |passage| passage.part == part)
            .map(move |passage| (passage, passage.words(spoken).unwrap_or_default()))
    }

    /// A part of one line, such as the title: none if the text has none, a dated trace where the law removed it.
    pub fn inline(&self, part: Part, language: Language) -> Option<Html> {
        let (passage, words) = self.words(part, language).next()?;
        if let Some(removed) = passage.redacted_at {
            let removed = day(day_of(removed), language);
            return Some(rich(language, "line-redacted", &[("day", &removed)]));
        }
        let register = if part == Part::Title {
            Register::Heading
        } else {
            Register::Prose
        };
        let spoken = self.spoken(language);
        Some(Html(text::inline(words, spoken, register)).marked(spoken, language))
    }

    /// A part of one line with its anchor: none if the text has none.
    pub fn line(&self, part: Part, language: Language) -> Option<Line> {
        let html = self.inline(part, language)?;
        let (passage, _) = self.words(part, language).next()?;
        let anchor = passage.anchor.clone();
        Some(Line { anchor, html })
    }

    /// The first passage of a part as a block of its own, without its anchor: none if the text has none.
    pub fn lead(&self, part: Part, language: Language, links: &dyn Links) -> Option<Html> {
        let (passage, words) = self.words(part, language).next()?;
        Some(match passage.redacted_at {
            Some(removed) => Html::trace(&day(day_of(removed), language), language, None),
            None => Html(text::block(words, self.spoken(language), links, None)),
        })
    }

    /// A part as bare words, empty if the text has none.
    pub fn plain(&self, part: Part, language: Language) -> String {
        let spoken = self.spoken(language);
        let words = self
            .words(part, language)
            .map(|(passage, words)| match passage.redacted_at {
                Some(removed) => trace(removed, language),
                None => text::plain(words, spoken, Register::Heading),
            });
        words.collect::<Vec<_>>().join(" ")
    }

    /// A part as bare words, passage by passage; what the law removed leaves its trace.
    pub fn paragraphs(&self, part: Part, language: Language) -> Vec<String> {
        let spoken = self.spoken(language);
        let paragraph = |(passage, words): (&ShownPassage, &str)| match passage.redacted_at {
            Some(removed) => trace(removed, language),
            None => text::plain(words, spoken, Register::Prose),
        };
        let paragraphs = self.words(part, language).map(paragraph);
        paragraphs.filter(|words| !words.is_empty()).collect()
    }

    /// The passages of a part, with their anchors.
    pub fn block(&self, part: Part, language: Language, links: &dyn Links) -> Vec<Passage> {
        self.closed(part, language, links, "")
    }

    /// The same, with a closing mark after the first: a list's own, which clauses do not hold, so that reordering never
    /// leaves a stray one.
    pub fn closed(&self, part: Part, language: Language, links: &dyn Links, mark: &str) -> Vec<Passage> {
        let spoken = self.spoken(language);
        let passages = self.words(part, language).enumerate();
        let typeset = |(index, (passage, words)): (usize, (&ShownPassage, &str))| {
            if let Some(removed) = passage.redacted_at {
                return Passage {
                    anchor: passage.anchor.clone(),
                    html: Html::trace(&day(day_of(removed), language), language, Some(&passage.anchor)),
                    opening: Html::from_text(&trace(removed, language)),
                };
            }
            let closed = if index == 0 {
                with_mark(words, mark)
            } else {
                words.to_owned()
            };
            Passage {
                anchor: passage.anchor.clone(),
                html: Html(text::block(&closed, spoken, links, Some(&passage.anchor))),
                opening: Html::from_text(&shorten(&text::plain(words, spoken, Register::Prose), OPENING))
                    .marked(spoken, language),
            }
        };
        passages.map(typeset).collect()
    }

    /// One or two sentences for search engines: the summary, else what the text begins with.
    pub fn description(&self, language: Language) -> String {
        let parts = [Part::Summary, Part::Short, Part::Body, Part::Function, Part::Title];
        let found = parts
            .into_iter()
            .map(|part| self.plain(part, language))
            .find(|words| !words.is_empty());
        shorten(&found.unwrap_or_default(), DESCRIPTION)
    }

    /// Whether the law removed the words of a part.
    pub fn is_redacted(&self, part: Part) -> bool {
        let mut passages = self.passages.iter();
        passages.any(|passage| passage.part == part && passage.redacted)
    }

    /// The anchor of its title, which names it in lists.
    pub fn title_anchor(&self) -> String {
        let title = self.passages.iter().find(|passage| passage.part == Part::Title);
        title.map(|title| title.anchor.clone()).unwrap_or_default()
    }

    /// Whether some of its English renders a French that has changed since.
    pub fn lags(&self) -> bool {
        self.shown.english == English::Present && self.passages.iter().any(|passage| passage.lagging)
    }

    /// Since when its words stand, for readers of a language.
    pub fn changed(&self, language: Language) -> Option<Instant> {
        *self.shown.changed.get(self.spoken(language))
    }
}

/// What stands in the place of words that the law removed, where no markup can.
fn trace(removed: Instant, language: Language) -> String {
    let day = i18n::day(day_of(removed), language);
    message(language, "line-redacted", &[("day", day.into())])
}

/// Words with a closing mark, unless they have one of their own.
fn with_mark(words: &str, mark: &str) -> String {
    let mark = if words.ends_with(['.', '!', '?', '…', ';', ':']) {
        ""
    } else {
        mark
    };
    format!("{words}{mark}")
}

/// Words cut at a space, with an ellipsis where something is left out.
pub fn shorten(words: &str, limit: usize) -> String {
    if words.chars().count() <= limit {
        return words.to_owned();
    }
    let cut: String = words.chars().take(limit).collect();
    let whole = cut.rfind([' ', '\u{a0}']).map_or(cut.as_str(), |space| &cut[..space]);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '.', ' ', '\u{a0}']))
}

/// The civil day of an instant in Québec.
pub fn day_of(instant: Instant) -> jiff::civil::Date {
    i18n::local_day(instant.timestamp())
}

/// A civil day, for machines and in words.
pub fn day(date: jiff::civil::Date, language: Language) -> Day {
    Day {
        machine: date.to_string(),
        words: Html(i18n::day_html(date, language)),
    }
}

/// A moment in words, for machines too: a day, or a day and a time of Québec to the second.
pub fn moment(when: When, language: Language) -> Day {
    match when {
        When::Now => Day {
            machine: String::new(),
            words: Html::default(),
        },
        When::Day(date) => day(date, language),
        When::Second(second) => {
            let local = i18n::local(second);
            let date = day(local.date(), language).words;
            let time = Html::from_text(&i18n::time_with_seconds(local.time(), language));
            Day {
                machine: when.to_string(),
                words: rich(language, "day-and-time", &[("day", &date), ("time", &time)]),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_between_words() {
        assert_eq!(shorten("un deux trois", 20), "un deux trois");
        assert_eq!(shorten("un deux trois", 9), "un deux…");
        assert_eq!(shorten("un deux, trois", 10), "un deux…");
        assert_eq!(shorten("indivisible", 5), "indiv…");
    }

    #[test]
    fn a_list_closes_a_clause_and_no_sentence() {
        assert_eq!(with_mark("conclure des ententes", ";"), "conclure des ententes;");
        assert_eq!(with_mark("Elle est seule.", ";"), "Elle est seule.");
    }
}
