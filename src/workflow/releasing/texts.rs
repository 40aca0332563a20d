//! Making texts public, so that none of them undoes what another has corrected.

use sqlx::PgPool;

use super::{Moment, Release, check_ahead};
use crate::error::{Denied, Error, Result};
use crate::model::dossier::{self, Ahead, Dossier, State};
use crate::model::journal::{Deed, FormId, Subject};
use crate::model::lineage::Fate;
use crate::model::release::plan::{self, Plan, Start};
use crate::model::{Bilingual, DocumentId, Instant, document, instant, publication, revision};
use crate::workflow::checks::{self, Reason};
use crate::workflow::deed::{self, Actor, Done, Work};
use crate::workflow::{addresses, transitions};

/// Texts to make public together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The documents, each with one of its revisions.
    pub texts: Vec<(DocumentId, i32)>,
    /// When.
    pub moment: Moment,
    /// What the public is told.
    pub note: Option<Bilingual<String>>,
    /// Whether it moves no public date.
    pub minor: bool,
    /// Why texts go out that nobody approved.
    pub emergency: Option<String>,
    /// Whether what is scheduled for later, and what these texts were made from, comes out with them.
    pub early: bool,
    /// The new forms of scheduled texts that may take their places, as whoever orders was told; none where all may.
    pub told: Option<Vec<(DocumentId, i32)>>,
}

/// What became of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Released(Release),
    /// Nothing was done: these reasons speak against it.
    Faulty(Vec<Reason>),
    /// Nothing was done: these texts must first be brought together with what goes out before them.
    Behind(Vec<Behind>),
    /// Nothing was done: these texts are scheduled for later, and would come out with those that were made from them.
    Early(Vec<Early>),
    /// Nothing was done: a new form of a scheduled text would take its place, and nobody was told.
    Untold,
}

/// A text that would undo another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// Whose text.
    pub document: DocumentId,
    /// The text that does not know of the other.
    pub text: i32,
    /// The other one.
    pub onto: i32,
    /// When the text that would undo it goes out; none for a draft.
    pub at: Option<Instant>,
}

/// A text that would come out before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Early {
    /// Whose text.
    pub document: DocumentId,
    /// When it was to go out.
    pub at: Instant,
}

/// Makes texts public. A text that was scheduled for later and has been brought together with one of these goes out in its
/// new form, if that is approved, at the instant that it was scheduled for. One that another of these was made from comes
/// out with that, where the order says so: nothing of it is left to go out later.
///
/// # Errors
/// [`Denied`] as the table says, or where the instant is past; the database refuses an address that is another document's.
pub async fn publish(desk: &PgPool, actor: &Actor, form: Option<FormId>, order: &Order) -> Result<Done<Outcome>> {
    let deed = match order.moment {
        Moment::Now => Deed::Publish,
        Moment::At { .. } => Deed::Schedule,
    };
    let work = deed::begin!(desk, actor, form);
    release(work, deed, order).await
}

/// Makes public again what was withdrawn or removed, as it was.
///
/// # Errors
/// As [`publish`].
pub async fn bring_back(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    document: DocumentId,
    note: Option<Bilingual<String>>,
) -> Result<Done<Outcome>> {
    let mut work = deed::begin!(desk, actor, form);
    let dossier = dossier::read(work.connection(), document).await?;
    let ended = dossier.ended.map(|(_, last)| last);
    let state = ended.and_then(|last| dossier.state(last)).unwrap_or(State::Past);
    transitions::check(Deed::BringBack, state, actor.role, false)?;
    let number = ended.ok_or(Error::NotFound)?;
    let order = Order {
        texts: vec![(document, number)],
        moment: Moment::Now,
        note,
        minor: false,
        emergency: None,
        early: false,
        told: None,
    };
    release(work, Deed::BringBack, &order).await
}

/// A text of an order, with where its document stands.
struct Going {
    dossier: Dossier,
    number: i32,
}

impl Going {
    const fn document(&self) -> DocumentId {
        self.dossier.document.id
    }
}

/// A text that was scheduled, and the one that has been made of it and of one that goes out before; none where all of it
/// goes out before.
struct Replacement {
    release: i64,
    at: Instant,
    document: DocumentId,
    number: Option<i32>,
}

async fn release(mut work: Work, deed: Deed, order: &Order) -> Result<Done<Outcome>> {
    publication::hold_deeds(work.connection()).await?;
    check_ahead(&mut work, order.moment).await?;
    let emergency = order
        .emergency
        .as_deref()
        .map(str::trim)
        .filter(|reason| !reason.is_empty());
    let going = going(&mut work, order).await?;
    let at = order.moment.instant(instant::now(work.connection()).await?);
    let replacements: Vec<Replacement> = going
        .iter()
        .flat_map(|text| replacements(&text.dossier, text.number, at))
        .collect();
    let mut is_urgent = false;
    for (text, number) in numbers(&going, &replacements) {
        let state = text.dossier.state(number).ok_or(Error::NotFound)?;
        transitions::check(deed, state, work.actor.role, emergency.is_some())?;
        is_urgent |= matches!(state, State::Draft | State::Submitted);
    }
    let reasons = reasons(&mut work, &going, &replacements, at).await?;
    if !reasons.is_empty() {
        return Ok(Done::Now(Outcome::Faulty(reasons)));
    }
    if let Some(obstacle) = obstacle(order, &going, &replacements, at) {
        return Ok(Done::Now(obstacle));
    }
    let plan = Plan {
        local: order.moment.local(),
        emergency: emergency.filter(|_| is_urgent).map(str::to_owned),
        starts: going.iter().map(|text| start(text, order)).collect(),
        ..Plan::at(at)
    };
    let made = make(&mut work, order.moment, plan, &replacements).await?;
    let only = <&[Going; 1]>::try_from(going.as_slice()).ok().map(|[only]| only);
    let subject = Subject {
        document: only.map(Going::document),
        number: only.map(|only| only.number),
        release: Some(made.id),
        detail: emergency.filter(|_| is_urgent).map(str::to_owned),
    };
    work.end(deed, &subject).await?;
    Ok(Done::Now(Outcome::Released(made)))
}

/// Why an order is not done as it is, where another one could be.
fn obstacle(order: &Order, going: &[Going], replacements: &[Replacement], at: Instant) -> Option<Outcome> {
    let behind = going.iter().flat_map(|text| behind(&text.dossier, text.number, at));
    let behind: Vec<Behind> = behind.collect();
    if !behind.is_empty() {
        return Some(Outcome::Behind(behind));
    }
    let early: Vec<Early> = going.iter().flat_map(|text| early(text, at)).collect();
    if !early.is_empty() && !order.early {
        return Some(Outcome::Early(early));
    }
    let told = order.told.as_ref()?;
    let mut forms = replacements.iter().filter_map(|new| Some((new.document, new.number?)));
    forms.any(|form| !told.contains(&form)).then_some(Outcome::Untold)
}

/// Holds the documents of an order, and reads where they stand.
async fn going(work: &mut Work, order: &Order) -> Result<Vec<Going>> {
    let documents: Vec<DocumentId> = order.texts.iter().map(|(document, _)| *document).collect();
    work.hold(&documents).await?;
    let mut going = Vec::with_capacity(order.texts.len());
    for &(document, number) in &order.texts {
        let dossier = dossier::read(work.connection(), document).await?;
        going.push(Going { dossier, number });
    }
    Ok(going)
}

/// What becomes of what is scheduled after a text of an order.
fn fates(dossier: &Dossier, number: i32, at: Instant) -> impl Iterator<Item = (&Ahead, Fate)> {
    let later = dossier.ahead.iter().filter(move |change| change.at > at);
    let (changes, texts): (Vec<&Ahead>, Vec<i32>) = later.filter_map(|change| Some((change, change.number?))).unzip();
    changes.into_iter().zip(dossier.lineage.fates(number, texts))
}

fn replacements(dossier: &Dossier, number: i32, at: Instant) -> impl Iterator<Item = Replacement> {
    let replaced = fates(dossier, number, at).filter_map(|(change, fate)| match fate {
        Fate::Renewed(form) => Some((change, Some(form))),
        Fate::Contained => Some((change, None)),
        Fate::Kept | Fate::Behind { .. } => None,
    });
    replaced.map(|(change, number)| Replacement {
        release: change.release,
        at: change.at,
        document: dossier.document.id,
        number,
    })
}

/// The new forms in which scheduled texts go out once another has gone out at an instant before them, each with when.
pub fn forms(dossier: &Dossier, number: i32, at: Instant) -> impl Iterator<Item = (Instant, i32)> {
    let replaced = replacements(dossier, number, at);
    replaced.filter_map(|replacement| Some((replacement.at, replacement.number?)))
}

/// What is scheduled and comes out before its time, with a text that was made from it.
fn early(text: &Going, at: Instant) -> impl Iterator<Item = Early> {
    let contained = fates(&text.dossier, text.number, at).filter(|(_, fate)| *fate == Fate::Contained);
    contained.map(move |(change, _)| Early {
        document: text.document(),
        at: change.at,
    })
}

/// The texts that must first be brought together with one that goes out at an instant, or it with them.
#[must_use]
pub fn behind(dossier: &Dossier, number: i32, at: Instant) -> Vec<Behind> {
    let lineage = &dossier.lineage;
    let behind = |text, onto, at| Behind {
        document: dossier.document.id,
        text,
        onto,
        at,
    };
    let before = dossier.in_effect_before(at);
    let itself = before.filter(|before| !lineage.descends(number, *before));
    let itself = itself.map(|before| behind(number, before, Some(at)));
    let scheduled = fates(dossier, number, at).filter_map(|(change, fate)| match fate {
        Fate::Behind { text, onto } => Some(behind(text, onto, Some(change.at))),
        Fate::Kept | Fate::Contained | Fate::Renewed(_) => None,
    });
    let mut found: Vec<Behind> = itself.into_iter().chain(scheduled).collect();
    let draft = lineage.draft().zip(onto_for_draft(dossier, number, at));
    let draft = draft.filter(|(draft, onto)| !lineage.descends(*draft, *onto));
    let draft = draft.filter(|(draft, _)| found.iter().all(|behind| behind.text != *draft));
    found.extend(draft.map(|(draft, onto)| behind(draft, onto, None)));
    found
}

/// What the draft must know of once a text has gone out at an instant: that text, in the form that a scheduled one has taken
/// from which the draft was made. None while that form is to come: the draft takes it over then, and is asked about once.
fn onto_for_draft(dossier: &Dossier, number: i32, at: Instant) -> Option<i32> {
    let draft = dossier.lineage.draft()?;
    let known = |change: &Ahead| change.number.is_some_and(|text| dossier.lineage.descends(draft, text));
    let mut fates = fates(dossier, number, at).filter(|(change, _)| known(change));
    fates.try_fold(number, |onto, (_, fate)| match fate {
        Fate::Kept | Fate::Contained => Some(onto),
        Fate::Renewed(form) => Some(form),
        Fate::Behind { .. } => None,
    })
}

/// Every text that goes out, by its document.
fn numbers<'a>(going: &'a [Going], replacements: &'a [Replacement]) -> impl Iterator<Item = (&'a Going, i32)> {
    going.iter().flat_map(move |text| {
        let replaced = replacements
            .iter()
            .filter(|replacement| replacement.document == text.document());
        std::iter::once(text.number)
            .chain(replaced.filter_map(|replacement| replacement.number))
            .map(move |number| (text, number))
    })
}

async fn reasons(work: &mut Work, going: &[Going], replacements: &[Replacement], at: Instant) -> Result<Vec<Reason>> {
    let mut texts = Vec::new();
    for (text, number) in numbers(going, replacements) {
        let words = revision::read(work.connection(), text.document(), number).await?;
        texts.push((text.dossier.document.clone(), words));
    }
    checks::reasons(work.connection(), &texts, at).await
}

fn start(text: &Going, order: &Order) -> Start {
    Start {
        document: text.document(),
        number: text.number,
        note: order.note.clone(),
        minor: order.minor,
    }
}

/// Makes the release, and those anew whose texts go out in a new form.
async fn make(work: &mut Work, moment: Moment, mut plan: Plan, replacements: &[Replacement]) -> Result<Release> {
    let mut replaced: Vec<(i64, Plan)> = Vec::new();
    for replacement in replacements {
        if replaced.iter().any(|(release, _)| *release == replacement.release) {
            continue;
        }
        let ahead = plan::ahead(work.connection(), replacement.release).await?;
        replaced.push((replacement.release, ahead.ok_or(Error::Denied(Denied::State))?));
    }
    let mut touched = plan.documents();
    touched.extend(replaced.iter().flat_map(|(_, plan)| plan.documents()));
    let taken = publication::take_instant(work.connection(), &touched).await?;
    plan.at = moment.instant(taken);
    for (release, plan) in &replaced {
        plan::cancel(work.connection(), *release, plan, taken).await?;
        work.note(Deed::Cancel, &about(*release)).await?;
    }
    let id = start_all(work, taken, &plan).await?;
    for (release, mut plan) in replaced {
        plan.starts.retain_mut(|start| {
            let of_it = |new: &&Replacement| (new.release, new.document) == (release, start.document);
            let new = replacements.iter().find(of_it);
            let number = new.map_or(Some(start.number), |new| new.number);
            start.number = number.unwrap_or(start.number);
            number.is_some()
        });
        if !plan.documents().is_empty() {
            let again = start_all(work, taken, &plan).await?;
            work.note(Deed::Schedule, &about(again)).await?;
        }
    }
    Ok(Release {
        id,
        at: plan.at,
        documents: plan.documents(),
    })
}

/// Makes a release of a plan, with the addresses that its texts need.
async fn start_all(work: &mut Work, taken: Instant, plan: &Plan) -> Result<i64> {
    for start in &plan.starts {
        let document = document::one(work.connection(), start.document)
            .await?
            .ok_or(Error::NotFound)?;
        let text = revision::read(work.connection(), start.document, start.number).await?;
        for address in addresses::of(&document, &text) {
            addresses::claim(work.connection(), &address).await?;
        }
    }
    let author = work.actor.account;
    plan::make(work.connection(), taken, author, plan).await
}

fn about(release: i64) -> Subject {
    Subject {
        release: Some(release),
        ..Subject::default()
    }
}
