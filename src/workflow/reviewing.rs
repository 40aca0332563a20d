//! From draft to approval: each step is bound to one revision's digest, so that a change needs a new approval.

use sqlx::PgPool;

use crate::error::{Denied, Error, Result};
use crate::model::journal::{Deed, FormId, Subject};
use crate::model::review::{self, Step};
use crate::model::{DocumentId, dossier, setting};
use crate::workflow::deed::{Actor, Done, begin};
use crate::workflow::transitions;

/// Asks for the approval of a revision.
///
/// # Errors
/// [`Denied`] as the table says; [`Error::NotFound`] where there is no such revision.
pub async fn submit(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    document: DocumentId,
    number: i32,
    remark: Option<&str>,
) -> Result<Done<()>> {
    take(desk, actor, form, document, number, Step::Submitted, remark).await
}

/// Takes back what was submitted or approved.
///
/// # Errors
/// As [`submit`].
pub async fn take_back(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    document: DocumentId,
    number: i32,
) -> Result<Done<()>> {
    take(desk, actor, form, document, number, Step::TakenBack, None).await
}

/// Approves a revision.
///
/// # Errors
/// As [`submit`]; [`Denied::FourEyes`] where the approver wrote any of what it holds since the text in effect, unless an
/// administrator has set that they may.
pub async fn approve(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    document: DocumentId,
    number: i32,
) -> Result<Done<()>> {
    take(desk, actor, form, document, number, Step::Approved, None).await
}

/// Gives a revision back to its authors, with a remark.
///
/// # Errors
/// As [`submit`]; refused without a remark.
pub async fn give_back(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    document: DocumentId,
    number: i32,
    remark: &str,
) -> Result<Done<()>> {
    take(desk, actor, form, document, number, Step::Returned, Some(remark)).await
}

async fn take(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    document: DocumentId,
    number: i32,
    step: Step,
    remark: Option<&str>,
) -> Result<Done<()>> {
    let deed = match step {
        Step::Submitted => Deed::Submit,
        Step::Approved => Deed::Approve,
        Step::Returned => Deed::Return,
        Step::TakenBack => Deed::TakeBack,
    };
    let mut work = begin!(desk, actor, form);
    work.hold(&[document]).await?;
    let dossier = dossier::read(work.connection(), document).await?;
    let state = dossier.state(number).ok_or(Error::NotFound)?;
    transitions::check(deed, state, actor.role, false)?;
    if step == Step::Approved && setting::four_eyes(work.connection()).await? {
        let writers = dossier.lineage.authors_since(number, dossier.settled());
        if writers.contains(&actor.account) {
            return Err(Error::Denied(Denied::FourEyes));
        }
    }
    let remark = remark.map(str::trim).filter(|remark| !remark.is_empty());
    review::take(work.connection(), document, number, step, actor.account, remark).await?;
    let subject = Subject {
        document: Some(document),
        number: Some(number),
        detail: remark.map(str::to_owned),
        ..Subject::default()
    };
    work.end(deed, &subject).await?;
    Ok(Done::Now(()))
}
