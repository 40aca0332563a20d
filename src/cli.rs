//! The commands: each a thin call into the modules below.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::config::{Arguments, Command, Common, DatabaseUrl, Import, LogFormat, Origin, Serve};
use crate::database::embedded::Embedded;
use crate::database::{Pools, migrate};
use crate::error::{Error, Result};
use crate::model::manuscript::Manuscripts;
use crate::web::{self, Site};
use crate::workflow::import::{Imported, Into, import};

/// The founding content, compiled into the program: file names and texts.
mod founding {
    include!(concat!(env!("OUT_DIR"), "/founding.rs"));
}

/// A wrong flag or value: the usual exit code of usage errors.
const WRONG_USAGE: u8 = 2;

/// Runs the program with the arguments of its process.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse_from(with_default_command(std::env::args_os())) {
        Ok(arguments) => arguments,
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
    match execute(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("error: {}", with_causes(&error)));
            ExitCode::FAILURE
        }
    }
}

/// `mandat` alone, or with flags alone, means `mandat serve`.
fn with_default_command(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.filter(|argument| !argument.is_empty()).collect();
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

/// Writes to standard error; nobody may be reading, and that is no reason to fail.
fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |told, cause| format!("{told}: {cause}"))
}

#[tokio::main]
async fn execute(command: Command) -> Result<()> {
    match command {
        Command::Serve(settings) => {
            log(&settings.common);
            serve(settings).await
        }
        Command::Migrate(common) => {
            log(&common);
            let database = Source::join(&common).await?;
            migrate(&database.options(), &common.roles()).await?;
            database.close().await
        }
        Command::Import(settings) => {
            log(&settings.common);
            import_directory(settings).await
        }
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

/// Where the database is.
enum Source {
    Own(Box<PgConnectOptions>),
    Embedded(Embedded),
}

impl Source {
    /// For `serve`: keeps the embedded server for itself.
    async fn keep(common: &Common) -> Result<Self> {
        match common.database_url.0.as_ref().map(DatabaseUrl::options) {
            Some(options) => Ok(Self::Own(Box::new(options))),
            None => Embedded::start(&common.data).await.map(Self::Embedded),
        }
    }

    /// For the other commands: joins the embedded server of a running `serve`.
    async fn join(common: &Common) -> Result<Self> {
        match common.database_url.0.as_ref().map(DatabaseUrl::options) {
            Some(options) => Ok(Self::Own(Box::new(options))),
            None => Embedded::join_or_start(&common.data).await.map(Self::Embedded),
        }
    }

    fn options(&self) -> PgConnectOptions {
        match self {
            Self::Own(options) => (**options).clone(),
            Self::Embedded(embedded) => embedded.connect_options(),
        }
    }

    async fn close(self) -> Result<()> {
        match self {
            Self::Own(_) => Ok(()),
            Self::Embedded(embedded) => embedded.stop().await,
        }
    }
}

async fn serve(settings: Serve) -> Result<()> {
    // Asked for before anything starts, so that a signal during the start is not lost.
    let stop = stop_signal()?;
    let listener = TcpListener::bind(settings.listen)
        .await
        .map_err(|error| Error::Setup(format!("cannot listen on {}: {error}", settings.listen)))?;
    let listening = listener
        .local_addr()
        .map_err(|error| Error::Internal(Box::new(error)))?;
    let database = Source::keep(&settings.common).await?;
    let served = serve_from(&settings, &database, listener, listening, stop).await;
    database.close().await?;
    served
}

async fn serve_from(
    settings: &Serve,
    database: &Source,
    listener: TcpListener,
    listening: std::net::SocketAddr,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let roles = settings.common.roles();
    migrate(&database.options(), &roles).await?;
    let pools = Pools::open(&database.options(), &roles);
    let founding = founding::FOUNDING
        .iter()
        .map(|(name, text)| (name.into(), (*text).to_owned()));
    if let Imported::Release { documents } =
        import(&pools.desk, &Manuscripts::parse(founding)?, Into::EmptyDatabase).await?
    {
        tracing::info!(documents = documents.len(), "the founding content is published");
    }
    let origin = settings.origin.0.clone().unwrap_or_else(|| Origin::of(listening));
    let proxies = settings
        .trusted_proxies
        .0
        .clone()
        .map_or_else(Vec::new, |networks| networks.0);
    let site = Arc::new(Site::new(pools.site.clone(), origin, settings.official, proxies));
    let _ = writeln!(std::io::stdout(), "listening on http://{listening}");
    web::serve(listener, site, stop).await?;
    pools.site.close().await;
    pools.desk.close().await;
    Ok(())
}

/// Resolves at SIGINT or SIGTERM.
fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static> {
    let listen = |kind| signal(kind).map_err(|error| Error::Internal(Box::new(error)));
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

async fn import_directory(settings: Import) -> Result<()> {
    let manuscripts = Manuscripts::read(&settings.directory)?;
    let database = Source::join(&settings.common).await?;
    let roles = settings.common.roles();
    migrate(&database.options(), &roles).await?;
    let pools = Pools::open(&database.options(), &roles);
    let imported = import(&pools.desk, &manuscripts, Into::AnyDatabase).await;
    pools.desk.close().await;
    database.close().await?;
    let told = match imported? {
        Imported::Nothing => "nothing differs from the live texts".to_owned(),
        Imported::Release { documents } => {
            let numbers: Vec<String> = documents.iter().map(ToString::to_string).collect();
            format!("one release, which changes documents {}", numbers.join(", "))
        }
    };
    let _ = writeln!(std::io::stdout(), "{told}");
    Ok(())
}
