//! Nobody hears of what is not public: words planted in drafts, in scheduled, cancelled and redacted texts, in remarks, the journal and what is being typed,
//! then every public output walked. And the walk would find them: a twin database with unfiltered views shows it.

mod routes;
mod twin;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use mandat::web::formats::Format;
use sqlx::AssertSqlSafe;

use crate::support::database::TestDatabase;
use crate::support::record::{NO_RIGHT, name};
use crate::support::visitor::{Answer, ORIGIN, Visitor, asking};

/// One page for each thing that nobody may find.
pub const ALONE: &str = include_str!("../data/canaries.sql");
/// The same, on texts that readers see.
const AHEAD: &str = include_str!("../data/canaries_ahead.sql");
/// What every planted text goes on with: nobody's words of their own, so that the echo of a question is no canary.
const SONGS: [&str; 2] = ["canari vole vers le fleuve", "canari flies to the river"];
/// The documents that hold canaries, and a number that no document has.
const DOCUMENTS: [i64; 10] = [1, 4, 5, 6, 7, 901, 902, 903, 904, 999];

/// A database with the founding content and all the canaries.
async fn planted() -> TestDatabase {
    let database = TestDatabase::founded().await;
    database.run(ALONE).await;
    database.run(AHEAD).await;
    database
}

/// The canaries in a text; one that was published and then withdrawn is public.
fn canaries_in(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| {
            word.starts_with("canari") && word.len() > "canari".len() && *word != "canaris" && *word != "canariretire"
        })
        .map(str::to_owned)
        .collect()
}

/// Everything that was asked and answered.
pub struct Walk {
    /// The words in an output that are listened for.
    listens: fn(&str) -> BTreeSet<String>,
    /// The status of each output, by what was asked.
    outputs: BTreeMap<String, u16>,
    /// Where each of those words was heard.
    pub heard: BTreeMap<String, BTreeSet<String>>,
}

impl Walk {
    /// Walks every output that can be reached by links, and those that nobody links to.
    pub async fn of(database: &TestDatabase, listens: fn(&str) -> BTreeSet<String>) -> Self {
        let visitor = Visitor::new(database);
        let mut walk = Self {
            listens,
            outputs: BTreeMap::new(),
            heard: BTreeMap::new(),
        };
        let mut ahead = unlinked();
        while let Some(path) = ahead.pop() {
            if walk.outputs.contains_key(&path) {
                continue;
            }
            let answer = visitor.get(&path).await;
            walk.keep(&path, &answer);
            // Each date of the past is a whole site of its own.
            if !path.contains("/au/") && !path.contains("/as-of/") {
                ahead.extend(linked(&answer));
            }
        }
        walk.ask_otherwise(database).await;
        walk
    }

    fn keep(&mut self, asked: &str, answer: &Answer) {
        let headers = answer.headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            format!("{name}: {value}\n")
        });
        for word in (self.listens)(&(headers.collect::<String>() + &answer.body)) {
            self.heard.entry(word).or_default().insert(asked.to_owned());
        }
        self.outputs.insert(asked.to_owned(), answer.status.as_u16());
    }

    /// Other methods, and what asks by a header.
    async fn ask_otherwise(&mut self, database: &TestDatabase) {
        let visitor = Visitor::new(database);
        for path in ["/fr", "/fr/canari-901", "/fr/canari-902", "/api/v1/documents/902"] {
            for method in [Method::HEAD, Method::OPTIONS, Method::POST, Method::DELETE] {
                let answer = visitor.ask(method.clone(), path).await;
                self.keep(&format!("{method} {path}"), &answer);
            }
        }
        let visitor = Visitor::new(database).sending("accept-datetime", "Fri, 01 Jan 2100 00:00:00 GMT");
        for number in 901..=904 {
            let path = format!("/timegate/fr/canari-{number}");
            let answer = visitor.get(&path).await;
            self.keep(&format!("{path} (2100)"), &answer);
        }
    }
}

/// What no link leads to: forms filled in, addresses guessed, dates typed.
fn unlinked() -> Vec<String> {
    let mut paths: Vec<String> = [
        "/",
        "/fr",
        "/en",
        "/robots.txt",
        "/sitemap.xml",
        "/.well-known/security.txt",
        "/api/v1/openapi.json",
    ]
    .map(str::to_owned)
    .into();
    for number in DOCUMENTS {
        paths.push(format!("/d/{number}"));
        let resource = format!("/api/v1/documents/{number}");
        paths.extend(
            [
                "",
                "/versions",
                "/versions/1",
                "/versions/2",
                "/differences?from=1&to=2",
            ]
            .map(|rest| format!("{resource}{rest}")),
        );
        for (root, past) in [("/fr", "au"), ("/en", "as-of")] {
            let page = format!("{root}/canari-{number}");
            paths.extend(Format::ALL.map(|format| format!("{page}{}", format.extension())));
            paths.extend(["2999-01-01", "2020-01-01"].map(|day| format!("{root}/{past}/{day}/canari-{number}")));
            paths.extend([format!("{page}/historique"), format!("{page}/history"), page.clone()]);
            paths.extend([format!("/timegate{page}"), format!("/timemap{page}")]);
        }
    }
    for song in SONGS {
        for asked in [song, "canari"] {
            paths.extend(["/fr/recherche", "/en/search"].map(|form| asking(form, &[("q", asked)])));
            paths.extend(["/fr/citation", "/en/quote"].map(|form| asking(form, &[("q", asked)])));
        }
    }
    paths.extend(
        [
            "/fr/mandats/historique?date=2999-01-01",
            "/api/v1/documents?as_of=2999-01-01",
        ]
        .map(str::to_owned),
    );
    paths
}

/// The paths of this site that an answer names, in whatever form: body and headers.
fn linked(answer: &Answer) -> Vec<String> {
    let mut text = answer.body.clone();
    if answer.header("content-type").starts_with("image/") || answer.header("content-type").starts_with("font/") {
        text.clear();
    }
    for value in answer.headers.values() {
        text.push(' ');
        text.push_str(&String::from_utf8_lossy(value.as_bytes()));
    }
    text.replace("&amp;", "&")
        .replace("&#38;", "&")
        .split(|c: char| c.is_whitespace() || "\"'<>()".contains(c))
        .filter_map(|token| {
            token
                .strip_prefix(ORIGIN)
                .or_else(|| token.starts_with('/').then_some(token))
        })
        .map(|path| path.split('#').next().unwrap_or_default())
        .filter(|path| path.starts_with('/') && !path.starts_with("//") && !path.contains(['{', '}', '\\', ';']))
        .filter(|path| path.parse::<axum::http::Uri>().is_ok())
        .map(|path| path.trim_end_matches([',', '.']).to_owned())
        .collect()
}

#[tokio::test]
async fn no_public_output_holds_what_is_not_public() {
    let walk = Walk::of(&planted().await, canaries_in).await;
    println!("{} outputs walked", walk.outputs.len());
    assert!(walk.heard.is_empty(), "{:#?}", walk.heard);
    routes::assert_walked(&walk.outputs);
}

#[tokio::test]
async fn the_walk_finds_what_unfiltered_views_would_show() {
    let database = planted().await;
    twin::unfilter(&database).await;
    let walk = Walk::of(&database, canaries_in).await;
    for canary in ["canaribrouillon", "canarifutur", "canariannule"] {
        let places = walk.heard.get(canary).map_or(0, BTreeSet::len);
        println!("{canary}: heard in {places} outputs");
        assert!(places >= 5, "{canary} was heard in {places} outputs");
    }
}

#[tokio::test]
async fn tables_that_hold_canaries_are_closed_to_readers() {
    let database = planted().await;
    let mut owner = database.as_owner().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "select oid::regclass::text from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let mut holding = Vec::new();
    for table in tables {
        let count = format!("select count(*) from {table} t where t::text ~* 'canari[a-z]'");
        let rows: i64 = sqlx::query_scalar(AssertSqlSafe(count))
            .fetch_one(&mut owner)
            .await
            .unwrap();
        if rows > 0 {
            let read = format!("select 1 from {table} limit 1");
            let refused = sqlx::query(AssertSqlSafe(read))
                .fetch_all(&database.pools.site)
                .await
                .unwrap_err();
            assert_eq!(name(&refused), NO_RIGHT, "{table}");
            holding.push(table);
        }
    }
    let planted = [
        "autosave",
        "journal",
        "passage",
        "publication",
        "published_words",
        "review",
        "revision",
    ];
    for table in planted {
        assert!(
            holding.iter().any(|held| held == table),
            "{table} holds no canary: {holding:?}"
        );
    }
}
