//! The server itself: what readers, balancers and the operator meet on the wire.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use sqlx::Connection;

use super::program::Running;
use super::url;
use crate::embedded::kept::eventually;
use crate::support::database::TestDatabase;
use crate::support::folder;

/// How long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A reader whose connection stays open.
struct Reader(BufReader<TcpStream>);

/// The head of an answer, and its body.
struct Answer {
    head: Vec<String>,
    body: Vec<u8>,
}

impl Reader {
    fn of(server: &Running) -> Self {
        let stream = TcpStream::connect(&server.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(BufReader::new(stream))
    }

    fn send(&mut self, head: &str) {
        write!(self.0.get_mut(), "{head}\r\n\r\n").unwrap();
    }

    fn read(&mut self, has_body: bool) -> Answer {
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).unwrap();
            if line.trim_end().is_empty() {
                break;
            }
            head.push(line.trim_end().to_owned());
        }
        let mut answer = Answer { head, body: Vec::new() };
        let length = answer
            .header("content-length")
            .map_or(0, |length| length.parse().unwrap());
        answer.body.resize(if has_body { length } else { 0 }, 0);
        self.0.read_exact(&mut answer.body).unwrap();
        answer
    }

    fn ask(&mut self, line: &str, more: &str) -> Answer {
        self.send(&format!("{line} HTTP/1.1\r\nHost: mandat{more}"));
        self.read(line.starts_with("GET"))
    }
}

impl Answer {
    fn status(&self) -> &str {
        self.head.first().map_or("", |line| &line["HTTP/1.1 ".len()..][..3])
    }

    fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &str| line.split_once(": ").is_some_and(|(found, _)| found == name);
        let line = self.head.iter().find(|line| named(line))?;
        Some(&line[name.len() + 2..])
    }
}

/// A free port that the program may take.
fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .to_string()
}

/// What the operator's listener answers.
fn operator(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[tokio::test]
async fn one_connection_asks_again_and_is_answered_from_memory() {
    let database = TestDatabase::founded().await;
    let folder = folder();
    let numbers = free_address();
    let environment = [("DATABASE_URL", url(&database)), ("MANDAT_METRICS", numbers.clone())];
    let environment = environment.each_ref().map(|(name, value)| (*name, value.as_str()));
    let served = Running::serve(folder.path(), &environment);
    eventually("it follows the record", || {
        operator(&numbers, "/readyz").starts_with("HTTP/1.1 200")
    })
    .await;
    let mut reader = Reader::of(&served);
    let first = reader.ask("GET /fr/mission", "\r\nAccept-Encoding: gzip");
    assert_eq!(
        (first.status(), first.header("content-encoding")),
        ("200", Some("gzip"))
    );
    let again = reader.ask("GET /fr/mission", "\r\nAccept-Encoding: gzip");
    assert!(again.body == first.body && again.header("date").is_some());
    let head = reader.ask("HEAD /fr/mission", "\r\nAccept-Encoding: gzip");
    assert_eq!(
        (head.status(), head.header("content-length")),
        ("200", first.header("content-length"))
    );
    for path in ["/fr/mission", "/static/none", "/en/vision"] {
        // Kept or not: a length on a 304 would be that of the page.
        let tag = reader.ask(&format!("GET {path}"), "").header("etag").map(str::to_owned);
        let Some(tag) = tag else { continue };
        let known = reader.ask(&format!("GET {path}"), &format!("\r\nIf-None-Match: {tag}"));
        let names: Vec<&str> = known.head[1..]
            .iter()
            .filter_map(|line| Some(line.split_once(':')?.0))
            .collect();
        assert_eq!((known.status(), names.len()), ("304", 4), "{names:?}");
        assert_eq!(known.header("content-length"), None);
    }
    let told = operator(&numbers, "/metrics");
    let number = |name: &str| {
        let line = told.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("{name}: {told}")).parse::<f64>().unwrap()
    };
    assert!(number("mandat_requests_total{route=\"page\",status=\"200\"}") >= 4.0);
    assert!(number("mandat_requests_total{route=\"page\",status=\"304\"}") >= 2.0);
    assert!(number("mandat_cache_hits_total") >= 3.0);
    assert!([0.0, 1.0].contains(&number("mandat_cache_settled")));
    assert!(number("mandat_answer_made_seconds_count") >= 1.0 && number("mandat_record_read_seconds_sum") > 0.0);
    assert_eq!((number("mandat_database_up"), number("mandat_connections")), (1.0, 1.0));
    assert!(number("mandat_catch_up_age_seconds") < 5.0);
    assert!(operator(&numbers, "/healthz").ends_with("ok\n"));
    for path in ["/metrics", "/healthz", "/readyz"] {
        assert_eq!(
            reader.ask(&format!("GET {path}"), "").status(),
            "404",
            "readers do not see {path}"
        );
    }
}

#[tokio::test]
async fn what_is_in_flight_when_told_to_stop_is_answered() {
    let database = TestDatabase::founded().await;
    let folder = folder();
    let mut served = Running::serve(folder.path(), &[("DATABASE_URL", &url(&database))]);
    let mut owner = database.as_owner().await;
    let mut locked = owner.begin().await.unwrap();
    sqlx::raw_sql("lock table publication in access exclusive mode")
        .execute(&mut *locked)
        .await
        .unwrap();
    let mut idle = Reader::of(&served);
    assert_eq!(idle.ask("OPTIONS /fr", "").status(), "204");
    let mut reader = Reader::of(&served);
    reader.send("GET /fr/recherche?q=vision HTTP/1.1\r\nHost: mandat");
    let waiting = "select exists (select from pg_locks where relation = 'publication'::regclass and not granted)";
    super::signals::until(&mut locked, waiting).await;
    kill_process(Pid::from_raw(served.id()).unwrap(), Signal::TERM).unwrap();
    let mut gone = Vec::new();
    idle.0.read_to_end(&mut gone).unwrap();
    assert!(gone.is_empty(), "who asks nothing is let go");
    locked.rollback().await.unwrap();
    let answer = reader.read(true);
    assert_eq!((answer.status(), answer.header("connection")), ("200", Some("close")));
    assert_eq!(served.stop("TERM").code, Some(0));
}

#[tokio::test]
async fn heads_and_bodies_without_end_are_refused() {
    let database = TestDatabase::founded().await;
    let folder = folder();
    let served = Running::serve(folder.path(), &[("DATABASE_URL", &url(&database))]);
    let long = "x".repeat(20 << 10);
    let mut reader = Reader::of(&served);
    assert_eq!(reader.ask("GET /fr", &format!("\r\nCookie: {long}")).status(), "431");
    let mut reader = Reader::of(&served);
    assert_eq!(
        reader.ask("POST /fr", "\r\nContent-Length: 99999999999").status(),
        "405"
    );
    let mut quick = Reader::of(&served);
    let began = Instant::now();
    assert_eq!(quick.ask("GET /fr/mission", "").status(), "200");
    assert!(began.elapsed() < PATIENCE);
}
