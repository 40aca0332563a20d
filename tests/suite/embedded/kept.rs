//! A process that keeps a server, to be killed; and looks at what is left of it.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use mandat::database::embedded::Embedded;
use mandat::stop::Stop;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// Names the data directory to the process that keeps it.
const DATA: &str = "MANDAT_SUITE_KEEPS";

/// The sentence of a refused start.
pub fn refusal(started: mandat::error::Result<Embedded>) -> String {
    match started {
        Ok(_) => panic!("it started"),
        Err(error) => error.to_string(),
    }
}

/// How to connect as the superuser of a server.
pub fn superuser(server: &Embedded) -> PgConnectOptions {
    server.connect_options().username("postgres").database("postgres")
}

/// Waits until something is so.
pub async fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < end, "{what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Not a test of its own: the process that [`Kept`] starts.
#[tokio::test]
async fn keeper_process() {
    let Some(data) = std::env::var_os(DATA) else { return };
    match Embedded::start(Path::new(&data), &Stop::never()).await {
        Ok(server) => {
            println!("KEPT {}", server.connect_options().get_socket().unwrap().display());
            // Until whoever started us is gone, or lets us go.
            tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()))
                .await
                .unwrap()
                .unwrap();
            server.stop().await.unwrap();
        }
        Err(error) => println!("REFUSED {}", error.to_string().replace('\n', " ")),
    }
}

/// A process of its own that keeps a server.
pub struct Kept {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Kept {
    /// Starts the process and gives it with its socket directory, or the sentence of its refusal.
    pub fn start(data: &Path) -> (Self, Result<PathBuf, String>) {
        Self::start_as(Command::new(std::env::current_exe().unwrap()), data, &[])
    }

    /// As [`Kept::start`], with the program and its account chosen by the caller.
    pub fn start_as(program: Command, data: &Path, environment: &[(&str, &OsStr)]) -> (Self, Result<PathBuf, String>) {
        let mut kept = Self::spawn(program, data, environment);
        let answer = kept.answer();
        (kept, answer)
    }

    /// Starts the process without waiting for its server.
    pub fn spawn(mut program: Command, data: &Path, environment: &[(&str, &OsStr)]) -> Self {
        program
            .args(["embedded::kept::keeper_process", "--exact", "--nocapture"])
            .env(DATA, data);
        program
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = program.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, output }
    }

    fn answer(&mut self) -> Result<PathBuf, String> {
        let mut said = String::new();
        loop {
            said.clear();
            assert_ne!(
                self.output.read_line(&mut said).unwrap(),
                0,
                "the keeper ended without a word"
            );
            if let Some((_, socket)) = said.trim().split_once("KEPT ") {
                return Ok(PathBuf::from(socket));
            }
            if let Some((_, sentence)) = said.trim().split_once("REFUSED ") {
                return Err(sentence.to_owned());
            }
        }
    }

    /// Kills the process, and sees that nothing it left behind holds its output open.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        self.output.read_to_end(&mut Vec::new()).unwrap();
    }

    /// Lets the process stop its server and end.
    pub fn leave(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().unwrap().success());
    }
}

/// How to connect to a server whose socket directory is known.
pub fn connect_options(socket: &Path) -> PgConnectOptions {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(socket)
        .port(5432)
        .ssl_mode(PgSslMode::Disable);
    options.username("mandat").database("mandat")
}
