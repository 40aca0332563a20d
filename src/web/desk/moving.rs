//! Moving and cancelling a release that is still ahead.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use super::Desk;
use super::answer::Answer;
use super::fields::{Fields, Numbered};
use super::outcome::receipt;
use super::releases::release;
use super::staff::Staff;
use super::view::Told;
use super::when::{Meant, Question, TypedMoment};
use crate::error::Result;
use crate::i18n::message;
use crate::model::journal::Deed;
use crate::workflow::releasing;

/// Moves or cancels a release that is ahead.
pub async fn change(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(id): Numbered<i64>,
    fields: Fields,
) -> Result<Answer> {
    let language = staff.language;
    let typed = TypedMoment::read(&fields, false);
    let shown = async |told: Told, question: Option<Question>, status: StatusCode| {
        let page = release(&desk, &staff, id, told, Some((typed.clone(), question))).await?;
        Ok(Answer::page(language, page).under(status))
    };
    let (pool, actor, form) = (&desk.pool, &staff.actor, fields.form());
    let done = match (fields.deed(), typed.meant(language)) {
        (Some("cancel"), _) => releasing::cancel(pool, actor, form, id)
            .await
            .map(|_| Some(Deed::Cancel)),
        (Some("move"), Meant::Moment(moment)) => {
            let moved = releasing::shift(pool, actor, form, id, moment).await;
            moved.map(|_| Some(Deed::Move))
        }
        (Some("move"), Meant::Asked(question)) => {
            return shown(Told::default(), Some(question), StatusCode::OK).await;
        }
        (Some("move"), Meant::Unclear(why)) => {
            let told = Told::fault(message(language, why, &[]));
            return shown(told, None, StatusCode::CONFLICT).await;
        }
        _ => return shown(Told::default(), None, StatusCode::OK).await,
    };
    match done {
        Ok(deed) => Ok(receipt(Some(id), deed, language)),
        Err(error) => {
            let told = Told::refused(error, language)?;
            shown(told, None, StatusCode::CONFLICT).await
        }
    }
}
