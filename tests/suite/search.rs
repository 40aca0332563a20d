//! Search, by the table that was written before it, and what it must never tell.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use mandat::model::manuscript::Manuscripts;
use mandat::workflow::import::{Target, import};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, PgConnection, Row};

use crate::support::database::TestDatabase;
use crate::support::visitor::{Visitor, asking};

#[derive(Deserialize)]
struct Table {
    document: Vec<Document>,
    query: Vec<Query>,
    distractor: Both<Distractors>,
}

#[derive(Deserialize)]
struct Both<T> {
    fr: T,
    en: T,
}

#[derive(Deserialize)]
struct Document {
    slug: String,
    english: Option<String>,
    fr: [String; 2],
    en: Option<[String; 2]>,
}

#[derive(Deserialize)]
struct Query {
    fr: Option<String>,
    en: Option<String>,
    finds: BTreeSet<String>,
    #[serde(default)]
    only: bool,
}

#[derive(Deserialize)]
struct Distractors {
    subjects: Vec<String>,
    verbs: Vec<String>,
    objects: Vec<String>,
    places: Vec<String>,
}

impl Distractors {
    /// A title and a sentence, others for each number.
    fn words(&self, number: usize) -> [String; 2] {
        let pick = |list: &[String], step: usize| list[number / step % list.len()].clone();
        let subject = pick(&self.subjects, 1);
        let (verb, object, place) = (
            pick(&self.verbs, self.subjects.len()),
            pick(&self.objects, 3),
            pick(&self.places, 2),
        );
        [
            format!("{object} {place}"),
            format!("{subject} {verb} {object} {place}"),
        ]
    }
}

fn table() -> Table {
    toml::from_str(include_str!("../data/search.toml")).unwrap()
}

/// A page as a manuscript: number, slug, and a title and a body in each language.
fn manuscript(number: usize, slug: &str, english: &str, fr: &[String], en: Option<&[String]>) -> (PathBuf, String) {
    let mut text =
        format!("number = {number}\nkind = \"page\"\nenglish = \"{english}\"\nslug = {{ fr = \"{slug}\" }}\n");
    for (index, part) in ["title", "body"].into_iter().enumerate() {
        let letter = if index == 0 { 't' } else { 'b' };
        write!(
            text,
            "[[{part}]]\nanchor = \"{letter}{}\"\nfr = \"{}\"\n",
            anchor(number),
            fr[index]
        )
        .unwrap();
        if let Some(en) = en {
            writeln!(text, "en = \"{}\"", en[index]).unwrap();
        }
    }
    (PathBuf::from(format!("{number}.toml")), text)
}

/// Five letters that no other number has.
fn anchor(number: usize) -> String {
    let letter = |place: u32| char::from(b'a' + u8::try_from(number / 26_usize.pow(place) % 26).unwrap());
    format!("z{}", (0..4).map(letter).collect::<String>())
}

/// The founding content, the table's documents, and distractors up to a number of documents.
async fn published(documents: usize) -> TestDatabase {
    let database = TestDatabase::founded().await;
    let table = table();
    let mut files: Vec<_> = table
        .document
        .iter()
        .enumerate()
        .map(|(index, document)| {
            let english = document.english.as_deref().unwrap_or("present");
            let en = document.en.as_ref().map(<[String; 2]>::as_slice);
            manuscript(100 + index, &document.slug, english, &document.fr, en)
        })
        .collect();
    let there = 24 + files.len();
    files.extend((there..documents).map(|number| {
        let [fr, en] = [&table.distractor.fr, &table.distractor.en].map(|words| words.words(number));
        manuscript(1000 + number, &format!("d-{number}"), "present", &fr, Some(&en))
    }));
    // A deed may take five seconds at most.
    for files in files.chunks(80) {
        let manuscripts = Manuscripts::parse(files.to_vec()).unwrap();
        import(&database.pools.desk, &manuscripts, Target::AnyDatabase)
            .await
            .unwrap();
    }
    database
}

/// The names of the documents on a page of results, in order.
fn names(paths: &[String]) -> Vec<String> {
    let name = |path: &String| {
        path.split('#')
            .next()
            .unwrap_or_default()
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    paths.iter().map(name).collect()
}

#[tokio::test]
async fn the_table_holds() {
    let database = published(200).await;
    let visitor = Visitor::new(&database);
    let mut wrong = Vec::new();
    for query in table().query {
        let (path, typed) = match (&query.fr, &query.en) {
            (Some(typed), _) => ("/fr/recherche", typed),
            (None, typed) => ("/en/search", typed.as_ref().unwrap()),
        };
        let answer = visitor.get(&asking(path, &[("q", typed)])).await;
        answer.is(200);
        let found = names(&answer.attributes(".hits h3 a", "href"));
        // English pages without an English slug stand under the French one; those of the founding content do not.
        let found: Vec<String> = found.iter().map(|name| french_name(name)).collect();
        let first: BTreeSet<String> = found.iter().take(query.finds.len()).cloned().collect();
        let alone = found.len() == query.finds.len() || (!query.only && !query.finds.is_empty());
        if first != query.finds || !alone {
            wrong.push(format!(
                "{typed:?}: {:?}, found {found:?} {:?}",
                query.finds,
                answer.words(".summary")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn french_name(name: &str) -> String {
    match name {
        "international-commitments" => "engagements-internationaux",
        other => other,
    }
    .to_owned()
}

#[tokio::test]
async fn a_result_leads_to_its_passage() {
    let database = published(200).await;
    let visitor = Visitor::new(&database);
    let answer = visitor.get("/fr/recherche?q=l%27Arctique").await;
    assert_eq!(answer.words(".summary"), ["Textes trouvés : 1"]);
    assert!(answer.words(".hits mark").contains(&"Arctique".to_owned()));
    let path = answer.attribute(".hits h3 a", "href");
    let (page, anchor) = path.split_once('#').expect("a fragment");
    let target = visitor.get(page).await;
    target.is(200);
    assert!(target.words(&format!("#{anchor}")).concat().contains("Arctique"));
    assert_eq!(answer.words(".elsewhere"), Vec::<String>::new());
    let both = visitor.get("/fr/recherche?q=Lemire").await;
    assert_eq!(both.words(".elsewhere"), ["Textes trouvés en anglais : 1"]);
    assert_eq!(both.attribute(".elsewhere a", "href"), "/en/search?q=Lemire");
    assert_eq!(both.attribute(".tools a[hreflang]", "href"), "/en/search?q=Lemire");
    assert_eq!(both.attribute("meta[name=robots]", "content"), "noindex");
    assert_eq!(both.header("cache-control"), "no-store");
}

#[tokio::test]
async fn results_are_paged_by_plain_links() {
    let database = published(200).await;
    let visitor = Visitor::new(&database);
    let mut seen = BTreeSet::new();
    let mut next = Some("/fr/recherche?q=rapport+annuel".to_owned());
    let mut pages = 0;
    let mut told = String::new();
    while let Some(path) = next {
        let answer = visitor.get(&path).await;
        for path in answer.attributes(".hits h3 a", "href") {
            assert!(seen.insert(path), "a result stands on two pages");
        }
        told.clone_from(&answer.words(".summary")[0]);
        next = answer.attributes(".paging a[rel=next]", "href").pop();
        pages += 1;
    }
    assert!(pages > 1);
    assert_eq!(told, format!("Textes trouvés : {}", seen.len()));
    let beyond = visitor.get("/fr/recherche?q=rapport+annuel&page=999999999999999").await;
    beyond.is(200);
}

#[tokio::test]
async fn whatever_is_typed_is_answered_in_words() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let long = "a".repeat(50_000);
    for raw in [
        "q=%FF%FE%00",
        "q=%",
        "q=a&q=b",
        "page=x&q=Lemire",
        "",
        "q",
        long.as_str(),
        &format!("q={long}"),
        // Letters that become signs without their accents, and pages that no number can count.
        "q=%CA%BCabc",
        "q=ab%CB%90cd",
        "q=%CA%BB%CB%88%CB%90",
        "q=Lemire&page=1844674407370955163",
        "q=Lemire&page=18446744073709551615",
        "q=Lemire&page=500",
    ] {
        let answer = visitor.get(&format!("/fr/recherche?{raw}")).await;
        answer.is(200).speaks("fr-CA");
        assert!(!answer.body.contains(&long));
    }
    let hostile = visitor
        .get("/fr/recherche?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
        .await;
    assert!(!hostile.body.contains("<script>"), "what is typed is escaped");
}

#[tokio::test]
async fn what_is_not_in_effect_is_never_found() {
    let database = TestDatabase::founded().await;
    let mut owner = database.as_owner().await;
    run(&mut owner, CANARIES).await;
    let stored = "select count(*) from published_words where words like '%canari%'";
    let count: i64 = sqlx::query(stored).fetch_one(&mut owner).await.unwrap().get(0);
    assert!(count >= 3, "the canaries are there to be found: {count}");
    let visitor = Visitor::new(&database);
    for canary in [
        "canari",
        "canaribrouillon",
        "canarifutur",
        "canariannule",
        "canarirature",
        "canariretire",
        "canariremarque",
        "cannari",
    ] {
        for path in ["/fr/recherche", "/en/search"] {
            let answer = visitor.get(&asking(path, &[("q", canary)])).await;
            assert!(answer.words(".hits li").is_empty(), "{canary} is found at {path}");
        }
    }
    let refused = sqlx::query("select words from published_words")
        .fetch_all(&database.pools.site)
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("permission denied"), "{refused}");
}

async fn run(connection: &mut PgConnection, script: &str) {
    sqlx::raw_sql(AssertSqlSafe(script)).execute(connection).await.unwrap();
}

/// One page for each thing that nobody may find: a draft, a scheduled and a cancelled text, one redacted, one withdrawn.
const CANARIES: &str = include_str!("../data/canaries.sql");

#[tokio::test]
async fn a_mandate_is_found_by_the_number_that_pages_show() {
    let database = TestDatabase::founded().await;
    database.withdraw(6, "withdrawn", None).await;
    let visitor = Visitor::new(&database);
    for (question, rank) in [
        ("/fr/recherche?q=Mandat+2", "Mandat 2 –"),
        ("/en/search?q=mandate+10", "Mandate 10 –"),
    ] {
        let found = visitor.get(question).await.is(200).attribute(".hits h3 a", "href");
        let mandate = visitor.get(found.split('#').next().unwrap()).await;
        assert_eq!(mandate.is(200).words("h1 .unseen"), [rank], "{found}");
    }
    for question in ["/fr/recherche?q=mandat+11", "/fr/recherche?q=mandat+0"] {
        visitor.get(question).await.is(200);
    }
}

#[tokio::test]
async fn words_beyond_the_twelfth_are_told() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let told = |words: usize| format!("/fr/recherche?q={}", "eau+".repeat(words));
    let cut = visitor.get(&told(13)).await;
    let expected = "La recherche a tenu compte des 12 premiers mots seulement.";
    assert_eq!(cut.is(200).words("main .cut"), [expected]);
    assert!(!visitor.get(&told(12)).await.is(200).has("main .cut"));
}

#[tokio::test]
async fn nothing_typed_reaches_a_log() {
    let database = TestDatabase::founded().await;
    let lines = crate::support::log::captured(async {
        let visitor = Visitor::new(&database);
        visitor.get("/fr/recherche?q=motsecretissime").await.is(200);
        visitor.get("/en/search?q=motsecretissime&page=2").await.is(200);
    })
    .await;
    assert!(lines.contains("/fr/recherche"), "the log was captured");
    assert!(!lines.contains("motsecretissime"), "{lines}");
}

#[tokio::test]
async fn the_indexes_are_used() {
    let database = published(2_000).await;
    let mut owner = database.as_owner().await;
    run(
        &mut owner,
        "analyze published_words; analyze publication; analyze passage",
    )
    .await;
    let scans = "select coalesce(sum(idx_scan), 0)::bigint from pg_stat_user_indexes where indexrelname = ";
    for (index, ask) in [
        (
            "published_words_by_vector",
            "site.search_texts('fr', array['hydrogène'], '{}', '{}', instant())",
        ),
        (
            "published_vocabulary_by_trigram",
            "site.search_texts('fr', array['hidrogène'], '{}', '{}', instant())",
        ),
        (
            "published_pair_pkey",
            "site.quoted_in('fr', array['assurer la représentation du québec à'])",
        ),
    ] {
        run(&mut owner, &format!("select * from {ask}")).await;
        run(&mut owner, "select pg_stat_force_next_flush()").await;
        let counted = AssertSqlSafe(format!("{scans}'{index}'"));
        let count: i64 = sqlx::query(counted).fetch_one(&mut owner).await.unwrap().get(0);
        assert!(count > 0, "{index} is not used");
    }
}
