//! What changed on a page, and when: every start and end of its document, and for home and lists of what they list
//! (design §3).

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;

use crate::error::Result;
use crate::model::document::key;
use crate::model::{Bilingual, DocumentId, English, Instant, Kind, Slug, Withdrawn, publication, said};

/// One change of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Of which document.
    pub document: DocumentId,
    /// When.
    pub at: Instant,
    /// What it was.
    pub deed: Deed,
}

/// What a change was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// A version began.
    Began(Version),
    /// A text left without a successor text.
    Left {
        /// How it left.
        kind: Withdrawn,
        /// Why, for the public.
        reason: Bilingual<String>,
    },
}

/// A version as its document's history tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The publication, by which its passages are found.
    pub publication: i64,
    /// Its rank among those begun.
    pub number: i64,
    /// Whether it moves no public date.
    pub minor: bool,
    /// In which languages it moves the public date: where it is not minor and changes words, order or details.
    pub moves: Bilingual<bool>,
    /// What it changed, in public words.
    pub note: Option<Bilingual<String>>,
    /// What is declared of its English.
    pub english: English,
    /// Last segments of its addresses.
    pub slug: Bilingual<Option<Slug>>,
}

/// Whose changes are changes of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The page's document, before whose first start there is no page; none for the site plan.
    page: Option<DocumentId>,
    /// Documents that are on the page whatever happens, the page's own among them.
    own: Vec<DocumentId>,
    /// Lists whose members are on the page as well.
    lists: Vec<DocumentId>,
}

impl Scope {
    /// Whose changes, a list's members by their list; none where they are everybody's.
    #[must_use]
    pub fn documents(&self) -> Option<&[DocumentId]> {
        self.page.map(|_| self.own.as_slice())
    }
}

/// For how long a text of a list names a member.
#[derive(Debug)]
struct Tenure {
    from: Instant,
    until: Option<Instant>,
}

/// The scope of a document's page.
///
/// # Errors
/// The database does not answer.
pub async fn scope(connection: &mut PgConnection, document: DocumentId, kind: Kind) -> Result<Scope> {
    let (mut own, mut lists) = (vec![document], Vec::new());
    match kind {
        Kind::Institution => {
            own.extend(publication::known_by_name(&mut *connection, &[key::MISSION, key::VISION]).await?);
            lists = publication::known_by_name(connection, &[key::MANDATES, key::REPRESENTATIVES]).await?;
            own.extend(&lists);
        }
        Kind::List => lists.push(document),
        Kind::Statement | Kind::Mandate | Kind::Representative | Kind::Page => {}
    }
    Ok(Scope {
        page: Some(document),
        own,
        lists,
    })
}

/// The scope of the site plan: everything.
///
/// # Errors
/// The database does not answer.
pub async fn scope_of_plan(connection: &mut PgConnection) -> Result<Scope> {
    Ok(Scope {
        page: None,
        own: publication::begun(connection).await?,
        lists: Vec::new(),
    })
}

/// Every change of a page that has happened, in order.
///
/// # Errors
/// The database does not answer.
pub async fn changes(connection: &mut PgConnection, scope: &Scope) -> Result<Vec<Change>> {
    let tenures = tenures(&mut *connection, &scope.lists).await?;
    let own: HashSet<DocumentId> = scope.own.iter().copied().collect();
    let listed = tenures.keys().filter(|member| !own.contains(member));
    let documents: Vec<DocumentId> = own.iter().chain(listed).copied().collect();
    let mut changes = starts(&mut *connection, &documents).await?;
    changes.extend(departures(connection, &documents).await?);
    changes.retain(|change| {
        let shows = |tenure: &Tenure| tenure.from <= change.at && tenure.until.is_none_or(|until| change.at < until);
        let tenures = tenures.get(&change.document).map_or(&[][..], Vec::as_slice);
        own.contains(&change.document) || tenures.iter().any(shows)
    });
    let first = changes
        .iter()
        .filter(|change| Some(change.document) == scope.page)
        .map(|change| change.at)
        .min();
    changes.retain(|change| first.is_none_or(|first| first <= change.at));
    changes.sort_by_key(|change| (change.at, change.document));
    Ok(changes)
}

/// When the members of these lists were on their pages: while the text that names them was the last begun.
async fn tenures(connection: &mut PgConnection, lists: &[DocumentId]) -> Result<HashMap<DocumentId, Vec<Tenure>>> {
    let mut tenures: HashMap<DocumentId, Vec<Tenure>> = HashMap::new();
    if lists.is_empty() {
        return Ok(tenures);
    }
    let ids: Vec<i64> = lists.iter().map(|list| list.number()).collect();
    let rows = sqlx::query!(
        r#"select i.member_id as "member!: DocumentId", p.since as "from!: Instant", p.until as "until: Instant"
             from (select id, since, lead(since) over (partition by document_id order by since) as until
                     from site.publication where document_id = any($1)) p
             join site.list_item i on i.publication_id = p.id"#,
        &ids,
    )
    .fetch_all(connection)
    .await?;
    for row in rows {
        tenures.entry(row.member).or_default().push(Tenure {
            from: row.from,
            until: row.until,
        });
    }
    Ok(tenures)
}

async fn starts(connection: &mut PgConnection, documents: &[DocumentId]) -> Result<Vec<Change>> {
    let began = |(document, at, version)| Change {
        document,
        at,
        deed: Deed::Began(version),
    };
    Ok(versions(connection, documents).await?.map(began).collect())
}

/// Every version of these documents, with its document and its start.
///
/// # Errors
/// The database does not answer.
pub async fn versions(
    connection: &mut PgConnection,
    documents: &[DocumentId],
) -> Result<impl Iterator<Item = (DocumentId, Instant, Version)>> {
    let ids: Vec<i64> = documents.iter().map(|document| document.number()).collect();
    let rows = sqlx::query!(
        // Every version is here: ranks are counted once for all, not for each.
        r#"select id as "publication!", document_id as "document!: DocumentId", since as "at!: Instant",
                  row_number() over (partition by document_id order by since) as "version!", minor as "minor!",
                  note_fr, note_en, english as "english!: English",
                  slug_fr as "slug_fr: Slug", slug_en as "slug_en: Slug"
             from site.publication where document_id = any($1)"#,
        &ids,
    )
    .fetch_all(&mut *connection)
    .await?;
    // Apart, since the planner would compare each publication with each change.
    let moves: HashMap<i64, Bilingual<bool>> = sqlx::query!(
        r#"select publication_id as "publication!", moves_fr as "fr!", moves_en as "en!"
             from site.change where document_id = any($1)"#,
        &ids,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| (row.publication, Bilingual { fr: row.fr, en: row.en }))
    .collect();
    Ok(rows.into_iter().filter_map(move |row| {
        let version = Version {
            publication: row.publication,
            number: row.version,
            minor: row.minor,
            moves: *moves.get(&row.publication)?,
            note: row.note_fr.zip(row.note_en).map(|(fr, en)| said::both(fr, en)),
            english: row.english,
            slug: Bilingual {
                fr: row.slug_fr,
                en: row.slug_en,
            },
        };
        Some((row.document, row.at, version))
    }))
}

async fn departures(connection: &mut PgConnection, documents: &[DocumentId]) -> Result<Vec<Change>> {
    let ids: Vec<i64> = documents.iter().map(|document| document.number()).collect();
    let rows = sqlx::query!(
        r#"select document_id as "document!: DocumentId", at as "at!: Instant", kind as "kind!: Withdrawn",
                  reason_fr as "fr!", reason_en as "en!"
             from site.withdrawal where document_id = any($1)"#,
        &ids,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Change {
            document: row.document,
            at: row.at,
            deed: Deed::Left {
                kind: row.kind,
                reason: said::both(row.fr, row.en),
            },
        })
        .collect())
}
