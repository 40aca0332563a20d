//! The memory of the site: every page as it was, and the history of each.

use std::collections::{HashSet, VecDeque};

use mandat::model::manuscript::Manuscripts;
use mandat::workflow::import::{Target, import};

use crate::support::database::TestDatabase;
use crate::support::visitor::Visitor;

const FIRST: &str = "2026-03-01T15:00:00.25Z";
const SECOND: &str = "2026-03-14T15:00:00Z";
const NOW: &str = "2026-03-20T12:00:00Z";

/// The founding content from the first instant on; from the second, document 2 with another text and the first two
/// mandates in the other order.
async fn changed() -> TestDatabase {
    let database = TestDatabase::empty().await;
    database.set_clock(FIRST).await;
    publish(&database, |name, text| Some((name, text))).await;
    database.set_clock(SECOND).await;
    publish(&database, |name, text| {
        let text = match name.as_str() {
            "02-mission.toml" => text.replace("diriger l", "mener l").replace("direct", "lead"),
            "04-mandates.toml" => text.replace("5, 6,", "6, 5,"),
            "release.toml" => text.replace("Publication initiale du site", "Nouvelle mission"),
            _ => return None,
        };
        Some((name, text))
    })
    .await;
    database.set_clock(NOW).await;
    database
}

/// Publishes the founding files that `edit` gives back; the note of the first release is that of no other.
pub async fn publish(database: &TestDatabase, edit: impl Fn(String, String) -> Option<(String, String)>) {
    let files = std::fs::read_dir("migrations/founding")
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let read = files.map(|path| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, std::fs::read_to_string(path).unwrap())
    });
    let is_first: bool = sqlx::query_scalar("select not exists (select from release)")
        .fetch_one(&mut database.as_owner().await)
        .await
        .unwrap();
    let edited = read
        .filter_map(|(name, text)| edit(name, text))
        .filter(|(_, text)| is_first || !text.contains("Publication initiale du site"))
        .map(|(name, text)| (name.into(), text));
    let manuscripts = Manuscripts::parse(edited).unwrap();
    import(&database.pools.desk, &manuscripts, Target::AnyDatabase)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_page_is_read_as_it_was_around_each_boundary() {
    let database = changed().await;
    let visitor = Visitor::new(&database);
    for (when, told) in [
        ("2026-03-01T15:00:01Z", "diriger"),
        ("2026-03-14T14:59:59Z", "diriger"),
        ("2026-03-14T15:00:00Z", "mener"),
        ("2026-03-13", "diriger"),
        ("2026-03-14", "mener"),
    ] {
        let page = visitor.get(&format!("/fr/au/{when}/mission")).await;
        page.is(200).speaks("fr-CA");
        assert!(page.words("main .passage").join(" ").contains(told), "{when}");
        assert_eq!(
            page.attribute("link[rel=canonical]", "href"),
            "https://mandat.example/fr/mission"
        );
        assert_eq!(page.attribute("meta[name=robots]", "content"), "noindex");
        assert!(!page.has("link[rel=alternate][hreflang]"), "{when}");
        assert_eq!(page.attribute(".notice.past a", "href"), "/fr/mission");
    }
    let english = visitor.get("/en/as-of/2026-03-13/mandates").await;
    english.is(200).speaks("en-CA");
    assert_eq!(english.words("ol.mandates h2")[0], "Representing Québec abroad");
    let today = visitor.get("/en/mandates").await;
    assert_eq!(today.words("ol.mandates h2")[1], "Representing Québec abroad");
}

#[tokio::test]
async fn nobody_reads_the_future_nor_before_the_first_version() {
    let database = changed().await;
    let visitor = Visitor::new(&database);
    for (when, title) in [
        ("2026-03-21", "Date à venir"),
        ("2026-03-20T12:00:01Z", "Date à venir"),
        ("9999-12-31", "Date à venir"),
        ("2026-02-28", "Avant la première version"),
        ("2026-03-01T15:00:00Z", "Avant la première version"),
        ("hier", "Page introuvable"),
        ("2026-02-30", "Page introuvable"),
    ] {
        let page = visitor.get(&format!("/fr/au/{when}/mission")).await;
        page.is(404).speaks("fr-CA");
        assert_eq!(page.words("h1"), [title], "{when}");
    }
    let today = visitor.get("/fr/au/2026-03-20/mission").await;
    assert_eq!(today.is(303).header("location"), "/fr/mission");
    let spelled = visitor.get("/fr/au/2026-03-14t15:00:00z/mission/").await;
    assert_eq!(
        spelled.is(308).header("location"),
        "/fr/au/2026-03-14T15:00:00Z/mission"
    );
}

#[tokio::test]
async fn every_link_of_the_past_keeps_date_and_language() {
    let database = changed().await;
    let visitor = Visitor::new(&database);
    let (french, english) = ("/fr/au/2026-03-13", "/en/as-of/2026-03-13");
    let mut seen: HashSet<String> = HashSet::from([french.to_owned()]);
    let mut waiting: VecDeque<String> = seen.iter().cloned().collect();
    while let Some(path) = waiting.pop_front() {
        let page = visitor.get(&path).await;
        page.is(200);
        for link in page.attributes("a", "href") {
            let path = link.split('#').next().unwrap().to_owned();
            let leaves = !path.starts_with('/') || path.contains("/d/");
            let present = page
                .attributes(".notice.past a, .aside a, .to-search a, .to-quote a", "href")
                .contains(&link);
            if leaves || present || path.is_empty() {
                continue;
            }
            assert!(
                path.starts_with(french) || path.starts_with(english),
                "{} leads to {link}",
                page.path
            );
            if seen.insert(path.clone()) {
                waiting.push_back(path);
            }
        }
    }
    assert!(seen.len() > 45, "both languages whole: {}", seen.len());
}

#[tokio::test]
async fn a_history_tells_every_change_and_leads_to_it() {
    let database = changed().await;
    let visitor = Visitor::new(&database);
    let mission = visitor.get("/fr/mission/historique").await;
    mission.is(200).speaks("fr-CA");
    assert_eq!(mission.words(".changes .when").len(), 2);
    assert!(mission.words(".changes li")[0].contains("Nouvelle mission"));
    assert_eq!(
        mission.attributes(".changes a[href^='/']", "href"),
        [
            "/fr/au/2026-03-14T15:00:00Z/mission",
            "/fr/au/2026-03-01T15:00:01Z/mission"
        ]
    );
    for path in mission.attributes(".changes a[href^='/']", "href") {
        visitor.get(&path).await.is(200);
    }
    let home = visitor.get("/en/history").await;
    home.is(200).speaks("en-CA");
    assert!(
        home.words(".changes .subject").len() > 10,
        "home changes with what it lists"
    );
    for (path, expected) in [
        ("/fr/mission/historique?date=2026-03-13", "/fr/au/2026-03-13/mission"),
        ("/en/history?date=2026-03-13", "/en/as-of/2026-03-13"),
    ] {
        assert_eq!(visitor.get(path).await.is(303).header("location"), expected);
    }
    let typed = visitor.get("/fr/mission/historique?date=demain").await;
    assert_eq!(typed.is(400).words("h1"), ["Date non reconnue"]);
    visitor.get("/fr/nulle-part/historique").await.is(404);
}
