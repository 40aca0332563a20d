//! Every node at once: what changes is dropped, by a release or by the clock, and nothing else.

use std::time::{Duration, Instant};

use sqlx::Executor;
use tokio::task::JoinHandle;

use super::{OTHERS, SHOWING, stamped};
use crate::support::database::TestDatabase;
use crate::support::node::Node;
use crate::support::visitor::{Answer, Visitor};

/// A page of each kind that the mission, which is document 2, is on.
const MISSION: [&str; 8] = [
    "/fr/mission",
    "/en/mission",
    "/fr/mission/historique",
    "/fr/mission.atom",
    "/fr",
    "/en",
    "/fr/fil.atom",
    "/sitemap.xml",
];

/// Pages that it is not on, though their menus lead to it.
const UNRELATED: [&str; 7] = [
    "/fr/mandats/conseil-et-politiques",
    "/en/mandates/advice-and-policies",
    "/fr/mandats",
    "/en/representatives",
    "/fr/representants/jean-lemire",
    "/en/vision",
    "/fr/accessibilite/historique",
];

/// How long a node may show what was, after a commit.
const LATEST: Duration = Duration::from_secs(1);

/// Asks for pages until each shows a stamp; how long the last took.
async fn until_all_show(node: &Node, paths: &[&str], stamp: &str) -> Duration {
    let began = Instant::now();
    for path in paths {
        node.until(&format!("{path} shows {stamp}"), async || {
            let answer = node.get(path).await;
            answer.is(200);
            // A sitemap says when, not what.
            answer.body.contains(stamp) || *path == "/sitemap.xml"
        })
        .await;
    }
    began.elapsed()
}

#[tokio::test]
async fn a_release_turns_over_what_it_changed_on_every_node_and_nothing_else() {
    let database = stamped().await;
    let nodes = [Node::start(&database).await, Node::start(&database).await];
    for node in &nodes {
        for path in SHOWING.iter().chain(&OTHERS) {
            node.get(path).await.is(200);
        }
    }
    database.run("select stamp.release(array[6], 'stamp1')").await;
    for node in &nodes {
        node.until("it heard", async || {
            node.cache().size().0 < SHOWING.len() + OTHERS.len()
        })
        .await;
        let kept = node.makes(async {
            for path in OTHERS {
                node.get(path).await.is(200);
            }
        });
        assert_eq!(kept.await, 0, "not on them");
        until_all_show(node, &SHOWING, "stamp1").await;
    }
}

#[tokio::test]
async fn a_text_that_stands_around_every_page_turns_them_all_over() {
    let database = stamped().await;
    let node = Node::start(&database).await;
    for path in OTHERS {
        node.get(path).await.is(200);
    }
    database.run("select stamp.release(array[1], 'stamp1')").await;
    until_all_show(&node, &OTHERS, "stamp1").await;
}

#[tokio::test]
async fn a_text_with_a_name_turns_over_what_shows_it_and_nothing_else() {
    let database = stamped().await;
    let node = Node::start(&database).await;
    for path in MISSION.iter().chain(&UNRELATED) {
        node.get(path).await.is(200);
    }
    for scheduled in ["", ", clock_timestamp() + interval '1 hour'"] {
        let kept = node.cache().size().0;
        database
            .run(&format!("select stamp.release(array[2], 'stamp1'{scheduled})"))
            .await;
        node.until("it heard", async || node.cache().size().0 < kept).await;
        let made = node.makes(async {
            for path in UNRELATED {
                node.get(path).await.is(200);
            }
        });
        assert_eq!(made.await, 0, "not on them{scheduled}");
        until_all_show(&node, &MISSION, "stamp1").await;
    }
}

/// The page on accessibility, which every page names, under another address from its next text on.
const MOVED: &str = "
    insert into address (path, document_id, language, slug) values
        ('/fr/pour-tous', 18, 'fr', 'pour-tous'), ('/en/for-all', 18, 'en', 'for-all');
    insert into revision (document_id, number, parent, slug_fr, slug_en, english, author)
    select 18, 2, 1, 'pour-tous', 'for-all', english, author from revision where document_id = 18;
    insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
    select 18, 2, part, position, anchor, fr, en, 1 from passage where document_id = 18;
    select stamp.publish(array[18], clock_timestamp() + interval '2 seconds')";

#[tokio::test]
async fn menus_follow_what_leaves_comes_back_or_moves() {
    let database = stamped().await;
    let node = Node::start(&database).await;
    let afresh = Visitor::new(&database);
    for (what, deed) in [
        ("the vision leaves", None),
        ("it comes back", Some("select stamp.release(array[3], 'stamp1')")),
        ("a page moves, later", Some(MOVED)),
    ] {
        let before = afresh.get("/fr/mission").await.body;
        match deed {
            Some(deed) => database.run(deed).await,
            None => database.withdraw(3, "withdrawn", None).await,
        }
        for path in UNRELATED {
            node.get(path).await;
        }
        node.until(what, async || afresh.get("/fr/mission").await.body != before)
            .await;
        for path in UNRELATED {
            node.until(&format!("{path} has the menus of now: {what}"), async || {
                node.get(path).await.body == afresh.get(path).await.body
            })
            .await;
        }
    }
}

#[tokio::test]
async fn words_that_the_law_removes_leave_at_once() {
    let database = stamped().await;
    let node = Node::start(&database).await;
    let (page, word) = ("/fr/mandats/conseil-et-politiques", "conseiller le gouvernement");
    assert!(node.get(page).await.is(200).body.contains(word));
    database
        .run(
            "select take_instant('{}');
             insert into redaction (document_id, anchor, author, ground)
             select distinct p.document_id, p.anchor, a.id, 'Loi' from passage p, account a
              where p.document_id = 6 and p.part = 'body' and a.program;
             update passage set fr = null, en = null, salt = null where document_id = 6 and part = 'body'",
        )
        .await;
    node.until("the words are gone", async || !node.get(page).await.body.contains(word))
        .await;
}

/// Holds every passage.
const HOLD: &str = "begin; lock table passage in access exclusive mode";

/// One more reader asks for the mission, and waits for its passages, which another holds.
async fn ask_and_wait(node: &Node, database: &TestDatabase, readers: i64) -> JoinHandle<Answer> {
    let visitor = node.visitor.clone();
    let asked = tokio::spawn(async move { visitor.get("/fr/mission").await });
    node.until("it waits", async || {
        let waiting = sqlx::query_scalar::<_, i64>(
            "select count(*) from pg_locks l join pg_database d on d.oid = l.database
              where d.datname = current_database() and not l.granted",
        );
        waiting.fetch_one(&database.pools.desk).await.unwrap() == readers
    })
    .await;
    asked
}

#[tokio::test]
async fn what_was_read_before_a_release_is_not_kept_after_it() {
    let database = stamped().await;
    let node = Node::start(&database).await;
    let mut owner = database.as_owner().await;
    owner.execute(HOLD).await.unwrap();
    let early = ask_and_wait(&node, &database, 1).await;
    owner
        .execute("select stamp.release(array[2], 'stamp1'); commit")
        .await
        .unwrap();
    assert!(
        !early.await.unwrap().is(200).body.contains("stamp1"),
        "it was read before"
    );
    tokio::time::sleep(LATEST).await;
    assert!(node.get("/fr/mission").await.is(200).body.contains("stamp1"));
}

#[tokio::test]
async fn nobody_joins_who_asked_before_a_change() {
    let database = stamped().await;
    let node = Node::start(&database).await;
    node.get("/fr").await.is(200);
    let mut owner = database.as_owner().await;
    owner.execute(HOLD).await.unwrap();
    let made = node.makes(async {
        let early = ask_and_wait(&node, &database, 1).await;
        database.run("select announce(2, true)").await;
        node.until("it heard", async || node.cache().size().0 == 0).await;
        let late = ask_and_wait(&node, &database, 2).await;
        owner.execute("commit").await.unwrap();
        early.await.unwrap().is(200);
        late.await.unwrap().is(200);
    });
    assert_eq!(made.await, 2);
}

/// Swallows every bell from now on.
async fn swallow(database: &TestDatabase) {
    let definition: String = sqlx::query_scalar("select pg_get_functiondef('announce(bigint, boolean)'::regprocedure)")
        .fetch_one(&mut database.as_owner().await)
        .await
        .unwrap();
    assert!(definition.contains("perform pg_notify("));
    database
        .run(&definition.replace("perform pg_notify(", "perform concat("))
        .await;
}

#[tokio::test]
async fn a_bell_that_nobody_hears_is_made_up_for_within_a_second() {
    let database = stamped().await;
    swallow(&database).await;
    let node = Node::start(&database).await;
    node.get("/fr/mission").await.is(200);
    database.run("select stamp.release(array[2], 'stamp1')").await;
    let took = until_all_show(&node, &["/fr/mission"], "stamp1").await;
    assert!(took < LATEST, "{took:?}");
}

#[tokio::test]
async fn a_listener_that_is_killed_is_made_up_for_within_a_second() {
    let database = stamped().await;
    let node = Node::start(&database).await;
    node.get("/fr/mission").await.is(200);
    let mut owner = database.as_owner().await;
    let kill = "select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and query like '%from announcement%' and pid <> pg_backend_pid()";
    let killed = owner.fetch_all(kill).await.unwrap().len();
    assert_eq!(killed, 1);
    database.run("select stamp.release(array[2], 'stamp1')").await;
    let took = until_all_show(&node, &["/fr/mission"], "stamp1").await;
    assert!(took < LATEST, "{took:?}");
}

#[tokio::test]
async fn a_node_that_missed_more_than_is_remembered_starts_afresh() {
    let database = stamped().await;
    swallow(&database).await;
    let node = Node::start(&database).await;
    node.get("/fr/mission").await.is(200);
    // As a copy of the database does that fell behind and goes on by itself: the same number, another deed.
    database.run("update announcement set token = gen_random_uuid()").await;
    node.until("it starts afresh", async || node.cache().size().0 == 0)
        .await;
}
