//! From what stands in the form to what is saved: what cannot be read is told beside its field.

use jiff::civil::Date;

use super::sheet::{OFFICE, Row, Sheet};
use crate::i18n::Language;
use crate::model::{Anchor, Bilingual, DocumentId, Kind, Office, Passage, Slug, Text};
use crate::workflow::drafting::{Typed, Writing};

/// The most characters of a remark to colleagues.
const LONGEST_REMARK: usize = 2_000;

/// Something in the form that cannot be saved as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The `id` of its field.
    pub field: String,
    /// The key of the message.
    pub key: &'static str,
}

impl Problem {
    /// A problem of a field.
    pub fn new(field: impl Into<String>, key: &'static str) -> Self {
        let field = field.into();
        Self { field, key }
    }
}

/// Whether documents of this kind have an address of their own, whose last segment is chosen.
pub const fn has_slug(kind: Kind) -> bool {
    matches!(kind, Kind::Mandate | Kind::Representative | Kind::Page)
}

impl Sheet {
    /// Cuts what was pasted whole into passages; what stands as it was saved is left as it is.
    pub fn cut(&mut self, base: Option<&Text>) {
        let mut row = 0;
        while let Some(found) = self.rows.get(row) {
            let before = self.rows.len();
            if !stands_as_saved(found, base) {
                self.split(row);
            }
            row += 1 + self.rows.len() - before;
        }
    }

    /// What is to be saved after the text that the form was made from.
    ///
    /// # Errors
    /// What cannot be read, each beside its field.
    pub fn writing(&self, kind: Kind, saved: &Text) -> Result<Writing, Vec<Problem>> {
        let mut problems = Vec::new();
        let slug = if has_slug(kind) {
            self.slugs(&mut problems)
        } else {
            Bilingual::default()
        };
        let has_office = saved.office.is_some() || self.office.iter().any(|typed| !typed.is_empty());
        let office = (kind == Kind::Representative && has_office).then(|| self.office(&mut problems));
        for (index, row) in self.rows.iter().enumerate() {
            for language in Language::ALL {
                if row.words.get(language).chars().count() > Passage::LONGEST {
                    problems.push(Problem::new(
                        format!("{}-{index}", language.segment()),
                        "editor-too-long",
                    ));
                }
            }
        }
        if self.remark.chars().count() > LONGEST_REMARK {
            problems.push(Problem::new("remark", "editor-remark-too-long"));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let written = self.rows.iter().filter(|row| !row.is_blank());
        Ok(Writing {
            slug,
            english: self.english,
            passages: written.map(typed).collect(),
            members: self.members.clone(),
            office,
            remark: (!self.remark.is_empty()).then(|| self.remark.clone()),
        })
    }

    /// The text as it stands in the form, to be shown and not to be saved: what cannot be read is left out.
    pub fn draft(&self, saved: &Text) -> Text {
        let slug = |language: Language| Slug::try_from(self.slug.get(language).clone()).ok();
        let written = self.rows.iter().enumerate().filter(|(_, row)| !row.is_blank());
        let passage = |(index, row): (usize, &Row)| {
            let kept = row.anchor.as_ref().and_then(|anchor| saved.passage(anchor));
            let anchor = row.anchor.clone().or_else(|| passing_anchor(index))?;
            let words = |language: Language| {
                let words = row.words.get(language).trim();
                (!words.is_empty()).then(|| words.to_owned())
            };
            Some(Passage {
                part: row.part,
                anchor,
                fr: words(Language::French),
                en: words(Language::English),
                en_basis: kept.and_then(|kept| kept.en_basis),
                digest: None,
            })
        };
        let traces = saved.passages.iter().filter(|passage| passage.digest.is_some());
        Text {
            slug: Bilingual {
                fr: slug(Language::French),
                en: slug(Language::English),
            },
            english: self.english,
            passages: written.filter_map(passage).chain(traces.cloned()).collect(),
            members: self.members.clone(),
            office: saved.office.map(|_| self.office(&mut Vec::new())),
        }
    }

    fn slugs(&self, problems: &mut Vec<Problem>) -> Bilingual<Option<Slug>> {
        let mut read = |language: Language| {
            let typed = self.slug.get(language);
            if typed.is_empty() {
                return None;
            }
            let slug = Slug::try_from(typed.clone());
            if slug.is_err() {
                problems.push(Problem::new(format!("slug-{}", language.segment()), "editor-slug-form"));
            }
            slug.ok()
        };
        Bilingual {
            fr: read(Language::French),
            en: read(Language::English),
        }
    }

    fn office(&self, problems: &mut Vec<Problem>) -> Office {
        let [from, until, successor] = &self.office;
        let mut day = |typed: &str, name: &str| {
            let read: Option<Date> = typed.parse().ok();
            if read.is_none() && !typed.is_empty() {
                problems.push(Problem::new(name, "editor-day-form"));
            }
            read
        };
        let (from, until) = (day(from, OFFICE[0]), day(until, OFFICE[1]));
        if from.zip(until).is_some_and(|(from, until)| from > until) {
            problems.push(Problem::new(OFFICE[1], "editor-day-order"));
        }
        Office {
            from,
            until,
            successor: successor.parse::<i64>().ok().map(DocumentId::from),
        }
    }
}

/// An anchor for a passage that has none yet, on a page that nobody links to.
fn passing_anchor(index: usize) -> Option<Anchor> {
    let letter = |number: usize| char::from(b"abcdefghijklmnopqrstuvwxyz"[number % 26]);
    Anchor::try_from(format!("new{}{}", letter(index / 26), letter(index))).ok()
}

fn typed(row: &Row) -> Typed {
    Typed {
        part: row.part,
        anchor: row.anchor.clone(),
        fr: row.words.fr.clone(),
        en: row.words.en.clone(),
        translation: row.said,
    }
}

/// Whether a row says what its passage says in a text.
fn stands_as_saved(row: &Row, text: Option<&Text>) -> bool {
    let passage = row.anchor.as_ref().and_then(|anchor| text?.passage(anchor));
    passage.is_some_and(|passage| {
        let same =
            |language: Language| row.words.get(language).trim() == passage.words(language).unwrap_or_default().trim();
        Language::ALL.into_iter().all(same)
    })
}
