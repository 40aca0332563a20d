//! How two revisions go together, and what only a person can say of it.

use sqlx::PgConnection;

use crate::error::{Denied, Error, Result};
use crate::model::lineage::Lineage;
use crate::model::{DocumentId, revision};
use crate::text::merge::{self, Base, Merge};

/// Two revisions that a person must bring together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What others saved.
    pub theirs: i32,
    /// What one saved oneself.
    pub mine: i32,
    /// What they have in common, and what is asked.
    pub merge: Merge,
}

/// Brings two revisions together as far as no person is needed.
///
/// # Errors
/// [`Denied::State`] where they have nothing in common, or one of them is unknown.
pub async fn question(
    connection: &mut PgConnection,
    document: DocumentId,
    lineage: &Lineage,
    [mine, theirs]: [i32; 2],
) -> Result<Question> {
    let base = base(connection, document, lineage, &[mine], theirs).await?;
    let their_text = revision::read(&mut *connection, document, theirs).await?;
    let my_text = revision::read(&mut *connection, document, mine).await?;
    Ok(Question {
        theirs,
        mine,
        merge: merge::merge(base, &their_text, &my_text),
    })
}

/// What revisions, brought together, and another go on from: mostly one text, else several that each side had brought
/// together for itself.
async fn base(
    connection: &mut PgConnection,
    document: DocumentId,
    lineage: &Lineage,
    ones: &[i32],
    other: i32,
) -> Result<Base> {
    let common = lineage.bases(ones, other);
    let (first, rest) = common.split_first().ok_or(Error::Denied(Denied::State))?;
    let mut whole = Base::from(&revision::read(&mut *connection, document, *first).await?);
    for (place, number) in (1..).zip(rest) {
        let before = Box::pin(base(&mut *connection, document, lineage, &common[..place], *number)).await?;
        let text = revision::read(&mut *connection, document, *number).await?;
        whole = whole.with(before, &text);
    }
    Ok(whole)
}
