//! Failed attempts, counted in the database for all nodes at once: each one makes the next wait longer.
//!
//! An attempt is counted before it is tried, so that many at once count as many. The count leaks away with time, and the
//! wait never grows past a quarter of an hour: nobody is locked out for good.

use std::time::Duration;

use sha2::{Digest, Sha256};
use sqlx::{PgConnection, PgExecutor};

use crate::error::Result;
use crate::model::secret::Secret;

/// The longest wait after a failure, in seconds.
const LONGEST: f64 = 900.0;

/// How many hours after the last failure it is forgotten that there was any.
pub const HOURS: i32 = 24;

/// Whose attempts are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'a> {
    /// All attempts at the account of this e-mail address, whether there is one or not.
    Account(&'a str),
    /// All attempts from this network.
    Network(&'a str),
    /// The attempts from a browser in which the account's owner signed in before.
    Browser(&'a Secret),
}

impl Subject<'_> {
    /// How many failures cost nothing, and in how many seconds one of them is forgotten.
    const fn allowance(self) -> (f64, f64) {
        match self {
            Self::Account(_) | Self::Browser(_) => (5.0, 300.0),
            // Many people may share one.
            Self::Network(_) => (30.0, 30.0),
        }
    }

    fn digest(self) -> [u8; 32] {
        match self {
            Self::Account(email) => Sha256::digest(format!("account {email}")).into(),
            Self::Network(network) => Sha256::digest(format!("network {network}")).into(),
            Self::Browser(secret) => Sha256::digest(format!("browser {secret}")).into(),
        }
    }
}

/// Counts an attempt of each subject, or says how long the longest of their waits still is and counts nothing.
///
/// # Errors
/// The database does not answer. The caller commits.
pub async fn admit(connection: &mut PgConnection, subjects: &[Subject<'_>]) -> Result<Option<Duration>> {
    let mut longest = 0.0_f64;
    let mut counts = Vec::new();
    for &subject in subjects {
        let (free, leak) = subject.allowance();
        let (failures, elapsed) = state(&mut *connection, subject).await?;
        let failures = (failures - elapsed / leak).max(0.0);
        let wait = if failures < free {
            0.0
        } else {
            (failures - free).exp2().min(LONGEST)
        };
        longest = longest.max(wait - elapsed);
        counts.push((subject, failures + 1.0));
    }
    if longest > 0.0 {
        return Ok(Some(Duration::from_secs_f64(longest.ceil())));
    }
    for (subject, failures) in counts {
        sqlx::query!(
            "update throttle set failures = $2, last_at = instant() where subject = $1",
            &subject.digest(),
            failures,
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(None)
}

/// How many failures were counted when, in seconds ago; held until the end of the transaction, so that attempts on other
/// nodes come one after the other.
async fn state(connection: &mut PgConnection, subject: Subject<'_>) -> Result<(f64, f64)> {
    let digest = subject.digest();
    sqlx::query!(
        "insert into throttle (subject, failures, last_at) values ($1, 0, instant()) on conflict do nothing",
        &digest,
    )
    .execute(&mut *connection)
    .await?;
    let row = sqlx::query!(
        r#"select failures, greatest(0, extract(epoch from instant() - last_at))::float8 as "elapsed!"
             from throttle where subject = $1 for update"#,
        &digest,
    )
    .fetch_one(connection)
    .await?;
    Ok((row.failures, row.elapsed))
}

/// Forgets the failures of a subject: its attempt was right. A network keeps those of others.
///
/// # Errors
/// The database does not answer.
pub async fn forgive(executor: impl PgExecutor<'_>, subject: Subject<'_>) -> Result<()> {
    let all = !matches!(subject, Subject::Network(_));
    sqlx::query!(
        "update throttle set failures = case when $2 then 0 else greatest(0, failures - 1) end where subject = $1",
        &subject.digest(),
        all,
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// Forgets whoever failed last [`HOURS`] ago.
///
/// # Errors
/// The database does not answer.
pub async fn forget(executor: impl PgExecutor<'_>) -> Result<()> {
    sqlx::query!(
        "delete from throttle where last_at < instant() - make_interval(hours => $1)",
        HOURS,
    )
    .execute(executor)
    .await?;
    Ok(())
}
