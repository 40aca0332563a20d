//! A client of HTTP/1.1 that sees everything that goes wrong, and what a balancer makes good.

use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came back.
pub struct Answer {
    pub status: u16,
    /// Its validator, if it has one.
    pub tag: Option<String>,
    pub body: Vec<u8>,
}

/// A connection, and how many answers it gave.
pub struct Connection {
    stream: TcpStream,
    answers: u32,
    closes: bool,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            answers: 0,
            closes: false,
        })
    }

    /// Whether it can be asked again.
    pub fn lives(&self) -> bool {
        !self.closes
    }

    /// Says nothing more until the node closes it.
    pub async fn until_closed(&mut self) {
        while self.stream.read(&mut [0; 64]).await.is_ok_and(|read| read > 0) {}
    }

    /// Whether a failure is that of a connection which the node had closed while it was idle.
    pub fn was_idle(&self, error: &Error) -> bool {
        self.answers > 0 && error.kind() == ErrorKind::NotConnected
    }

    /// Asks for a path.
    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask(path, &[("Accept-Encoding", "identity")]).await
    }

    /// Asks for a path with some headers. `NotConnected` is an end before the first byte of the answer.
    pub async fn ask(&mut self, path: &str, headers: &[(&str, &str)]) -> Result<Answer> {
        let mut request = format!("GET {path} HTTP/1.1\r\nHost: mandat.test\r\n");
        for (name, value) in headers {
            request.extend([*name, ": ", *value, "\r\n"]);
        }
        request.push_str("\r\n");
        if self.stream.write_all(request.as_bytes()).await.is_err() {
            return Err(ErrorKind::NotConnected.into());
        }
        let mut received = Vec::with_capacity(64 << 10);
        let head = loop {
            match self.stream.read_buf(&mut received).await {
                Ok(0) | Err(_) if received.is_empty() => return Err(ErrorKind::NotConnected.into()),
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(_) => {}
                Err(error) => return Err(error),
            }
            if let Some(end) = received.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let words = String::from_utf8_lossy(&received[..head]).into_owned();
        let (Some(status), Some(length)) = (status(&words), length(&words)) else {
            return Err(Error::new(ErrorKind::InvalidData, words));
        };
        while received.len() < head + length {
            if self.stream.read_buf(&mut received).await? == 0 {
                return Err(ErrorKind::UnexpectedEof.into());
            }
        }
        self.answers += 1;
        self.closes = field(&words, "connection") == Some("close");
        Ok(Answer {
            status,
            tag: field(&words, "etag").map(str::to_owned),
            body: received.split_off(head),
        })
    }
}

/// The status in the head of an answer.
fn status(head: &str) -> Option<u16> {
    head.split(' ').nth(1)?.parse().ok()
}

/// How long the body after a head is; a 304 has none.
fn length(head: &str) -> Option<usize> {
    match status(head)? {
        304 => Some(0),
        _ => field(head, "content-length")?.parse().ok(),
    }
}

/// A field of the head of an answer.
fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find_map(|(found, value)| found.eq_ignore_ascii_case(name).then_some(value))
}

/// One reader behind a balancer: asks the nodes in turn, asks another where one refuses connections, and asks again where a
/// connection was closed while it was idle. Anything else is a failure.
pub struct Balancer {
    nodes: Vec<(SocketAddr, Option<Connection>)>,
    turn: usize,
}

impl Balancer {
    pub fn new(addresses: &[SocketAddr], turn: usize) -> Self {
        Self {
            nodes: addresses.iter().map(|address| (*address, None)).collect(),
            turn,
        }
    }

    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        let mut refused = 0;
        loop {
            self.turn = (self.turn + 1) % self.nodes.len();
            let (address, kept) = &mut self.nodes[self.turn];
            let mut connection = match kept.take() {
                Some(connection) => connection,
                None => match Connection::open(*address).await {
                    Ok(connection) => connection,
                    Err(error) if error.kind() == ErrorKind::ConnectionRefused && refused + 1 < self.nodes.len() => {
                        refused += 1;
                        continue;
                    }
                    Err(error) => return Err(error),
                },
            };
            match connection.get(path).await {
                Ok(answer) => {
                    *kept = Some(connection).filter(Connection::lives);
                    return Ok(answer);
                }
                Err(error) if connection.was_idle(&error) => {}
                Err(error) => return Err(error),
            }
        }
    }
}
