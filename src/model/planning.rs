//! Releases as the desk sees them: those ahead, those that have begun, and what was cancelled. For the desk's role alone.

use std::collections::HashMap;

use jiff::civil::DateTime;
use sqlx::{PgConnection, PgExecutor};

use crate::error::Result;
use crate::model::{Bilingual, DocumentId, Instant, Said, Withdrawn, said};

/// One deed at one instant, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its number.
    pub id: i64,
    /// When it happens, or happened.
    pub at: Instant,
    /// When it was decided.
    pub taken_at: Instant,
    /// The date and time of Québec that was asked for, where it was put ahead.
    pub local_time: Option<DateTime>,
    /// What colleagues call who decided.
    pub name: String,
    /// Why nobody else looked at it first.
    pub override_reason: Option<Said>,
    /// When it was cancelled.
    pub cancelled_at: Option<Instant>,
    /// What colleagues call who cancelled it.
    pub cancelled_by: Option<String>,
    /// What it does to which document.
    pub changes: Vec<Change>,
}

/// What a release does to one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whose text begins or ends.
    pub document: DocumentId,
    /// What it is.
    pub deed: Deed,
}

/// What happens to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// A revision takes effect.
    Begins {
        /// Its number.
        number: i32,
        /// What it changes, in public words.
        note: Option<Bilingual<String>>,
        /// Whether it moves no public date.
        minor: bool,
        /// Until when it is in effect, where that is known.
        until: Option<Instant>,
    },
    /// A text leaves.
    Ends {
        /// How.
        kind: Withdrawn,
        /// Why, for the public.
        reason: Bilingual<String>,
        /// What takes its place.
        successor: Option<DocumentId>,
    },
}

/// The releases still ahead, the next first.
///
/// # Errors
/// The database does not answer.
pub async fn ahead(connection: &mut PgConnection) -> Result<Vec<Release>> {
    let ids = sqlx::query_scalar!(
        "select id from release where cancelled_at is null and at > (select instant()) order by at, id limit 500"
    )
    .fetch_all(&mut *connection)
    .await?;
    whole(connection, &ids).await
}

/// The releases that have begun, the last first, from before another on, at most `limit` of them.
///
/// # Errors
/// The database does not answer.
pub async fn begun(connection: &mut PgConnection, before: Option<i64>, limit: i64) -> Result<Vec<Release>> {
    let ids = sqlx::query_scalar!(
        "select r.id from release r left join release b on b.id = $1
          where r.cancelled_at is null and r.at <= (select instant()) and (b.id is null or (r.at, r.id) < (b.at, b.id))
          order by r.at desc, r.id desc limit $2",
        before,
        limit,
    )
    .fetch_all(&mut *connection)
    .await?;
    whole(connection, &ids).await
}

/// The releases of a document that were cancelled, the last first, at most `limit` of them; without those that were made anew
/// for the same instant, with what a correction made of their texts.
///
/// # Errors
/// The database does not answer.
pub async fn cancelled(connection: &mut PgConnection, document: DocumentId, limit: usize) -> Result<Vec<Release>> {
    let ids = sqlx::query_scalar!(
        "select id from release
          where cancelled_at is not null
            and not exists (select from release n
                             where n.taken_at = release.cancelled_at and n.at = release.at and n.id > release.id
                               and n.id in (select release_id from publication where document_id = $1))
            and id in (select release_id from publication where document_id = $1
                       union all select release_id from withdrawal where document_id = $1)
          order by cancelled_at desc, id desc limit $2",
        document.number(),
        i64::try_from(limit).unwrap_or(i64::MAX),
    )
    .fetch_all(&mut *connection)
    .await?;
    whole(connection, &ids).await
}

/// The documents that each of these releases changes.
///
/// # Errors
/// The database does not answer.
pub async fn documents(executor: impl PgExecutor<'_>, releases: &[i64]) -> Result<HashMap<i64, Vec<DocumentId>>> {
    let changes = changes(executor, releases).await?;
    let documents = |changes: Vec<Change>| changes.into_iter().map(|change| change.document).collect();
    Ok(changes
        .into_iter()
        .map(|(release, changes)| (release, documents(changes)))
        .collect())
}

/// One release; none where there is no such release.
///
/// # Errors
/// The database does not answer.
pub async fn one(connection: &mut PgConnection, id: i64) -> Result<Option<Release>> {
    Ok(whole(connection, &[id]).await?.pop())
}

/// These releases, in this order.
async fn whole(connection: &mut PgConnection, ids: &[i64]) -> Result<Vec<Release>> {
    let mut changes = changes(&mut *connection, ids).await?;
    let rows = sqlx::query!(
        r#"select r.id, r.at as "at: Instant", r.taken_at as "taken_at: Instant",
                  to_char(r.local_time, 'YYYY-MM-DD"T"HH24:MI:SS') as local_time, a.name,
                  r.override_reason as "override_reason: Said",
                  r.cancelled_at as "cancelled_at: Instant", c.name as "cancelled_by?"
             from release r join account a on a.id = r.author
             left join journal j on j.release_id = r.id and j.deed = 'cancel'
             left join account c on c.id = j.account_id
            where r.id = any($1)
            order by array_position($1, r.id)"#,
        ids,
    )
    .fetch_all(connection)
    .await?;
    let release = rows.into_iter().map(|row| Release {
        id: row.id,
        at: row.at,
        taken_at: row.taken_at,
        local_time: row.local_time.and_then(|local| local.parse().ok()),
        name: row.name,
        override_reason: row.override_reason,
        cancelled_at: row.cancelled_at,
        cancelled_by: row.cancelled_by,
        changes: changes.remove(&row.id).unwrap_or_default(),
    });
    Ok(release.collect())
}

/// What these releases do, by release.
async fn changes(executor: impl PgExecutor<'_>, ids: &[i64]) -> Result<HashMap<i64, Vec<Change>>> {
    let rows = sqlx::query!(
        r#"select c.release_id as "release!", c.document_id as "document!: DocumentId", c.number, c.note_fr, c.note_en,
                  c.minor, c.until as "until: Instant", c.kind as "kind: Withdrawn", c.successor_id as "successor: DocumentId"
             from (select release_id, document_id, number, note_fr, note_en, minor, upper(period) as until,
                          null as kind, null::bigint as successor_id
                     from publication
                   union all
                   select release_id, document_id, null, reason_fr, reason_en, false, null, kind, successor_id
                     from withdrawal) c
            where c.release_id = any($1) order by c.document_id"#,
        ids,
    )
    .fetch_all(executor)
    .await?;
    let mut found: HashMap<i64, Vec<Change>> = HashMap::new();
    for row in rows {
        let words = row.note_fr.zip(row.note_en).map(|(fr, en)| said::both(fr, en));
        let deed = match (row.number, row.kind) {
            (Some(number), _) => Deed::Begins {
                number,
                note: words,
                minor: row.minor.unwrap_or_default(),
                until: row.until,
            },
            (None, Some(kind)) => Deed::Ends {
                kind,
                reason: words.unwrap_or_default(),
                successor: row.successor,
            },
            (None, None) => continue,
        };
        let document = row.document;
        found.entry(row.release).or_default().push(Change { document, deed });
    }
    Ok(found)
}
