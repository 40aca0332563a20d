//! While the database is gone readers notice nothing, but what was due meanwhile waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use mandat::database::Pools;
use mandat::web::cached::clock::monotonic;
use sqlx::postgres::PgConnectOptions;
use tempfile::TempDir;

use super::stamped;
use crate::support::database::{TestDatabase, roles};
use crate::support::folder;
use crate::support::node::Node;

/// A way to the database that can be closed: a socket of its own, behind which another leads on.
struct Way {
    open: Arc<tokio::sync::watch::Sender<bool>>,
    _folder: TempDir,
    options: PgConnectOptions,
}

const PORT: u16 = 5432;

impl Way {
    fn to(database: &TestDatabase) -> Self {
        let folder = folder();
        let target = database
            .owner
            .get_socket()
            .unwrap()
            .join(format!(".s.PGSQL.{}", database.owner.get_port()));
        let listener = tokio::net::UnixListener::bind(folder.path().join(format!(".s.PGSQL.{PORT}"))).unwrap();
        let open = Arc::new(tokio::sync::watch::Sender::new(true));
        let opened = open.subscribe();
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let (target, mut opened) = (target.clone(), opened.clone());
                tokio::spawn(async move {
                    if !*opened.borrow() {
                        return;
                    }
                    let Ok(mut server) = tokio::net::UnixStream::connect(target).await else {
                        return;
                    };
                    tokio::select! {
                        _ = tokio::io::copy_bidirectional(&mut client, &mut server) => {}
                        _ = opened.wait_for(|open| !open) => {}
                    }
                });
            }
        });
        let options = database.owner.clone().socket(folder.path()).port(PORT);
        Self {
            open,
            _folder: folder,
            options,
        }
    }

    /// A node that reaches the database by this way alone.
    async fn node(&self) -> Node {
        let pools = Pools::open(&self.options, &roles());
        Node::on(pools.site, pools.desk, 64 << 20, monotonic).await
    }

    fn close(&self) {
        self.open.send_replace(false);
    }

    fn open(&self) {
        self.open.send_replace(true);
    }
}

#[tokio::test]
async fn what_is_kept_goes_on_and_the_rest_is_told_to_come_back() {
    let database = stamped().await;
    let way = Way::to(&database);
    let node = way.node().await;
    let kept = [
        "/fr",
        "/en/mandates",
        "/fr/fil.atom",
        "/sitemap.xml",
        "/fr/recherche",
        "/api/v1/documents",
    ];
    for path in kept {
        node.get(path).await.is(200);
    }
    way.close();
    node.until("it knows", async || !node.cache().is_following()).await;
    for path in kept {
        node.get(path).await.is(200);
    }
    for path in [
        "/fr/recherche?q=mission",
        "/en/quote?q=mission",
        "/fr/vision",
        "/api/v1/documents?limit=1",
    ] {
        let answer = node.get(path).await;
        assert_eq!(answer.is(503).header("retry-after"), "10", "{path}");
    }
    way.open();
    node.until("it is back", async || node.cache().is_following()).await;
    node.get("/fr/vision").await.is(200);
    assert_eq!(
        node.makes(async { _ = node.get("/fr").await }).await,
        0,
        "nothing changed"
    );
}

#[tokio::test]
async fn what_was_released_meanwhile_shows_within_a_second_of_the_return() {
    let database = stamped().await;
    let way = Way::to(&database);
    let node = way.node().await;
    node.get("/fr/mission").await.is(200);
    way.close();
    node.until("it knows", async || !node.cache().is_following()).await;
    database.run("select stamp.release(array[2], 'stamp1')").await;
    assert!(!node.get("/fr/mission").await.is(200).body.contains("stamp1"));
    way.open();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(node.get("/fr/mission").await.is(200).body.contains("stamp1"));
}

#[tokio::test]
async fn a_change_that_is_due_waits_for_the_database_and_may_have_been_cancelled() {
    let database = stamped().await;
    for (document, stamp) in [(2, "stamp2"), (3, "stamp3")] {
        database
            .run(&format!(
                "select stamp.release(array[{document}], '{stamp}', instant() + interval '4 seconds')"
            ))
            .await;
    }
    let way = Way::to(&database);
    let node = way.node().await;
    for path in ["/fr/mission", "/fr/vision"] {
        assert!(!node.get(path).await.is(200).body.contains("stamp"));
    }
    way.close();
    database.run("select stamp.cancel(3)").await;
    node.until("both are due", async || node.cache().overdue() >= 2).await;
    for path in ["/fr/mission", "/fr/vision"] {
        assert_eq!(node.get(path).await.is(503).header("retry-after"), "10", "{path}");
    }
    way.open();
    node.until("it shows", async || {
        node.get("/fr/mission").await.body.contains("stamp2")
    })
    .await;
    assert!(
        !node.get("/fr/vision").await.is(200).body.contains("stamp3"),
        "it was cancelled"
    );
}

/// A clock that a test sets.
static SET: AtomicI64 = AtomicI64::new(0);

#[tokio::test]
async fn a_page_of_yesterday_is_better_than_none() {
    let database = stamped().await;
    let way = Way::to(&database);
    let pools = Pools::open(&way.options, &roles());
    let node = Node::on(pools.site, pools.desk, 64 << 20, || {
        monotonic() + SET.load(Ordering::Relaxed)
    })
    .await;
    node.get("/fr/mission").await.is(200);
    let made = node.makes(async { _ = node.get("/fr/mission").await }).await;
    assert_eq!(made, 0);
    way.close();
    node.until("it knows", async || !node.cache().is_following()).await;
    SET.store(25 * 3_600 * 1_000_000, Ordering::Relaxed);
    let made = node.makes(async { _ = node.get("/fr/mission").await.is(200) }).await;
    assert_eq!(made, 1, "it was tried anew");
}
