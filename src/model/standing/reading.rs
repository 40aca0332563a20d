//! The queries of the standing of documents, each for one of them or for all.

use std::collections::HashMap;

use sqlx::{PgConnection, PgExecutor};

use super::{Ahead, Aim, Beside, Draft, End, Live, Newest, Standing, Taken};
use crate::error::Result;
use crate::model::document::Document;
use crate::model::lineage::{Fate, Lineage, Node};
use crate::model::review::Step;
use crate::model::{AccountId, Bilingual, DocumentId, English, Instant, Kind, Said, Slug, Withdrawn, said};

pub async fn read(connection: &mut PgConnection, one: Option<DocumentId>) -> Result<Vec<Standing>> {
    let mut live = live(&mut *connection, one).await?;
    let mut ended = ended(&mut *connection, one).await?;
    let mut ahead = ahead(&mut *connection, one).await?;
    let mut drafts = drafts(&mut *connection, one, &live, &ahead).await?;
    let mut newest = newest(&mut *connection, one, &drafts).await?;
    let documents = documents(connection, one).await?;
    let standing = |document: Document| {
        let id = document.id;
        let Drafts {
            draft, apart, beside, ..
        } = drafts.remove(&id).unwrap_or_default();
        Standing {
            live: live.remove(&id),
            ended: ended.remove(&id),
            ahead: ahead.remove(&id).unwrap_or_default(),
            draft,
            apart,
            beside,
            newest: newest.remove(&id).unwrap_or(Newest {
                number: 0,
                english: English::ToFollow,
                lagging: 0,
            }),
            document,
        }
    };
    Ok(documents.into_iter().map(standing).collect())
}

async fn documents(executor: impl PgExecutor<'_>, one: Option<DocumentId>) -> Result<Vec<Document>> {
    Ok(sqlx::query_as!(
        Document,
        r#"select id as "id: DocumentId", kind as "kind: Kind", key from document
            where $1::bigint is null or id = $1 order by id"#,
        one.map(DocumentId::number),
    )
    .fetch_all(executor)
    .await?)
}

/// The text in effect of each document, or the last that was.
async fn live(executor: impl PgExecutor<'_>, one: Option<DocumentId>) -> Result<HashMap<DocumentId, Live>> {
    let rows = sqlx::query!(
        r#"select distinct on (p.document_id) p.document_id as "document: DocumentId", p.number,
                  lower(p.period) as "since!: Instant", p.release_id as release,
                  count(*) over (partition by p.document_id) as "version!",
                  r.slug_fr as "slug_fr: Slug", r.slug_en as "slug_en: Slug", r.english as "english: English"
             from publication p join revision r on r.document_id = p.document_id and r.number = p.number
            where p.cancelled_at is null and lower(p.period) <= (select instant())
              and ($1::bigint is null or p.document_id = $1)
            order by p.document_id, lower(p.period) desc"#,
        one.map(DocumentId::number),
    )
    .fetch_all(executor)
    .await?;
    let live = rows.into_iter().map(|row| {
        let live = Live {
            number: row.number,
            version: row.version,
            since: row.since,
            release: row.release,
            slug: Bilingual {
                fr: row.slug_fr,
                en: row.slug_en,
            },
            english: row.english,
        };
        (row.document, live)
    });
    Ok(live.collect())
}

/// How the last text of each document left, where none is in effect.
async fn ended(executor: impl PgExecutor<'_>, one: Option<DocumentId>) -> Result<HashMap<DocumentId, End>> {
    let rows = sqlx::query!(
        r#"select distinct on (w.document_id) w.document_id as "document: DocumentId", w.kind as "kind: Withdrawn",
                  r.at as "at: Instant", w.reason_fr, w.reason_en
             from withdrawal w join release r on r.id = w.release_id
            where w.cancelled_at is null and r.at <= (select instant())
              and ($1::bigint is null or w.document_id = $1)
              and not exists (select from publication p where p.document_id = w.document_id and p.cancelled_at is null
                                 and p.period @> (select instant()))
            order by w.document_id, r.at desc"#,
        one.map(DocumentId::number),
    )
    .fetch_all(executor)
    .await?;
    let ended = rows.into_iter().map(|row| {
        let reason = said::both(row.reason_fr, row.reason_en);
        let (kind, at) = (row.kind, row.at);
        (row.document, End { kind, at, reason })
    });
    Ok(ended.collect())
}

/// The starts and ends of each document that are still ahead, in order.
async fn ahead(executor: impl PgExecutor<'_>, one: Option<DocumentId>) -> Result<HashMap<DocumentId, Vec<Ahead>>> {
    let rows = sqlx::query!(
        r#"select c.document_id as "document!: DocumentId", c.number, r.id as release, r.at as "at: Instant"
             from (select document_id, release_id, number from publication
                   union all
                   select document_id, release_id, null from withdrawal) c
             join release r on r.id = c.release_id
            where r.cancelled_at is null and r.at > (select instant()) and ($1::bigint is null or c.document_id = $1)
            order by r.at"#,
        one.map(DocumentId::number),
    )
    .fetch_all(executor)
    .await?;
    let mut ahead: HashMap<DocumentId, Vec<Ahead>> = HashMap::new();
    for row in rows {
        ahead.entry(row.document).or_default().push(Ahead {
            release: row.release,
            at: row.at,
            number: row.number,
        });
    }
    Ok(ahead)
}

/// The newest revision of each document: the end of its line, where it has drafts; corrections come into that.
async fn newest(
    executor: impl PgExecutor<'_>,
    one: Option<DocumentId>,
    drafts: &HashMap<DocumentId, Drafts>,
) -> Result<HashMap<DocumentId, Newest>> {
    let tips = drafts
        .iter()
        .filter_map(|(document, drafts)| Some((document.number(), drafts.tip?)));
    let (documents, tips): (Vec<i64>, Vec<i32>) = tips.unzip();
    let rows = sqlx::query!(
        r#"with newest as (
               select distinct on (document_id) document_id, r.number, r.english from revision r
                 left join unnest($2::bigint[], $3::integer[]) as t (document_id, tip) using (document_id)
                where ($1::bigint is null or document_id = $1)
                  and case when t.tip is null then not r.correction else r.number = t.tip end
                order by document_id, r.number desc)
           select n.document_id as "document: DocumentId", n.number, n.english as "english: English",
                  (select count(*) from passage a
                     join passage b on b.document_id = a.document_id and b.number = a.en_basis and b.anchor = a.anchor
                    where a.document_id = n.document_id and a.number = n.number and n.english = 'present'
                      and a.en is not null and b.salt is not null and b.fr is distinct from a.fr) as "lagging!"
             from newest n"#,
        one.map(DocumentId::number),
        &documents,
        &tips,
    )
    .fetch_all(executor)
    .await?;
    let newest = rows.into_iter().map(|row| {
        let newest = Newest {
            number: row.number,
            english: row.english,
            lagging: row.lagging,
        };
        (row.document, newest)
    });
    Ok(newest.collect())
}

/// A revision of a document that has a draft.
struct Row {
    document: DocumentId,
    number: i32,
    node: Node,
    name: String,
    saved_at: Instant,
    remark: Option<Said>,
}

/// What of a document is on its way, and what waits beside it.
#[derive(Default)]
struct Drafts {
    draft: Option<Draft>,
    apart: Vec<Draft>,
    beside: Vec<Beside>,
    /// The end of the line.
    tip: Option<i32>,
}

async fn drafts(
    connection: &mut PgConnection,
    one: Option<DocumentId>,
    live: &HashMap<DocumentId, Live>,
    ahead: &HashMap<DocumentId, Vec<Ahead>>,
) -> Result<HashMap<DocumentId, Drafts>> {
    let mut reviews = reviews(&mut *connection, one).await?;
    let mut found = HashMap::new();
    let saved = saved(connection, one).await?;
    for saved in saved.chunk_by(|one, next| one.document == next.document) {
        let document = saved[0].document;
        let lineage = Lineage::of(saved.iter().map(|saved| (saved.number, saved.node.clone())));
        let settled = live.get(&document).map(|live| live.number);
        let row = |number: i32| saved.iter().find(|saved| saved.number == number);
        let mut draft = |(number, aim): (i32, Aim)| {
            row(number).map(|row| Draft {
                number,
                name: row.name.clone(),
                saved_at: row.saved_at,
                remark: row.remark.clone(),
                writers: lineage.authors_since(number, settled),
                review: reviews.remove(&(document, number)),
                aim,
            })
        };
        let scheduled = ahead.get(&document).into_iter().flatten();
        let apart = apart(&lineage, settled, scheduled.filter_map(|change| change.number));
        let beside = beside(&lineage, settled, &apart)
            .into_iter()
            .filter_map(|(number, onto)| {
                row(number).map(|row| Beside {
                    number,
                    onto,
                    name: row.name.clone(),
                    saved_at: row.saved_at,
                })
            });
        let drafts = Drafts {
            tip: lineage.tip(),
            beside: beside.collect(),
            draft: lineage.draft().and_then(|number| draft((number, Aim::Line))),
            apart: apart.into_iter().filter_map(draft).collect(),
        };
        found.insert(document, drafts);
    }
    Ok(found)
}

/// What goes its own way: the correction of the text in effect, and the forms that scheduled texts take after it.
fn apart(lineage: &Lineage, settled: Option<i32>, scheduled: impl Iterator<Item = i32>) -> Vec<(i32, Aim)> {
    let Some(correction) = settled.and_then(|settled| lineage.correction(settled)) else {
        return Vec::new();
    };
    let form = |fate: Fate| match fate {
        Fate::Renewed(form) | Fate::Behind { text: form, .. } => Some(form),
        Fate::Kept | Fate::Contained => None,
    };
    let forms = lineage.fates(correction, scheduled).into_iter().filter_map(form);
    let open = forms.filter(|form| lineage.is_open(*form) && lineage.draft() != Some(*form));
    let open = open.map(|form| (form, Aim::Scheduled));
    std::iter::once((correction, Aim::Correction)).chain(open).collect()
}

/// What waits, each with what it is to be brought together with: another correction, or the end of the line.
fn beside(lineage: &Lineage, settled: Option<i32>, apart: &[(i32, Aim)]) -> Vec<(i32, i32)> {
    let wholes: Vec<i32> = apart.iter().map(|(number, _)| *number).chain(lineage.tip()).collect();
    let is_in_one = |number: &i32| wholes.iter().any(|whole| lineage.descends(*whole, *number));
    let waiting = lineage.beside().into_iter().filter(|number| !is_in_one(number));
    let onto = |number: i32| {
        let corrects = lineage.is_correction(number);
        let correction = settled.and_then(|settled| lineage.corrected(settled, settled));
        correction.filter(|_| corrects).or(lineage.tip()).unwrap_or(number)
    };
    waiting.map(|number| (number, onto(number))).collect()
}

/// The revisions of documents of which some revision is neither published nor the origin of another, by document: those that
/// have one which [`Lineage::is_open`], and those of which a draft was abandoned. A correction that was brought into a text of
/// the line goes its own way still.
async fn saved(executor: impl PgExecutor<'_>, one: Option<DocumentId>) -> Result<Vec<Row>> {
    let rows = sqlx::query!(
        r#"with revised as materialized (
               select r.document_id, r.number, r.parent, r.merged_parent, r.author, r.created_at, r.remark,
                      r.correction, r.abandons,
                      exists (select from publication p where p.document_id = r.document_id and p.number = r.number
                                 and p.cancelled_at is null) as is_published
                 from revision r where $1::bigint is null or r.document_id = $1)
           select r.document_id as "document!: DocumentId", r.number as "number!", r.parent, r.merged_parent,
                  r.author as "author!: AccountId", r.created_at as "saved_at!: Instant", r.remark as "remark: Said",
                  r.is_published as "is_published!", r.correction as "is_correction!",
                  r.abandons, a.name
             from revised r join account a on a.id = r.author
            where exists (select from revised d where d.document_id = r.document_id and not d.is_published
                             and not exists (select from revised c where c.document_id = d.document_id
                                                and (d.number = c.parent or d.number = c.merged_parent
                                                     and (c.correction or not d.correction))))
            order by r.document_id, r.number"#,
        one.map(DocumentId::number),
    )
    .fetch_all(executor)
    .await?;
    let saved = rows.into_iter().map(|row| Row {
        document: row.document,
        number: row.number,
        node: Node {
            parent: row.parent,
            merged_parent: row.merged_parent,
            author: row.author,
            is_published: row.is_published,
            is_correction: row.is_correction,
            abandons: row.abandons,
        },
        name: row.name,
        saved_at: row.saved_at,
        remark: row.remark,
    });
    Ok(saved.collect())
}

/// The last step that each revision has taken.
async fn reviews(executor: impl PgExecutor<'_>, one: Option<DocumentId>) -> Result<HashMap<(DocumentId, i32), Taken>> {
    let rows = sqlx::query!(
        r#"select distinct on (v.document_id, v.number) v.document_id as "document: DocumentId", v.number,
                  v.step as "step: Step", v.account_id as "account: AccountId", a.name, v.at as "at: Instant",
                  v.remark as "remark: Said"
             from review v join account a on a.id = v.account_id
            where $1::bigint is null or v.document_id = $1
            order by v.document_id, v.number, v.id desc"#,
        one.map(DocumentId::number),
    )
    .fetch_all(executor)
    .await?;
    let reviews = rows.into_iter().map(|row| {
        let taken = Taken {
            step: row.step,
            account: row.account,
            name: row.name,
            at: row.at,
            remark: row.remark,
        };
        ((row.document, row.number), taken)
    });
    Ok(reviews.collect())
}
