//! Giving up a draft that nobody wants any more.

use sqlx::PgPool;

use super::{about, insert, open};
use crate::error::{Denied, Error, Result};
use crate::model::journal::{Deed, FormId};
use crate::model::revision::{self, Origin};
use crate::model::{DocumentId, autosave};
use crate::workflow::deed::{Actor, Done, begin};

/// Gives up a draft, a correction or the form that a scheduled text would take: what is scheduled or in effect is gone on from
/// again. The draft stays in the history, and can be restored from there. What the person was typing is forgotten.
///
/// # Errors
/// [`Denied`] as the table says; [`Denied::State`] where nothing would be left, [`Denied::Contained`] where another draft
/// contains it.
pub async fn abandon(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    document: DocumentId,
    number: i32,
) -> Result<Done<()>> {
    let mut work = begin!(desk, actor, form);
    let mut dossier = open(&mut work, document, Deed::Abandon, number).await?;
    let left = dossier.left_without(number).ok_or(Error::Denied(Denied::State))?;
    if dossier.lineage.is_contained(number) {
        return Err(Error::Denied(Denied::Contained));
    }
    let is_correction = dossier.lineage.is_correction(number);
    let text = revision::read(work.connection(), document, left).await?;
    let origin = Origin {
        parent: Some(left),
        merged_parent: None,
        is_correction,
        abandons: Some(number),
        author: actor.account,
        remark: None,
    };
    insert(&mut work, &mut dossier, origin, &text).await?;
    autosave::forget(work.connection(), actor.account, document, is_correction).await?;
    work.end(Deed::Abandon, &about(document, number)).await?;
    Ok(Done::Now(()))
}
