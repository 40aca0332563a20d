//! The page that asks how two texts go together: base, theirs and mine of each thing that both changed differently. What does not
//! touch was brought together already, and nothing that anybody wrote is lost: both texts are revisions by now.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};

use super::opened::Opened;
use super::view::rows::part_key;
use crate::error::{Error, Result};
use crate::i18n::{self, Language, message};
use crate::model::{Anchor, DocumentId, English, FormId, Office, Passage, Text, editing, revision};
use crate::text::difference::{Effort, Span, words};
use crate::text::merge::{self, Answer as Choice, Conflict, Sides};
use crate::text::{self, Register};
use crate::web::desk::answer::Answer;
use crate::web::desk::document::trail;
use crate::web::desk::fields::{Fields, Numbered};
use crate::web::desk::shell::Shell;
use crate::web::desk::staff::Staff;
use crate::web::desk::view::Heading;
use crate::web::desk::words::person;
use crate::web::desk::{Desk, paths};
use crate::web::query::{asking, parameter};
use crate::web::speech::Speaks as _;
use crate::web::view::Html;
use crate::workflow::Done;
use crate::workflow::drafting::{self, Question, Saved};

/// What names the two revisions in the address.
const MINE: &str = "mine";
const THEIRS: &str = "theirs";

/// `/admin/fr/documents/5/fusion?mine=7&theirs=6`
#[derive(Debug, Template)]
#[template(path = "desk/merge.html")]
struct Merging {
    shell: Shell,
    heading: Heading,
    form: FormId,
    mine: i32,
    theirs: i32,
    /// Who wrote theirs.
    others: String,
    /// Whether an answer is missing.
    is_open: bool,
    questions: Vec<Asked>,
}

/// One question.
#[derive(Debug)]
struct Asked {
    /// Its name in the form.
    name: String,
    /// What it is about.
    about: String,
    /// The language of the words, where it is about words.
    language: Option<Language>,
    /// What both found.
    base: String,
    /// What each side made of it, beside what both found.
    sides: [Side; 2],
    /// Whether both can be kept.
    both: bool,
    /// Words of one's own, to begin from; none where it is not about words.
    own: Option<String>,
    /// What was chosen so far.
    chosen: String,
    /// Whether it is still open after an answer.
    is_open: bool,
}

/// One side of a question.
#[derive(Debug)]
struct Side {
    /// Its word in the form, and the key of its label.
    word: &'static str,
    label: &'static str,
    spans: Vec<Span>,
}

/// The way to the page of a question.
pub fn led(staff: &Staff, document: DocumentId, question: &Question) -> Answer {
    let path = paths::path_of(paths::MERGE, staff.language, document.number());
    let [mine, theirs] = [question.mine, question.theirs].map(|number| number.to_string());
    Answer::found(&asking(&path, &[(MINE, &mine), (THEIRS, &theirs)]))
}

/// The page of two revisions; where nothing is left to ask, the form.
pub async fn ask(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    uri: Uri,
) -> Result<Answer> {
    let number = |name| parameter(uri.query(), name).and_then(|number| number.parse::<i32>().ok());
    let (Some(mine), Some(theirs)) = (number(MINE), number(THEIRS)) else {
        return Err(Error::NotFound);
    };
    match question(&desk, &staff, document, mine, theirs).await? {
        Some((opened, question)) => show(&desk, &staff, &opened, &question, &Fields::default()).await,
        None => Ok(Answer::found(&super::path(&staff, document))),
    }
}

/// What two revisions ask; nothing where they went together already.
async fn question(
    desk: &Desk,
    staff: &Staff,
    document: DocumentId,
    mine: i32,
    theirs: i32,
) -> Result<Option<(Opened, Question)>> {
    let opened = Opened::read(desk, staff, document, Some(mine)).await?;
    let lineage = &opened.dossier.lineage;
    if lineage.node(theirs).is_none() {
        return Err(Error::NotFound);
    }
    let are_in = |whole: i32| lineage.descends(whole, mine) && lineage.descends(whole, theirs);
    if lineage.tip().into_iter().chain([mine, theirs]).any(are_in) {
        return Ok(None);
    }
    let base = lineage.common_ancestor(mine, theirs).ok_or(Error::NotFound)?;
    let mut connection = desk.pool.acquire().await?;
    let found = revision::read(&mut connection, document, base).await?;
    let merge = merge::merge(
        &found,
        &revision::read(&mut connection, document, theirs).await?,
        &opened.text,
    );
    let question = Question {
        base,
        theirs,
        mine,
        merge,
    };
    Ok(Some((opened, question)))
}

/// Brings them together by the answers.
pub async fn bring_together(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    fields: Fields,
) -> Result<Answer> {
    let number = |name| fields.get(name).parse::<i32>().map_err(|_| Error::NotFound);
    let (mine, theirs) = (number(MINE)?, number(THEIRS)?);
    if fields.deed().is_none() {
        return match question(&desk, &staff, document, mine, theirs).await? {
            Some((opened, question)) => show(&desk, &staff, &opened, &question, &fields).await,
            None => Ok(Answer::found(&super::path(&staff, document))),
        };
    }
    let form = fields.get("form").parse().ok();
    let answers = answers(&fields);
    let done = drafting::bring_together(&desk.pool, &staff.actor, form, document, mine, theirs, &answers).await?;
    let number = match done {
        Done::Now(Saved::Asked(question)) if question.mine == mine => {
            let opened = Opened::read(&desk, &staff, document, Some(mine)).await?;
            let page = show(&desk, &staff, &opened, &question, &fields).await?;
            return Ok(page.under(StatusCode::UNPROCESSABLE_ENTITY));
        }
        Done::Now(Saved::Asked(question)) => return Ok(led(&staff, document, &question)),
        Done::Now(saved) => saved.number(),
        Done::Again(line) => line.subject.number.unwrap_or(mine),
    };
    let path = super::path(&staff, document);
    Ok(Answer::found(&asking(&path, &[(super::SAVED, &number.to_string())])))
}

/// What was chosen, each question under its name.
fn answers(fields: &Fields) -> BTreeMap<String, Choice> {
    let chosen = fields.pairs().iter().filter_map(|(name, value)| {
        let choice = match value.as_str() {
            "theirs" => Choice::Theirs,
            "mine" => Choice::Mine,
            "both" => Choice::Both,
            "own" => Choice::Own(fields.get(&format!("{name}-own")).to_owned()),
            _ => return None,
        };
        Some((name.clone(), choice))
    });
    chosen.collect()
}

async fn show(desk: &Desk, staff: &Staff, opened: &Opened, question: &Question, fields: &Fields) -> Result<Answer> {
    let language = staff.language;
    let made = editing::made(&desk.pool, opened.document(), question.theirs).await?;
    let answered = fields.deed().is_some();
    let words = Words {
        language,
        text: &question.merge.text,
        opened,
    };
    let asked = |conflict: &Conflict| {
        let mut asked = words.asked(conflict);
        asked.chosen = fields.get(&asked.name).to_owned();
        asked.is_open = answered && asked.chosen.is_empty();
        if let Some(own) = asked.own.as_mut().filter(|_| asked.chosen == "own") {
            fields.get(&format!("{}-own", asked.name)).clone_into(own);
        }
        asked
    };
    let name = message(language, "merge-title", &[]);
    let page = Merging {
        heading: Heading {
            trail: trail(opened.document(), &opened.titles.plain(opened.document()), language),
            title: Html::from_text(&name),
            tags: Vec::new(),
        },
        shell: Shell::new(staff, name),
        form: FormId::draw(),
        mine: question.mine,
        theirs: question.theirs,
        others: made.map(|made| person(&made.name, language)).unwrap_or_default(),
        is_open: answered,
        questions: question.merge.conflicts.iter().map(asked).collect(),
    };
    Ok(Answer::page(language, page))
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

/// What puts conflicts into words.
struct Words<'a> {
    language: Language,
    text: &'a Text,
    opened: &'a Opened,
}

impl Words<'_> {
    fn asked(&self, conflict: &Conflict) -> Asked {
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
