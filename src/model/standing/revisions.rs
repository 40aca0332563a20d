//! Every revision of a document, for those who work on it.

use std::collections::HashMap;

use sqlx::{PgConnection, PgExecutor};

use crate::error::Result;
use crate::model::review::{self, Review};
use crate::model::{DocumentId, Instant, Said};

/// One save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its number.
    pub number: i32,
    /// The revision that it was made from.
    pub parent: Option<i32>,
    /// The other one, where two were brought together.
    pub merged_parent: Option<i32>,
    /// Whether it corrects the text in effect, beside what was drafted or scheduled then.
    pub is_correction: bool,
    /// The draft that was abandoned for the parent, which it repeats.
    pub abandons: Option<i32>,
    /// What colleagues call who saved it.
    pub name: String,
    /// When.
    pub saved_at: Instant,
    /// What they remarked.
    pub remark: Option<Said>,
    /// When it was, is or will be in effect: from, until where that is known.
    pub periods: Vec<(Instant, Option<Instant>)>,
    /// The steps of its way to the public, in order.
    pub reviews: Vec<Review>,
}

/// The revisions of a document, the newest first.
///
/// # Errors
/// The database does not answer.
pub async fn revisions(connection: &mut PgConnection, document: DocumentId) -> Result<Vec<Saved>> {
    let mut periods = periods(&mut *connection, document).await?;
    let mut reviews: HashMap<i32, Vec<Review>> = HashMap::new();
    for review in review::of(&mut *connection, document).await? {
        reviews.entry(review.number).or_default().push(review);
    }
    let rows = sqlx::query!(
        r#"select r.number, r.parent, r.merged_parent, r.correction, r.abandons, a.name, r.created_at as "saved_at: Instant",
                  r.remark as "remark: Said"
             from revision r join account a on a.id = r.author where r.document_id = $1 order by r.number desc"#,
        document.number(),
    )
    .fetch_all(connection)
    .await?;
    let saved = rows.into_iter().map(|row| Saved {
        number: row.number,
        parent: row.parent,
        merged_parent: row.merged_parent,
        is_correction: row.correction,
        abandons: row.abandons,
        name: row.name,
        saved_at: row.saved_at,
        remark: row.remark,
        periods: periods.remove(&row.number).unwrap_or_default(),
        reviews: reviews.remove(&row.number).unwrap_or_default(),
    });
    Ok(saved.collect())
}

async fn periods(
    executor: impl PgExecutor<'_>,
    document: DocumentId,
) -> Result<HashMap<i32, Vec<(Instant, Option<Instant>)>>> {
    let rows = sqlx::query!(
        r#"select number, lower(period) as "from!: Instant", upper(period) as "until: Instant"
             from publication where document_id = $1 and cancelled_at is null order by lower(period)"#,
        document.number(),
    )
    .fetch_all(executor)
    .await?;
    let mut periods: HashMap<i32, Vec<_>> = HashMap::new();
    for row in rows {
        periods.entry(row.number).or_default().push((row.from, row.until));
    }
    Ok(periods)
}
