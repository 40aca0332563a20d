//! Words that the law removes: they leave every revision, and a dated trace stays.

use sqlx::PgPool;

use crate::error::{Error, Result};
use crate::model::journal::{Deed, FormId, Subject};
use crate::model::{Anchor, DocumentId, dossier, publication, redaction};
use crate::workflow::deed::{Actor, Done, begin};
use crate::workflow::transitions;

/// Removes the words of these passages from every revision of their document, and what anybody is typing there.
///
/// # Errors
/// [`crate::error::Denied::Role`] for anybody but an administrator; refused without a ground, for passages that the
/// document does not have, and without any.
pub async fn redact(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    document: DocumentId,
    anchors: &[Anchor],
    ground: &str,
) -> Result<Done<()>> {
    let mut work = begin!(desk, actor, form);
    publication::hold_deeds(work.connection()).await?;
    let dossier = dossier::read(work.connection(), document).await?;
    let state = dossier
        .opening()
        .and_then(|number| dossier.state(number))
        .ok_or(Error::NotFound)?;
    transitions::check(Deed::Redact, state, actor.role, false)?;
    publication::take_instant(work.connection(), &[document]).await?;
    for anchor in anchors {
        redaction::remove(work.connection(), document, anchor, actor.account, ground.trim()).await?;
    }
    let subject = Subject {
        document: Some(document),
        detail: Some(ground.trim().to_owned()),
        ..Subject::default()
    };
    work.end(Deed::Redact, &subject).await?;
    Ok(Done::Now(()))
}
