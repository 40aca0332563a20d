//! The commands: each a thin call into the modules below.

mod backup;
mod content;
mod database;
mod draft;
mod serve;
mod users;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use crate::config::{Arguments, Command, Common, LogFormat};
use crate::database::Roles;
use crate::error::{Error, Result};
use crate::stop::Stop;

/// A wrong flag or value: the usual exit code of usage errors.
const WRONG_USAGE: u8 = 2;

/// How long what works on another thread (the resolver of names, for one) may hold the end up.
const PARTING: Duration = Duration::from_millis(200);

/// Runs the program with the arguments of its process.
#[must_use]
pub fn run() -> ExitCode {
    let (command, roles) = match parse(std::env::args_os()) {
        Ok(parsed) => parsed,
        Err(error) if error.use_stderr() => {
            complain(&in_one_line(&error.render().to_string()));
            return ExitCode::from(WRONG_USAGE);
        }
        // Help and version.
        Err(error) => {
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
    };
    let format = command.common().log_format;
    log(command.common());
    match block_on(execute(command, roles)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            fail(format, &with_causes(&error));
            ExitCode::FAILURE
        }
    }
}

fn parse(arguments: impl Iterator<Item = OsString>) -> std::result::Result<(Command, Roles), clap::Error> {
    let command = Arguments::try_parse_from(with_default_command(arguments))?.command;
    let roles = command.common().roles().ok_or_else(|| {
        let reason = "--desk-role and --site-role are two roles: one name was given to both";
        Arguments::command().error(ErrorKind::ArgumentConflict, reason)
    })?;
    Ok((command, roles))
}

/// `mandat` alone, or with flags alone, means `mandat serve`.
fn with_default_command(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.collect();
    let is_flag = |argument: &OsString| argument.as_encoded_bytes().starts_with(b"-");
    let asks = |argument: &OsString| ["-h", "--help", "-V", "--version"].iter().any(|flag| argument == flag);
    if arguments.get(1).is_none_or(|first| is_flag(first) && !asks(first)) {
        arguments.insert(1.min(arguments.len()), "serve".into());
    }
    arguments
}

/// What is wrong with the command line, without the usage that follows after an empty line.
fn in_one_line(told: &str) -> String {
    let lines = told.lines().map(str::trim).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// Writes to standard output; nobody may be reading, and that is no reason to fail.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Writes to standard error, whether or not anybody reads.
fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Tells what ended the program, in the format of the log but past its filter.
fn fail(format: LogFormat, told: &str) {
    match format {
        LogFormat::Human => complain(&format!("error: {told}")),
        LogFormat::Json => {
            let log = tracing_subscriber::fmt().with_writer(std::io::stderr).json();
            tracing::subscriber::with_default(log.finish(), || tracing::error!("{told}"));
        }
    }
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |told, cause| format!("{told}: {cause}"))
}

fn block_on(work: impl Future<Output = Result<()>>) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| Error::Internal(Box::new(error)))?;
    let done = runtime.block_on(work);
    runtime.shutdown_timeout(PARTING);
    done
}

async fn execute(command: Command, roles: Roles) -> Result<()> {
    // Asked for before anything starts, so that a signal during the start is not lost.
    let stop = Stop::at_signals()?;
    match command {
        Command::Serve(settings) => serve::serve(*settings, roles, &stop).await,
        Command::Migrate(settings) => content::migrate_database(settings, roles, &stop).await,
        Command::Import(settings) => content::import_directory(settings, roles, &stop).await,
        Command::Export(settings) => content::export_directory(settings, roles, &stop).await,
        Command::Backup(settings) => backup::back_up(settings, &stop).await,
        Command::Restore(settings) => backup::restore(settings, roles, &stop).await,
        Command::User(settings) => users::users(settings, roles, &stop).await,
    }
}

fn log(common: &Common) {
    let filter = tracing_subscriber::EnvFilter::new(common.log.as_str());
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    match common.log_format {
        LogFormat::Human => log.with_target(false).init(),
        LogFormat::Json => log.json().init(),
    }
}
