//! A whole database in one file, and back: PostgreSQL's own `pg_dump` and `pg_restore`.
//!
//! The file holds neither owners nor rights: whoever restores it owns what it brings, and `migrate` then says who may do
//! what. Passwords travel in the environment, never on a command line.

use std::fs::File;
use std::io::Seek;
use std::path::PathBuf;
use std::process::Stdio;

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tokio::process::Command;

use super::embedded::account::Account;
use super::embedded::programs::{Programs, search_list};
use super::{MIGRATOR, connect, named, owns, server_version};
use crate::error::{Error, Result};

/// What the migrations ask for. Other extensions are an administrator's, and the owner of another database could not
/// create them.
const EXTENSIONS: [&str; 3] = ["btree_gist", "pg_trgm", "unaccent"];

/// How a restoration goes: whole or not at all, and without what only an administrator could bring back.
const RESTORATION: [&str; 9] = [
    "--single-transaction",
    "--exit-on-error",
    "--no-owner",
    "--no-privileges",
    "--no-comments",
    "--no-publications",
    "--no-subscriptions",
    "--no-security-labels",
    "--no-tablespaces",
];

/// What follows these is not for an operator's terminal: statements, and rows with their words.
const ASIDES: [&str; 4] = ["Command was:", "detail:", "DETAIL:", "CONTEXT:"];

/// PostgreSQL's own programs, and how they reach a database.
pub struct Tools {
    programs: Programs,
    /// Who runs them; none for ourselves.
    account: Option<Account>,
    /// Variables of libpq.
    connection: Vec<(&'static str, String)>,
}

impl Tools {
    /// For a database of the embedded server, run by its account.
    pub(super) fn of_account(programs: Programs, account: Account, options: &PgConnectOptions) -> Self {
        Self {
            programs,
            account: Some(account),
            connection: variables(options),
        }
    }

    /// For a PostgreSQL of one's own: the programs that suit its version. `secrets` is what the options do not tell, as
    /// variables of libpq.
    ///
    /// # Errors
    /// [`Error::Setup`] where the server cannot be reached, or where its programs are missing or too old.
    pub async fn of_server(options: &PgConnectOptions, secrets: &[(&'static str, String)]) -> Result<Self> {
        let mut connection = connect(options).await?;
        let server = server_version(&mut connection).await? / 10_000;
        let folders = search_list(std::env::var_os("PG_BIN"), std::env::var_os("PATH")).await;
        Ok(Self {
            programs: Programs::clients(&folders, server.unsigned_abs()).await?,
            account: None,
            connection: [variables(options).as_slice(), secrets].concat(),
        })
    }

    /// Writes the database to a file, as it is at one moment, while others read and write it.
    ///
    /// # Errors
    /// [`Error::Setup`] with the words of `pg_dump`.
    pub async fn dump(&self, file: &File) -> Result<()> {
        let mut command = self.command("pg_dump");
        command.arg("--format=custom").stdout(handed(file)?);
        command.args(EXTENSIONS.map(|name| format!("--extension={name}")));
        finish(command, "The backup failed").await.map(drop)
    }

    /// The migrations that the database in a file had been through.
    ///
    /// # Errors
    /// [`Error::Setup`] where the file is no backup of Mandat's.
    pub async fn migrations(&self, file: &File) -> Result<Vec<i64>> {
        let mut command = self.command("pg_restore");
        command
            .args(["--data-only", "--table=_sqlx_migrations", "--file=-"])
            .stdin(handed(file)?)
            .stdout(Stdio::piped());
        let script = finish(command, "The file cannot be read as a backup").await?;
        versions(&script).ok_or_else(|| Error::Setup("The file is no backup of a database of Mandat.".to_owned()))
    }

    /// Fills an empty database from a file: all of it, or nothing.
    ///
    /// # Errors
    /// [`Error::Setup`] with the words of `pg_restore`.
    pub async fn restore(&self, file: &File) -> Result<()> {
        let mut command = self.command("pg_restore");
        // An empty name stands for the variable's: a name of its own might be read as a whole address.
        command.arg("--dbname=").args(RESTORATION).stdin(handed(file)?);
        finish(command, "The backup was not restored, and the database is as it was")
            .await
            .map(drop)
    }

    /// A program that ends with us, in a process group of its own: Ctrl-C is for us alone.
    fn command(&self, program: &str) -> Command {
        let program = self.programs.path(program);
        let mut command = match &self.account {
            Some(account) => account.command(program),
            None => Command::new(program),
        };
        command
            .envs(self.connection.iter().map(|(name, value)| (name, value)))
            .env("LC_ALL", "C")
            .arg("--no-password")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        command
    }
}

/// Whether a database may be backed up by this login: it holds a record of Mandat's, all of which the login may read.
///
/// # Errors
/// [`Error::Setup`] where it may not.
pub async fn ensure_kept(options: &PgConnectOptions) -> Result<()> {
    let mut connection = connect(options).await?;
    let holds = sqlx::query_scalar!(r#"select to_regclass('public._sqlx_migrations') is not null as "holds!""#)
        .fetch_one(&mut connection)
        .await?;
    if !holds {
        return Err(Error::Setup(format!(
            "{} holds nothing of Mandat's to back up.",
            named(options)
        )));
    }
    if !owns(&mut connection).await? {
        let login = options.get_username();
        return Err(Error::Setup(format!(
            "A backup holds everything, and {login} may not read everything: run it as the database's owner."
        )));
    }
    Ok(())
}

/// Whether a database is empty: nothing in it would mix with what a backup brings.
///
/// # Errors
/// [`Error::Setup`] where it is not.
pub async fn ensure_empty(options: &PgConnectOptions) -> Result<()> {
    let mut connection = connect(options).await?;
    let empty = sqlx::query_scalar!(
        r#"select not exists (
               select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                  -- What an extension brought is not content.
                  and not exists (select from pg_depend d
                                   where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'))
           as "empty!""#
    )
    .fetch_one(&mut connection)
    .await?;
    if empty {
        return Ok(());
    }
    Err(Error::Setup(format!(
        "{} is not empty, and a backup is restored into an empty one only. Name another, with --data or DATABASE_URL.",
        named(options)
    )))
}

/// Whether this program knows every migration that a backup's database had been through.
///
/// # Errors
/// [`Error::Setup`] where it does not.
pub fn ensure_known(migrations: &[i64]) -> Result<()> {
    let known: Vec<i64> = MIGRATOR.iter().map(|migration| migration.version).collect();
    if migrations.iter().all(|version| known.contains(version)) {
        return Ok(());
    }
    Err(Error::Setup(
        "The backup was made by a later version of Mandat than this one: restore it with that version.".to_owned(),
    ))
}

/// Where a database is and how to speak to it, as variables of libpq.
fn variables(options: &PgConnectOptions) -> Vec<(&'static str, String)> {
    let host = options.get_socket().map(|socket| socket.display().to_string());
    let database = options.get_database().unwrap_or_else(|| options.get_username());
    let mut variables = vec![
        ("PGHOST", host.unwrap_or_else(|| options.get_host().to_owned())),
        ("PGPORT", options.get_port().to_string()),
        ("PGUSER", options.get_username().to_owned()),
        ("PGDATABASE", database.to_owned()),
        ("PGSSLMODE", spelled(options.get_ssl_mode()).to_owned()),
        ("PGAPPNAME", "mandat".to_owned()),
    ];
    variables.extend(options.get_options().map(|options| ("PGOPTIONS", options.to_owned())));
    variables
}

const fn spelled(mode: PgSslMode) -> &'static str {
    match mode {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    }
}

/// A file as a program's standard stream, from its beginning: the program needs no right to its path.
fn handed(mut file: &File) -> Result<Stdio> {
    let internal = |error: std::io::Error| Error::Internal(Box::new(error));
    file.rewind().map_err(internal)?;
    Ok(file.try_clone().map_err(internal)?.into())
}

/// Runs a program to its end, and gives what it printed; `failure` is what its failure means.
async fn finish(mut command: Command, failure: &str) -> Result<String> {
    let program = PathBuf::from(command.as_std().get_program());
    let ended = async { command.spawn()?.wait_with_output().await };
    let output = ended
        .await
        .map_err(|error| Error::Setup(format!("{failure}: {} cannot be run: {error}.", program.display())))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let told = said
        .lines()
        .take_while(|line| !ASIDES.iter().any(|aside| line.contains(aside)));
    let said = told.map(str::trim).collect::<Vec<_>>().join(" ");
    if !output.status.success() {
        return Err(Error::Setup(format!("{failure}: {said}")));
    }
    if !said.is_empty() {
        tracing::warn!("{said}");
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The first column of the table of migrations, from a script that fills it.
fn versions(script: &str) -> Option<Vec<i64>> {
    let (_, rows) = script.split_once("\nCOPY public._sqlx_migrations ")?;
    let rows = rows.lines().skip(1).take_while(|row| *row != "\\.");
    rows.map(|row| row.split('\t').next()?.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{ensure_known, versions};

    #[test]
    fn the_versions_of_a_backup_are_read() {
        let script =
            "SET x = 1;\nCOPY public._sqlx_migrations (version, description) FROM stdin;\n1\tone\n20\ttwo\n\\.\n\n";
        assert_eq!(versions(script), Some(vec![1, 20]));
        assert_eq!(versions("SET x = 1;\n"), None);
    }

    #[test]
    fn a_later_schema_is_not_known() {
        assert!(ensure_known(&[1, 2]).is_ok());
        let refused = ensure_known(&[1, 9999]).unwrap_err().to_string();
        assert!(refused.contains("later version"), "{refused}");
    }
}
