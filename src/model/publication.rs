//! What is, was and will be in effect.

use std::collections::HashMap;

use sqlx::PgExecutor;

use crate::error::Result;
use crate::i18n::Language;
use crate::model::{Bilingual, DocumentId, English, Instant, Kind, Office, Part, Slug, revision};

/// A text as the public may see it at an instant: the last one begun, in effect or withdrawn since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The publication, by which its passages, members and details are found.
    pub publication: i64,
    /// Whose text it is.
    pub document: DocumentId,
    /// What that document is about.
    pub kind: Kind,
    /// The name by which the program knows it.
    pub key: Option<String>,
    /// Its rank among those begun.
    pub version: i64,
    /// Whether it is in effect; if not, it was withdrawn.
    pub in_effect: bool,
    /// Last segments of its addresses.
    pub slug: Bilingual<Option<Slug>>,
    /// What is declared of its English.
    pub english: English,
    /// Since when its words stand, in each language; none where a language has no words yet.
    pub changed: Bilingual<Option<Instant>>,
}

/// A passage as the public may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPassage {
    /// The publication that shows it.
    pub publication: i64,
    /// Its part.
    pub part: Part,
    /// Its permanent anchor.
    pub anchor: String,
    /// Its French; none once redacted.
    pub fr: Option<String>,
    /// Its English.
    pub en: Option<String>,
    /// Whether its words were removed by law.
    pub redacted: bool,
    /// When they were.
    pub redacted_at: Option<Instant>,
    /// Whether its French has changed since its English was made.
    pub lagging: bool,
}

impl ShownPassage {
    /// Its words in a language; none once redacted, nor where the language has none.
    #[must_use]
    pub fn words(&self, language: Language) -> Option<&str> {
        match language {
            Language::French => self.fr.as_deref(),
            Language::English => self.en.as_deref(),
        }
    }
}

/// The texts of these documents at an instant, in no order.
///
/// # Errors
/// The database does not answer.
pub async fn shown(executor: impl PgExecutor<'_>, documents: &[DocumentId], at: Instant) -> Result<Vec<Shown>> {
    let ids: Vec<i64> = documents.iter().map(|document| document.number()).collect();
    let rows = sqlx::query!(
        r#"select p.id as "publication!", p.document_id as "document!: DocumentId", p.kind as "kind!: Kind", p.key,
                  p.version as "version!", p.period @> $2::timestamptz as "in_effect!",
                  p.slug_fr as "slug_fr: Slug", p.slug_en as "slug_en: Slug", p.english as "english!: English",
                  dates.fr as "changed_fr: Instant", dates.en as "changed_en: Instant"
             from (select distinct unnest($1::bigint[]) as id) asked
            cross join lateral (
                  select max(c.at) as since, max(c.at) filter (where c.moves_fr) as fr,
                         max(c.at) filter (where c.moves_en) as en
                    from site.change c where c.document_id = asked.id and c.at <= $2) dates
            cross join lateral (
                  select * from site.publication p
                   where p.document_id = asked.id and p.since = dates.since limit 1) p"#,
        &ids,
        at as Instant,
    )
    .fetch_all(executor)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Shown {
            publication: row.publication,
            document: row.document,
            kind: row.kind,
            key: row.key,
            version: row.version,
            in_effect: row.in_effect,
            slug: Bilingual {
                fr: row.slug_fr,
                en: row.slug_en,
            },
            english: row.english,
            changed: Bilingual {
                fr: row.changed_fr,
                en: row.changed_en,
            },
        })
        .collect())
}

/// The documents that the program knows by these names, among those that have begun.
///
/// # Errors
/// The database does not answer.
pub async fn known_by_name(executor: impl PgExecutor<'_>, keys: &[&str]) -> Result<Vec<DocumentId>> {
    let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    Ok(sqlx::query_scalar!(
        r#"select id as "id!: DocumentId" from site.document where key = any($1)"#,
        &keys
    )
    .fetch_all(executor)
    .await?)
}

/// Every document that has begun, by number.
///
/// # Errors
/// The database does not answer.
pub async fn begun(executor: impl PgExecutor<'_>) -> Result<Vec<DocumentId>> {
    Ok(
        sqlx::query_scalar!(r#"select id as "id!: DocumentId" from site.document order by id"#)
            .fetch_all(executor)
            .await?,
    )
}

/// The passages of these publications that belong to these parts, each publication's in reading order.
///
/// # Errors
/// The database does not answer.
pub async fn passages(
    executor: impl PgExecutor<'_>,
    publications: &[i64],
    parts: &[Part],
) -> Result<HashMap<i64, Vec<ShownPassage>>> {
    let words: Vec<String> = parts.iter().map(|part| part.word().to_owned()).collect();
    let rows = sqlx::query_as!(
        ShownPassage,
        r#"select publication_id as "publication!", part as "part!: Part", anchor as "anchor!", fr, en,
                  redacted as "redacted!", lagging as "lagging!",
                  case when redacted then
                      (select min(r.at) from site.redaction r
                        where r.document_id = passage.document_id and r.anchor = passage.anchor)
                  end as "redacted_at: Instant"
             from site.passage where publication_id = any($1) and part = any($2) order by position"#,
        publications,
        &words,
    )
    .fetch_all(executor)
    .await?;
    let mut found: HashMap<i64, Vec<ShownPassage>> = HashMap::new();
    for row in rows {
        found.entry(row.publication).or_default().push(row);
    }
    for passages in found.values_mut() {
        passages.sort_by_key(|passage| passage.part);
    }
    Ok(found)
}

/// The members that a list's publication puts in order, those that have not begun left out.
///
/// # Errors
/// The database does not answer.
pub async fn members(executor: impl PgExecutor<'_>, publication: i64) -> Result<Vec<DocumentId>> {
    Ok(sqlx::query_scalar!(
        r#"select member_id as "member!: DocumentId" from site.list_item where publication_id = $1 order by position"#,
        publication,
    )
    .fetch_all(executor)
    .await?)
}

/// The offices that these publications say, by publication.
///
/// # Errors
/// The database does not answer.
pub async fn offices(executor: impl PgExecutor<'_>, publications: &[i64]) -> Result<HashMap<i64, Office>> {
    let rows = sqlx::query!(
        r#"select publication_id as "publication!", office_from::text as from_day, office_until::text as until_day,
                  successor_id as "successor: DocumentId"
             from site.representative_detail where publication_id = any($1)"#,
        publications,
    )
    .fetch_all(executor)
    .await?;
    let office = |from: Option<String>, until: Option<String>, successor| Office {
        from: revision::day(from.as_deref()),
        until: revision::day(until.as_deref()),
        successor,
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.publication, office(row.from_day, row.until_day, row.successor)))
        .collect())
}

/// The revisions of a document that were published, the last first: for the desk's role alone.
///
/// # Errors
/// The database does not answer.
pub async fn published(executor: impl PgExecutor<'_>, document: DocumentId) -> Result<Vec<i32>> {
    Ok(sqlx::query_scalar!(
        "select distinct number from publication where document_id = $1 and cancelled_at is null order by number desc",
        document.number(),
    )
    .fetch_all(executor)
    .await?)
}

/// Where a document stands at a deed's instant, drafts and scheduled texts included: for the desk's role alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latest {
    /// The revision in effect.
    pub live: Option<i32>,
    /// The newest revision, draft or not.
    pub newest: Option<i32>,
    /// Whether a text is scheduled.
    pub scheduled: bool,
    /// Whether its last text was withdrawn.
    pub withdrawn: bool,
}

/// Reads where a document stands now; a deed that holds the others reads it once for all.
///
/// # Errors
/// The database does not answer.
pub async fn latest(executor: impl PgExecutor<'_>, document: DocumentId) -> Result<Latest> {
    let row = sqlx::query!(
        r#"select (select number from publication
                    where document_id = $1 and cancelled_at is null and period @> clock.now) as live,
                  (select max(number) from revision where document_id = $1) as newest,
                  exists (select from publication
                           where document_id = $1 and cancelled_at is null and lower(period) > clock.now) as "scheduled!",
                  exists (select from withdrawal w join release r on r.id = w.release_id
                           where w.document_id = $1 and w.cancelled_at is null) as "withdrawn!"
             from (select instant() as now offset 0) as clock"#,
        document.number(),
    )
    .fetch_one(executor)
    .await?;
    let withdrawn = row.withdrawn && row.live.is_none();
    Ok(Latest {
        live: row.live,
        newest: row.newest,
        scheduled: row.scheduled,
        withdrawn,
    })
}

/// The public note of the first release, if it has one: for the desk's role alone.
///
/// # Errors
/// The database does not answer.
pub async fn first_note(executor: impl PgExecutor<'_>) -> Result<Option<Bilingual<String>>> {
    let row = sqlx::query!(
        r#"select note_fr as "fr!", note_en as "en!" from publication
            where note_fr is not null
              and release_id = (select min(id) from release)
            limit 1"#,
    )
    .fetch_optional(executor)
    .await?;
    Ok(row.map(|row| Bilingual { fr: row.fr, en: row.en }))
}

/// When pages of these documents, or any page without them, next change on their own after a moment: for the desk's role
/// alone.
///
/// # Errors
/// The database does not answer.
pub async fn next_change(
    executor: impl PgExecutor<'_>,
    after: Instant,
    documents: Option<&[DocumentId]>,
) -> Result<Option<Instant>> {
    let ids: Option<Vec<i64>> = documents.map(|documents| documents.iter().map(|document| document.number()).collect());
    let next = sqlx::query_scalar!(
        r#"select next_change($1, $2) as "at: Instant""#,
        after as Instant,
        ids.as_deref()
    );
    Ok(next.fetch_one(executor).await?)
}

/// Holds every other deed until this transaction ends, before its instant is taken: what takes long comes between the
/// two, since a deed may take five seconds from its instant to its commit.
///
/// # Errors
/// The database does not answer.
pub async fn hold_deeds(executor: impl PgExecutor<'_>) -> Result<()> {
    sqlx::query!("select hold_deeds()").execute(executor).await?;
    Ok(())
}

/// Holds the drafts of one document until this transaction ends.
///
/// # Errors
/// The database does not answer.
pub async fn hold_document(executor: impl PgExecutor<'_>, document: DocumentId) -> Result<()> {
    sqlx::query!("select hold_document($1)", document.number())
        .execute(executor)
        .await?;
    Ok(())
}

/// Takes the instant of a deed that touches these documents, and holds every other deed until this one ends.
///
/// # Errors
/// The database refuses where its clock is behind the documents' last change.
pub async fn take_instant(executor: impl PgExecutor<'_>, documents: &[DocumentId]) -> Result<Instant> {
    let ids: Vec<i64> = documents.iter().map(|document| document.number()).collect();
    Ok(
        sqlx::query_scalar!(r#"select take_instant($1) as "taken!: Instant""#, &ids)
            .fetch_one(executor)
            .await?,
    )
}
