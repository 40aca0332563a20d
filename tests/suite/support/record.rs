//! A record that tests write to directly, to try what the database refuses.

use sqlx::postgres::PgDatabaseError;
use sqlx::{AssertSqlSafe, PgConnection};

use super::database::{TestDatabase, roles};

/// What SQLSTATE says where a right is missing.
pub const NO_RIGHT: &str = "42501";

/// One connection to a database that has the functions of `record.sql`, its clock stopped.
pub struct Record {
    connection: PgConnection,
    role: String,
}

impl Record {
    /// A connection as owner; it is minute 0.
    pub async fn new(database: &TestDatabase) -> Self {
        let mut connection = database.as_owner().await;
        sqlx::raw_sql(include_str!("record.sql"))
            .execute(&mut connection)
            .await
            .unwrap();
        let role = "none".to_owned();
        let mut record = Self { connection, role };
        record.at("0").await;
        record
    }

    /// Goes on as the desk's role.
    pub async fn as_desk(&mut self) {
        roles().desk().clone_into(&mut self.role);
        self.run(&format!("set role {}", self.role.clone())).await.unwrap();
    }

    /// Goes on as the owner.
    pub async fn as_owner(&mut self) {
        "none".clone_into(&mut self.role);
        self.run("set role none").await.unwrap();
    }

    /// Stops the clock at a minute, written as a number that may have decimals.
    pub async fn at(&mut self, minute: &str) {
        let clock = format!(
            "set role none;
             create or replace function instant() returns timestamptz language sql volatile
                 return timestamptz '2026-03-01 00:00:00+00' + {minute} * interval '1 minute';
             set role {}",
            self.role
        );
        self.run(&clock).await.unwrap();
    }

    /// Runs statements in one transaction of their own; an error is the constraint's name or the SQLSTATE, those of
    /// the commit included.
    pub async fn attempt(&mut self, sql: &str) -> Result<(), String> {
        let done = match self.run(&format!("begin; {sql}")).await {
            Ok(()) => self.run("commit").await,
            failed => failed,
        };
        if done.is_err() {
            self.run("rollback").await.unwrap();
        }
        done.map_err(|error| name(&error))
    }

    /// The same, in a deed that takes its instant for documents 1 to 9.
    pub async fn attempt_deed(&mut self, sql: &str) -> Result<(), String> {
        self.attempt(&format!("select take_instant('{{1,2,3,4,5,6,7,8,9}}'); {sql}"))
            .await
    }

    /// Does a deed.
    pub async fn does(&mut self, sql: &str) {
        assert_eq!(self.attempt_deed(sql).await, Ok(()), "{sql}");
    }

    /// Asserts that a deed is refused under this name.
    pub async fn refuses(&mut self, name: &str, sql: &str) {
        assert_eq!(self.attempt_deed(sql).await, Err(name.to_owned()), "{sql}");
    }

    /// One value, as text.
    pub async fn ask(&mut self, sql: &str) -> String {
        let value: Option<String> = sqlx::query_scalar(AssertSqlSafe(format!("select ({sql})::text")))
            .fetch_one(&mut self.connection)
            .await
            .unwrap();
        value.unwrap_or_default()
    }

    /// Asserts the texts of a document: `number [from, until)` in minutes, in order.
    pub async fn has_texts(&mut self, document: u8, texts: &str) {
        assert_eq!(self.ask(&format!("sample.texts({document})")).await, texts);
    }

    async fn run(&mut self, sql: &str) -> sqlx::Result<()> {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut self.connection)
            .await?;
        Ok(())
    }
}

/// The name under which the database refused, or the SQLSTATE where it gave none.
pub fn name(error: &sqlx::Error) -> String {
    let refused = error.as_database_error().unwrap().downcast_ref::<PgDatabaseError>();
    refused.constraint().unwrap_or(refused.code()).to_owned()
}
