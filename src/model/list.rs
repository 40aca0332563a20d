//! The members of a list, and which of them its readers saw.

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{DocumentId, Instant};

/// A member that a list's publication puts in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// Whose text it is.
    pub member: DocumentId,
    /// Whether that text was in effect when the list's publication was last read.
    pub shown: bool,
}

/// The members that a list's publication puts in order, each with whether it showed at the publication's last instant, which
/// is `at` for one that has not ended by then; those that have not begun left out.
///
/// # Errors
/// The database does not answer.
pub async fn members(executor: impl PgExecutor<'_>, publication: i64, at: Instant) -> Result<Vec<Listed>> {
    Ok(sqlx::query_as!(
        Listed,
        r#"select i.member_id as "member!: DocumentId",
                  exists (select from site.publication m
                           where m.document_id = i.member_id and m.since <= last.instant
                             and (upper(m.period) is null or upper(m.period) > last.instant)) as "shown!"
             from site.list_item i
             join site.publication p on p.id = i.publication_id
            cross join lateral (
                  select least($2, upper(p.period) - interval '1 microsecond') as instant) last
            where i.publication_id = $1 order by i.position"#,
        publication,
        at as Instant,
    )
    .fetch_all(executor)
    .await?)
}
