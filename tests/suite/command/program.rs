//! A process of the built program.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a start may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// The built program with these arguments, and no setting of whoever runs the tests but where PostgreSQL is.
pub fn mandat(arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mandat"));
    program.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    for (name, _) in std::env::vars_os() {
        if name == "DATABASE_URL" || name.to_string_lossy().starts_with("MANDAT_") {
            program.env_remove(name);
        }
    }
    program
}

/// `serve` on a data directory.
pub fn serve(data: &Path, address: &str, environment: &[(&str, &str)]) -> Command {
    let mut program = mandat(&["serve", "--listen", address, "--data"]);
    program.arg(data).envs(environment.iter().copied());
    program
}

/// How a process ended.
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// Runs to the end.
pub fn run(mut program: Command) -> Ended {
    let output = program.stdin(Stdio::null()).output().unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A running program.
pub struct Running {
    child: Child,
    output: Option<BufReader<ChildStdout>>,
    log: Option<JoinHandle<String>>,
    /// Where it listens, if it serves.
    pub address: String,
}

impl Running {
    /// Starts `serve` on a free port and waits for its line.
    pub fn serve(data: &Path, environment: &[(&str, &str)]) -> Self {
        let mut served = Self::start(serve(data, "127.0.0.1:0", environment));
        let mut output = BufReader::new(served.child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let address = line.trim_end().strip_prefix("listening on http://");
        address
            .unwrap_or_else(|| panic!("it said `{line}`"))
            .clone_into(&mut served.address);
        served.output = Some(output);
        served
    }

    /// Starts `serve` with nobody at the other end of its standard output, and waits until it answers.
    pub fn unheard(data: &Path, address: &str) -> Self {
        let mut served = Self::start(serve(data, address, &[]));
        address.clone_into(&mut served.address);
        drop(served.child.stdout.take());
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(address).is_err() {
            assert!(Instant::now() < end, "it never listened");
            std::thread::sleep(Duration::from_millis(50));
        }
        served
    }

    /// Starts a program and waits for nothing.
    pub fn start(mut program: Command) -> Self {
        program
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = program.spawn().unwrap();
        let mut errors = child.stderr.take().unwrap();
        let log = std::thread::spawn(move || {
            let mut words = String::new();
            errors.read_to_string(&mut words).unwrap();
            words
        });
        Self {
            child,
            output: None,
            log: Some(log),
            address: String::new(),
        }
    }

    /// The number of its process.
    pub fn id(&self) -> i32 {
        self.child.id().try_into().unwrap()
    }

    /// The whole answer for a path, head and body.
    pub fn get(&mut self, path: &str) -> String {
        let mut connection = TcpStream::connect(&self.address).unwrap();
        connection.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            connection,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        )
        .unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Sends a signal, `TERM` or `INT`, and tells how it ended and what it said after its first line.
    pub fn stop(&mut self, signal: &str) -> Ended {
        use rustix::process::{Pid, Signal, kill_process};
        let signal = if signal == "INT" { Signal::INT } else { Signal::TERM };
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        let code = self.child.wait().unwrap().code();
        let mut stdout = String::new();
        let output = self.output.take();
        if let Some(mut output) = output.or_else(|| self.child.stdout.take().map(BufReader::new)) {
            output.read_to_string(&mut stdout).unwrap();
        }
        let stderr = self.log.take().unwrap().join().unwrap();
        Ended { code, stdout, stderr }
    }
}

impl Drop for Running {
    /// A test that failed leaves no server behind.
    fn drop(&mut self) {
        if self.log.is_some() {
            self.stop("TERM");
        }
    }
}
