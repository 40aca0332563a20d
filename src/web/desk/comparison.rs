//! What differs between two revisions, as staff see it: both languages side by side, moves as moves.

use std::borrow::Borrow;
use std::collections::HashMap;

use super::super::difference::{changed, fate, office_words};
use super::super::folio::{day, day_of};
use super::super::pages::ComparedMember;
use super::super::view::Html;
use super::words::Titles;
use crate::i18n::{Language, message};
use crate::model::list::Listed;
use crate::model::{Anchor, Bilingual, English, Instant, Part, Passage, Slug, Text};
use crate::text::difference::{self, Effort, Span, align};
use crate::text::{self, Register};

/// What differs between two revisions of one document.
#[derive(Debug, Default)]
pub struct Comparison {
    /// The passages that differ or have moved, in the second's order; what is gone stands where it stood.
    pub rows: Vec<Row>,
    /// What else differs: addresses, what is declared of the English, an office.
    pub details: Vec<Detail>,
    /// Of a list: the members that came, left or moved.
    pub members: Vec<ComparedMember>,
    /// How many words the second inserts and deletes, in each language.
    pub counted: Bilingual<(usize, usize)>,
}

/// A passage that differs in one language at least, or has moved.
#[derive(Debug)]
pub struct Row {
    /// The key of the name of its part.
    pub part: &'static str,
    /// The key of the words that say whether it was added, removed or moved.
    pub fate: Option<&'static str>,
    /// Its French and its English.
    pub sides: [Side; 2],
}

/// A passage in one language.
#[derive(Debug)]
pub struct Side {
    /// Which.
    pub language: Language,
    /// Its words.
    pub spans: Vec<Span>,
    /// The trace of words that the law removed.
    pub removed: Option<Html>,
}

/// Something of one line that differs.
#[derive(Debug, PartialEq, Eq)]
pub struct Detail {
    /// The key of its name.
    pub label: &'static str,
    /// What the first said; empty where it said nothing.
    pub before: String,
    /// What the second says; empty where it says nothing.
    pub after: String,
}

/// What a comparison needs to know beside the two texts.
#[derive(Debug)]
pub struct Known {
    /// Titles of the documents that they name.
    pub titles: Titles,
    /// When the law removed the words of a passage.
    pub removed: HashMap<Anchor, Instant>,
}

impl Comparison {
    /// Compares two texts, told in the language of the page.
    #[must_use]
    pub fn of(old: &Text, new: &Text, known: &Known, page: Language) -> Self {
        let mut compared = Self {
            details: details(old, new, known, page),
            members: members(old, new, known, page),
            ..Self::default()
        };
        let anchors = |text: &Text| -> Vec<(Part, Anchor)> {
            let passages = text.passages.iter();
            passages.map(|passage| (passage.part, passage.anchor.clone())).collect()
        };
        let mut effort = Effort::default();
        for aligned in align(&anchors(old), &anchors(new)) {
            let before = aligned.old.map(|place| &old.passages[place]);
            let after = aligned.new.map(|place| &new.passages[place]);
            let Some(passage) = after.or(before) else { continue };
            let trace = trace([before, after], known, page);
            let sides = Language::ALL.map(|language| match &trace {
                Some(trace) => Side {
                    language,
                    spans: Vec::new(),
                    removed: Some(trace.clone()),
                },
                None => Side {
                    language,
                    spans: difference::words(&plain(before, language), &plain(after, language), &mut effort),
                    removed: None,
                },
            });
            compared.count(&sides);
            let fate = fate(aligned);
            if fate.is_some() || sides.iter().any(Side::differs) {
                let part = part_label(passage.part);
                compared.rows.push(Row { part, fate, sides });
            }
        }
        compared
    }

    /// Whether nothing differs.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.details.is_empty() && self.members.is_empty()
    }

    /// How many words were added and removed in each language, for readers of a page.
    #[must_use]
    pub fn counts(&self, page: impl Borrow<Language>) -> [String; 2] {
        Language::ALL.map(|language| {
            let (inserted, deleted) = *self.counted.get(language);
            let arguments = [
                ("language", message(*page.borrow(), column(language), &[]).into()),
                ("inserted", inserted.into()),
                ("deleted", deleted.into()),
            ];
            message(*page.borrow(), "compared-count", &arguments)
        })
    }

    fn count(&mut self, sides: &[Side; 2]) {
        let add = |(inserted, deleted): &mut (usize, usize), side: &Side| {
            let (more, less) = difference::count(&side.spans);
            (*inserted, *deleted) = (*inserted + more, *deleted + less);
        };
        add(&mut self.counted.fr, &sides[0]);
        add(&mut self.counted.en, &sides[1]);
    }
}

impl Side {
    /// The key of the name of its language.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        column(self.language)
    }

    /// Whether its words differ.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.spans.iter().any(|span| !matches!(span, Span::Equal(_)))
    }
}

/// The key of the name of a language, above its column.
#[must_use]
pub const fn column(language: Language) -> &'static str {
    match language {
        Language::French => "compared-column-fr",
        Language::English => "compared-column-en",
    }
}

/// The key of the name of a part.
#[must_use]
pub const fn part_label(part: Part) -> &'static str {
    match part {
        Part::Title => "part-title",
        Part::Summary => "part-summary",
        Part::Function => "part-function",
        Part::Short => "part-short",
        Part::Medium => "part-medium",
        Part::Mandate => "part-mandate",
        Part::Biography => "part-biography",
        Part::Body => "part-body",
    }
}

/// The key of what is declared of a text's English.
#[must_use]
pub const fn english_label(english: English) -> &'static str {
    match english {
        English::Present => "english-present",
        English::ToFollow => "english-to-follow",
        English::None => "english-none",
    }
}

/// The words of a passage as readers see them; none where it is not, or has none.
fn plain(passage: Option<&Passage>, language: Language) -> String {
    let words = passage.and_then(|passage| passage.words(language));
    text::plain(words.unwrap_or_default(), language, Register::Prose)
}

/// The trace that stands where the law removed the words from one of the two: nothing else is compared then.
fn trace(sides: [Option<&Passage>; 2], known: &Known, page: Language) -> Option<Html> {
    let anchor = sides
        .into_iter()
        .flatten()
        .find(|passage| passage.digest.is_some())
        .map(|passage| &passage.anchor)?;
    let removed = known.removed.get(anchor)?;
    Some(Html::trace(&day(day_of(*removed), page), page, None))
}

fn details(old: &Text, new: &Text, known: &Known, page: Language) -> Vec<Detail> {
    let slug = |slug: &Option<Slug>| slug.as_ref().map(Slug::to_string).unwrap_or_default();
    let english = |english| message(page, english_label(english), &[]);
    let office = |text: &Text| {
        let office = text.office.unwrap_or_default();
        let since = office.from.map(|from| crate::i18n::day(from, page));
        office_words(office, page).or(since).unwrap_or_default()
    };
    let successor = |text: &Text| {
        let successor = text.office.and_then(|office| office.successor);
        successor
            .map(|successor| known.titles.plain(successor))
            .unwrap_or_default()
    };
    let pairs = [
        ("detail-slug-fr", slug(&old.slug.fr), slug(&new.slug.fr)),
        ("detail-slug-en", slug(&old.slug.en), slug(&new.slug.en)),
        ("detail-english", english(old.english), english(new.english)),
        ("detail-office", office(old), office(new)),
        ("detail-successor", successor(old), successor(new)),
    ];
    pairs
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(label, before, after)| Detail { label, before, after })
        .collect()
}

fn members(old: &Text, new: &Text, known: &Known, page: Language) -> Vec<ComparedMember> {
    let [old, new] = [old, new].map(|text| {
        let members = text.members.iter();
        members
            .map(|member| Listed {
                member: *member,
                shown: true,
            })
            .collect::<Vec<_>>()
    });
    let changed = changed(&old, &new, page).into_iter();
    changed
        .map(|(member, fate)| ComparedMember {
            title: Html::from_text(&known.titles.plain(member)),
            fate,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        Known {
            titles: Titles::none(Language::English),
            removed: HashMap::new(),
        }
    }

    fn passage(part: Part, anchor: &str, fr: &str, en: &str) -> Passage {
        Passage {
            part,
            anchor: Anchor::try_from(anchor.to_owned()).unwrap(),
            fr: Some(fr.to_owned()),
            en: Some(en.to_owned()),
            en_basis: Some(1),
            digest: None,
        }
    }

    fn text(passages: Vec<Passage>) -> Text {
        Text {
            slug: Bilingual::default(),
            english: English::Present,
            passages,
            members: Vec::new(),
            office: None,
        }
    }

    #[test]
    fn each_language_tells_its_own_words() {
        let old = text(vec![passage(Part::Body, "aaaaa", "un deux", "one two")]);
        let new = text(vec![passage(Part::Body, "aaaaa", "un deux trois", "one two")]);
        let compared = Comparison::of(&old, &new, &known(), Language::French);
        assert_eq!(compared.counted, Bilingual { fr: (1, 0), en: (0, 0) });
        assert_eq!(compared.rows.len(), 1);
        assert!(compared.rows[0].sides[0].differs() && !compared.rows[0].sides[1].differs());
        assert!(Comparison::of(&new, &new, &known(), Language::French).is_empty());
    }

    #[test]
    fn what_moved_is_told_as_moved() {
        let [one, two] = ["aaaaa", "bbbbb"].map(|anchor| passage(Part::Body, anchor, anchor, anchor));
        let old = text(vec![one.clone(), two.clone()]);
        let compared = Comparison::of(&old, &text(vec![two, one]), &known(), Language::English);
        let fates: Vec<_> = compared.rows.iter().filter_map(|row| row.fate).collect();
        assert_eq!(fates, ["difference-passage-moved"]);
        assert_eq!(compared.counted, Bilingual::default());
    }

    #[test]
    fn words_that_the_law_removed_leave_their_trace() {
        let mut gone = passage(Part::Body, "aaaaa", "", "");
        (gone.fr, gone.en, gone.digest) = (None, None, Some(vec![0]));
        let at = "2026-03-14T15:00:00Z".parse::<jiff::Timestamp>().unwrap();
        let known = Known {
            removed: HashMap::from([(gone.anchor.clone(), at.into())]),
            ..known()
        };
        let new = text(vec![gone]);
        let compared = Comparison::of(&text(Vec::new()), &new, &known, Language::English);
        let trace = compared.rows[0].sides[0].removed.as_ref().unwrap().to_string();
        assert!(trace.contains("March 14, 2026"), "{trace}");
    }

    #[test]
    fn addresses_and_declarations_are_told() {
        let old = text(Vec::new());
        let mut new = old.clone();
        new.slug.fr = Some(Slug::try_from("suivi".to_owned()).unwrap());
        new.english = English::ToFollow;
        let compared = Comparison::of(&old, &new, &known(), Language::English);
        let labels: Vec<_> = compared.details.iter().map(|detail| detail.label).collect();
        assert_eq!(labels, ["detail-slug-fr", "detail-english"]);
    }
}
