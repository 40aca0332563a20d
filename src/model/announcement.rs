//! What the database announces of each deed, so that nobody keeps an answer whose documents have changed.

use sqlx::postgres::PgListener;
use sqlx::{PgExecutor, PgPool};

use crate::error::Result;
use crate::model::{DocumentId, Instant};

/// The channel on which the database rings after each deed.
const CHANNEL: &str = "mandat";

/// How many documents are told apart; of more, all are taken to have changed.
const MOST: i64 = 5000;

/// The last announcement that somebody knows of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    pub(super) number: i64,
    pub(super) token: String,
}

/// What was announced after a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The database's clock when it was asked.
    pub now: Instant,
    /// The last announcement.
    pub position: Position,
    /// What may have changed since.
    pub changed: Changed,
}

/// What may have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// These documents, or nothing.
    Documents(Vec<DocumentId>),
    /// Nobody can tell which.
    Everything,
}

/// Hears the bell of deeds. Who rings says nothing: [`since`] does.
///
/// # Errors
/// The database does not answer.
pub async fn listen(desk: &PgPool) -> Result<PgListener> {
    let mut listener = PgListener::connect_with(desk).await?;
    // What rings while the connection is away is lost: the caller must know, and ask.
    listener.eager_reconnect(false);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// What was announced after a position; everything where the position is none, or none of this database's: for the desk's
/// role alone.
///
/// # Errors
/// The database does not answer.
pub async fn since(executor: impl PgExecutor<'_>, position: Option<&Position>) -> Result<News> {
    let (number, token) = position.map_or((-1, ""), |known| (known.number, known.token.as_str()));
    let row = sqlx::query!(
        r#"select instant() as "now!: Instant", last.number as "number!", last.token::text as "token!",
                  exists (select from announcement a where a.number = $1 and a.token::text = $2)
                  and not exists (select from announcement a where a.number > $1 and a.everything) as "told_apart!",
                  array(select distinct a.document_id from announced a where a.number > $1 limit $3) as "documents!: Vec<i64>"
             from (select number, token from announcement order by number desc limit 1) last"#,
        number,
        token,
        MOST + 1,
    )
    .fetch_one(executor)
    .await?;
    let few = i64::try_from(row.documents.len()).is_ok_and(|count| count <= MOST);
    let changed = if row.told_apart && few {
        Changed::Documents(row.documents.into_iter().map(DocumentId::from).collect())
    } else {
        Changed::Everything
    };
    Ok(News {
        now: row.now,
        position: Position {
            number: row.number,
            token: row.token,
        },
        changed,
    })
}
