//! Giving up a draft that nobody wants any more.

use sqlx::PgPool;

use super::{about, insert, open};
use crate::error::{Denied, Error, Result};
use crate::model::DocumentId;
use crate::model::journal::{Deed, FormId};
use crate::model::revision::{self, Origin};
use crate::workflow::deed::{Actor, Done, begin};

/// Gives up a draft, a correction or the form that a scheduled text would take: what is scheduled or in effect is gone on from
/// again. The draft stays in the history, and can be restored from there.
///
/// # Errors
/// [`Denied`] as the table says; [`Denied::State`] where nothing would be left, or another draft was made from it.
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
    let text = revision::read(work.connection(), document, left).await?;
    let origin = Origin {
        parent: Some(left),
        merged_parent: None,
        // What stands beside the line leaves the line's newest text what it is.
        is_correction: dossier.lineage.draft() != Some(number),
        abandons: Some(number),
        author: actor.account,
        remark: None,
    };
    insert(&mut work, &mut dossier, origin, &text).await?;
    work.end(Deed::Abandon, &about(document, number)).await?;
    Ok(Done::Now(()))
}
