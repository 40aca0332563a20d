//! One cluster: how it is created, and one run of its server.

use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};
use tokio::process::Child;

use super::place::Place;
use super::processes::{self, Postmaster};
use super::programs::Programs;
use super::{GLANCE, OWNER, SUPERUSER, options, socket};
use crate::error::{Error, Result};
use crate::stop::Stop;

/// Locales for a new cluster, best first: a server may be built without ICU, a machine may lack C.UTF-8.
const LOCALES: [&[&str]; 3] = [
    &["--locale-provider=icu", "--icu-locale=fr-CA", "--locale=C.UTF-8"],
    &["--locale=C.UTF-8"],
    &["--no-locale"],
];

/// How this server differs from PostgreSQL's defaults. Durability is said again, because a file in the cluster could
/// take it away, and arguments prevail over files.
const SETTINGS: [&str; 13] = [
    "fsync=on",
    "synchronous_commit=on",
    "full_page_writes=on",
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "logging_collector=off",
    "log_destination=stderr",
    "log_line_prefix=%m [%p] ",
    // What was refused may hold words of a draft, or of a text that is not live yet: the log has neither the row, nor
    // the statement, nor its parameters.
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    "log_statement=none",
    "log_parameter_max_length=0",
    "log_parameter_max_length_on_error=0",
];

/// Starts the server with its words in a log of its own (the previous one is kept when it grows past 16 MiB). The
/// shell becomes the server, which thus has the process id that we know.
const LAUNCH: &str = r#"umask 077
log=$1; shift
[ "$(wc -c 2>/dev/null <"$log" || echo 0)" -gt 16777216 ] && mv -f -- "$log" "$log.1"
exec "$@" >>"$log" 2>&1"#;

/// How long a fast, then an immediate shutdown may take before the next firmer one.
const STAGES: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_secs(30)),
    (Signal::QUIT, Duration::from_secs(10)),
    (Signal::KILL, Duration::from_secs(10)),
];

/// How often a long recovery is mentioned.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many lines of the server's log an error repeats.
const LAST_WORDS: usize = 8;

/// Creates the cluster of this place. It takes its name when it is complete, so that a half-made one is never used.
///
/// # Errors
/// [`Error::Setup`] with the words of `initdb`.
pub async fn create(place: &Place, programs: &Programs) -> Result<()> {
    let draft = place.draft();
    let discard = ["-rf".as_ref(), "--".as_ref(), draft.as_os_str()];
    let mut created = Ok(());
    for locale in LOCALES {
        place.account.run("rm", discard).await?;
        created = initdb(place, programs, locale).await;
        if created.is_ok() {
            break;
        }
    }
    created?;
    let (draft, cluster) = (draft.into_os_string(), place.cluster().into_os_string());
    place
        .account
        .run(
            "mv",
            ["-T".as_ref(), "--".as_ref(), draft.as_os_str(), cluster.as_os_str()],
        )
        .await?;
    let durable = std::fs::File::open(place.home()).and_then(|home| home.sync_all());
    durable.map_err(|error| Error::Setup(format!("{} cannot be written: {error}.", place.home().display())))
}

async fn initdb(place: &Place, programs: &Programs, locale: &[&str]) -> Result<()> {
    let mut command = place.account.command(programs.path("initdb"));
    command
        .arg("--pgdata")
        .arg(place.draft())
        .args(["--username", SUPERUSER, "--encoding=UTF8", "--data-checksums"])
        .args(["--auth-local=peer", "--auth-host=reject"])
        .args(locale)
        // Its working directory is how one that outlives us is recognized.
        .current_dir(place.home())
        .stderr(std::process::Stdio::piped());
    let output = command
        .output()
        .await
        .map_err(|error| Error::Setup(format!("initdb cannot be run: {error}.")))?;
    if output.status.success() {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(Error::Setup(format!(
        "PostgreSQL could not create its cluster: {}",
        words.trim()
    )))
}

/// Says whom the server admits: over its socket alone, whoever the kernel says is its own account or root.
pub async fn admit(place: &Place) -> Result<()> {
    let mut callers = vec!["root"];
    if place.account.name != "root" {
        callers.push(&place.account.name);
    }
    let map: String = callers
        .iter()
        .flat_map(|caller| [OWNER, SUPERUSER].map(|role| format!("mandat \"{caller}\" {role}\n")))
        .collect();
    place
        .account
        .write(&rules(place), "local all all peer map=mandat\n")
        .await?;
    place.account.write(&callers_file(place), &map).await
}

fn rules(place: &Place) -> PathBuf {
    place.home().join("pg_hba.conf")
}

fn callers_file(place: &Place) -> PathBuf {
    place.home().join("pg_ident.conf")
}

/// A run of the server. Dropped, it is told to stop.
#[derive(Debug)]
pub struct Server {
    child: Child,
}

impl Server {
    /// Starts the server and waits until it answers, however long recovery takes. Where it does not, or where the
    /// program is told to stop meanwhile, nothing of it is left running.
    ///
    /// # Errors
    /// [`Error::Setup`] with the server's last words when it ends instead; [`Error::Interrupted`].
    pub async fn start(place: &Place, programs: &Programs, directory: &Path, stop: &Stop) -> Result<Self> {
        socket::clear(place, directory).await?;
        let said = std::fs::metadata(place.log()).map_or(0, |log| log.len());
        let child = launch(place, programs, directory)?;
        let mut server = Self { child };
        let answers = stop.unless_told(server.answers(place, directory, said)).await;
        match answers {
            Ok(()) => Ok(server),
            Err(error) => {
                server.stop(place).await?;
                Err(error)
            }
        }
    }

    /// Waits for the server's first answer, and sees that it has what Mandat needs; `said` is how long its log was.
    async fn answers(&mut self, place: &Place, directory: &Path, said: u64) -> Result<()> {
        let mut mention = tokio::time::Instant::now() + PATIENCE;
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(ended(place, said, status));
            }
            if self.is_ready(place)
                && let Ok(connection) = options(directory, SUPERUSER, SUPERUSER).connect().await
            {
                return ensure_owner(connection).await;
            }
            if tokio::time::Instant::now() > mention {
                tracing::info!("PostgreSQL is recovering; its log is {}", place.log().display());
                mention += PATIENCE;
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Whether the server that takes connections in this cluster is the one that we started.
    fn is_ready(&self, place: &Place) -> bool {
        let postmaster = Postmaster::read(&place.cluster()).filter(|postmaster| postmaster.ready);
        postmaster.and_then(|postmaster| Pid::from_raw(postmaster.pid)) == self.pid()
    }

    /// Waits for the server to end by itself.
    pub async fn ended(&mut self) -> std::io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// Stops the server, and waits for its end and that of every process of the cluster.
    ///
    /// # Errors
    /// [`Error::Setup`] when something cannot be ended.
    pub async fn stop(mut self, place: &Place) -> Result<()> {
        for (signal, patience) in STAGES {
            self.signal(signal);
            if tokio::time::timeout(patience, self.child.wait()).await.is_ok() {
                break;
            }
        }
        processes::clear(place).await
    }

    /// The process, as long as nobody has waited for its end: until then the number is its own.
    fn pid(&self) -> Option<Pid> {
        self.child.id().and_then(|pid| Pid::from_raw(pid.try_into().ok()?))
    }

    fn signal(&self, signal: Signal) {
        if let Some(pid) = self.pid() {
            // It may have ended in the meantime.
            kill_process(pid, signal).unwrap_or_default();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.signal(Signal::INT);
    }
}

fn launch(place: &Place, programs: &Programs, directory: &Path) -> Result<Child> {
    // PostgreSQL reads a list of directories here: quotes keep commas and spaces, doubled ones keep quotes.
    let listed = directory.to_string_lossy().replace('"', "\"\"");
    let mut command = place.account.command("sh");
    command
        .args(["-c", LAUNCH, "sh"])
        .arg(place.log())
        .arg(programs.path("postgres"))
        .arg("-D")
        .arg(place.cluster());
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command.args(["-c", &format!("port={}", socket::PORT)]);
    command.args(["-c", &format!("unix_socket_directories=\"{listed}\"")]);
    for (name, file) in [("hba_file=", rules(place)), ("ident_file=", callers_file(place))] {
        let mut setting = std::ffi::OsString::from(name);
        setting.push(file);
        command.arg("-c").arg(setting);
    }
    command
        .spawn()
        .map_err(|error| Error::Setup(format!("PostgreSQL cannot be run: {error}.")))
}

/// Gives a new cluster the ordinary owner and its database. Repeated at every start, because a crash may have come
/// between any two of these steps.
async fn ensure_owner(mut connection: PgConnection) -> Result<()> {
    let role: Option<i32> = sqlx::query_scalar("SELECT 1 FROM pg_roles WHERE rolname = $1")
        .bind(OWNER)
        .fetch_optional(&mut connection)
        .await?;
    if role.is_none() {
        connection.execute("CREATE ROLE mandat LOGIN CREATEROLE").await?;
    }
    let database: Option<i32> = sqlx::query_scalar("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(OWNER)
        .fetch_optional(&mut connection)
        .await?;
    if database.is_none() {
        connection.execute("CREATE DATABASE mandat OWNER mandat").await?;
    }
    connection.close().await?;
    Ok(())
}

/// Why the server ended, in the last words of this run.
fn ended(place: &Place, said: u64, status: ExitStatus) -> Error {
    let log = place.log();
    let mut words = Vec::new();
    let read = std::fs::File::open(&log).and_then(|mut file| {
        let from = if file.metadata()?.len() < said { 0 } else { said };
        file.seek(SeekFrom::Start(from))?;
        file.read_to_end(&mut words)
    });
    let words = String::from_utf8_lossy(&words);
    let lines: Vec<&str> = words.lines().collect();
    let last = match read {
        Ok(_) => lines[lines.len().saturating_sub(LAST_WORDS)..].join("\n"),
        Err(error) => error.to_string(),
    };
    Error::Setup(format!(
        "PostgreSQL did not start ({status}). The end of its log, {}:\n{last}",
        log.display()
    ))
}
