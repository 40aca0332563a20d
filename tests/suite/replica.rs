//! Public pages read from a replica: never older than what the node has heard, and there when the database is not.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use mandat::database::{Pools, migrate};
use mandat::model::manuscript::Manuscripts;
use mandat::workflow::import::{Target, import};
use tempfile::TempDir;
use tokio::task::JoinHandle;

use crate::embedded::kept::{Kept, connect_options};
use crate::support::database::{TestDatabase, roles};
use crate::support::folder;
use crate::support::node::Node;
use crate::support::processes::{kill, postmaster};
use crate::support::standby::Standby;

/// How far behind the slow replica is.
const BEHIND: Duration = Duration::from_secs(5);

/// A server of its own with the founding content, reached through a link that can lead elsewhere later.
struct Primary {
    folder: TempDir,
    socket: PathBuf,
    database: TestDatabase,
    keeper: Option<Kept>,
}

impl Primary {
    async fn start() -> Self {
        let folder = folder();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        let (keeper, socket) = Kept::start(&data);
        let socket = socket.unwrap();
        std::os::unix::fs::symlink(&socket, folder.path().join("primary")).unwrap();
        let owner = connect_options(&folder.path().join("primary"));
        migrate(&owner, &roles()).await.unwrap();
        let pools = Pools::open(&owner, &roles());
        let database = TestDatabase { owner, pools };
        let founding = Manuscripts::read("migrations/founding".as_ref()).unwrap();
        import(&database.pools.desk, &founding, Target::EmptyDatabase)
            .await
            .unwrap();
        database.run(include_str!("../data/stamp.sql")).await;
        let keeper = Some(keeper);
        Self {
            folder,
            socket,
            database,
            keeper,
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The link leads to this server from now on.
    fn moves_to(&self, socket: &Path) {
        let link = self.folder.path().join("new");
        std::os::unix::fs::symlink(socket, &link).unwrap();
        std::fs::rename(link, self.folder.path().join("primary")).unwrap();
    }

    /// The machine is gone, and nobody revives it.
    fn dies(&mut self) {
        let server = postmaster(&self.data());
        if let Some(keeper) = self.keeper.take() {
            keeper.kill();
        }
        kill(server);
    }
}

impl Drop for Primary {
    fn drop(&mut self) {
        if self.keeper.is_some() {
            self.dies();
        }
    }
}

/// A page that is kept, and outputs that never are.
const PATHS: [&str; 4] = [
    "/fr/mission",
    "/fr/recherche?q=mission",
    "/en/search?q=mission",
    "/api/v1/documents/2/versions?limit=1",
];

#[tokio::test]
async fn a_replica_that_is_behind_never_shows_what_was() {
    let mut primary = Primary::start().await;
    let standby = Standby::of(&primary.data(), &primary.socket, BEHIND).await;
    let replica = Pools::readers(&standby.options(), &roles());
    let node = Node::beside(&primary.database, replica.clone()).await;
    let holds = async |stamp: &str| {
        let title = "select exists (select from site.passage where document_id = 2 and fr like $1 || ' %')";
        let holds: bool = sqlx::query_scalar(title).bind(stamp).fetch_one(&replica).await.unwrap();
        holds
    };
    for stamp in ["stamp1", "stamp2"] {
        let release = format!("select stamp.release(array[2], '{stamp}')");
        primary.database.run(&release).await;
        node.until("it heard", async || node.get("/fr/mission").await.body.contains(stamp))
            .await;
        assert!(!holds(stamp).await, "the replica is behind");
        let level = Instant::now() + BEHIND / 2;
        while Instant::now() < level {
            let found = node.get("/fr/recherche?q=mission").await;
            assert!(found.is(200).body.contains(stamp), "the search shows what was");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    node.until("the replica is level", async || holds("stamp2").await).await;
    primary.dies();
    for path in PATHS {
        node.get(path).await.is(200);
    }
    assert!(node.get(PATHS[1]).await.body.contains("stamp2"), "it is read");
}

/// Readers who ask without a pause.
struct Readers {
    node: Arc<Node>,
    over: Arc<AtomicBool>,
    read: Arc<AtomicUsize>,
    failed: Arc<Mutex<Vec<String>>>,
    tasks: Vec<JoinHandle<()>>,
}

impl Readers {
    fn start(node: Node) -> Self {
        let mut readers = Self {
            node: node.into(),
            over: Arc::default(),
            read: Arc::default(),
            failed: Arc::default(),
            tasks: Vec::new(),
        };
        for first in 0..8 {
            readers.tasks.push(tokio::spawn(readers.reader(first)));
        }
        readers
    }

    fn reader(&self, first: usize) -> impl Future<Output = ()> + use<> {
        let (node, over) = (Arc::clone(&self.node), Arc::clone(&self.over));
        let (read, failed) = (Arc::clone(&self.read), Arc::clone(&self.failed));
        async move {
            for path in PATHS.iter().cycle().skip(first) {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let answer = node.get(path).await;
                read.fetch_add(1, Ordering::Relaxed);
                if answer.status != 200 {
                    failed.lock().unwrap().push(format!("{} {path}", answer.status));
                }
            }
        }
    }

    /// Lets them read so many more.
    async fn read(&self, more: usize) {
        let until = self.read.load(Ordering::Relaxed) + more;
        let enough = async || self.read.load(Ordering::Relaxed) >= until;
        self.node.until("enough was read", enough).await;
    }

    /// Sends them away; none of them noticed anything.
    async fn noticed_nothing(self) {
        self.over.store(true, Ordering::Relaxed);
        for task in self.tasks {
            task.await.unwrap();
        }
        assert_eq!(*self.failed.lock().unwrap(), [""; 0]);
    }
}

#[tokio::test]
async fn a_replica_is_promoted_and_no_reader_notices() {
    let mut primary = Primary::start().await;
    let standby = Standby::of(&primary.data(), &primary.socket, Duration::ZERO).await;
    let replica = Pools::readers(&standby.options(), &roles());
    let readers = Readers::start(Node::beside(&primary.database, replica).await);
    readers.read(100).await;
    primary.dies();
    readers.read(100).await;
    standby.promote().await;
    readers.read(100).await;
    primary.moves_to(&standby.socket());
    let node = &readers.node;
    node.until("it follows again", async || node.cache().is_following())
        .await;
    primary.database.run("select stamp.release(array[2], 'stamp1')").await;
    node.until("the new is shown", async || {
        node.get("/fr/mission").await.body.contains("stamp1")
    })
    .await;
    readers.read(100).await;
    readers.noticed_nothing().await;
}

#[tokio::test]
async fn a_replica_dies_and_no_reader_notices() {
    let primary = Primary::start().await;
    let standby = Standby::of(&primary.data(), &primary.socket, Duration::ZERO).await;
    let replica = Pools::readers(&standby.options(), &roles());
    let readers = Readers::start(Node::beside(&primary.database, replica).await);
    readers.read(100).await;
    assert!(readers.node.replica_reads() > 0, "the replica is read");
    drop(standby);
    readers.read(300).await;
    readers.noticed_nothing().await;
}
