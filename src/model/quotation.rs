//! Where to look for a quotation. Its words reach the database as parameters and no log.

use std::collections::HashMap;

use sqlx::PgExecutor;

use crate::error::Result;
use crate::i18n::Language;
use crate::model::{DocumentId, English, Instant};

/// The longest quotation that is checked, in characters.
pub const LONGEST: usize = 2_000;

/// A version of a document, and when it was in effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotedVersion {
    /// The publication, by which its passages are found.
    pub publication: i64,
    /// Whose text it is.
    pub document: DocumentId,
    /// Its rank among those begun.
    pub number: i64,
    /// Since when.
    pub from: Instant,
    /// Until when, if it has ended.
    pub until: Option<Instant>,
    /// What is declared of its English.
    pub english: English,
    /// The same for all versions of the document that say the same in the language asked for; none for no words.
    pub wording: Option<i64>,
}

/// A passage of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// The publication, by which its words are found.
    pub publication: i64,
    /// Whose text it is.
    pub document: DocumentId,
    /// Its anchor.
    pub anchor: String,
}

/// The documents of which a version that has begun may hold a quotation, the likeliest first: it has some of these rows
/// of words.
///
/// # Errors
/// The database does not answer.
pub async fn candidates(
    executor: impl PgExecutor<'_>,
    language: Language,
    sequences: &[String],
) -> Result<Vec<DocumentId>> {
    Ok(sqlx::query_scalar!(
        r#"select document as "document!: DocumentId" from site.quoted_in($1, $2) as document"#,
        language.segment(),
        sequences,
    )
    .fetch_all(executor)
    .await?)
}

/// The versions of these documents, each document's in order, with their wordings in a language.
///
/// # Errors
/// The database does not answer.
pub async fn versions(
    executor: impl PgExecutor<'_>,
    language: Language,
    documents: &[DocumentId],
) -> Result<HashMap<DocumentId, Vec<QuotedVersion>>> {
    let ids: Vec<i64> = documents.iter().map(|document| document.number()).collect();
    let rows = sqlx::query_as!(
        QuotedVersion,
        // Every version is here: ranks are counted once for all, not for each.
        r#"select p.id as "publication!", p.document_id as "document!: DocumentId",
                  row_number() over (partition by p.document_id order by p.since) as "number!",
                  p.since as "from!: Instant", upper(p.period) as "until: Instant", p.english as "english!: English",
                  w.wording
             from (select * from site.publication where document_id = any($1)) p
             join site.wordings($1, $2) w on w.publication_id = p.id
            order by p.since"#,
        &ids,
        language.segment(),
    )
    .fetch_all(executor)
    .await?;
    let mut versions: HashMap<DocumentId, Vec<QuotedVersion>> = HashMap::new();
    for row in rows {
        versions.entry(row.document).or_default().push(row);
    }
    Ok(versions)
}

/// The published passages that are most like a quotation, the likest first.
///
/// # Errors
/// The database does not answer.
pub async fn nearest(executor: impl PgExecutor<'_>, language: Language, quotation: &str) -> Result<Vec<Near>> {
    Ok(sqlx::query_as!(
        Near,
        r#"select publication_id as "publication!", document_id as "document!: DocumentId", anchor as "anchor!"
             from site.nearest_passages($1, $2)"#,
        language.segment(),
        quotation,
    )
    .fetch_all(executor)
    .await?)
}

/// Since when the record exists: its first start of all.
///
/// # Errors
/// The database does not answer.
pub async fn beginning(executor: impl PgExecutor<'_>) -> Result<Option<Instant>> {
    Ok(sqlx::query_scalar!(r#"select site.beginning() as "first: Instant""#)
        .fetch_one(executor)
        .await?)
}
