//! The versions of texts as citations and feeds name them: each by the instant at which it began.

use std::collections::HashMap;

use sqlx::{PgConnection, PgExecutor};

use crate::error::Result;
use crate::i18n::Language;
use crate::model::history::Version;
use crate::model::{Bilingual, DocumentId, English, Instant, Slug};

/// How many publications a feed looks at for each that it lists: minor ones and those that leave a language's words
/// unchanged are rare.
const LOOKED_AT: i64 = 4;

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
        r#"select lower(period) as "at!: Instant" from site.publication where id = $1"#,
        publication
    )
    .fetch_optional(executor)
    .await?)
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
    limit: i64,
) -> Result<Vec<Edition>> {
    // The limit comes first, because only then does `site.change` compare few texts.
    let rows = sqlx::query!(
        r#"with recent as materialized (
               select p.id, p.document_id, p.version, lower(p.period) as at
                 from site.publication p
                where not p.minor and lower(p.period) <= $3 and ($2::bigint is null or p.document_id = $2)
                order by lower(p.period) desc, p.document_id limit $4)
           select r.id as "publication!", r.document_id as "document!: DocumentId", r.at as "at!: Instant",
                  b.id as "before?"
             from recent r
             join lateral (select c.publication_id, case $1 when 'fr' then c.moves_fr else c.moves_en end as moves
                             from site.change c where c.document_id = r.document_id) c
               on c.publication_id = r.id and c.moves
             left join site.publication b on b.document_id = r.document_id and b.version = r.version - 1
            order by r.at desc, r.document_id limit $5"#,
        language.segment(),
        document.map(DocumentId::number),
        at as Instant,
        limit * LOOKED_AT,
        limit,
    )
    .fetch_all(&mut *connection)
    .await?;
    let documents: Vec<i64> = rows.iter().map(|row| row.document.number()).collect();
    let begun = rows.iter().flat_map(|row| [Some(row.publication), row.before]);
    let publications: Vec<i64> = begun.flatten().collect();
    let versions = versions(connection, &documents, &publications).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Edition {
                document: row.document,
                at: row.at,
                version: versions.get(&row.publication)?.clone(),
                before: row.before.and_then(|before| versions.get(&before).cloned()),
            })
        })
        .collect())
}

/// These publications of these documents, as histories tell them.
async fn versions(
    executor: impl PgExecutor<'_>,
    documents: &[i64],
    publications: &[i64],
) -> Result<HashMap<i64, Version>> {
    let rows = sqlx::query!(
        r#"select p.id as "publication!", p.version as "version!", p.minor as "minor!", p.note_fr, p.note_en,
                  p.english as "english!: English", p.slug_fr as "slug_fr: Slug", p.slug_en as "slug_en: Slug",
                  c.moves_fr as "moves_fr!", c.moves_en as "moves_en!"
             from (select * from site.publication where document_id = any($1)) p
             join (select * from site.change where document_id = any($1)) c on c.publication_id = p.id
            where p.id = any($2)"#,
        documents,
        publications,
    )
    .fetch_all(executor)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let version = Version {
                publication: row.publication,
                number: row.version,
                minor: row.minor,
                moves: Bilingual {
                    fr: row.moves_fr,
                    en: row.moves_en,
                },
                note: row.note_fr.zip(row.note_en).map(|(fr, en)| Bilingual { fr, en }),
                english: row.english,
                slug: Bilingual {
                    fr: row.slug_fr,
                    en: row.slug_en,
                },
            };
            (row.publication, version)
        })
        .collect())
}

/// The newest ends, of one document or of all.
///
/// # Errors
/// The database does not answer.
pub async fn departures(
    executor: impl PgExecutor<'_>,
    document: Option<DocumentId>,
    at: Instant,
    limit: i64,
) -> Result<Vec<Departure>> {
    let rows = sqlx::query!(
        r#"select document_id as "document!: DocumentId", at as "at!: Instant", reason_fr as "fr!", reason_en as "en!"
             from site.withdrawal
            where at <= $2 and ($1::bigint is null or document_id = $1)
            order by at desc, document_id limit $3"#,
        document.map(DocumentId::number),
        at as Instant,
        limit,
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
