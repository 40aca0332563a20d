//! Who does deeds: people, and the programs that act by themselves.

use sqlx::PgExecutor;

use super::words;
use crate::error::Result;
use crate::i18n::Language;
use crate::model::Instant;

/// An account, by its number, which never leaves the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type)]
#[sqlx(transparent)]
pub struct AccountId(i64);

impl AccountId {
    /// The number itself.
    #[must_use]
    pub const fn number(self) -> i64 {
        self.0
    }
}

impl From<i64> for AccountId {
    fn from(number: i64) -> Self {
        Self(number)
    }
}

words! {
    /// What a person may do; each role may do what the one before it may.
    Role {
        /// Drafts and submits.
        Author = "author",
        /// Also approves, publishes and withdraws.
        Editor = "editor",
        /// Also accounts and settings.
        Administrator = "administrator",
    }
}

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// What colleagues call its owner.
    pub name: String,
    /// By which its owner signs in; in lower case.
    pub email: String,
    /// What its owner may do.
    pub role: Role,
    /// In which language the desk speaks to its owner.
    pub language: Language,
    /// Whether a password was chosen: nobody signs in before.
    pub has_password: bool,
    /// Since when it is closed, if it is.
    pub disabled_at: Option<Instant>,
}

/// An address of e-mail as accounts keep it: in lower case, without the spaces around it.
#[must_use]
pub fn email(typed: &str) -> String {
    typed.trim().to_lowercase()
}

/// The columns of a person's account, as [`Account`] reads them.
struct Row {
    id: AccountId,
    name: String,
    email: String,
    role: Role,
    language: String,
    has_password: bool,
    disabled_at: Option<Instant>,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            role: row.role,
            language: language(&row.language),
            has_password: row.has_password,
            disabled_at: row.disabled_at,
        }
    }
}

/// The language of a segment, which the database keeps to these two.
pub(super) fn language(segment: &str) -> Language {
    let known = Language::ALL.into_iter().find(|known| known.segment() == segment);
    known.unwrap_or(Language::French)
}

/// Every person's account, those that are closed last.
///
/// # Errors
/// The database does not answer.
pub async fn people(executor: impl PgExecutor<'_>) -> Result<Vec<Account>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id as "id: AccountId", name, email as "email!", role as "role!: Role", language,
                  password is not null as "has_password!", disabled_at as "disabled_at: Instant"
             from account where not program and email is not null
            order by disabled_at is not null, name collate "und-x-icu", id"#,
    )
    .fetch_all(executor)
    .await?;
    Ok(rows.into_iter().map(Account::from).collect())
}

/// One person's account.
///
/// # Errors
/// The database does not answer.
pub async fn person(executor: impl PgExecutor<'_>, id: AccountId) -> Result<Option<Account>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: AccountId", name, email as "email!", role as "role!: Role", language,
                  password is not null as "has_password!", disabled_at as "disabled_at: Instant"
             from account where id = $1 and email is not null"#,
        id.number(),
    )
    .fetch_optional(executor)
    .await?;
    Ok(row.map(Account::from))
}

/// The account that signs in by this address, in lower case.
///
/// # Errors
/// The database does not answer.
pub async fn by_email(executor: impl PgExecutor<'_>, email: &str) -> Result<Option<Account>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: AccountId", name, email as "email!", role as "role!: Role", language,
                  password is not null as "has_password!", disabled_at as "disabled_at: Instant"
             from account where email = $1"#,
        email,
    )
    .fetch_optional(executor)
    .await?;
    Ok(row.map(Account::from))
}

/// The number and the hashed password of the account that signs in by this address; none where nobody can.
///
/// # Errors
/// The database does not answer.
pub async fn credentials(executor: impl PgExecutor<'_>, email: &str) -> Result<Option<(AccountId, String)>> {
    let row = sqlx::query!(
        r#"select id as "id: AccountId", password as "password!" from account
            where email = $1 and password is not null and disabled_at is null"#,
        email,
    )
    .fetch_optional(executor)
    .await?;
    Ok(row.map(|row| (row.id, row.password)))
}

/// Sets the hashed password of an account.
///
/// # Errors
/// The database does not answer.
pub async fn set_password(executor: impl PgExecutor<'_>, id: AccountId, hash: &str) -> Result<()> {
    sqlx::query!("update account set password = $2 where id = $1", id.number(), hash)
        .execute(executor)
        .await?;
    Ok(())
}

/// Puts another hash of the same password in the place of one, unless another password was set meanwhile.
///
/// # Errors
/// The database does not answer.
pub async fn renew_password(executor: impl PgExecutor<'_>, id: AccountId, old: &str, renewed: &str) -> Result<()> {
    sqlx::query!(
        "update account set password = $3 where id = $1 and password = $2",
        id.number(),
        old,
        renewed,
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// Sets what a person says of themselves.
///
/// # Errors
/// Refused where the name is not well formed.
pub async fn set_profile(executor: impl PgExecutor<'_>, id: AccountId, name: &str, language: Language) -> Result<()> {
    sqlx::query!(
        "update account set name = $2, language = $3 where id = $1",
        id.number(),
        name,
        language.segment(),
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// Sets what a person may do.
///
/// # Errors
/// Refused where nobody else could administer the desk.
pub async fn set_role(executor: impl PgExecutor<'_>, id: AccountId, role: Role) -> Result<()> {
    sqlx::query!("update account set role = $2 where id = $1", id.number(), role.word())
        .execute(executor)
        .await?;
    Ok(())
}

/// Opens or closes the account of a person.
///
/// # Errors
/// Refused where nobody else could administer the desk.
pub async fn set_open(executor: impl PgExecutor<'_>, id: AccountId, is_open: bool) -> Result<()> {
    sqlx::query!(
        "update account set disabled_at = case when not $2 then instant() end where id = $1",
        id.number(),
        is_open,
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// Whether an account is open and has this role; programs may do what they are made for.
///
/// # Errors
/// The database does not answer.
pub async fn stands(executor: impl PgExecutor<'_>, id: AccountId, role: Role) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from account where id = $1 and (program or role = $2) and disabled_at is null) as "stands!""#,
        id.number(),
        role.word(),
    )
    .fetch_one(executor)
    .await?)
}

/// Opens an account, without a password or with a hashed one.
///
/// # Errors
/// Refused where the address is another's, or where name or address are not well formed.
pub async fn open(
    executor: impl PgExecutor<'_>,
    email: &str,
    name: &str,
    role: Role,
    language: Language,
    password: Option<&str>,
) -> Result<AccountId> {
    Ok(sqlx::query_scalar!(
        r#"insert into account (email, name, role, language, password) values ($1, $2, $3, $4, $5)
           returning id as "id: AccountId""#,
        email,
        name,
        role.word(),
        language.segment(),
        password,
    )
    .fetch_one(executor)
    .await?)
}

/// Whether any person has an account.
///
/// # Errors
/// The database does not answer.
pub async fn any_person(executor: impl PgExecutor<'_>) -> Result<bool> {
    Ok(
        sqlx::query_scalar!(r#"select exists (select from account where not program) as "any!""#)
            .fetch_one(executor)
            .await?,
    )
}

/// The name of the account in whose name imports are done; no person may have it.
pub const IMPORTER: &str = "importer";

/// The name of the account in whose name people are appointed from the command line; no person may have it.
pub const OPERATOR: &str = "operator";

/// The account in whose name people are appointed from the command line.
///
/// # Errors
/// The database does not answer.
pub async fn operator(executor: impl PgExecutor<'_>) -> Result<AccountId> {
    Ok(sqlx::query_scalar!(
        r#"with made as (insert into account (name, program) values ($1, true)
                             on conflict (name) where program do nothing returning id)
           select id as "id!: AccountId" from made
           union all select id from account where program and name = $1"#,
        OPERATOR,
    )
    .fetch_one(executor)
    .await?)
}

/// The account in whose name imports are done.
///
/// # Errors
/// The database does not answer.
pub async fn importer(executor: impl PgExecutor<'_>) -> Result<AccountId> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: AccountId" from account where program and name = $1"#,
        IMPORTER
    )
    .fetch_one(executor)
    .await?)
}
