//! Releases as the desk plans, moves and cancels them.

use jiff::civil::DateTime;
use sqlx::PgConnection;

use crate::error::Result;
use crate::model::{AccountId, Bilingual, DocumentId, Instant, Withdrawn};

/// What one release starts and ends, all together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// When.
    pub at: Instant,
    /// The date and time of Québec that was asked for, where it was scheduled.
    pub local: Option<DateTime>,
    /// Why texts go out that nobody approved.
    pub emergency: Option<String>,
    /// The texts that start.
    pub starts: Vec<Start>,
    /// The texts that end without another.
    pub ends: Vec<End>,
}

/// A text that a release starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// Whose text.
    pub document: DocumentId,
    /// Which of its revisions.
    pub number: i32,
    /// What the public is told of it.
    pub note: Option<Bilingual<String>>,
    /// Whether it moves no public date.
    pub minor: bool,
}

/// A text that a release ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Whose text.
    pub document: DocumentId,
    /// How it leaves.
    pub kind: Withdrawn,
    /// Why, for the public.
    pub reason: Bilingual<String>,
    /// What takes its place.
    pub successor: Option<DocumentId>,
}

impl Plan {
    /// A plan for an instant, without anything yet.
    #[must_use]
    pub const fn at(at: Instant) -> Self {
        Self {
            at,
            local: None,
            emergency: None,
            starts: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// The documents that it touches.
    #[must_use]
    pub fn documents(&self) -> Vec<DocumentId> {
        let starts = self.starts.iter().map(|start| start.document);
        starts.chain(self.ends.iter().map(|end| end.document)).collect()
    }
}

/// Makes a release of a plan, in a deed that took its instant at `taken`: what each text follows ends where it starts.
///
/// # Errors
/// The database refuses by name what may not be published or withdrawn.
pub async fn make(connection: &mut PgConnection, taken: Instant, author: AccountId, plan: &Plan) -> Result<i64> {
    let release = sqlx::query_scalar!(
        "insert into release (at, taken_at, local_time, author, override_reason)
         values ($1, $2, $3::text::timestamp, $4, $5) returning id",
        plan.at as Instant,
        taken as Instant,
        plan.local.map(|local| local.to_string()),
        author.number(),
        plan.emergency,
    )
    .fetch_one(&mut *connection)
    .await?;
    let_texts_overlap(connection).await?;
    for start in &plan.starts {
        sqlx::query!(
            "insert into publication (document_id, number, period, release_id, note_fr, note_en, minor)
             values ($1, $2, tstzrange($3, null), $4, $5, $6, $7)",
            start.document.number(),
            start.number,
            plan.at as Instant,
            release,
            start.note.as_ref().map(|note| note.fr.as_str()),
            start.note.as_ref().map(|note| note.en.as_str()),
            start.minor,
        )
        .execute(&mut *connection)
        .await?;
    }
    for end in &plan.ends {
        sqlx::query!(
            "insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en, successor_id)
             values ($1, $2, $3, $4, $5, $6)",
            end.document.number(),
            release,
            end.kind.word(),
            end.reason.fr,
            end.reason.en,
            end.successor.map(DocumentId::number),
        )
        .execute(&mut *connection)
        .await?;
    }
    settle(connection, &plan.documents()).await?;
    Ok(release)
}

/// Reads the plan of a release that is still ahead.
///
/// # Errors
/// The database does not answer.
pub async fn ahead(connection: &mut PgConnection, release: i64) -> Result<Option<Plan>> {
    let row = sqlx::query!(
        r#"select at as "at: Instant", local_time::text as local, override_reason from release
            where id = $1 and cancelled_at is null and at > instant()"#,
        release,
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let starts = sqlx::query!(
        r#"select document_id as "document: DocumentId", number, note_fr, note_en, minor
             from publication where release_id = $1 order by document_id"#,
        release,
    )
    .fetch_all(&mut *connection)
    .await?;
    let ends = sqlx::query!(
        r#"select document_id as "document: DocumentId", kind as "kind: Withdrawn", reason_fr, reason_en,
                  successor_id as "successor: DocumentId"
             from withdrawal where release_id = $1 order by document_id"#,
        release,
    )
    .fetch_all(connection)
    .await?;
    let starts = starts.into_iter().map(|start| Start {
        document: start.document,
        number: start.number,
        note: start.note_fr.zip(start.note_en).map(|(fr, en)| Bilingual { fr, en }),
        minor: start.minor,
    });
    let ends = ends.into_iter().map(|end| End {
        document: end.document,
        kind: end.kind,
        reason: Bilingual {
            fr: end.reason_fr,
            en: end.reason_en,
        },
        successor: end.successor,
    });
    Ok(Some(Plan {
        at: row.at,
        // PostgreSQL writes a space where ISO 8601 has a T.
        local: row.local.and_then(|local| local.replace(' ', "T").parse().ok()),
        emergency: row.override_reason,
        starts: starts.collect(),
        ends: ends.collect(),
    }))
}

/// Moves a release that is still ahead, with all that it does, to another instant.
///
/// # Errors
/// The database refuses by name what has begun, and an order of texts that may not be.
pub async fn shift(
    connection: &mut PgConnection,
    release: i64,
    plan: &Plan,
    at: Instant,
    local: Option<DateTime>,
) -> Result<()> {
    let_texts_overlap(connection).await?;
    sqlx::query!(
        "update release set at = $2, local_time = $3::text::timestamp where id = $1",
        release,
        at as Instant,
        local.map(|local| local.to_string()),
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update publication set period = tstzrange($2, null) where release_id = $1",
        release,
        at as Instant,
    )
    .execute(&mut *connection)
    .await?;
    settle(connection, &plan.documents()).await
}

/// Cancels a release that is still ahead, with all that it does, at the deed's instant.
///
/// # Errors
/// The database refuses by name what has begun.
pub async fn cancel(connection: &mut PgConnection, release: i64, plan: &Plan, taken: Instant) -> Result<()> {
    let_texts_overlap(connection).await?;
    sqlx::query!(
        "with ended as (update publication set cancelled_at = $2 where release_id = $1),
              kept as (update withdrawal set cancelled_at = $2 where release_id = $1)
         update release set cancelled_at = $2 where id = $1",
        release,
        taken as Instant,
    )
    .execute(&mut *connection)
    .await?;
    settle(connection, &plan.documents()).await
}

/// Until each predecessor is settled, two texts overlap.
async fn let_texts_overlap(connection: &mut PgConnection) -> Result<()> {
    sqlx::query!("set constraints publication_one_text_at_a_time deferred")
        .execute(connection)
        .await?;
    Ok(())
}

/// Moves the ends still ahead of these documents' texts to what now follows them.
async fn settle(connection: &mut PgConnection, documents: &[DocumentId]) -> Result<()> {
    for document in documents {
        sqlx::query!("select settle($1)", document.number())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
