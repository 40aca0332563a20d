//! The page that asks how two texts go together: base, theirs and mine of each thing that both changed differently. What does not
//! touch was brought together already, and nothing that anybody wrote is lost: both texts are revisions by now.

mod asked;

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};

use super::opened::Opened;
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::model::{DocumentId, FormId, dossier, editing};
use crate::text::difference::Span;
use crate::text::merge::{Answer as Choice, Conflict};
use crate::web::desk::answer::Answer;
use crate::web::desk::comparison::Comparison;
use crate::web::desk::document::trail;
use crate::web::desk::fields::{Fields, Numbered};
use crate::web::desk::review::compared_texts;
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
use asked::{Asked, Words};

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
    /// Whether theirs brings a correction into mine, a text that goes out after it.
    is_rebase: bool,
    /// Whether an answer is missing.
    is_open: bool,
    questions: Vec<Asked>,
    /// What theirs brings into mine without a question.
    comparison: Comparison,
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
        None => led_back(&desk, &staff, document, mine, theirs).await,
    }
}

/// The way to the form of two texts that went together already.
async fn led_back(desk: &Desk, staff: &Staff, document: DocumentId, mine: i32, theirs: i32) -> Result<Answer> {
    let dossier = dossier::read(&mut *desk.pool.acquire().await?, document).await?;
    let apart = dossier.makes_correction(mine, theirs).then_some(mine);
    Ok(Answer::found(&paths::of_draft(
        paths::EDIT,
        staff.language,
        document,
        apart,
    )))
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
    if opened.dossier.are_together(mine, theirs) {
        return Ok(None);
    }
    let mut connection = desk.pool.acquire().await?;
    let question = drafting::question(&mut connection, document, lineage, [mine, theirs]).await?;
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
            None => led_back(&desk, &staff, document, mine, theirs).await,
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
    let lineage = dossier::read(&mut *desk.pool.acquire().await?, document).await?.lineage;
    let apart = lineage.beside().into_iter().find(|apart| *apart == number);
    Ok(super::to_saved(&staff, document, number, apart))
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

/// What theirs brings into mine beside what is asked about.
async fn brought(desk: &Desk, opened: &Opened, question: &Question, language: Language) -> Result<Comparison> {
    let number = opened.dossier.lineage.next();
    let Ok(text) = question.merge.settle(|_| Some(Choice::Mine), number) else {
        return Ok(Comparison::default());
    };
    let mut connection = desk.pool.acquire().await?;
    compared_texts(&mut connection, opened.document(), [&opened.text, &text], language).await
}

async fn show(desk: &Desk, staff: &Staff, opened: &Opened, question: &Question, fields: &Fields) -> Result<Answer> {
    let language = staff.language;
    let made = editing::made(&desk.pool, opened.document(), question.theirs).await?;
    let answered = fields.deed().is_some();
    let lineage = &opened.dossier.lineage;
    let is_rebase = lineage.carries_correction(question.theirs, question.mine);
    let theirs = if lineage.is_correction(question.theirs) {
        "merge-correction-theirs"
    } else {
        "correction-form-panel"
    };
    let words = Words {
        language,
        text: &question.merge.text,
        opened,
    };
    let asked = |conflict: &Conflict| {
        let mut asked = words.asked(conflict);
        if is_rebase {
            asked.sides[0].label = theirs;
            asked.sides[1].label = "merge-correction-mine";
        }
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
        is_rebase,
        is_open: answered,
        questions: question.merge.conflicts.iter().map(asked).collect(),
        comparison: brought(desk, opened, question, language).await?,
    };
    Ok(Answer::page(language, page))
}
