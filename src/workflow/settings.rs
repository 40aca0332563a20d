//! What an administrator decides for everybody.

use sqlx::PgPool;

use crate::error::Result;
use crate::model::journal::{Deed, FormId, Subject};
use crate::model::setting;
use crate::workflow::deed::{Actor, Done, begin};
use crate::workflow::transitions;

/// How the journal says that something is set.
pub const ON: &str = "on";

/// How the journal says that something is not set.
const OFF: &str = "off";

/// Decides whether whoever wrote a text does not approve it.
///
/// # Errors
/// [`crate::error::Denied::Role`] for anybody but an administrator.
pub async fn set_four_eyes(desk: &PgPool, actor: &Actor, form: Option<FormId>, four_eyes: bool) -> Result<Done<()>> {
    transitions::check_role(Deed::SetFourEyes, actor.role)?;
    let mut work = begin!(desk, actor, form);
    setting::set_four_eyes(work.connection(), four_eyes).await?;
    let subject = Subject {
        detail: Some(if four_eyes { ON } else { OFF }.to_owned()),
        ..Subject::default()
    };
    work.end(Deed::SetFourEyes, &subject).await?;
    Ok(Done::Now(()))
}
