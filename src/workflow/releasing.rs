//! Deeds that change what the public reads: now, or at an instant ahead; all of a release together or none of it.

mod texts;

use jiff::civil::DateTime;
use sqlx::PgPool;

use crate::error::{Denied, Error, Result};
use crate::model::dossier::{self, State};
use crate::model::journal::{Deed, FormId, Subject};
use crate::model::release::plan::{self, End, Plan};
use crate::model::{Bilingual, DocumentId, Instant, Withdrawn, instant, publication};
use crate::workflow::deed::{Actor, Done, Work, begin};
use crate::workflow::transitions;

pub use texts::{Behind, Early, Order, Outcome, behind, bring_back, forms, publish};

/// When a deed takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// At once.
    Now,
    /// At an instant ahead.
    At {
        /// The instant.
        at: Instant,
        /// The date and time of Québec that was asked for.
        local: DateTime,
    },
}

impl Moment {
    /// The instant, `now` being that of the deed.
    const fn instant(self, now: Instant) -> Instant {
        match self {
            Self::Now => now,
            Self::At { at, .. } => at,
        }
    }

    const fn local(self) -> Option<DateTime> {
        match self {
            Self::Now => None,
            Self::At { local, .. } => Some(local),
        }
    }
}

/// A release that was made, moved or cancelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its number, which never leaves the desk.
    pub id: i64,
    /// When it takes effect, or would have.
    pub at: Instant,
    /// What it touches.
    pub documents: Vec<DocumentId>,
}

/// The end of a text without another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// Whose text.
    pub document: DocumentId,
    /// Withdrawn under a banner, or removed as published in error.
    pub kind: Withdrawn,
    /// Why, for the public.
    pub reason: Bilingual<String>,
    /// What takes its place.
    pub successor: Option<DocumentId>,
    /// When.
    pub moment: Moment,
}

/// Ends a text without another.
///
/// # Errors
/// [`Denied`] as the table says, or where the instant is past; refused without a reason in both languages.
pub async fn withdraw(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    withdrawal: &Withdrawal,
) -> Result<Done<Release>> {
    let deed = match withdrawal.kind {
        Withdrawn::Withdrawn => Deed::Withdraw,
        Withdrawn::Removed => Deed::Remove,
    };
    let mut work = begin!(desk, actor, form);
    publication::hold_deeds(work.connection()).await?;
    let dossier = dossier::read(work.connection(), withdrawal.document).await?;
    let state = dossier.live.and_then(|live| dossier.state(live)).unwrap_or(State::Past);
    transitions::check(deed, state, actor.role, false)?;
    check_ahead(&mut work, withdrawal.moment).await?;
    let taken = publication::take_instant(work.connection(), &[withdrawal.document]).await?;
    let plan = Plan {
        local: withdrawal.moment.local(),
        ends: vec![End {
            document: withdrawal.document,
            kind: withdrawal.kind,
            reason: withdrawal.reason.clone(),
            successor: withdrawal.successor,
        }],
        ..Plan::at(withdrawal.moment.instant(taken))
    };
    let id = plan::make(work.connection(), taken, actor.account, &plan).await?;
    let subject = Subject {
        document: Some(withdrawal.document),
        release: Some(id),
        ..Subject::default()
    };
    work.end(deed, &subject).await?;
    Ok(Done::Now(Release {
        id,
        at: plan.at,
        documents: plan.documents(),
    }))
}

/// Moves a release that has not begun, with all that it does.
///
/// # Errors
/// [`Denied::State`] where it has begun or was cancelled; the database refuses where the texts would come in another order
/// than they were written in.
pub async fn shift(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    release: i64,
    moment: Moment,
) -> Result<Done<Release>> {
    let mut work = begin!(desk, actor, form);
    let plan = hold_ahead(&mut work, Deed::Move, release).await?;
    check_ahead(&mut work, moment).await?;
    let taken = publication::take_instant(work.connection(), &plan.documents()).await?;
    let at = moment.instant(taken);
    plan::shift(work.connection(), release, &plan, at, moment.local()).await?;
    end(work, Deed::Move, release, at, &plan).await
}

/// Cancels a release that has not begun, with all that it does: the texts before it go on.
///
/// # Errors
/// [`Denied::State`] where it has begun or was cancelled.
pub async fn cancel(desk: &PgPool, actor: &Actor, form: Option<FormId>, release: i64) -> Result<Done<Release>> {
    let mut work = begin!(desk, actor, form);
    let plan = hold_ahead(&mut work, Deed::Cancel, release).await?;
    let taken = publication::take_instant(work.connection(), &plan.documents()).await?;
    plan::cancel(work.connection(), release, &plan, taken).await?;
    end(work, Deed::Cancel, release, plan.at, &plan).await
}

/// Holds all deeds, and reads a release that is still ahead.
async fn hold_ahead(work: &mut Work, deed: Deed, release: i64) -> Result<Plan> {
    transitions::check(deed, State::Scheduled, work.actor.role, false)?;
    publication::hold_deeds(work.connection()).await?;
    let plan = plan::ahead(work.connection(), release).await?;
    plan.ok_or(Error::Denied(Denied::State))
}

/// Checks that an instant asked for is ahead.
async fn check_ahead(work: &mut Work, moment: Moment) -> Result<()> {
    let now = instant::now(work.connection()).await?;
    match moment {
        Moment::At { at, .. } if at <= now => Err(Error::Denied(Denied::Past)),
        _ => Ok(()),
    }
}

async fn end(work: Work, deed: Deed, id: i64, at: Instant, plan: &Plan) -> Result<Done<Release>> {
    let subject = Subject {
        release: Some(id),
        ..Subject::default()
    };
    work.end(deed, &subject).await?;
    Ok(Done::Now(Release {
        id,
        at,
        documents: plan.documents(),
    }))
}
