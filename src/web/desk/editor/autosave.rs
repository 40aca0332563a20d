//! What a person is typing, kept every few seconds by a script of the page, for that person alone; and that they have left.

use std::sync::Arc;

use axum::extract::State;

use crate::error::Result;
use crate::model::{DocumentId, autosave, presence};
use crate::web::desk::Desk;
use crate::web::desk::answer::Answer;
use crate::web::desk::fields::{Fields, Numbered};
use crate::web::desk::staff::Staff;

/// Keeps a form as it stands, and notes that its person is still there.
pub async fn keep(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    fields: Fields,
) -> Result<Answer> {
    presence::note(&desk.pool, staff.actor.account, document).await?;
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields.pairs())
        .finish();
    let is_correction = fields.has("correction");
    autosave::keep(&desk.pool, staff.actor.account, document, is_correction, &form).await?;
    Ok(Answer::nothing())
}

/// Notes that a person has left the form: a script says so when its page goes away.
pub async fn leave(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
) -> Result<Answer> {
    presence::leave(&desk.pool, staff.actor.account, document).await?;
    Ok(Answer::nothing())
}
