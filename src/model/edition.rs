//! The versions of texts as citations and feeds name them: each by the instant at which it began.

use std::collections::HashMap;

use sqlx::{PgConnection, PgExecutor};

use crate::error::Result;
use crate::i18n::Language;
use crate::model::history::{self, Version};
use crate::model::{Bilingual, DocumentId, Instant};

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

/// A publication among the newest, and whether it brought new words.
struct Looked {
    publication: i64,
    document: DocumentId,
    at: Instant,
    before: Option<i64>,
    moves: bool,
}

/// The newest versions, of one document or of all, that brought new words to readers of a language: minor releases and
/// those that leave its words unchanged are left out (design §2).
///
/// # Errors
/// The database does not answer.
pub async fn newest(
    connection: &mut PgConnection,
    language: Language,
    document: Option<DocumentId>,
    at: Instant,
    limit: usize,
) -> Result<Vec<Edition>> {
    let mut found: Vec<Looked> = Vec::new();
    let (mut passed, mut looked_at) = (0, LOOKED_AT);
    while found.len() < limit {
        let looked = look(&mut *connection, language, document, at, passed, looked_at).await?;
        let seen = i64::try_from(looked.len()).unwrap_or(looked_at);
        found.extend(looked.into_iter().filter(|looked| looked.moves));
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
    Ok(found
        .into_iter()
        .filter_map(|found| {
            Some(Edition {
                document: found.document,
                at: found.at,
                version: versions.get(&found.publication)?.clone(),
                before: found.before.and_then(|before| versions.get(&before).cloned()),
            })
        })
        .collect())
}

/// Looks at so many of the newest publications that are not minor, after those that were passed already. The limit comes
/// first, because only then does `site.change` compare few texts.
async fn look(
    executor: impl PgExecutor<'_>,
    language: Language,
    document: Option<DocumentId>,
    at: Instant,
    passed: i64,
    limit: i64,
) -> Result<Vec<Looked>> {
    Ok(sqlx::query_as!(
        Looked,
        r#"with recent as materialized (
               select p.id, p.document_id, p.version, p.since as at
                 from site.publication p
                where not p.minor and p.since <= $3 and ($2::bigint is null or p.document_id = $2)
                order by p.since desc, p.document_id limit $4 offset $5)
           select r.id as "publication!", r.document_id as "document!: DocumentId", r.at as "at!: Instant",
                  b.id as "before?", c.moves as "moves!"
             from recent r
             join lateral (select c.publication_id, case $1 when 'fr' then c.moves_fr else c.moves_en end as moves
                             from site.change c where c.document_id = r.document_id) c
               on c.publication_id = r.id
             left join site.publication b on b.document_id = r.document_id and b.version = r.version - 1
            order by r.at desc, r.document_id"#,
        language.segment(),
        document.map(DocumentId::number),
        at as Instant,
        limit,
        passed,
    )
    .fetch_all(executor)
    .await?)
}

/// The newest ends, of one document or of all.
///
/// # Errors
/// The database does not answer.
pub async fn departures(
    executor: impl PgExecutor<'_>,
    document: Option<DocumentId>,
    at: Instant,
    limit: usize,
) -> Result<Vec<Departure>> {
    let rows = sqlx::query!(
        r#"select document_id as "document!: DocumentId", at as "at!: Instant", reason_fr as "fr!", reason_en as "en!"
             from site.withdrawal
            where at <= $2 and ($1::bigint is null or document_id = $1)
            order by at desc, document_id limit $3"#,
        document.map(DocumentId::number),
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
            reason: Bilingual { fr: row.fr, en: row.en },
        })
        .collect())
}
