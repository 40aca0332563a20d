//! Memento (RFC 7089, pattern 2.1): every page and its versions, walked as a client of the protocol would.

use jiff::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::past::publish;
use crate::support::database::TestDatabase;
use crate::support::visitor::{Answer, ORIGIN, Visitor};

/// The mandate whose versions are walked, by its slugs.
const FIRST_SLUG: &str = "/fr/mandats/representation-a-l-etranger";
pub const LAST_SLUG: &str = "/fr/mandats/representation-dans-le-monde";
/// Three versions of it, the last under another slug, then another order of the mandates, then a page removed.
pub const INSTANTS: [&str; 5] = [
    "2026-03-01T15:00:00.25Z",
    "2026-03-05T10:00:00Z",
    "2026-03-08T10:00:00.000001Z",
    "2026-03-10T10:00:00Z",
    "2026-03-12T10:00:00.5Z",
];
const NOW: &str = "2026-03-20T12:00:00Z";

/// A record with all of that.
pub async fn history() -> TestDatabase {
    let database = TestDatabase::empty().await;
    database.set_clock(INSTANTS[0]).await;
    publish(&database, |name, text| Some((name, text))).await;
    let edits: [(&str, &str, &str); 3] = [
        ("05-", "assurer la", "assurer toute la"),
        ("05-", "representation-a-l-etranger", "representation-dans-le-monde"),
        ("04-", "5, 6,", "6, 5,"),
    ];
    for (place, instant) in INSTANTS[1..4].iter().enumerate() {
        database.set_clock(instant).await;
        publish(&database, |name, text| {
            let kept = edits[..=place].iter().filter(|(file, ..)| name.starts_with(file));
            let edited = kept.fold(text, |text, (_, old, new)| text.replacen(old, new, 1));
            let touched = name == "release.toml" || name.starts_with(edits[place].0);
            touched.then_some((name, edited))
        })
        .await;
    }
    database.set_clock(INSTANTS[4]).await;
    database.withdraw(18, "removed", None).await;
    database.set_clock(NOW).await;
    database
}

/// One link of a `Link` header or of a TimeMap.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    pub path: String,
    pub relations: Vec<String>,
    pub datetime: String,
}

pub fn links(text: &str) -> Vec<Link> {
    let mut found = Vec::new();
    for part in text.split('<').skip(1) {
        let (target, attributes) = part.split_once('>').unwrap();
        let value = |name: &str| {
            let (_, rest) = attributes.split_once(&format!("; {name}=\""))?;
            Some(rest.split_once('"').unwrap().0.to_owned())
        };
        found.push(Link {
            path: target.strip_prefix(ORIGIN).unwrap().to_owned(),
            relations: value("rel").unwrap().split(' ').map(str::to_owned).collect(),
            datetime: value("datetime").unwrap_or_default(),
        });
    }
    found
}

fn related<'a>(links: &'a [Link], relation: &str) -> Option<&'a Link> {
    let mut found = links
        .iter()
        .filter(|link| link.relations.iter().any(|name| name == relation));
    let first = found.next();
    assert!(relation == "memento" || found.next().is_none(), "{relation} once");
    first
}

fn linked(answer: &Answer) -> Vec<Link> {
    links(answer.header("link"))
}

fn seconds(date: &str) -> i64 {
    DateTimeParser::new().parse_timestamp(date).unwrap().as_second()
}

fn written(second: i64) -> String {
    let second = Timestamp::from_second(second).unwrap();
    DateTimePrinter::new().timestamp_to_rfc9110_string(&second).unwrap()
}

/// The TimeGate of a page, asked for a date.
async fn ask(database: &TestDatabase, path: &str, date: &str) -> Answer {
    let date: &'static str = Box::leak(date.to_owned().into_boxed_str());
    let visitor = Visitor::new(database).sending("accept-datetime", date);
    visitor.get(&format!("/timegate{path}")).await
}

/// Where a redirect leads, as a path.
fn target(answer: &Answer) -> String {
    answer.is(302);
    answer.header("location").strip_prefix(ORIGIN).unwrap().to_owned()
}

#[tokio::test]
async fn every_page_names_its_timegate_and_its_timemap() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    for path in [
        "/",
        "/fr",
        "/en",
        "/fr/mandats",
        "/en/mandates",
        "/fr/mission",
        LAST_SLUG,
        "/en/site-map",
    ] {
        let page = visitor.get(path).await;
        let found = linked(page.is(200));
        let original = if path == "/" { "/fr" } else { path };
        assert_eq!(
            related(&found, "timegate").unwrap().path,
            format!("/timegate{original}")
        );
        assert_eq!(related(&found, "timemap").unwrap().path, format!("/timemap{original}"));
        assert_eq!(related(&found, "original"), None);
        assert_eq!(page.header("memento-datetime"), "");
        assert!(!page.header("vary").contains("accept-datetime"));
        visitor.get(&format!("/timemap{original}")).await.is(200);
    }
    let removed = visitor.get("/fr/accessibilite").await;
    assert!(related(&linked(removed.is(410)), "timegate").is_some());
    visitor.get("/timemap/fr/accessibilite").await.is(200);
}

#[tokio::test]
async fn the_versions_of_a_mandate_are_walked_from_end_to_end() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    let map = visitor.get(&format!("/timemap{LAST_SLUG}")).await;
    assert_eq!(map.is(200).header("content-type"), "application/link-format");
    let listed = links(&map.body);
    let mementos: Vec<&Link> = listed.iter().filter(|link| !link.datetime.is_empty()).collect();
    assert_eq!(
        mementos.iter().map(|link| link.datetime.as_str()).collect::<Vec<_>>(),
        [
            "Sun, 01 Mar 2026 15:00:01 GMT",
            "Thu, 05 Mar 2026 10:00:00 GMT",
            "Sun, 08 Mar 2026 10:00:01 GMT",
        ]
    );
    assert_eq!(related(&listed, "original").unwrap().path, LAST_SLUG);
    assert!(map.body.contains("rel=\"self\"; type=\"application/link-format\""));
    assert!(mementos[0].path.ends_with(FIRST_SLUG.strip_prefix("/fr").unwrap()));

    let mut path = related(&listed, "first").unwrap().path.clone();
    for (place, memento) in mementos.iter().enumerate() {
        let page = visitor.get(&path).await;
        assert_eq!(page.is(200).header("memento-datetime"), memento.datetime);
        assert!(!page.header("vary").contains("accept-datetime"));
        let found = linked(&page);
        assert_eq!(related(&found, "original").unwrap().path, LAST_SLUG);
        assert!(related(&found, "timegate").is_some() && related(&found, "timemap").is_some());
        assert_eq!(related(&found, "first").unwrap().path, mementos[0].path);
        assert_eq!(related(&found, "last").unwrap().path, mementos[2].path);
        let before = related(&found, "prev").map(|link| link.path.clone());
        assert_eq!(before, place.checked_sub(1).map(|before| mementos[before].path.clone()));
        let after = related(&found, "next").map(|link| link.path.clone());
        assert_eq!(after, mementos.get(place + 1).map(|next| next.path.clone()));
        path = after.unwrap_or_default();
    }
}

#[tokio::test]
async fn a_timegate_leads_to_what_stood_at_a_date() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    for (date, expected) in [
        ("Thu, 01 Jan 1970 00:00:00 GMT", "2026-03-01T15:00:01Z"),
        ("Thu, 05 Mar 2026 09:59:59 GMT", "2026-03-01T15:00:01Z"),
        ("Thu, 05 Mar 2026 10:00:00 GMT", "2026-03-05T10:00:00Z"),
        ("Sat, 07 Mar 2026 00:00:00 GMT", "2026-03-05T10:00:00Z"),
        ("Fri, 01 Jan 2100 00:00:00 GMT", "2026-03-08T10:00:01Z"),
    ] {
        let gate = ask(&database, LAST_SLUG, date).await;
        assert!(target(&gate).starts_with(&format!("/fr/au/{expected}/")), "{date}");
        assert!(gate.header("vary").contains("accept-datetime"));
        assert_eq!(gate.header("memento-datetime"), "");
        assert!(related(&linked(&gate), "original").is_some());
    }
    for bad in [
        "yesterday",
        "2026-03-05",
        "Fri, 05 Mar 2026 10:00:00 GMT",
        "Thu, 5 Mar 2026 10:00:00 GMT",
    ] {
        ask(&database, LAST_SLUG, bad).await.is(400);
    }
    let undated = visitor.get(&format!("/timegate{LAST_SLUG}")).await;
    assert!(target(&undated).starts_with("/fr/au/2026-03-08T10:00:01Z/"));

    let renamed = ask(&database, FIRST_SLUG, "Thu, 05 Mar 2026 10:00:00 GMT").await;
    assert_eq!(target(&renamed), format!("/timegate{LAST_SLUG}"));
    assert!(!renamed.header("vary").contains("accept-datetime"));
    assert_eq!(related(&linked(&renamed), "original").unwrap().path, LAST_SLUG);
    for unknown in [
        "/fr/mandats/nulle-part",
        "/fr/au/2026-03-05/mission",
        "/fr/mission/historique",
        "/de",
    ] {
        ask(&database, unknown, "Thu, 05 Mar 2026 10:00:00 GMT").await.is(404);
        visitor.get(&format!("/timemap{unknown}")).await.is(404);
    }
}

#[tokio::test]
async fn lists_home_and_removals_have_versions_too() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    let dates = async |path: &str| -> Vec<String> {
        let map = visitor.get(&format!("/timemap{path}")).await;
        let listed = links(&map.is(200).body);
        listed
            .into_iter()
            .map(|link| link.datetime)
            .filter(|date| !date.is_empty())
            .collect()
    };
    let mandates = dates("/en/mandates").await;
    assert_eq!(
        mandates.len(),
        4,
        "its members' versions and its own order: {mandates:?}"
    );
    assert_eq!(dates("/fr").await, mandates);
    assert_eq!(dates("/fr/plan-du-site").await.len(), 5);
    assert_eq!(dates("/fr/accessibilite").await.len(), 2);
    let gate = ask(&database, "/fr/accessibilite", "Fri, 13 Mar 2026 00:00:00 GMT").await;
    let removed = visitor.get(&target(&gate)).await;
    assert_eq!(
        removed.is(410).header("memento-datetime"),
        "Thu, 12 Mar 2026 10:00:01 GMT"
    );
    let before = visitor.get("/fr/au/2026-03-11/accessibilite").await;
    assert_eq!(
        before.is(200).header("memento-datetime"),
        "Sun, 01 Mar 2026 15:00:01 GMT"
    );
}

#[tokio::test]
async fn what_has_just_begun_is_read_under_its_date_and_not_stored() {
    let database = history().await;
    database.set_clock("2026-03-12T10:00:00.6Z").await;
    let visitor = Visitor::new(&database);
    let page = visitor.get("/fr/au/2026-03-12T10:00:01Z/accessibilite").await;
    assert_eq!(page.is(410).header("memento-datetime"), "Thu, 12 Mar 2026 10:00:01 GMT");
    let young = visitor.get("/fr/au/2026-03-12T09:59:55Z/mission").await;
    assert_eq!(young.is(200).header("cache-control"), "no-store");
    let settled = visitor.get("/fr/au/2026-03-12T09:59:50Z/mission").await;
    assert!(settled.is(200).header("cache-control").starts_with("public"));
}

/// For any date, the TimeGate's target sends exactly the `Memento-Datetime` that the TimeMap lists.
#[test]
fn gate_map_and_memento_agree_at_any_date() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = runtime.block_on(history());
    let visitor = Visitor::new(&database);
    let first = seconds("Sun, 01 Mar 2026 00:00:00 GMT");
    let changes = INSTANTS.map(|instant| instant.parse::<Timestamp>().unwrap().as_second());
    let near = (0..changes.len(), -2_i64..=2).prop_map(move |(place, around)| changes[place] + around);
    let date = prop_oneof![near, first - 100_000..first + 2_000_000];
    let path = proptest::sample::select(vec![
        "/fr",
        "/en",
        "/fr/mandats",
        LAST_SLUG,
        "/en/mandates/representation-abroad",
        "/fr/accessibilite",
        "/en/site-map",
    ]);
    let mut runner = TestRunner::new(Config::with_cases(48));
    let agree = |(path, date): (&str, i64)| {
        runtime.block_on(async {
            let gate = ask(&database, path, &written(date)).await;
            let memento = visitor.get(&target(&gate)).await;
            let sent = memento.header("memento-datetime").to_owned();
            let map = links(&visitor.get(&format!("/timemap{path}")).await.body);
            let listed: Vec<&Link> = map.iter().filter(|link| !link.datetime.is_empty()).collect();
            let chosen = listed.iter().rfind(|link| seconds(&link.datetime) <= date);
            let expected = chosen.or(listed.first()).unwrap();
            prop_assert_eq!(&expected.datetime, &sent);
            prop_assert_eq!(&expected.path, &target(&gate));
            Ok(())
        })
    };
    runner.run(&(path, date), agree).unwrap();
}
