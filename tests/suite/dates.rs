//! The dates that pages show: of all that they list, never of what they do not, and since when a text is in effect.

use crate::past::publish;
use crate::quote::returned::{CLAUSE, bring_back, withdrawn};
use crate::support::database::TestDatabase;
use crate::support::visitor::Visitor;

const FIRST: (&str, &str) = ("2026-03-01T15:00:00Z", "2026-03-01");
const SECOND: (&str, &str) = ("2026-03-05T15:00:00Z", "2026-03-05");
const THIRD: (&str, &str) = ("2026-03-09T15:00:00Z", "2026-03-09");
const NOW: &str = "2026-03-20T12:00:00Z";

/// The founding content, published on the first day; then the clock stands at `instant`.
async fn founded(instant: &str) -> TestDatabase {
    let database = TestDatabase::empty().await;
    database.set_clock(FIRST.0).await;
    publish(&database, |name, text| Some((name, text))).await;
    database.set_clock(instant).await;
    database
}

/// Publishes one edit of one founding file, under a note of its own.
async fn edit(database: &TestDatabase, file: &str, old: &str, new: &str) {
    publish(database, |name, text| match name.as_str() {
        "release.toml" => Some((name, text.replace("initiale", file).replace("First", file))),
        _ => name.starts_with(file).then(|| {
            assert!(text.contains(old), "{file}: {old}");
            (name, text.replace(old, new))
        }),
    })
    .await;
}

/// The date of change that a page shows to everybody.
async fn date(visitor: &Visitor, path: &str) -> String {
    let page = visitor.get(path).await;
    page.is(200);
    page.attribute(".aside dl > div:not(.print) time, .page > .since time", "datetime")
}

#[tokio::test]
async fn every_page_shows_when_it_changed() {
    let database = founded(SECOND.0).await;
    edit(&database, "05-", "english = \"present\"", "english = \"to-follow\"").await;
    database.set_clock(NOW).await;
    let visitor = Visitor::new(&database);
    for path in [
        "/fr/mission",
        "/en/vision",
        "/fr/representants",
        "/en/representatives/jean-lemire",
        "/fr/a-propos",
    ] {
        assert_eq!(date(&visitor, path).await, FIRST.1, "{path}");
    }
    // Without English, the page that says so shows the date of the French.
    assert_eq!(date(&visitor, "/en/mandates/representation-abroad").await, FIRST.1);
    for path in ["/fr", "/en", "/fr/mandats", "/fr/plan-du-site", "/en/site-map"] {
        assert_eq!(
            date(&visitor, path).await,
            FIRST.1,
            "{path}: the French has not changed"
        );
    }
}

#[tokio::test]
async fn what_leaves_moves_the_date_of_what_listed_it() {
    let database = founded(SECOND.0).await;
    database.withdraw(6, "withdrawn", None).await;
    database.set_clock(NOW).await;
    let visitor = Visitor::new(&database);
    for path in [
        "/fr",
        "/en",
        "/fr/mandats",
        "/en/mandates",
        "/fr/plan-du-site",
        "/en/site-map",
    ] {
        assert_eq!(date(&visitor, path).await, SECOND.1, "{path}");
    }
    assert_eq!(date(&visitor, "/fr/representants").await, FIRST.1);
    assert_eq!(date(&visitor, "/fr/au/2026-03-03/mandats").await, FIRST.1, "as it was");
}

#[tokio::test]
async fn the_sitemap_has_the_dates_that_pages_show() {
    let database = withdrawn().await;
    database.set_clock("2026-07-10T15:00:00Z").await;
    database.withdraw(18, "removed", None).await;
    let visitor = Visitor::new(&database);
    for back in [false, true] {
        if back {
            bring_back(&database, CLAUSE).await;
        }
        let sitemap = visitor.get("/sitemap.xml").await;
        let mut dates = Vec::new();
        for page in sitemap.is(200).body.split("<loc>https://mandat.example").skip(1) {
            let (path, rest) = page.split_once("</loc>").unwrap();
            let (_, told) = rest.split_once("<lastmod>").unwrap();
            assert_eq!(told[..10], date(&visitor, path).await, "{path}");
            dates.push((path, &told[..10]));
        }
        let told = |path: &str| dates.iter().find(|(known, _)| *known == path).map(|(_, date)| *date);
        let (list, plan) = if back {
            ("2026-08-03", "2026-08-03")
        } else {
            ("2026-07-01", "2026-07-10")
        };
        assert_eq!((told("/fr/mandats"), told("/fr")), (Some(list), Some(list)));
        assert_eq!(told("/fr/plan-du-site"), Some(plan));
        let text = told("/fr/mandats/representation-a-l-etranger");
        assert_eq!(text, back.then_some("2026-08-03"));
    }
}

#[tokio::test]
async fn home_changes_with_the_representatives_and_english_says_that_it_lags() {
    let database = founded(SECOND.0).await;
    edit(
        &database,
        "17-",
        "est un biologiste et un communicateur scientifique reconnu mondialement.\"\nen = \"Jean Lemire, climate",
        "est biologiste.\"\nen = \"Jean Lemire, climate",
    )
    .await;
    database.set_clock(NOW).await;
    let visitor = Visitor::new(&database);
    for path in ["/fr", "/fr/representants", "/fr/representants/jean-lemire"] {
        assert_eq!(date(&visitor, path).await, SECOND.1, "{path}");
    }
    for path in ["/en", "/en/representatives", "/en/representatives/jean-lemire"] {
        assert_eq!(date(&visitor, path).await, FIRST.1, "{path}: no English word changed");
        let page = visitor.get(path).await;
        assert_eq!(page.attribute("main .lagging time", "datetime"), SECOND.1, "{path}");
    }
    assert!(!visitor.get("/en/mandates").await.has(".lagging"));
}

#[tokio::test]
async fn a_text_is_in_effect_since_its_french_began() {
    let database = founded(SECOND.0).await;
    edit(&database, "02-", "direct the government", "steer the government").await;
    database.set_clock(NOW).await;
    let visitor = Visitor::new(&database);
    for path in ["/fr", "/en"] {
        assert_eq!(
            visitor.get(path).await.attribute(".hero .since time", "datetime"),
            FIRST.1
        );
    }
    assert_eq!(date(&visitor, "/en").await, SECOND.1);
    assert_eq!(date(&visitor, "/fr").await, FIRST.1);

    database.set_clock(THIRD.0).await;
    database.withdraw(2, "withdrawn", None).await;
    database.set_clock(NOW).await;
    assert!(!visitor.get("/fr").await.has(".hero"));
    assert_eq!(date(&visitor, "/fr/mission").await, THIRD.1);
}

#[tokio::test]
async fn a_list_says_what_its_version_numbers() {
    let database = founded(NOW).await;
    let visitor = Visitor::new(&database);
    let labels = async |path: &str| visitor.get(path).await.words(".aside dt").join(" ");
    assert!(labels("/fr/mandats").await.contains("Version (introduction et ordre)"));
    assert!(
        labels("/en/mandates")
            .await
            .contains("Version (introduction and order)")
    );
    assert!(!labels("/fr/mission").await.contains('('));
    assert!(
        !labels("/fr").await.contains("Version"),
        "home is made of others' texts"
    );
}

#[tokio::test]
async fn every_english_page_of_texts_says_that_it_is_a_translation() {
    let database = founded(NOW).await;
    let visitor = Visitor::new(&database);
    for (path, french) in [
        ("/en", "/fr"),
        ("/en/mandates", "/fr/mandats"),
        ("/en/representatives", "/fr/representants"),
        ("/en/site-map", "/fr/plan-du-site"),
        ("/en/mission/history", "/fr/mission/historique"),
        ("/en/history", "/fr/historique"),
        ("/en/privacy", "/fr/confidentialite"),
        ("/en/as-of/2026-03-02", "/fr/au/2026-03-02"),
        ("/en/search?q=mandate", "/fr/recherche?q=mandate"),
        ("/en/quote", "/fr/citation"),
        ("/en/api", "/fr/api"),
    ] {
        let page = visitor.get(path).await;
        assert_eq!(page.is(200).attribute("main .translation a", "href"), french);
        assert!(!visitor.get(french).await.is(200).has("main .translation"), "{french}");
    }
    for (path, is_english) in [("/en/nothing", true), ("/fr/rien", false)] {
        assert_eq!(
            visitor.get(path).await.is(404).has("main .translation"),
            is_english,
            "{path}"
        );
    }
}
