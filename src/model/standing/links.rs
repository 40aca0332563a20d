//! Which documents lead to another: by a link in their newest text, as a list, or as a predecessor.

use sqlx::PgExecutor;

use crate::error::Result;
use crate::model::{DocumentId, address};

/// The documents whose newest text leads to this one, by number; corrections apart, which come into that text.
///
/// # Errors
/// The database does not answer.
pub async fn leading_to(executor: impl PgExecutor<'_>, document: DocumentId) -> Result<Vec<DocumentId>> {
    let rows = sqlx::query!(
        r#"with newest as (select document_id, max(number) as number from revision where not correction
                              and (document_id, number) not in
                                  (select document_id, abandons from revision where abandons is not null)
                           group by document_id)
           select n.document_id as "document: DocumentId", p.fr, p.en
             from newest n join passage p on p.document_id = n.document_id and p.number = n.number
            where n.document_id <> $1 and concat(p.fr, ' ', p.en) like '%/d/' || $1::text || '%'
            union all
           select n.document_id, '/d/' || i.member_id, null
             from newest n join list_item i on i.document_id = n.document_id and i.number = n.number
            where i.member_id = $1
            union all
           select n.document_id, '/d/' || d.successor_id, null
             from newest n join representative_detail d on d.document_id = n.document_id and d.number = n.number
            where d.successor_id = $1
            order by 1"#,
        document.number(),
    )
    .fetch_all(executor)
    .await?;
    let leads = |words: Option<&str>| address::short_links(words.unwrap_or_default()).any(|link| link == document);
    let mut leading: Vec<DocumentId> = rows
        .into_iter()
        .filter(|row| leads(row.fr.as_deref()) || leads(row.en.as_deref()))
        .filter_map(|row| row.document)
        .collect();
    leading.dedup();
    Ok(leading)
}
