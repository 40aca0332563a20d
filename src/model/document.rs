//! What the institution publishes about, with a permanent number.

use std::fmt;

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{Instant, words};

/// The permanent number of a document, shown in `/d/{number}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type, serde::Deserialize)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct DocumentId(i64);

impl DocumentId {
    /// The number itself.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl From<i64> for DocumentId {
    fn from(number: i64) -> Self {
        Self(number)
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

words! {
    /// What a document is about.
    Kind {
        /// The institution itself: its name.
        Institution = "institution",
        /// The mission, the vision.
        Statement = "statement",
        /// One responsibility.
        Mandate = "mandate",
        /// An introduction and an order: the mandates, the representatives.
        List = "list",
        /// A person who represents the institution.
        Representative = "representative",
        /// A page of text: accessibility, contact, Charter notice …
        Page = "page",
    }
}

/// The keys of documents that the program knows by name.
pub mod key {
    /// The institution's name.
    pub const INSTITUTION: &str = "institution";
    /// The mission.
    pub const MISSION: &str = "mission";
    /// The vision.
    pub const VISION: &str = "vision";
    /// The list of mandates.
    pub const MANDATES: &str = "mandates";
    /// The list of representatives.
    pub const REPRESENTATIVES: &str = "representatives";
    /// The notice of English pages (Q12).
    pub const CHARTER: &str = "charter";
    /// How to reach the institution and report a problem.
    pub const CONTACT: &str = "contact";
    /// What is recorded of readers and staff, and how long it is kept.
    pub const PRIVACY: &str = "privacy";

    /// The kind of the document that the program expects under a name that it knows; pages may have other names.
    #[must_use]
    pub fn kind(key: &str) -> Option<super::Kind> {
        match key {
            INSTITUTION => Some(super::Kind::Institution),
            MISSION | VISION => Some(super::Kind::Statement),
            MANDATES | REPRESENTATIVES => Some(super::Kind::List),
            CHARTER | CONTACT | PRIVACY => Some(super::Kind::Page),
            _ => None,
        }
    }
}

/// A document as the database keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its permanent number.
    pub id: DocumentId,
    /// What it is about.
    pub kind: Kind,
    /// The name by which the program knows it.
    pub key: Option<String>,
}

/// Adds a document under a number of the caller's choice, and keeps later numbers above it.
///
/// # Errors
/// The database refuses a number or a key that is taken.
pub async fn insert(executor: impl PgExecutor<'_>, document: &Document) -> Result<()> {
    sqlx::query!(
        // Numbers drawn meanwhile stay drawn: the sequence is only ever raised.
        "with added as (insert into document (id, kind, key) values ($1, $2, $3) returning id)
         select case when nextval(numbers) < id then setval(numbers, id) end as raised
           from added, pg_get_serial_sequence('document', 'id') as numbers",
        document.id.number(),
        document.kind.word(),
        document.key,
    )
    .fetch_one(executor)
    .await?;
    Ok(())
}

/// Makes a document under the next number.
///
/// # Errors
/// The database refuses a kind that has a name known to the program.
pub async fn create(executor: impl PgExecutor<'_>, kind: Kind) -> Result<DocumentId> {
    Ok(sqlx::query_scalar!(
        r#"insert into document (kind) values ($1) returning id as "id: DocumentId""#,
        kind.word(),
    )
    .fetch_one(executor)
    .await?)
}

/// One document, drafts included: for the desk's role alone.
///
/// # Errors
/// The database does not answer.
pub async fn one(executor: impl PgExecutor<'_>, id: DocumentId) -> Result<Option<Document>> {
    Ok(sqlx::query_as!(
        Document,
        r#"select id as "id: DocumentId", kind as "kind: Kind", key from document where id = $1"#,
        id.number(),
    )
    .fetch_optional(executor)
    .await?)
}

/// The documents whose page answers at an instant, by what is planned so far, withdrawn ones included: for the desk's role
/// alone.
///
/// # Errors
/// The database does not answer.
pub async fn answering(executor: impl PgExecutor<'_>, at: Instant) -> Result<Vec<DocumentId>> {
    Ok(sqlx::query_scalar!(
        r#"select document_id as "document!: DocumentId" from publication
            where cancelled_at is null and period @> $1::timestamptz
           union
           select w.document_id from withdrawal w join release r on r.id = w.release_id
            where w.cancelled_at is null and w.kind = 'withdrawn' and r.at <= $1"#,
        at as Instant,
    )
    .fetch_all(executor)
    .await?)
}

/// All documents, drafts included: for the desk's role alone.
///
/// # Errors
/// The database does not answer.
pub async fn all(executor: impl PgExecutor<'_>) -> Result<Vec<Document>> {
    Ok(sqlx::query_as!(
        Document,
        r#"select id as "id: DocumentId", kind as "kind: Kind", key from document order by id"#
    )
    .fetch_all(executor)
    .await?)
}

/// The documents whose first text had begun at an instant, by number, from after a number on, at most `limit` of them.
///
/// # Errors
/// The database does not answer.
pub async fn begun(
    executor: impl PgExecutor<'_>,
    at: Instant,
    after: i64,
    kind: Option<Kind>,
    limit: i64,
) -> Result<Vec<DocumentId>> {
    Ok(sqlx::query_scalar!(
        r#"select site.begun($1, $2, $3, $4) as "id!: DocumentId""#,
        at as Instant,
        after,
        kind.map(Kind::word),
        limit,
    )
    .fetch_all(executor)
    .await?)
}

/// Whether there is any document yet: for the desk's role alone.
///
/// # Errors
/// The database does not answer.
pub async fn any(executor: impl PgExecutor<'_>) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select from document) as "any!""#)
        .fetch_one(executor)
        .await?)
}

/// What the institution calls itself in the texts in effect.
///
/// # Errors
/// The database does not answer.
pub async fn institution_names(executor: impl PgExecutor<'_>) -> Result<Vec<String>> {
    let names = sqlx::query!(
        "select p.fr, p.en from site.passage p
           join site.publication t on t.id = p.publication_id and upper_inf(t.period)
          where t.key = $1 and p.part = 'title'",
        key::INSTITUTION,
    )
    .fetch_all(executor)
    .await?;
    Ok(names
        .into_iter()
        .flat_map(|name| [name.fr, name.en])
        .flatten()
        .collect())
}
