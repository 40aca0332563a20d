//! The way of a draft to the public: what changes, in both languages, and what whoever asks decides about it.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use sqlx::PgConnection;

use super::answer::Answer;
use super::comparison::{Comparison, Known};
use super::correction::{self, Contained};
use super::document::{previews, trail};
use super::fields::{Fields, Numbered};
use super::outcome::Against;
use super::overview::step_told;
use super::shell::Shell;
use super::staff::Staff;
use super::view::{Heading, Told};
use super::words::{self, Titles};
use super::{Desk, paths};
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::model::dossier::{self, Dossier};
use crate::model::journal::Deed;
use crate::model::standing::{self, Aim, Draft};
use crate::model::{Bilingual, DocumentId, English, Role, Text, account, instant, removable, revision, setting};
use crate::text::difference::Span;
use crate::web::query;
use crate::web::speech::{Speaks as _, rich};
use crate::web::view::{Html, Link};
use crate::workflow::{drafting, reviewing, transitions};

/// `/admin/fr/documents/5/examen`, `/admin/en/documents/5/review`
#[derive(Debug, Template)]
#[template(path = "desk/review.html")]
struct Review {
    shell: Shell,
    heading: Heading,
    told: Told,
    /// Where the form leads, for the same text.
    action: String,
    /// What keeps a correction back.
    against: Against,
    /// What is said of a correction that the text contains.
    contained: Option<Contained>,
    /// Who saved the draft and which steps it took.
    story: Vec<Html>,
    /// What was remarked last.
    remark: Option<String>,
    /// Whether nothing was ever published.
    is_first: bool,
    /// What changes; none without a draft.
    comparison: Option<Comparison>,
    /// The draft.
    revision: i32,
    /// Whether whoever asks may not approve, because they wrote of it.
    is_own: bool,
    /// Who may approve it, while that is what it needs.
    approvers: Option<String>,
    /// What they may decide.
    decisions: Vec<Decision>,
    /// The way to the public, where it is open.
    publish: Option<Link>,
    /// Where else to go.
    links: Vec<Link>,
    /// The remark as it was typed.
    typed: String,
}

/// Something to decide.
#[derive(Debug)]
struct Decision {
    /// The value of its button, which is the deed's word.
    word: &'static str,
    /// The key of its button.
    label: &'static str,
    /// The key of what it means.
    hint: Option<&'static str>,
    /// Whether it takes a remark.
    asks_remark: bool,
    /// Whether it brings the text closer to its readers.
    leads_on: bool,
    /// Whether it gives the text up.
    gives_up: bool,
}

/// What can be decided, in the order of the page.
const DECISIONS: [(Deed, &str, Option<&str>); 5] = [
    (Deed::Approve, "review-approve", Some("review-approve-hint")),
    (Deed::Submit, "review-submit", Some("review-submit-hint")),
    (Deed::Return, "review-return", None),
    (Deed::TakeBack, "review-take-back", Some("review-take-back-hint")),
    (Deed::Abandon, "review-abandon", Some("review-abandon-hint")),
];

/// The page.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    uri: Uri,
) -> Result<Answer> {
    let done = query::parameter(uri.query(), "done");
    let deeds = DECISIONS.iter().map(|(deed, _, _)| *deed).chain([Deed::Save]);
    let done = deeds.into_iter().find(|deed| done.as_deref() == Some(deed.word()));
    let told = Told {
        done: done.map(|deed| message(staff.language, done_told(deed), &[])),
        faults: Vec::new(),
    };
    let apart = query::revision(uri.query());
    let page = review(&desk, &staff, document, apart, told, "").await?;
    Ok(Answer::page(staff.language, page))
}

/// Does what was decided.
pub async fn decide(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    uri: Uri,
    fields: Fields,
) -> Result<Answer> {
    let (language, apart) = (staff.language, query::revision(uri.query()));
    let remark = fields.get("remark");
    let deed = fields.deed();
    let Some((deed, _, _)) = DECISIONS.iter().find(|(known, _, _)| deed == Some(known.word())) else {
        let page = review(&desk, &staff, document, apart, Told::default(), remark).await?;
        return Ok(Answer::page(language, page));
    };
    let number = fields.get("revision").parse().map_err(|_| Error::NotFound)?;
    let (pool, actor, form) = (&desk.pool, staff.actor, fields.form());
    let done = match deed {
        Deed::Approve => reviewing::approve(pool, &actor, form, document, number).await,
        Deed::Return => reviewing::give_back(pool, &actor, form, document, number, remark).await,
        Deed::TakeBack => reviewing::take_back(pool, &actor, form, document, number).await,
        Deed::Abandon => drafting::abandon(pool, &actor, form, document, number).await,
        _ => reviewing::submit(pool, &actor, form, document, number, None).await,
    };
    match done {
        Ok(_) => {
            let done = [("done", deed.word())];
            let path = paths::of_draft_asking(paths::REVIEW, language, document, apart, &done);
            Ok(Answer::found(&path))
        }
        Err(error) => {
            let told = Told::refused(error, language)?;
            let page = review(&desk, &staff, document, apart, told, remark).await?;
            Ok(Answer::page(language, page).under(StatusCode::CONFLICT))
        }
    }
}

/// The key of the words that say that it was done.
const fn done_told(deed: Deed) -> &'static str {
    match deed {
        Deed::Approve => "review-done-approved",
        Deed::Return => "review-done-returned",
        Deed::TakeBack => "review-done-taken-back",
        Deed::Abandon => "review-done-abandoned",
        Deed::Save => "review-done-saved",
        _ => "review-done-submitted",
    }
}

async fn review(
    desk: &Desk,
    staff: &Staff,
    document: DocumentId,
    apart: Option<i32>,
    told: Told,
    remark: &str,
) -> Result<Review> {
    let language = staff.language;
    let mut connection = desk.pool.acquire().await?;
    let standing = standing::one(&mut connection, document).await?.ok_or(Error::NotFound)?;
    let dossier = dossier::read(&mut connection, document).await?;
    let titles = Titles::of(&mut *connection, [document], language).await?;
    let title = titles.plain(document);
    let draft = standing.on_the_way(apart);
    let settled = standing.live.as_ref().map(|live| live.number);
    let read = match draft {
        Some(draft) => Some(read(&mut connection, document, [settled, Some(draft.number)], language).await?),
        None => None,
    };
    let (text, comparison) = read.unzip();
    let four_eyes = setting::four_eyes(&mut *connection).await?;
    let is_own = draft.is_some_and(|draft| draft.awaits_others(staff.actor.account, four_eyes));
    let approvers = approvers(&mut connection, &dossier, draft, four_eyes, language).await?;
    let now = instant::now(&mut *connection).await?;
    let against = draft.map(|draft| correction::against(&dossier, draft, &titles, now));
    let role = staff.actor.role;
    let contained = draft.and_then(|draft| correction::contained(&dossier, &standing, draft, role, language, now));
    let (publish, links) = links(&dossier, document, draft, staff);
    let keys = ["review-title", "correction-review-title"];
    let name = correction::name(draft, keys, &title, language);
    Ok(Review {
        shell: Shell {
            counterpart: paths::of_draft(paths::REVIEW, language.other(), document, apart),
            ..Shell::new(staff, name.clone())
        },
        heading: Heading {
            trail: trail(document, &title, language),
            title: Html::from_text(&name),
            tags: correction::tags(&mut connection, &standing, draft.zip(text.as_ref()), language).await?,
        },
        told,
        action: paths::of_draft(paths::REVIEW, language, document, apart),
        against: against.unwrap_or_default(),
        contained,
        story: draft.map(|draft| story(draft, language)).unwrap_or_default(),
        remark: draft.and_then(|draft| Some(draft.review.as_ref()?.remark.as_ref()?.told(language))),
        is_first: settled.is_none(),
        comparison,
        revision: draft.map_or(0, |draft| draft.number),
        decisions: decisions(&dossier, draft, staff.actor.role, is_own),
        is_own: is_own && staff.actor.role >= Role::Editor,
        approvers,
        publish,
        links,
        typed: remark.to_owned(),
    })
}

/// Who may approve a draft that waits for it or may be submitted, in a sentence.
async fn approvers(
    connection: &mut PgConnection,
    dossier: &Dossier,
    draft: Option<&Draft>,
    four_eyes: bool,
    language: Language,
) -> Result<Option<String>> {
    let needs = |draft: &&Draft| {
        matches!(
            dossier.state(draft.number),
            Some(dossier::State::Draft | dossier::State::Submitted)
        )
    };
    let Some(draft) = draft.filter(needs) else {
        return Ok(None);
    };
    let people = account::people(connection).await?;
    let able = people.iter().filter(|person| {
        let is_open = person.has_password && person.disabled_at.is_none();
        is_open && person.role >= Role::Editor && !draft.awaits_others(person.id, four_eyes)
    });
    let names: Vec<&str> = able.map(|person| person.name.as_str()).collect();
    Ok(Some(if names.is_empty() {
        message(language, "review-approvers-none", &[])
    } else {
        message(language, "review-approvers", &[("names", names.join(", ").into())])
    }))
}

/// Compares two revisions of a document, the older of which may be none.
///
/// # Errors
/// The database does not answer, or there is no such revision.
pub async fn compared(
    connection: &mut PgConnection,
    document: DocumentId,
    numbers: [Option<i32>; 2],
    language: Language,
) -> Result<Comparison> {
    let (_, compared) = read(connection, document, numbers, language).await?;
    Ok(compared)
}

/// The newer of two revisions of a document, and how it differs from the older.
async fn read(
    connection: &mut PgConnection,
    document: DocumentId,
    numbers: [Option<i32>; 2],
    language: Language,
) -> Result<(Text, Comparison)> {
    let [old, new] = numbers;
    let old = text(connection, document, old).await?;
    let new = text(connection, document, new).await?;
    let compared = compared_texts(connection, document, [&old, &new], language).await?;
    Ok((new, compared))
}

/// Compares two texts of a document, saved or not.
///
/// # Errors
/// The database does not answer.
pub async fn compared_texts(
    connection: &mut PgConnection,
    document: DocumentId,
    [old, new]: [&Text; 2],
    language: Language,
) -> Result<Comparison> {
    let named = [old, new].into_iter().flat_map(|text| {
        let successor = text.office.and_then(|office| office.successor);
        text.members.iter().copied().chain(successor)
    });
    let known = Known {
        titles: Titles::of(&mut *connection, named, language).await?,
        removed: removable::removed(connection, document).await?,
    };
    Ok(Comparison::of(old, new, &known, language))
}

async fn text(connection: &mut PgConnection, document: DocumentId, number: Option<i32>) -> Result<Text> {
    match number {
        Some(number) => revision::read(connection, document, number).await,
        None => Ok(nothing()),
    }
}

/// What there was before the first revision.
fn nothing() -> Text {
    Text {
        slug: Bilingual::default(),
        english: English::Present,
        passages: Vec::new(),
        members: Vec::new(),
        office: None,
    }
}

/// Who saved the draft, and the step that it took last.
fn story(draft: &Draft, language: Language) -> Vec<Html> {
    let number = Html::from_text(&draft.number.to_string());
    let saved = words::by(language, "overview-by", &draft.name, draft.saved_at);
    let mut story = vec![rich(
        language,
        "review-written",
        &[("number", &number), ("saved", &saved)],
    )];
    let taken = draft.review.as_ref();
    story.extend(taken.map(|taken| words::by(language, step_told(taken.step), &taken.name, taken.at)));
    story
}

/// What the table of transitions allows to a role where the draft stands.
fn decisions(dossier: &Dossier, draft: Option<&Draft>, role: Role, is_own: bool) -> Vec<Decision> {
    let Some(state) = draft.and_then(|draft| dossier.state(draft.number)) else {
        return Vec::new();
    };
    let is_left = draft.is_some_and(|draft| dossier.left_without(draft.number).is_some());
    let allowed = transitions::allowed(state, role).filter(|deed| is_left || *deed != Deed::Abandon);
    let allowed: Vec<Deed> = allowed.collect();
    let offered = DECISIONS
        .iter()
        .filter(|(deed, _, _)| allowed.contains(deed) && !(is_own && matches!(deed, Deed::Approve | Deed::Return)));
    offered
        .map(|(deed, label, hint)| Decision {
            word: deed.word(),
            label,
            hint: *hint,
            asks_remark: *deed == Deed::Return,
            gives_up: *deed == Deed::Abandon,
            leads_on: matches!(deed, Deed::Approve | Deed::Submit),
        })
        .collect()
}

/// The way to the public, where it is open, and where else to go.
fn links(dossier: &Dossier, document: DocumentId, draft: Option<&Draft>, staff: &Staff) -> (Option<Link>, Vec<Link>) {
    let (language, apart) = (staff.language, draft.and_then(Draft::apart));
    let link = |page, key| Link {
        label: Html::from_text(&message(language, key, &[])),
        path: paths::of_draft(page, language, document, apart),
    };
    let mut links = vec![link(paths::EDIT, "review-edit")];
    links.extend(previews(document, apart, language));
    // What takes the place of a scheduled text goes out with the correction in it.
    let state = draft.filter(|draft| draft.aim != Aim::Scheduled);
    let state = state.and_then(|draft| dossier.state(draft.number));
    let publishes = |is_emergency| {
        state.is_some_and(|state| transitions::check(Deed::Publish, state, staff.actor.role, is_emergency).is_ok())
    };
    if !publishes(false) && publishes(true) {
        links.push(link(paths::PUBLISH, "publish-override"));
    }
    (publishes(false).then(|| link(paths::PUBLISH, "review-publish")), links)
}
