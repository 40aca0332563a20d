//! What a merge asks, in words: what it is about, what both sides found, and what each made of it.

use super::super::opened::Opened;
use super::super::view::rows::part_key;
use crate::i18n::{self, Language, message};
use crate::model::{Anchor, English, Office, Passage, Text};
use crate::text::difference::{Effort, Span, words};
use crate::text::merge::{Conflict, Sides};
use crate::text::{self, Register};

/// One question.
#[derive(Debug)]
pub struct Asked {
    /// Its name in the form.
    pub name: String,
    /// What it is about.
    pub about: String,
    /// The language of the words, where it is about words.
    pub language: Option<Language>,
    /// What both found.
    pub base: String,
    /// What each side made of it, beside what both found.
    pub sides: [Side; 2],
    /// Whether both can be kept.
    pub both: bool,
    /// Words of one's own, to begin from; none where it is not about words.
    pub own: Option<String>,
    /// What was chosen so far.
    pub chosen: String,
    /// Whether it is still open after an answer.
    pub is_open: bool,
}

/// One side of a question.
#[derive(Debug)]
pub struct Side {
    /// Its word in the form.
    pub word: &'static str,
    /// The key of its label.
    pub label: &'static str,
    /// Its words beside those that both found.
    pub spans: Vec<Span>,
}

/// What puts conflicts into words.
pub struct Words<'a> {
    /// The language of the page.
    pub language: Language,
    /// The text that holds every passage that is asked about.
    pub text: &'a Text,
    /// The document.
    pub opened: &'a Opened,
}

impl Words<'_> {
    /// The question of a conflict.
    pub fn asked(&self, conflict: &Conflict) -> Asked {
        let language = self.language;
        let about = |key: &str| message(language, key, &[]);
        match conflict {
            Conflict::Words { anchor, language, said } => {
                let said = sides(said, |words| words.clone().unwrap_or_default());
                let own = said.mine.clone();
                questioned(
                    conflict,
                    self.passage(anchor, Some(*language)),
                    Some(*language),
                    &said,
                    true,
                    Some(own),
                )
            }
            Conflict::Removal { anchor, said } => {
                let said = sides(said, |passage| passage.as_ref().map(both_languages).unwrap_or_default());
                questioned(conflict, self.passage(anchor, None), None, &said, true, None)
            }
            Conflict::Order { part, said } => {
                let said = sides(said, |anchors| {
                    anchors
                        .iter()
                        .map(|anchor| self.opening(anchor))
                        .collect::<Vec<_>>()
                        .join(" / ")
                });
                let part = message(language, part_key(*part, self.opened.kind()), &[]);
                let order = message(language, "merge-order", &[("part", part.into())]);
                questioned(conflict, order, None, &said, false, None)
            }
            Conflict::Members(said) => {
                let said = sides(said, |members| {
                    members
                        .iter()
                        .map(|member| self.opened.titles.plain(*member))
                        .collect::<Vec<_>>()
                        .join(" / ")
                });
                questioned(conflict, about("merge-members"), None, &said, false, None)
            }
            Conflict::Slug(of, said) => {
                let said = sides(said, |slug| slug.as_ref().map(ToString::to_string).unwrap_or_default());
                let key = match of {
                    Language::French => "editor-slug-french",
                    Language::English => "editor-slug-english",
                };
                questioned(conflict, about(key), None, &said, false, None)
            }
            Conflict::English(said) => {
                let said = sides(said, |english| about(declared(*english)));
                questioned(conflict, about("editor-english"), None, &said, false, None)
            }
            Conflict::Office(said) => {
                let said = sides(said, |office| self.office(*office));
                questioned(conflict, about("editor-office"), None, &said, false, None)
            }
        }
    }

    /// Which passage it is: its part and its place there, and the language.
    fn passage(&self, anchor: &Anchor, of: Option<Language>) -> String {
        let Some(passage) = self.text.passage(anchor) else {
            return String::new();
        };
        let of_part = self.text.passages.iter().filter(|other| other.part == passage.part);
        let place = of_part.take_while(|other| other.anchor != *anchor).count() + 1;
        let part = message(self.language, part_key(passage.part, self.opened.kind()), &[]);
        let key = match of {
            Some(Language::French) => "merge-passage-french",
            Some(Language::English) => "merge-passage-english",
            None => "merge-passage-removed",
        };
        message(self.language, key, &[("part", part.into()), ("place", place.into())])
    }

    /// The first words of a passage.
    fn opening(&self, anchor: &Anchor) -> String {
        let words = self
            .text
            .passage(anchor)
            .and_then(|passage| passage.fr.as_deref())
            .unwrap_or_default();
        crate::web::folio::shorten(&text::plain(words, Language::French, Register::Prose), 40)
    }

    fn office(&self, office: Office) -> String {
        let day = |day: Option<jiff::civil::Date>| day.map(|day| i18n::day(day, self.language)).unwrap_or_default();
        let successor = office
            .successor
            .map(|successor| self.opened.titles.plain(successor))
            .unwrap_or_default();
        [day(office.from), day(office.until), successor].join(" / ")
    }
}

/// A question, each side beside what both found.
fn questioned(
    conflict: &Conflict,
    about: String,
    language: Option<Language>,
    said: &Sides<String>,
    both: bool,
    own: Option<String>,
) -> Asked {
    let mut effort = Effort::default();
    let mut side = |word, label, text: &str| Side {
        word,
        label,
        spans: words(&said.base, text, &mut effort),
    };
    Asked {
        name: conflict.name(),
        about,
        language,
        base: said.base.clone(),
        sides: [
            side("theirs", "merge-theirs", &said.theirs),
            side("mine", "merge-mine", &said.mine),
        ],
        both,
        own,
        chosen: String::new(),
        is_open: false,
    }
}

fn declared(english: English) -> &'static str {
    match english {
        English::Present => "editor-english-present",
        English::ToFollow => "editor-english-to-follow",
        English::None => "editor-english-none",
    }
}

fn both_languages(passage: &Passage) -> String {
    let words = Language::ALL.iter().filter_map(|language| passage.words(*language));
    words.collect::<Vec<_>>().join("\n\n")
}

fn sides<T>(said: &Sides<T>, words: impl Fn(&T) -> String) -> Sides<String> {
    Sides {
        base: words(&said.base),
        theirs: words(&said.theirs),
        mine: words(&said.mine),
    }
}
