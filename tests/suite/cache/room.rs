//! What anybody can make up finds little room, and asking at once costs one making.

use mandat::model::instant;
use mandat::web::cached::clock::monotonic;

use super::{OTHERS, stamped};
use crate::support::node::Node;

#[tokio::test]
async fn what_was_asked_once_is_kept_for_all_readers() {
    let node = Node::start(&stamped().await).await;
    for path in OTHERS {
        let first = node.get(path).await;
        let made = node
            .makes(async {
                let again = node.get(path).await;
                assert_eq!(again.is(200).bytes, first.bytes, "{path}");
                node.get(&format!("{path}?utm_source=infolettre")).await.is(200);
            })
            .await;
        assert_eq!(made, 0, "{path}");
    }
}

#[tokio::test]
async fn a_hundred_readers_at_once_cost_one_making() {
    let node = Node::start(&stamped().await).await;
    let made = node
        .makes(async {
            let readers = (0..100).map(|_| {
                let visitor = node.visitor.clone();
                tokio::spawn(async move { visitor.get("/fr/mandats").await.is(200).bytes.clone() })
            });
            let readers: Vec<_> = readers.collect();
            let mut pages = Vec::new();
            for reader in readers {
                pages.push(reader.await.unwrap());
            }
            pages.dedup();
            assert_eq!(pages.len(), 1);
        })
        .await;
    assert_eq!(made, 1);
}

#[tokio::test]
async fn a_reader_who_leaves_ends_nothing_for_the_others() {
    let node = Node::start(&stamped().await).await;
    let first = tokio::spawn({
        let visitor = node.visitor.clone();
        async move { visitor.get("/fr/mandats").await }
    });
    tokio::task::yield_now().await;
    let second = node.visitor.clone();
    let second = tokio::spawn(async move { second.get("/fr/mandats").await });
    tokio::task::yield_now().await;
    first.abort();
    second.await.unwrap().is(200);
}

#[tokio::test]
async fn made_up_addresses_push_nothing_out() {
    let node = Node::with(&stamped().await, 1 << 20, monotonic).await;
    for path in OTHERS {
        node.get(path).await.is(200);
    }
    let (before, _) = node.cache().size();
    assert_eq!(before, OTHERS.len());
    for number in 0..40 {
        node.get(&format!("/fr/nulle-part-{number}")).await.is(404);
        node.get(&format!("/fr/mission?x={number}")).await.is(200);
        node.get(&format!("/fr/recherche?q=x{number}")).await.is(200);
        node.get(&format!("/fr/mission{}", "/".repeat(number + 1)))
            .await
            .is(308);
        node.get(&format!("/api/v1/documents?limit={}", number + 1))
            .await
            .is(200);
    }
    assert_eq!(node.cache().size().0, before);
    assert_eq!(node.makes(async { _ = node.get(OTHERS[0]).await }).await, 0);
}

#[tokio::test]
async fn the_room_is_bounded_and_what_is_read_stays() {
    const ROOM: usize = 400 << 10;
    let node = Node::with(&stamped().await, ROOM, monotonic).await;
    node.get("/fr").await.is(200);
    for number in 5..=15 {
        for resource in ["", "/versions"] {
            let path = format!("/api/v1/documents/{number}{resource}");
            node.get(&path).await.is(200);
            assert!(node.cache().size().1 <= ROOM, "{path}");
        }
        node.get("/fr").await.is(200);
    }
    assert_eq!(
        node.makes(async { _ = node.get("/fr").await }).await,
        0,
        "asked for again and again"
    );
}

#[tokio::test]
async fn without_room_every_answer_is_made() {
    let node = Node::with(&stamped().await, 0, monotonic).await;
    let made = node.makes(async {
        node.get("/fr").await.is(200);
        node.get("/fr").await.is(200);
    });
    assert_eq!((made.await, node.cache().size()), (2, (0, 0)));
}

#[tokio::test]
async fn the_past_is_kept_once_it_is_settled() {
    let database = stamped().await;
    // The past moves into the past, as a whole: the clock goes on a day later.
    database
        .run("create or replace function instant() returns timestamptz language sql volatile return clock_timestamp() + interval '1 day'")
        .await;
    let node = Node::start(&database).await;
    let now = instant::now(&database.pools.site).await.unwrap().timestamp();
    let path = |seconds: i64| {
        let at = now - jiff::SignedDuration::from_secs(seconds);
        format!("/fr/au/{at:.0}/mission")
    };
    for (seconds, made) in [(3, 2), (60, 1)] {
        let path = path(seconds);
        let asked = node.makes(async {
            node.get(&path).await.is(200);
            node.get(&path).await.is(200);
        });
        assert_eq!(asked.await, made, "{path}");
    }
}
