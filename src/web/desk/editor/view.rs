//! What the page of a text that is being written shows.

pub mod rows;

use std::collections::HashMap;

use askama::Template;

use super::RESTORE;
use super::opened::Opened;
use super::reading::{Problem, has_slug};
use super::sheet::{OFFICE, Sheet};
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::model::document::key;
use crate::model::editing;
use crate::model::presence::{self, Present};
use crate::model::review::Step;
use crate::model::standing::{self, Draft, Standing};
use crate::model::{Bilingual, DocumentId, English, FormId, Instant, Kind};
use crate::text::difference::Span;
use crate::web::desk::answer::Answer;
use crate::web::desk::document::trail;
use crate::web::desk::shell::Shell;
use crate::web::desk::staff::Staff;
use crate::web::desk::view::{Heading, Tag, Tone};
use crate::web::desk::{Desk, correction, paths, states, words};
use crate::web::folio;
use crate::web::speech::Speaks as _;
use crate::web::view::{Html, Link};
use rows::Section;

/// What is told above the form.
#[derive(Debug, Default)]
pub struct Told {
    /// One sentence.
    pub words: Option<String>,
    /// What cannot be saved as it stands.
    pub problems: Vec<Problem>,
    /// Whether something went wrong.
    pub is_fault: bool,
    /// Whether the form holds what is saved nowhere.
    pub is_unkept: bool,
    /// Whether it was just saved.
    pub is_saved: bool,
    /// When something else that was being typed was kept.
    pub kept: Option<Instant>,
}

/// `/admin/fr/documents/5/modifier`
#[derive(Debug, Template)]
#[template(path = "desk/editor.html")]
struct Editor {
    shell: Shell,
    /// The number of this form, which does its deed once.
    form: FormId,
    document: i64,
    base: Option<i32>,
    /// What a correction of the text in effect leaves apart.
    correction: Option<Html>,
    /// The way to such a correction.
    correct: Option<Link>,
    heading: Heading,
    /// When it was saved and by whom, and who else has it open.
    standing: Vec<String>,
    /// Why it was returned.
    returned: Option<String>,
    words: Option<String>,
    /// What comes after saving.
    next: Option<Link>,
    is_fault: bool,
    is_unkept: bool,
    /// What was being typed and is kept: when, and where it comes back.
    kept: Option<(String, String)>,
    /// The problems with their fields.
    problems: Vec<(String, String)>,
    sections: Vec<Section>,
    addresses: Vec<Address>,
    english: English,
    members: Vec<Member>,
    /// The documents that a list may take in, or that may come after a representative.
    candidates: Vec<(i64, String)>,
    is_list: bool,
    /// Of a representative: first day, last day, successor.
    office: Option<[String; 3]>,
    remark: String,
    /// Every other document that a text may link to.
    links: Vec<(i64, String)>,
    /// Where the pages of the text are shown as they stand here, in both languages.
    preview: String,
}

/// The last segment of an address in one language.
#[derive(Debug)]
struct Address {
    language: Language,
    /// The key of its name.
    label: &'static str,
    /// What stands before it.
    before: String,
    typed: String,
    /// The address in effect, where it will lead to the one that is typed.
    redirect: Option<String>,
    problem: Option<String>,
}

/// A member of a list.
#[derive(Debug)]
struct Member {
    number: i64,
    title: String,
    is_first: bool,
    is_last: bool,
}

impl Editor {
    /// The choices about the English: its word, the key of its label, whether it is what is declared.
    fn declarations(&self) -> impl Iterator<Item = (&'static str, &'static str, bool)> {
        let key = |english: English| match english {
            English::Present => "editor-english-present",
            English::ToFollow => "editor-english-to-follow",
            English::None => "editor-english-none",
        };
        English::ALL
            .iter()
            .map(move |english| (english.word(), key(*english), *english == self.english))
    }

    /// The days of an office: name of the field, key of its label, what is typed.
    fn days(&self) -> Vec<(&'static str, &'static str, &str)> {
        let labels = ["editor-office-from", "editor-office-until"];
        let office = self.office.iter().flat_map(|office| office.iter().zip(OFFICE));
        office
            .zip(labels)
            .map(|((typed, name), label)| (name, label, typed.as_str()))
            .collect()
    }

    /// The path of a page of the desk about this document.
    fn to(&self, page: Bilingual<&str>) -> String {
        paths::path_of(page, self.shell.language, self.document)
    }

    /// The sentence beside a field, if something is wrong with it.
    fn problem(&self, field: &str) -> Option<&String> {
        self.problems.iter().find(|(of, _)| of == field).map(|(_, told)| told)
    }
}

/// The page of a form.
///
/// # Errors
/// The database does not answer.
pub async fn show(desk: &Desk, staff: &Staff, opened: &Opened, sheet: &Sheet, told: Told) -> Result<Answer> {
    let (language, document, kind) = (staff.language, opened.document(), opened.kind());
    let others = presence::others(&desk.pool, staff.actor.account, document).await?;
    let rendered = match opened.base {
        Some(base) => editing::rendered(&desk.pool, document, base).await?,
        None => HashMap::new(),
    };
    let problems = problems(&told, language);
    let sections = rows::sections(sheet, opened, &rendered, &problems, language);
    let rows = sections.iter().flat_map(|section| &section.rows);
    let lagging = rows.filter(|row| row.difference.is_some()).count();
    let title = opened.titles.plain(document);
    let at = standing::one(&mut *desk.pool.acquire().await?, document).await?;
    let at = at.ok_or(Error::NotFound)?;
    let mut shell = Shell::new(staff, title.clone());
    shell.path.clone_from(&staff.path);
    shell.counterpart = paths::of_draft(paths::EDIT, language.other(), document, opened.apart());
    let draft = at.on_the_way(opened.apart());
    let correct = correction::way_in(&opened.dossier, language);
    let page = Editor {
        form: FormId::draw(),
        document: document.number(),
        base: opened.base,
        correction: opened
            .is_correction
            .then(|| correction::told(&opened.dossier, language)),
        correct: correct.filter(|_| !opened.is_correction),
        heading: heading(&at, &title, lagging, language),
        standing: saved(opened, language)
            .into_iter()
            .chain(beside(&others, language))
            .chain(voided(draft, language))
            .collect(),
        returned: returned(draft, language),
        next: told.is_saved.then(|| onwards(draft, document, language)).flatten(),
        words: told.words,
        is_fault: told.is_fault,
        is_unkept: told.is_unkept,
        kept: told
            .kept
            .map(|at| (words::moment_plain(language, at), restore(opened, language))),
        sections,
        addresses: if has_slug(kind) {
            addresses(sheet, opened, &problems)
        } else {
            Vec::new()
        },
        problems,
        english: sheet.english,
        members: members(sheet, opened),
        candidates: candidates(sheet, opened),
        is_list: kind == Kind::List,
        office: (kind == Kind::Representative).then(|| sheet.office.clone()),
        remark: sheet.remark.clone(),
        links: opened.titles.choice(|other, _| other != document),
        preview: paths::path_of(paths::PREVIEW, language, document.number()),
        shell,
    };
    Ok(Answer::page(language, page))
}

/// What keeps fields from being saved, each with its field.
fn problems(told: &Told, language: Language) -> Vec<(String, String)> {
    let problem = |problem: &Problem| (problem.field.clone(), message(language, problem.key, &[]));
    told.problems.iter().map(problem).collect()
}

/// The way to what was being typed.
fn restore(opened: &Opened, language: Language) -> String {
    let restore = [(RESTORE, "1")];
    paths::of_draft_asking(paths::EDIT, language, opened.document(), opened.apart(), &restore)
}

/// The way back to the document, its title, where it stands, and how many passages of the form lag.
fn heading(at: &Standing, title: &str, lagging: usize, language: Language) -> Heading {
    let mut tags = states::on_the_way(at, language);
    tags.extend((lagging > 0).then(|| Tag {
        word: message(language, "editor-lagging-count", &[("count", lagging.into())]),
        tone: Tone::Draft,
    }));
    Heading {
        trail: trail(at.document.id, title, language),
        title: Html::from_text(title),
        tags,
    }
}

/// What a colleague remarked who returned the draft.
fn returned(draft: Option<&Draft>, language: Language) -> Option<String> {
    let taken = draft?.review.as_ref()?;
    let remark = taken.remark.as_ref().filter(|_| taken.step == Step::Returned)?;
    Some(remark.told(language))
}

/// What comes after saving: a draft is read once more, and submitted.
fn onwards(draft: Option<&Draft>, document: DocumentId, language: Language) -> Option<Link> {
    let draft = draft?;
    Some(Link {
        label: Html::from_text(&message(language, "document-submit", &[])),
        path: paths::of_draft(paths::REVIEW, language, document, draft.apart()),
    })
}

/// What saving does to a text on its way to the public.
fn voided(draft: Option<&Draft>, language: Language) -> Option<String> {
    let key = match draft?.step()? {
        Step::Submitted => "editor-submitted",
        Step::Approved => "editor-approved",
        Step::Returned | Step::TakenBack => return None,
    };
    Some(message(language, key, &[]))
}

/// Who else has the document open.
fn beside(others: &[Present], language: Language) -> Option<String> {
    let names: Vec<&str> = others.iter().map(|present| present.name.as_str()).collect();
    let names = ("names", names.join(", ").into());
    (!others.is_empty()).then(|| message(language, "editor-others", &[names]))
}

/// Which revision the form was made from, who saved it and when.
fn saved(opened: &Opened, language: Language) -> Option<String> {
    let (made, base) = (opened.made.as_ref()?, opened.base?);
    let arguments = [
        ("number", base.into()),
        ("name", words::person(&made.name, language).into()),
        ("moment", words::moment_plain(language, made.at).into()),
    ];
    Some(message(language, "editor-base", &arguments))
}

fn addresses(sheet: &Sheet, opened: &Opened, problems: &[(String, String)]) -> Vec<Address> {
    let document = &opened.dossier.document;
    let path = |text: &crate::model::Text, language| {
        folio::path_of(document.kind, document.key.as_deref(), &text.slug, language)
    };
    let address = |language: Language| {
        let placeholder = Bilingual {
            fr: "x".to_owned().try_into().ok(),
            en: None,
        };
        let sample = folio::path_of(document.kind, None, &placeholder, language).unwrap_or_default();
        let before = sample.strip_suffix('x').unwrap_or(&sample).to_owned();
        let typed = sheet.slug.get(language).clone();
        let in_address = if typed.is_empty() { &sheet.slug.fr } else { &typed };
        let live = opened.live_text().and_then(|live| path(live, language));
        let field = format!("slug-{}", language.segment());
        Address {
            language,
            label: match language {
                Language::French => "editor-slug-french",
                Language::English => "editor-slug-english",
            },
            redirect: live.filter(|live| *live != format!("{before}{in_address}")),
            before,
            typed,
            problem: problems
                .iter()
                .find(|(of, _)| *of == field)
                .map(|(_, told)| told.clone()),
        }
    };
    Language::ALL.map(address).into()
}

fn members(sheet: &Sheet, opened: &Opened) -> Vec<Member> {
    let last = sheet.members.len().saturating_sub(1);
    let member = |(place, member): (usize, &DocumentId)| Member {
        number: member.number(),
        title: opened.titles.plain(*member),
        is_first: place == 0,
        is_last: place == last,
    };
    sheet.members.iter().enumerate().map(member).collect()
}

/// The documents that this one may name: of a list, those of its kind that are not in it; of a representative, the others.
fn candidates(sheet: &Sheet, opened: &Opened) -> Vec<(i64, String)> {
    let document = &opened.dossier.document;
    let wanted = match (document.kind, document.key.as_deref()) {
        (Kind::List, Some(key::MANDATES)) => Kind::Mandate,
        (Kind::List | Kind::Representative, _) => Kind::Representative,
        _ => return Vec::new(),
    };
    let fits = |other, kind| kind == wanted && other != document.id && !sheet.members.contains(&other);
    opened.titles.choice(fits)
}
