//! The versions of texts as citations and feeds name them: each by the instant at which it began.

use std::collections::{HashMap, HashSet};

use sqlx::{PgConnection, PgExecutor};

use crate::error::Result;
use crate::i18n::Language;
use crate::model::history::{self, Version};
use crate::model::{Bilingual, DocumentId, Instant, said};

/// How many publications are looked at first for those that brought new words: those that leave a language's words
/// unchanged are rare.
const LOOKED_AT: i64 = 120;

/// A version of a text whose words were new in a language when it began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Whose text it is.
    pub document: DocumentId,
    /// When it began.
    pub at: Instant,
    /// The version.
    pub version: Version,
    /// The version before it; none of the first.
    pub before: Option<Version>,
}

/// The end of a text that no other text followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// Whose text it was.
    pub document: DocumentId,
    /// When it ended.
    pub at: Instant,
    /// Why, for the public.
    pub reason: Bilingual<String>,
}

/// When a publication began.
///
/// # Errors
/// The database does not answer.
pub async fn beginning(executor: impl PgExecutor<'_>, publication: i64) -> Result<Option<Instant>> {
    Ok(sqlx::query_scalar!(
        r#"select since as "at!: Instant" from site.publication where id = $1"#,
        publication
    )
    .fetch_optional(executor)
    .await?)
}

/// The newest versions of a document that brought new words to readers of a language: minor releases and those that
/// leave its words unchanged are left out (design §2).
///
/// # Errors
/// The database does not answer.
pub async fn newest_of(
    connection: &mut PgConnection,
    language: Language,
    document: DocumentId,
    at: Instant,
    limit: usize,
) -> Result<Vec<Edition>> {
    let mut versions: Vec<(Instant, Version)> = history::versions(connection, &[document])
        .await?
        .map(|(_, at, version)| (at, version))
        .collect();
    versions.sort_by_key(|(at, _)| *at);
    let editions = versions
        .iter()
        .enumerate()
        .rev()
        .filter_map(|(place, (began, version))| {
            let is_told = *began <= at && !version.minor && *version.moves.get(language);
            is_told.then(|| Edition {
                document,
                at: *began,
                version: version.clone(),
                before: place.checked_sub(1).map(|before| versions[before].1.clone()),
            })
        });
    Ok(editions.take(limit).collect())
}

/// A publication among the newest.
struct Started {
    publication: i64,
    document: DocumentId,
    at: Instant,
    before: Option<i64>,
}

/// The same of all documents.
///
/// # Errors
/// The database does not answer.
pub async fn newest(
    connection: &mut PgConnection,
    language: Language,
    at: Instant,
    limit: usize,
) -> Result<Vec<Edition>> {
    let mut found: Vec<Started> = Vec::new();
    let (mut passed, mut looked_at) = (0, LOOKED_AT);
    while found.len() < limit {
        let started = started(&mut *connection, at, passed, looked_at).await?;
        let seen = i64::try_from(started.len()).unwrap_or(looked_at);
        let moved = moved(&mut *connection, language, &started).await?;
        found.extend(started.into_iter().filter(|one| moved.contains(&one.publication)));
        if seen < looked_at {
            break;
        }
        passed += seen;
        looked_at *= 4;
    }
    found.truncate(limit);
    let documents: Vec<DocumentId> = found.iter().map(|found| found.document).collect();
    let versions: HashMap<i64, Version> = history::versions(connection, &documents)
        .await?
        .map(|(_, _, version)| (version.publication, version))
        .collect();
    let edition = |found: Started| {
        Some(Edition {
            document: found.document,
            at: found.at,
            version: versions.get(&found.publication)?.clone(),
            before: found.before.and_then(|before| versions.get(&before).cloned()),
        })
    };
    Ok(found.into_iter().filter_map(edition).collect())
}

/// So many of the publications that began last and are not minor, after those that were passed already.
async fn started(executor: impl PgExecutor<'_>, at: Instant, passed: i64, wanted: i64) -> Result<Vec<Started>> {
    Ok(sqlx::query_as!(
        Started,
        r#"select publication_id as "publication!", document_id as "document!: DocumentId", at as "at!: Instant", before
             from site.newest($1, $2, $3)"#,
        at as Instant,
        passed,
        wanted,
    )
    .fetch_all(executor)
    .await?)
}

/// Those of these publications that brought new words to readers of a language.
async fn moved(executor: impl PgExecutor<'_>, language: Language, started: &[Started]) -> Result<HashSet<i64>> {
    let ids: Vec<i64> = started.iter().map(|started| started.publication).collect();
    let moved = sqlx::query_scalar!(
        r#"select publication_id as "publication!" from site.change
            where publication_id = any($1) and case $2 when 'fr' then moves_fr else moves_en end"#,
        &ids,
        language.segment(),
    )
    .fetch_all(executor)
    .await?;
    Ok(moved.into_iter().collect())
}

/// The newest ends.
///
/// # Errors
/// The database does not answer.
pub async fn departures(executor: impl PgExecutor<'_>, at: Instant, limit: usize) -> Result<Vec<Departure>> {
    let rows = sqlx::query!(
        r#"select document_id as "document!: DocumentId", at as "at!: Instant", reason_fr as "fr!", reason_en as "en!"
             from site.withdrawal where at <= $1 order by at desc, document_id limit $2"#,
        at as Instant,
        i64::try_from(limit).unwrap_or(i64::MAX),
    )
    .fetch_all(executor)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Departure {
            document: row.document,
            at: row.at,
            reason: said::both(row.fr, row.en),
        })
        .collect())
}

/// The newest ends of one document's texts.
///
/// # Errors
/// The database does not answer.
pub async fn departures_of(
    executor: impl PgExecutor<'_>,
    document: DocumentId,
    at: Instant,
    limit: usize,
) -> Result<Vec<Departure>> {
    let rows = sqlx::query!(
        r#"select at as "at!: Instant", reason_fr as "fr!", reason_en as "en!"
             from site.withdrawal where document_id = $1 and at <= $2 order by at desc limit $3"#,
        document.number(),
        at as Instant,
        i64::try_from(limit).unwrap_or(i64::MAX),
    )
    .fetch_all(executor)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Departure {
            document,
            at: row.at,
            reason: said::both(row.fr, row.en),
        })
        .collect())
}
