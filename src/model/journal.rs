//! Who did which deed when: written in the deed's own transaction, never changed.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use sqlx::PgExecutor;
use uuid::Uuid;

use crate::error::Result;
use crate::model::{AccountId, DocumentId, Instant, words};

words! {
    /// What somebody did.
    Deed {
        /// Made a new document.
        Create = "create",
        /// Saved a draft.
        Save = "save",
        /// Brought two drafts together.
        Merge = "merge",
        /// Made an old revision the draft.
        Restore = "restore",
        /// Gave up a draft.
        Abandon = "abandon",
        /// Said that a translation needs no change.
        Level = "level",
        /// Asked for approval.
        Submit = "submit",
        /// Took back what was submitted.
        TakeBack = "take-back",
        /// Approved.
        Approve = "approve",
        /// Gave back with a remark.
        Return = "return",
        /// Made public now.
        Publish = "publish",
        /// Made public at an instant ahead.
        Schedule = "schedule",
        /// Moved what was scheduled.
        Move = "move",
        /// Cancelled what was scheduled.
        Cancel = "cancel",
        /// Withdrew a text.
        Withdraw = "withdraw",
        /// Removed a text that was published in error.
        Remove = "remove",
        /// Made public again what was withdrawn or removed.
        BringBack = "bring-back",
        /// Removed words because the law asks for it.
        Redact = "redact",
        /// Published a folder of files.
        Import = "import",
        /// Decided whether authors may approve their own texts.
        SetFourEyes = "set-four-eyes",
        /// Opened an account.
        OpenAccount = "open-account",
        /// Closed one.
        CloseAccount = "close-account",
        /// Opened a closed one again.
        ReopenAccount = "reopen-account",
        /// Gave somebody another role.
        ChangeRole = "change-role",
        /// Made a link by which somebody chooses a new password.
        ResetPassword = "reset-password",
        /// Opened the first account, by the link that the start prints.
        Found = "found",
        /// Chose a password by such a link, which ended every session of the account.
        ChoosePassword = "choose-password",
        /// Changed one's own password, which ended every other session of the account.
        ChangePassword = "change-password",
    }
}

/// The number of one form, drawn when it is shown: posted twice, it does its deed once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormId(Uuid);

impl FormId {
    /// A new one.
    #[must_use]
    pub fn draw() -> Self {
        Self(Uuid::new_v4())
    }
}

impl fmt::Display for FormId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for FormId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> std::result::Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

/// What a line of the journal is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// The document, where it is one.
    pub document: Option<DocumentId>,
    /// The revision that was made or judged.
    pub number: Option<i32>,
    /// The release that was made, moved or cancelled.
    pub release: Option<i64>,
    /// What was given as a reason.
    pub detail: Option<String>,
}

/// A line of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number, in the order of writing.
    pub id: i64,
    /// When.
    pub at: Instant,
    /// Who.
    pub account: AccountId,
    /// What colleagues call them.
    pub name: String,
    /// What they did.
    pub deed: Deed,
    /// To what.
    pub subject: Subject,
}

/// When a release was to begin, as a line tells of whoever scheduled, moved or cancelled it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    /// As it was scheduled, or before it was moved or cancelled; none of releases that were moved before this was kept.
    pub from: Option<Instant>,
    /// After it, where the release was moved.
    pub to: Option<Instant>,
}

/// Which lines are asked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// By one account.
    pub account: Option<AccountId>,
    /// Of one kind.
    pub deed: Option<Deed>,
    /// About one document, releases of several included.
    pub document: Option<DocumentId>,
    /// At or after an instant.
    pub from: Option<Instant>,
    /// Before an instant.
    pub until: Option<Instant>,
    /// Older than a line, for the page after it.
    pub before: Option<i64>,
}

/// Writes a line.
///
/// # Errors
/// Refused where the form has done its deed already, or the detail is too long.
pub async fn write(
    executor: impl PgExecutor<'_>,
    account: AccountId,
    deed: Deed,
    subject: &Subject,
    form: Option<FormId>,
) -> Result<()> {
    sqlx::query!(
        "insert into journal (account_id, deed, document_id, number, release_id, detail, form_id)
         values ($1, $2, $3, $4, $5, $6, $7::text::uuid)",
        account.number(),
        deed.word(),
        subject.document.map(DocumentId::number),
        subject.number,
        subject.release,
        subject.detail,
        form.map(|form| form.to_string()),
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// A line as the queries below read it.
struct Row {
    id: i64,
    at: Instant,
    account: AccountId,
    name: String,
    deed: Deed,
    document: Option<DocumentId>,
    number: Option<i32>,
    release: Option<i64>,
    detail: Option<String>,
}

impl From<Row> for Line {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            at: row.at,
            account: row.account,
            name: row.name,
            deed: row.deed,
            subject: Subject {
                document: row.document,
                number: row.number,
                release: row.release,
                detail: row.detail,
            },
        }
    }
}

/// Waits for a form that is doing its deed at this moment, and gives what it did.
///
/// # Errors
/// The database does not answer.
pub async fn of_form(connection: &mut sqlx::PgConnection, form: FormId) -> Result<Option<Line>> {
    sqlx::query!("select hold_form($1::text::uuid)", form.to_string())
        .execute(&mut *connection)
        .await?;
    let row = sqlx::query_as!(
        Row,
        r#"select j.id, j.at as "at: Instant", j.account_id as "account: AccountId", a.name, j.deed as "deed: Deed",
                  j.document_id as "document: DocumentId", j.number, j.release_id as release, j.detail
             from journal j join account a on a.id = j.account_id where j.form_id = $1::text::uuid"#,
        form.to_string(),
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(Line::from))
}

/// The lines that a filter lets through, the latest first, at most `limit` of them.
///
/// # Errors
/// The database does not answer.
pub async fn lines(executor: impl PgExecutor<'_>, filter: &Filter, limit: i64) -> Result<Vec<Line>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select j.id, j.at as "at: Instant", j.account_id as "account: AccountId", a.name, j.deed as "deed: Deed",
                  j.document_id as "document: DocumentId", j.number, j.release_id as release, j.detail
             from journal j join account a on a.id = j.account_id
            where ($1::bigint is null or j.account_id = $1)
              and ($2::text is null or j.deed = $2)
              and ($3::bigint is null or j.document_id = $3
                   or j.release_id in (select release_id from publication where document_id = $3
                                       union all select release_id from withdrawal where document_id = $3))
              and ($4::timestamptz is null or j.at >= $4)
              and ($5::timestamptz is null or j.at < $5)
              and ($6::bigint is null or j.id < $6)
            order by j.id desc limit $7"#,
        filter.account.map(AccountId::number),
        filter.deed.map(Deed::word),
        filter.document.map(DocumentId::number),
        filter.from as Option<Instant>,
        filter.until as Option<Instant>,
        filter.before,
        limit,
    )
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(Line::from).collect())
}

/// When the releases were to begin that these lines scheduled, moved or cancelled, by line.
///
/// # Errors
/// The database does not answer.
pub async fn times(executor: impl PgExecutor<'_>, lines: &[Line]) -> Result<HashMap<i64, Times>> {
    let changes = lines
        .iter()
        .filter(|line| matches!(line.deed, Deed::Schedule | Deed::Move | Deed::Cancel));
    let ids: Vec<i64> = changes.map(|line| line.id).collect();
    // A release keeps the instants that it was moved from in the order of the lines that say so.
    let rows = sqlx::query!(
        r#"select j.id,
                  case j.deed when 'schedule' then (r.moved_from || r.at)[m.place + 1]
                              when 'cancel' then r.at else r.moved_from[m.place] end as "from: Instant",
                  case j.deed when 'move' then (r.moved_from || r.at)[m.place + 1] end as "to: Instant"
             from journal j join release r on r.id = j.release_id
            cross join lateral (
                  select (cardinality(r.moved_from) - count(*))::integer as place from journal n
                   where n.release_id = r.id and n.deed = 'move' and n.id > j.id) m
            where j.id = any($1)"#,
        &ids,
    )
    .fetch_all(executor)
    .await?;
    let times = rows.into_iter().map(|row| {
        let (from, to) = (row.from, row.to);
        (row.id, Times { from, to })
    });
    Ok(times.collect())
}
