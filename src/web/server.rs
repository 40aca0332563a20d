//! The server: connections in, answers out. What is kept is sent without a span, a log line or a lock; everything else
//! goes through the routes. Whoever is silent, slow or deaf holds a connection for a while and nothing else.

mod alarm;
mod front;
mod watched;

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use rustix::process::{Resource, getrlimit, setrlimit};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::stop::Stop;
use alarm::Alarm;
use watched::Watched;

pub use front::Front;

/// How long the first byte of a connection may take: those who never speak cost no buffer.
const SILENCE: Duration = Duration::from_secs(15);
/// How long the head of a request may take, and a connection may stay between two: longer than balancers keep theirs.
const HEAD: Duration = Duration::from_secs(75);
/// How long a client may take nothing of its answer.
const DEAFNESS: Duration = Duration::from_secs(20);
/// How long a request line and its headers may be together, in bytes.
const LONGEST_HEAD: usize = 16 << 10;
/// How long readers may take to finish asking and to take their answers, once the program is told to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// How long a connection without a request is still heard then: its request may be on the way.
const LAST_WORD: Duration = Duration::from_millis(200);
/// How many connections are held at most.
const MOST: usize = 16 << 10;
/// How many files are kept for what is no reader: the database, the log.
const OTHER_FILES: usize = 128;
/// How long to wait where no connection can be taken, as when files are short.
const BREATH: Duration = Duration::from_millis(50);

/// Answers requests until told to stop, then finishes those in flight, as far as [`DRAIN`] allows. At most this many
/// connections are held.
pub async fn serve(listener: TcpListener, front: Front, connections: usize, stop: &Stop) {
    let (tell, leaving) = Stop::at_will();
    let taking = Taking {
        front,
        room: Arc::new(Semaphore::new(connections)),
        stop: leaving,
    };
    loop {
        tokio::select! {
            biased;
            () = stop.told() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => taking.take(stream, peer),
                Err(error) if is_of_one_connection(&error) => {}
                Err(error) => {
                    tracing::warn!(%error, "no connection can be taken");
                    tokio::time::sleep(BREATH).await;
                }
            },
        }
    }
    taking.take_the_last(listener);
    // Told after that, since whoever is told comes back at once: to a closed door, which sends them to another node.
    tell.send_replace(true);
    let everybody = u32::try_from(connections).unwrap_or(u32::MAX);
    if tokio::time::timeout(DRAIN, taking.room.acquire_many(everybody))
        .await
        .is_err()
    {
        tracing::warn!("a reader is still not done: leaving");
    }
}

/// How many connections may be held: as many as files may be open, but for some, and far more than are needed.
pub fn room() -> usize {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    // What the system refuses leaves what there is.
    let _ = setrlimit(Resource::Nofile, limit);
    let open = getrlimit(Resource::Nofile)
        .current
        .and_then(|files| usize::try_from(files).ok());
    open.map_or(MOST, |files| files.saturating_sub(OTHER_FILES)).min(MOST)
}

/// What hyper is told for a connection.
fn http() -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(Alarm::new(HEAD))
        .header_read_timeout(HEAD)
        .max_header_size(LONGEST_HEAD);
    http
}

/// A connection as hyper serves it.
type Answered = http1::Connection<TokioIo<Watched<TcpStream>>, Front>;

/// What is needed to take a connection.
struct Taking {
    front: Front,
    room: Arc<Semaphore>,
    stop: Stop,
}

impl Taking {
    /// Takes those who stand in line already, and closes. Asked of the system itself: what the runtime knows is of a moment
    /// ago, and who stands in a line that is closed sees a connection break.
    fn take_the_last(&self, line: TcpListener) {
        let Ok(line) = line.into_std() else {
            return;
        };
        loop {
            let taken = line.accept().and_then(|(stream, peer)| {
                stream.set_nonblocking(true)?;
                Ok((TcpStream::from_std(stream)?, peer))
            });
            match taken {
                Ok((stream, peer)) => self.take(stream, peer),
                Err(error) if is_of_one_connection(&error) => {}
                Err(_) => return,
            }
        }
    }

    /// Serves a connection in a task of its own; drops it where there is no room.
    fn take(&self, stream: TcpStream, peer: SocketAddr) {
        let Ok(permit) = Arc::clone(&self.room).try_acquire_owned() else {
            self.front.metrics().refused();
            return;
        };
        let connection = Connection {
            front: self.front.to(peer),
            stop: self.stop.clone(),
            _permit: permit,
        };
        tokio::spawn(connection.serve(stream));
    }
}

/// A connection that was taken.
struct Connection {
    front: Front,
    stop: Stop,
    _permit: OwnedSemaphorePermit,
}

impl Connection {
    async fn serve(self, stream: TcpStream) {
        // Answers are whole: nothing gains by waiting for more.
        if stream.set_nodelay(true).is_err() || !speaks(&stream, SILENCE, &self.stop).await {
            return;
        }
        let counting = self.front.clone();
        let _counted = counting.metrics().connected();
        let io = TokioIo::new(Watched::new(stream, DEAFNESS));
        if let Err(error) = until_told(http().serve_connection(io, self.front), &self.stop).await {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

/// Whether the first byte comes in time.
async fn speaks(stream: &TcpStream, silence: Duration, stop: &Stop) -> bool {
    let told = async {
        stop.told().await;
        tokio::time::sleep(LAST_WORD).await;
    };
    // Looked at, not asked whether it may be read: a fresh connection says so although nothing came.
    let first = &mut [0];
    tokio::select! {
        seen = stream.peek(first) => seen.is_ok_and(|seen| seen > 0),
        () = tokio::time::sleep(silence) => false,
        () = told => false,
    }
}

/// Serves a connection to its end; once told to stop, what it asked already.
async fn until_told(connection: Answered, stop: &Stop) -> hyper::Result<()> {
    let (mut connection, mut told) = (pin!(connection), pin!(stop.told()));
    // Asked once, to be woken: a task has one waker, and to ask at each request would take a lock that all connections share.
    poll_fn(|context| {
        let _ = told.as_mut().poll(context);
        Poll::Ready(())
    })
    .await;
    let mut is_leaving = false;
    poll_fn(|context| {
        let served = connection.as_mut().poll(context);
        if served.is_ready() || is_leaving || !stop.is_told() {
            return served;
        }
        is_leaving = true;
        connection.as_mut().graceful_shutdown();
        connection.as_mut().poll(context)
    })
    .await
}

/// Whether an error speaks of a connection that is gone before it was taken.
fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncWriteExt;
    use tokio::time::Instant;

    use super::*;

    /// Both ends of a connection.
    async fn connection() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let theirs = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        (listener.accept().await.unwrap().0, theirs)
    }

    #[tokio::test]
    async fn who_never_speaks_is_left_at_the_end_of_the_silence() {
        const SHORT: Duration = Duration::from_millis(100);
        let (ours, _silent) = connection().await;
        let began = Instant::now();
        assert!(!speaks(&ours, SHORT, &Stop::never()).await);
        assert!(began.elapsed() >= SHORT, "{:?}", began.elapsed());
    }

    #[tokio::test]
    async fn the_first_byte_is_heard_and_left_in_its_place() {
        let (ours, mut theirs) = connection().await;
        theirs.write_all(b"GET").await.unwrap();
        assert!(speaks(&ours, SILENCE, &Stop::never()).await);
        let heard = &mut [0; 3];
        assert_eq!(ours.peek(heard).await.unwrap(), 3);
        assert_eq!(heard, b"GET");
    }

    #[tokio::test]
    async fn who_leaves_without_a_word_is_not_waited_for() {
        let (ours, theirs) = connection().await;
        drop(theirs);
        assert!(!speaks(&ours, SILENCE, &Stop::never()).await);
    }
}
