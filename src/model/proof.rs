//! Whether the record is what was sealed: every digest, computed again.

use sqlx::PgConnection;

use crate::error::Result;

/// What was computed again, and what came of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Proof {
    /// How many revisions there are.
    pub revisions: i64,
    /// How many passages with words there are: a trace of words that the law removed counts in its revision's digest.
    pub passages: i64,
    /// The revisions that are not what was sealed, by document and number.
    pub wrong: Vec<(i64, i32)>,
}

/// Computes every digest again. Only the owner of the database may call the functions that do.
///
/// # Errors
/// The database does not answer.
pub async fn check(connection: &mut PgConnection) -> Result<Proof> {
    let counted = sqlx::query!(
        r#"select (select count(*) from revision) as "revisions!",
                  (select count(*) from passage where salt is not null) as "passages!""#
    )
    .fetch_one(&mut *connection)
    .await?;
    let wrong = sqlx::query!(
        r#"select r.document_id as "document!", r.number as "number!" from revision r
            where r.digest is distinct from revision_digest(r.document_id, r.number)
            union
           select p.document_id, p.number from passage p
            where p.salt is not null and p.digest <> passage_digest(p.salt, p.part, p.anchor, p.fr, p.en)
            order by 1, 2"#
    )
    .fetch_all(connection)
    .await?;
    Ok(Proof {
        revisions: counted.revisions,
        passages: counted.passages,
        wrong: wrong.into_iter().map(|row| (row.document, row.number)).collect(),
    })
}
