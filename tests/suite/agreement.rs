//! One memory, told four ways: three versions of a mandate and a reordering, by history, as-of pages, Memento and API.

use jiff::{Timestamp, ToSpan};
use serde_json::Value;

use crate::memento::{INSTANTS, LAST_SLUG, Link, history, links};
use crate::support::database::TestDatabase;
use crate::support::visitor::Visitor;

/// What follows the language and the date in the address of the mandate, in each version.
const SLUGS: [&str; 3] = [
    "/mandats/representation-a-l-etranger",
    "/mandats/representation-a-l-etranger",
    "/mandats/representation-dans-le-monde",
];
/// What its text says in each version: the third changes its slug alone.
const WORDS: [&str; 3] = ["assurer la", "assurer toute la", "assurer toute la"];

async fn json(visitor: &Visitor, path: &str) -> Value {
    let answer = visitor.get(path).await;
    serde_json::from_str(&answer.is(200).body).unwrap()
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The second by which the public calls a moment: the one that ends with it or after it.
fn second(moment: &str) -> Timestamp {
    let moment = instant(moment);
    let whole = Timestamp::from_second(moment.as_second()).unwrap();
    if whole == moment { whole } else { whole + 1.second() }
}

/// When the versions of the mandate began, to the second, as each of the four says, the first first.
async fn starts(visitor: &Visitor) -> [Vec<Timestamp>; 4] {
    let page = visitor.get(&format!("{LAST_SLUG}/historique")).await;
    let mut shown: Vec<Timestamp> = page
        .attributes(".changes .when time", "datetime")
        .iter()
        .map(|text| instant(text))
        .collect();
    shown.reverse();

    let map = visitor.get(&format!("/timemap{LAST_SLUG}")).await;
    let mementos: Vec<Link> = links(&map.is(200).body)
        .into_iter()
        .filter(|link| !link.datetime.is_empty())
        .collect();
    let date = |link: &Link| {
        jiff::fmt::rfc2822::DateTimeParser::new()
            .parse_timestamp(&link.datetime)
            .unwrap()
    };
    let dated = mementos.iter().map(date).collect();
    let addressed = mementos
        .iter()
        .map(|link| instant(link.path.split('/').nth(3).unwrap()))
        .collect();

    let versions = json(visitor, "/api/v1/documents/5/versions").await;
    let mut told: Vec<Timestamp> = versions["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| second(version["from"].as_str().unwrap()))
        .collect();
    told.reverse();
    [shown, dated, addressed, told]
}

#[tokio::test]
async fn all_tell_the_same_instants() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    let expected: Vec<Timestamp> = INSTANTS[..3].iter().map(|text| second(text)).collect();
    for (place, told) in starts(&visitor).await.into_iter().enumerate() {
        assert_eq!(told, expected, "{place}");
    }
    // The reordering, and nothing of what a member changed, is the list's second version.
    let order = json(&visitor, "/api/v1/documents/4/versions").await;
    assert_eq!(order["items"][0]["from"], "2026-03-10T10:00:00Z");
    assert_eq!(order["items"][0]["version"], 2);
    let answer = json(&visitor, "/api/v1/releases").await;
    let at = |release: &Value| instant(release["at"].as_str().unwrap());
    let releases: Vec<Timestamp> = answer["items"].as_array().unwrap().iter().map(at).rev().collect();
    assert_eq!(releases, INSTANTS.map(instant));
}

#[tokio::test]
async fn all_tell_the_same_words_around_each_boundary() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    for (place, start) in INSTANTS[..3].iter().enumerate() {
        for around in -1..=1_i64 {
            let asked = second(start) + around.seconds();
            let version = if around < 0 { place.checked_sub(1) } else { Some(place) };
            says(&visitor, asked, version).await;
        }
    }
}

/// Asserts that page and API say, as of an instant, what a version says; none before the first.
async fn says(visitor: &Visitor, asked: Timestamp, version: Option<usize>) {
    let slug = SLUGS[version.unwrap_or_default()];
    let page = visitor.get(&format!("/fr/au/{asked}{slug}")).await;
    let resource = visitor.get(&format!("/api/v1/documents/5?as_of={asked}")).await;
    let Some(version) = version else {
        page.is(404);
        resource.is(404);
        return;
    };
    let resource: Value = serde_json::from_str(&resource.is(200).body).unwrap();
    assert_eq!(resource["document"]["version"], version + 1, "{asked}");
    let text = &resource["passages"].as_array().unwrap().last().unwrap()["text"];
    assert!(text.as_str().unwrap().starts_with(WORDS[version]), "{asked}: {text}");
    assert!(page.is(200).words("main").concat().contains(WORDS[version]), "{asked}");
    let sent = page.header("memento-datetime");
    let began = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(sent).unwrap();
    assert_eq!(began, second(INSTANTS[version]), "{asked}");
    let edition = json(visitor, &format!("/api/v1/documents/5/versions/{}", version + 1)).await;
    assert_eq!(edition["passages"], resource["passages"], "{asked}");
}

#[tokio::test]
async fn all_tell_the_same_order_around_its_change() {
    let database = history().await;
    let visitor = Visitor::new(&database);
    for (asked, first) in [("2026-03-10T09:59:59Z", [5, 6]), ("2026-03-10T10:00:00Z", [6, 5])] {
        let list = json(&visitor, &format!("/api/v1/documents/4?as_of={asked}")).await;
        let members = list["members"].as_array().unwrap();
        let mut paths = Vec::new();
        for (place, number) in first.iter().enumerate() {
            assert_eq!(members[place], *number, "{asked}");
            let short = json(&visitor, &format!("/api/v1/documents/{number}?as_of={asked}")).await;
            let title = short["document"]["title"].as_str().unwrap().to_owned();
            paths.push(title);
        }
        let page = visitor.get(&format!("/fr/au/{asked}/mandats")).await;
        let shown = page.is(200).words("main").concat();
        let place = |title: &str| shown.find(title).unwrap();
        assert!(place(&paths[0]) < place(&paths[1]), "{asked}");
    }
}

#[tokio::test]
async fn page_and_api_find_the_same_differences() {
    let database: TestDatabase = history().await;
    let visitor = Visitor::new(&database);
    for (from, to) in [(1, 2), (2, 1), (2, 3), (1, 3)] {
        let page = visitor.get(&format!("{LAST_SLUG}/historique?de={from}&a={to}")).await;
        let told = json(
            &visitor,
            &format!("/api/v1/documents/5/differences?from={from}&to={to}"),
        )
        .await;
        let spans = |kind: &str| -> Vec<String> {
            let passages = told["passages"].as_array().unwrap().iter();
            let spans = passages.flat_map(|passage| passage["spans"].as_array().unwrap());
            spans
                .filter(|span| span["kind"] == kind)
                .map(|span| span["text"].as_str().unwrap().trim().to_owned())
                .collect()
        };
        for (kind, element) in [("inserted", "ins"), ("deleted", "del")] {
            let shown = page.is(200).words(&format!(".compared {element}"));
            let bare: Vec<String> = shown
                .iter()
                .map(|words| words.split_once(": ").map_or(words.as_str(), |(_, words)| words))
                .map(|words| words.trim_end_matches("fin").trim().to_owned())
                .collect();
            assert_eq!(bare, spans(kind), "{from} to {to}: {kind}");
        }
    }
}
