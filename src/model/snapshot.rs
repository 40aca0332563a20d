//! One moment of the database, at which everything of a page is read.

use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use super::announcement::Position;
use super::{DocumentId, Instant, When, subjects};
use crate::error::Result;

/// How a snapshot begins.
const BEGIN: &str = "begin isolation level repeatable read read only";

/// One moment of the database, read whole: no page mixes two releases.
#[derive(Debug)]
pub struct Snapshot {
    transaction: Transaction<'static, Postgres>,
    /// The database's clock when the snapshot was taken.
    pub now: Instant,
    /// The instant to read at: now, or an earlier one that the reader asked for.
    pub at: Instant,
    /// How the reader named that instant.
    pub when: When,
    /// When it was asked for, by a clock that measures patience.
    taken: std::time::Instant,
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        subjects::read_for(self.taken.elapsed());
    }
}

impl Snapshot {
    /// Takes a snapshot and the database's instant.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn take(pool: &PgPool) -> Result<Self> {
        let taken = std::time::Instant::now();
        let mut transaction = pool.begin_with(BEGIN).await?;
        let now = sqlx::query_scalar!(r#"select instant() as "at!: Instant""#)
            .fetch_one(&mut *transaction)
            .await?;
        Ok(Self::of(transaction, now, taken))
    }

    /// Takes a snapshot of a copy of the database, if it holds all that was announced up to a position.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn take_if_it_holds(pool: &PgPool, position: &Position) -> Result<Option<Self>> {
        let taken = std::time::Instant::now();
        let mut transaction = pool.begin_with(BEGIN).await?;
        let told = sqlx::query!(
            r#"select instant() as "now!: Instant", site.holds_announcement($1, $2) as "holds!""#,
            position.number,
            position.token,
        )
        .fetch_one(&mut *transaction)
        .await?;
        Ok(told.holds.then(|| Self::of(transaction, told.now, taken)))
    }

    fn of(transaction: Transaction<'static, Postgres>, now: Instant, taken: std::time::Instant) -> Self {
        subjects::read_at(now);
        Self {
            transaction,
            now,
            at: now,
            when: When::Now,
            taken,
        }
    }

    /// Reads from here on what was shown at `at`, or now should that be ahead.
    pub fn turn_back(&mut self, when: When, at: Instant) {
        self.when = when;
        self.at = at.min(self.now);
    }

    /// Notes that what is made out of this snapshot shows these documents, and dies with their next change.
    pub fn shows(&mut self, documents: &[DocumentId]) {
        subjects::shows(documents);
    }

    /// Notes that what is made out of this snapshot dies with any change.
    pub fn shows_everything(&mut self) {
        subjects::shows_everything();
    }

    /// Where to read.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.transaction
    }
}
