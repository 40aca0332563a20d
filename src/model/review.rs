//! The way of a revision to the public: what was asked of whom, and what they answered.

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{AccountId, DocumentId, Instant, Said, words};

words! {
    /// One step of it.
    Step {
        /// Somebody asked for approval.
        Submitted = "submitted",
        /// Somebody approved.
        Approved = "approved",
        /// Somebody gave it back with a remark.
        Returned = "returned",
        /// Its author took it back.
        TakenBack = "taken-back",
    }
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Which revision.
    pub number: i32,
    /// Which step.
    pub step: Step,
    /// Who took it.
    pub account: AccountId,
    /// What colleagues call them.
    pub name: String,
    /// When.
    pub at: Instant,
    /// What they said.
    pub remark: Option<Said>,
}

/// Takes a step for a revision, bound to its digest.
///
/// # Errors
/// Refused where a return has no remark, or a remark is too long.
pub async fn take(
    executor: impl PgExecutor<'_>,
    document: DocumentId,
    number: i32,
    step: Step,
    account: AccountId,
    remark: Option<&str>,
) -> Result<()> {
    sqlx::query!(
        "insert into review (document_id, number, digest, step, account_id, remark)
         select document_id, number, digest, $3, $4, $5 from revision where document_id = $1 and number = $2",
        document.number(),
        number,
        step.word(),
        account.number(),
        remark,
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// All steps of a document's revisions, in order.
///
/// # Errors
/// The database does not answer.
pub async fn of(executor: impl PgExecutor<'_>, document: DocumentId) -> Result<Vec<Review>> {
    Ok(sqlx::query_as!(
        Review,
        r#"select v.number, v.step as "step: Step", v.account_id as "account: AccountId", a.name,
                  v.at as "at: Instant", v.remark as "remark: Said"
             from review v join account a on a.id = v.account_id where v.document_id = $1 order by v.id"#,
        document.number(),
    )
    .fetch_all(executor)
    .await?)
}
