//! The ministry's own text, unchanged, is what its pages say: word for word, in order, with an English twin.

use std::collections::BTreeMap;

use mandat::model::manuscript::Manuscripts;
use mandat::workflow::import::{Target, import};
use scraper::{ElementRef, Node};

use crate::support::database::TestDatabase;
use crate::support::visitor::{Answer, Visitor, css};

const SOURCE: &str = include_str!("../data/ministere-fr.txt");

/// What may differ between the source and a page: spaces, apostrophes, the ligature.
fn normal(words: &str) -> String {
    let spaced: Vec<&str> = words.split_whitespace().collect();
    spaced.join(" ").replace('’', "'").replace('œ', "oe").replace('Œ', "Oe")
}

/// A clause without the mark that closes it in a list.
fn clause(words: &str) -> String {
    normal(words.trim_end_matches([';', '.']))
}

/// The source by its headings: the lines that follow each.
struct Source {
    mission: Vec<&'static str>,
    vision: Vec<&'static str>,
    introduction: &'static str,
    clauses: Vec<&'static str>,
    /// The heading of the representative's mandate, the name, then the paragraphs.
    representative: Vec<&'static str>,
}

fn source() -> Source {
    let lines: Vec<&str> = SOURCE.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let at = |heading: &str| lines.iter().position(|line| *line == heading).unwrap();
    let (vision, mandates) = (at("Vision"), at("Mandats"));
    let representative = at("Mandat du représentant aux changements climatiques");
    Source {
        mission: lines[at("Mission")..vision].to_vec(),
        vision: lines[vision..mandates].to_vec(),
        introduction: lines[mandates + 1],
        clauses: lines[mandates + 2..representative]
            .iter()
            .map(|line| line.trim_start_matches(['•', ' ']).trim_start())
            .collect(),
        representative: lines[representative..].to_vec(),
    }
}

/// The words that an element shows: what is hidden from every reader, or from those who listen, left out.
fn visible(element: ElementRef<'_>) -> String {
    let mut words = String::new();
    for child in element.children() {
        match child.value() {
            Node::Text(text) => words.push_str(text),
            Node::Element(_) => {
                let child = ElementRef::wrap(child).unwrap();
                if child.attr("aria-hidden") != Some("true") && child.attr("hidden").is_none() {
                    words.push_str(&visible(child));
                    words.push(if is_inline(child.value().name()) {
                        '\u{200b}'
                    } else {
                        ' '
                    });
                }
            }
            _ => {}
        }
    }
    words.replace('\u{200b}', "")
}

fn is_inline(name: &str) -> bool {
    [
        "a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "sup", "time",
    ]
    .contains(&name)
}

fn main_of(page: &Answer) -> String {
    let html = page.html();
    normal(&visible(html.select(&css("main")).next().unwrap()))
}

/// Asserts that a page says these lines, each after the one before.
#[track_caller]
fn assert_says(page: &Answer, lines: &[String]) {
    let shown = main_of(page);
    let mut from = 0;
    for line in lines {
        let found = shown[from..].find(line.as_str());
        let found = found.unwrap_or_else(|| panic!("{}: `{line}` is not in `{}`", page.path, &shown[from..]));
        from += found + line.len();
    }
}

fn all(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| normal(line)).collect()
}

#[test]
fn the_source_is_read_whole() {
    let source = source();
    assert_eq!(source.clauses.len(), 11);
    assert_eq!(source.mission.len() + source.vision.len(), 4);
    assert_eq!(source.representative.len(), 7);
    let read = 4 + 1 + 1 + 11 + 7;
    assert_eq!(read, SOURCE.lines().filter(|line| !line.trim().is_empty()).count());
}

#[tokio::test]
async fn every_line_is_visible_on_its_own_documents_page_in_order() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let source = source();
    assert_says(visitor.get("/fr/mission").await.is(200), &all(&source.mission));
    assert_says(visitor.get("/fr/vision").await.is(200), &all(&source.vision));

    let list = visitor.get("/fr/mandats").await;
    let listed = ["Mandats", source.introduction]
        .into_iter()
        .chain(source.clauses.iter().copied());
    assert_says(list.is(200), &all(&listed.collect::<Vec<_>>()));
    let pages = list.attributes("ol.mandates h2 a", "href");
    assert_eq!(pages.len(), source.clauses.len());
    for (path, line) in pages.iter().zip(&source.clauses) {
        let page = visitor.get(path).await;
        assert_says(page.is(200), &[clause(line)]);
        let ends = [";", "."].map(|mark| format!("{}{mark}", clause(line)));
        assert!(
            ends.iter().all(|closed| !main_of(&page).contains(closed)),
            "{path}: no mark on its own page"
        );
    }

    // The name is the page's title, so that it comes before the heading of the mandate.
    let mut lines = all(&source.representative);
    lines.swap(0, 1);
    assert_says(visitor.get("/fr/representants/jean-lemire").await.is(200), &lines);
}

#[tokio::test]
async fn the_list_closes_its_clauses_with_its_own_marks() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    for path in ["/fr/mandats", "/fr", "/en/mandates", "/en"] {
        let clauses = visitor.get(path).await.words("ol.mandates .passage p");
        assert_eq!(clauses.len(), 11, "{path}");
        let (last, others) = clauses.split_last().unwrap();
        assert!(last.ends_with('.') && !last.ends_with(".."), "{path}: {last}");
        assert!(
            others
                .iter()
                .all(|clause| clause.ends_with(';') && !clause.ends_with(";;")),
            "{path}"
        );
    }
}

/// The words of every passage of a page, by anchor.
fn passages(page: &Answer) -> BTreeMap<String, String> {
    let html = page.html();
    html.select(&css("main .passage [id], main .press [id]"))
        .filter(|element| element.attr("id") != Some("press"))
        .map(|element| (element.attr("id").unwrap().to_owned(), normal(&visible(element))))
        .collect()
}

#[tokio::test]
async fn every_passage_has_an_english_twin_under_the_same_anchor() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    let rows: Vec<(i64, String, String)> = sqlx::query_as(
        "select document_id, part, anchor from passage where part in ('body', 'mandate', 'biography', 'medium')",
    )
    .fetch_all(&mut database.as_owner().await)
    .await
    .unwrap();
    assert!(rows.len() > 50);
    let mut pages = BTreeMap::new();
    for (document, part, anchor) in rows {
        if let std::collections::btree_map::Entry::Vacant(vacant) = pages.entry(document) {
            let french = visitor
                .get(visitor.get(&format!("/d/{document}")).await.header("location"))
                .await;
            let english = visitor.get(&french.attribute(".tools a[translate=no]", "href")).await;
            french.is(200).speaks("fr-CA");
            english.is(200).speaks("en-CA");
            vacant.insert([passages(&french), passages(&english)]);
        }
        let [french, english] = pages[&document].each_ref().map(|page| page.get(&anchor));
        let (french, english) = (french.unwrap(), english.unwrap());
        assert!(!french.is_empty() && !english.is_empty(), "{document} {part} {anchor}");
        assert_ne!(french, english, "{document} {part} {anchor}");
    }
    let alone: i64 = sqlx::query_scalar("select count(*) from passage where btrim(coalesce(en, '')) = ''")
        .fetch_one(&mut database.as_owner().await)
        .await
        .unwrap();
    assert_eq!(alone, 0, "titles and functions have their twin too");
}

#[tokio::test]
async fn english_pages_say_that_they_are_translations() {
    let database = TestDatabase::founded().await;
    let visitor = Visitor::new(&database);
    for (path, french) in [
        ("/en/mission", "/fr/mission"),
        ("/en/mandates", "/fr/mandats"),
        ("/en/representatives/jean-lemire", "/fr/representants/jean-lemire"),
    ] {
        let page = visitor.get(path).await;
        assert!(
            page.words("main .translation")
                .concat()
                .contains("The French text prevails."),
            "{path}"
        );
        assert_eq!(page.attribute("main .translation a", "href"), french);
        assert!(
            page.has("main [lang='fr-CA'], .wordmark[lang='fr-CA'], .wordmark [lang='fr-CA']"),
            "{path}"
        );
        assert!(!visitor.get(french).await.has("main .translation"), "{french}");
    }
}

#[tokio::test]
async fn the_file_that_the_readme_shows_can_be_published() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let example = readme.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let page = Manuscripts::parse([("25-publications.toml".into(), example.to_owned())]).unwrap();
    let database = TestDatabase::founded().await;
    import(&database.pools.desk, &page, Target::AnyDatabase).await.unwrap();
    let answer = Visitor::new(&database).get("/en/publications").await;
    assert_eq!(answer.is(200).words("main .passage [lang='fr-CA']"), ["Ministère"]);
}
