//! The quote check, by the cases that were written before it.

use std::fs;
use std::path::PathBuf;

use mandat::i18n::{self, Language};
use mandat::model::manuscript::Manuscripts;
use mandat::workflow::import::{Target, import};
use serde::Deserialize;

use crate::support::database::TestDatabase;
use crate::support::log;
use crate::support::visitor::{Answer, Visitor, asking};
use returned::CLAUSE;

pub mod returned;

#[derive(Deserialize)]
struct Cases {
    release: Vec<Release>,
    quote: Vec<Case>,
}

#[derive(Deserialize)]
struct Release {
    at: String,
    edit: Vec<Edit>,
}

#[derive(Deserialize)]
struct Edit {
    file: String,
    from: String,
    to: String,
}

#[derive(Deserialize)]
struct Case {
    fr: Option<String>,
    en: Option<String>,
    answer: String,
    document: Option<String>,
    from: Option<String>,
    until: Option<String>,
    nearest: Option<String>,
    #[serde(default)]
    differs: Vec<String>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("../data/quotes.toml")).unwrap()
}

/// The founding content of 10 January 2026 and the releases of the cases, as they stand on 1 June.
async fn published(releases: &[Release]) -> TestDatabase {
    let database = TestDatabase::empty().await;
    let mut files: Vec<(PathBuf, String)> = fs::read_dir("migrations/founding")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().into(), fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    database.set_clock("2026-01-10T15:00:00Z").await;
    release(&database, &files, Target::EmptyDatabase).await;
    // Its note is that of the first release.
    files.retain(|(path, _)| !path.ends_with("release.toml"));
    for step in releases {
        database.set_clock(&step.at).await;
        for edit in &step.edit {
            let (_, text) = files.iter_mut().find(|(path, _)| path.ends_with(&edit.file)).unwrap();
            assert!(text.contains(&edit.from), "{}: {}", edit.file, edit.from);
            *text = text.replace(&edit.from, &edit.to);
        }
        release(&database, &files, Target::AnyDatabase).await;
    }
    database.set_clock("2026-06-01T15:00:00Z").await;
    database
}

async fn release(database: &TestDatabase, files: &[(PathBuf, String)], target: Target) {
    let manuscripts = Manuscripts::parse(files.to_vec()).unwrap();
    import(&database.pools.desk, &manuscripts, target).await.unwrap();
}

/// The last segment of each path that the selector finds, without its anchor.
fn names(answer: &Answer, selector: &str) -> Vec<String> {
    let paths = answer.attributes(selector, "href");
    let name = |path: &String| path.split('#').next()?.rsplit('/').next().map(str::to_owned);
    paths.iter().filter_map(name).collect()
}

/// What is wrong with the answer to a case.
async fn faults(visitor: &Visitor, case: &Case) -> Vec<String> {
    let (path, typed) = match (&case.fr, &case.en) {
        (Some(typed), _) => ("/fr/citation", typed),
        (None, typed) => ("/en/quote", typed.as_ref().unwrap()),
    };
    let answer = visitor.get(&asking(path, &[("q", typed)])).await;
    answer.is(200);
    let mut faults = Vec::new();
    let mut check = |holds: bool, what: &str| {
        if !holds {
            faults.push(format!("{typed:?}: {what}: {:?}", answer.words(".verdict")));
        }
    };
    let kinds = ["current", "earlier", "absent"].map(|kind| answer.has(&format!(".verdict.{kind}")));
    let expected = ["current", "earlier", "absent"].map(|kind| kind == case.answer);
    let refused = case.answer == "absent" && answer.has(".verdict.refused");
    check(kinds == expected || refused, "another answer");
    if let Some(document) = &case.document {
        check(
            french_names(&names(&answer, ".standing h3 a")).contains(document),
            "another text",
        );
        check(!answer.words(".standing mark").is_empty(), "nothing is marked");
    }
    if let Some(nearest) = &case.nearest {
        check(
            french_names(&names(&answer, ".standing .when a")).contains(nearest),
            "another passage",
        );
    }
    if let (Some(from), Some(until)) = (&case.from, &case.until) {
        let language = if case.fr.is_some() {
            Language::French
        } else {
            Language::English
        };
        let range = i18n::range(from.parse().unwrap(), until.parse().unwrap(), language);
        let told = answer.words(".standing .when").concat();
        check(spaced(&told).contains(&spaced(&range)), "other days");
    }
    if !case.differs.is_empty() {
        let differing = answer.words(".quoted mark");
        let words: Vec<&str> = differing
            .iter()
            .flat_map(|words| words.split([' ', '’', '\'']))
            .collect();
        check(words == case.differs, &format!("other words differ: {words:?}"));
    }
    faults
}

/// Words with spaces of one kind.
fn spaced(words: &str) -> String {
    words.replace('\u{a0}', " ")
}

/// English texts stand under English names where they have some.
fn french_names(names: &[String]) -> Vec<String> {
    let french = |name: &String| match name.as_str() {
        "representation-abroad" => "representation-a-l-etranger".to_owned(),
        "action-abroad" => "action-a-l-etranger".to_owned(),
        "international-cooperation" => "cooperation-internationale".to_owned(),
        "international-francophone-institutions" => "institutions-francophones-internationales".to_owned(),
        other => other.to_owned(),
    };
    names.iter().map(french).collect()
}

#[tokio::test]
async fn the_cases_hold() {
    let cases = cases();
    let database = published(&cases.release).await;
    let visitor = Visitor::new(&database);
    let mut wrong = Vec::new();
    for case in &cases.quote {
        wrong.extend(faults(&visitor, case).await);
    }
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        cases.quote.len(),
        wrong.join("\n")
    );
}

/// The address that checks a quotation in French.
fn checking(quotation: &str) -> String {
    asking("/fr/citation", &[("q", quotation)])
}

#[tokio::test]
async fn an_answer_leads_to_the_words() {
    let cases = cases();
    let database = published(&cases.release).await;
    let visitor = Visitor::new(&database);
    for case in cases.quote.iter().filter(|case| case.document.is_some()) {
        let typed = case.fr.as_ref().or(case.en.as_ref()).unwrap();
        let answer = visitor.get(&checking(typed)).await;
        let path = answer.attribute(".standing h3 a", "href");
        let (page, anchor) = path.split_once('#').expect("these all stand in a text");
        let target = visitor.get(page).await;
        let words = target.is(200).words(&format!("[id='{anchor}']")).concat();
        let quoted = &answer.words(".standing blockquote mark")[0];
        assert!(words.contains(quoted), "{path}: {quoted} is not in {words}");
    }
    let earlier = visitor
        .get(&checking("de ses ministères, de ses organismes et de 34 délégations"))
        .await;
    assert_eq!(earlier.words(".compared del").concat(), "suppression\u{a0}: 34 fin");
    assert_eq!(earlier.words(".compared ins").concat(), "ajout\u{a0}: 35 fin");
    let compared = earlier.attribute(".compared + p a", "href");
    let compared = visitor.get(compared.split('#').next().unwrap()).await;
    assert_eq!(
        compared.is(200).words(".difference del").concat(),
        "suppression\u{a0}: 34 fin"
    );
    let absent = visitor
        .get(&checking("de ses ministères, de ses organismes et de 36 délégations"))
        .await;
    let summary = "Passage introuvable dans les versions publiées depuis le 10\u{a0}janvier 2026";
    assert_eq!(absent.words(".verdict h2"), [summary]);
    assert_eq!(absent.words(".verdict .quoted mark"), ["36"]);
    assert_eq!(absent.words(".verdict .published mark"), ["35"]);
}

#[tokio::test]
async fn what_readers_may_not_see_is_neither_confirmed_nor_shown() {
    let database = TestDatabase::founded().await;
    database.run(include_str!("../data/canaries.sql").trim()).await;
    let visitor = Visitor::new(&database);
    // The quotation itself is in the form and in the comparison.
    let seen = |answer: &Answer| {
        answer
            .words(".published, .standing blockquote, .standing h3, .when")
            .concat()
    };
    for (path, words) in [
        ("/fr/citation", "canari vole vers le fleuve"),
        ("/en/quote", "canari flies to the river"),
    ] {
        // One of them was published, and withdrawn: its words are found.
        let public = visitor
            .get(&asking(path, &[("q", &format!("canariretire {words}"))]))
            .await;
        assert!(public.has(".verdict.earlier") && seen(&public).contains("canariretire"));
        for canary in ["canaribrouillon", "canarifutur", "canariannule", "canarirature"] {
            let answer = visitor.get(&asking(path, &[("q", &format!("{canary} {words}"))])).await;
            assert!(answer.has(".verdict.absent"), "{canary}: {}", answer.body);
            assert!(!seen(&answer).contains(canary), "{canary}: {}", seen(&answer));
        }
    }
}

#[tokio::test]
async fn a_redacted_passage_is_forgotten_in_every_version() {
    let cases = cases();
    let database = published(&cases.release).await;
    let visitor = Visitor::new(&database);
    let answer = visitor.get(&checking(CLAUSE)).await;
    let path = answer.attribute(".standing h3 a", "href");
    let anchor = path.split_once('#').unwrap().1;
    database
        .run(&format!(
            "select take_instant('{{}}');
             insert into redaction (document_id, anchor, author, ground)
                 select document_id, anchor, 1, 'motif' from anchor where anchor = '{anchor}';
             update passage set fr = null, en = null, salt = null where anchor = '{anchor}'"
        ))
        .await;
    let answer = visitor.get(&checking(CLAUSE)).await;
    assert!(answer.has(".verdict.absent"), "{:?}", answer.words(".verdict"));
    assert!(
        !answer
            .words(".published, blockquote")
            .concat()
            .contains("représentation du Québec à l’étranger")
    );
}

#[tokio::test]
async fn whatever_is_pasted_is_answered_in_words() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let long = "mot ".repeat(501);
    let answer = visitor.get(&checking(&long)).await;
    let refused = "La citation est trop longue\u{a0}: 2000 caractères au plus";
    assert_eq!(answer.is(200).words(".verdict.refused h2"), [refused]);
    let longest = visitor.get(&checking(&long[..2000])).await;
    assert!(longest.is(200).has(".verdict.absent"));
    for raw in [
        "q=%FF%FE%00",
        "q=%",
        "q",
        "",
        "q=a&q=b",
        "q=%F0%9F%87%B6%F0%9F%87%A8+%F0%9F%87%B6+%CC%81+%CC%81",
    ] {
        visitor
            .get(&format!("/fr/citation?{raw}"))
            .await
            .is(200)
            .speaks("fr-CA");
    }
    let hostile = visitor
        .get(&checking("</textarea><script>alert(1)</script> un deux trois quatre"))
        .await;
    assert!(!hostile.body.contains("<script>"), "what is pasted is escaped");
    let canonical = hostile.attribute("link[rel=canonical]", "href");
    assert!(canonical.ends_with("/fr/citation"), "{canonical}");
    assert_eq!(hostile.header("cache-control"), "no-store");
    assert_eq!(hostile.attribute("meta[name=robots]", "content"), "noindex");
}

#[tokio::test]
async fn nothing_pasted_reaches_a_log() {
    let database = TestDatabase::founded().await;
    let lines = log::captured(async {
        let visitor = Visitor::new(&database);
        let quotation = "motsecretissime un deux trois quatre cinq six sept";
        visitor.get(&checking(quotation)).await.is(200);
        visitor.get("/fr/Citation/?q=motsecretissime").await.is(308);
    })
    .await;
    assert!(lines.contains("/fr/citation"), "the log was captured");
    assert!(!lines.contains("motsecretissime"), "{lines}");
}

#[tokio::test]
async fn the_tools_have_one_spelling_and_read_the_present() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    for (asked, spelled) in [
        ("/fr/Recherche?q=eau&page=2", "/fr/recherche?q=eau&page=2"),
        ("/EN/search/", "/en/search"),
        ("/fr/citation/?q=%C3%A0", "/fr/citation?q=%C3%A0"),
        ("/en/QUOTE", "/en/quote"),
    ] {
        assert_eq!(visitor.get(asked).await.is(308).header("location"), spelled);
    }
    for (asked, present) in [
        ("/fr/au/2026-01-02/recherche", "/fr/recherche"),
        ("/en/as-of/2026-01-02/quote", "/en/quote"),
    ] {
        assert_eq!(visitor.get(asked).await.is(303).header("location"), present);
    }
    visitor.get("/fr/recherche/historique").await.is(404);
    visitor.get("/timegate/fr/recherche").await.is(404);
}
