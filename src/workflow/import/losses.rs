//! What an import takes away, which whoever works on an old copy may not mean to.

use sqlx::PgConnection;

use crate::error::Result;
use crate::model::{DocumentId, Text, publication, revision};

/// In sentences: the passages and the members of the live text that the new one leaves out, and whether it goes back to
/// what an earlier one said.
///
/// # Errors
/// The database does not answer.
pub async fn told(connection: &mut PgConnection, id: DocumentId, live: &Text, text: &Text) -> Result<Vec<String>> {
    let kept = |anchor| text.passage(anchor).is_some();
    let passages = live.passages.iter().filter(|passage| !kept(&passage.anchor));
    let members = live.members.iter().filter(|member| !text.members.contains(member));
    let mut told: Vec<String> = passages
        .map(|passage| format!("document {id} loses passage `{}`", passage.anchor.as_str()))
        .chain(members.map(|member| format!("document {id} lists document {member} no more")))
        .collect();
    for number in publication::published(&mut *connection, id).await? {
        if revision::read(&mut *connection, id, number).await?.says_the_same(text) {
            told.push(format!("document {id} goes back to what its revision {number} said"));
            break;
        }
    }
    Ok(told)
}
