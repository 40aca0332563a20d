//! Every page on awkward samples, in both languages, held to what any page must be.
//!
//! With `MANDAT_SAMPLES` set to a folder, the pages are also written there, beside the static files, to be looked at.

use std::collections::HashSet;
use std::path::Path;

use askama::Template;
use mandat::i18n::Language;
use mandat::web::assets;
use mandat::web::pages::{Home, Mandate, Mandates, Profile, Representatives, Text};
use mandat::web::view::Line;
use scraper::{Html, Selector};

use values::{Pick, card, citation, entries, former, leading, link, notice, passage, passages, record, shell};

mod finding;
mod others;
mod values;
mod words;

/// Every sample page of one language: its name and its HTML.
fn pages(language: Language) -> Vec<(&'static str, String)> {
    let mut pages = firsts(language);
    pages.extend(texts(language));
    pages.extend(people(language));
    pages.extend(others::errors(language));
    pages.extend(others::memory(language));
    pages.extend(finding::pages(language));
    pages
}

fn render(page: &impl Template) -> String {
    page.render().expect("a page renders")
}

fn firsts(language: Language) -> Vec<(&'static str, String)> {
    let home = |awkward: bool| Home {
        shell: shell(language, &language.pick(words::MISSION)[..10], 0, None),
        mission: Some(leading(language, "Mission", "Mission", words::MISSION, awkward)),
        vision: Some(leading(language, "Vision", "Vision", words::VISION, false)),
        mandates: Some(leading(language, "Mandats", "Mandates", words::INTRODUCTION, false)),
        entries: entries(language, awkward),
        representatives: vec![card(language)],
        people: Some(link(language.pick(words::SUBHEADING))),
        record: mandat::web::view::Record {
            version: None,
            ..record(language, awkward)
        },
    };
    let empty = Home {
        mission: None,
        vision: None,
        mandates: None,
        entries: vec![],
        representatives: vec![],
        ..home(false)
    };
    let mandates = |awkward: bool| Mandates {
        shell: shell(
            language,
            language.pick(words::HEADING),
            1,
            Some("frame-navigation-mandates"),
        ),
        title: values::line(if language == Language::French {
            "Mandats"
        } else {
            "Mandates"
        }),
        introduction: passages(language, &[words::INTRODUCTION]),
        entries: entries(language, awkward),
        record: record(language, awkward),
    };
    vec![
        ("home", render(&home(false))),
        ("home-awkward", render(&home(true))),
        ("home-empty", render(&empty)),
        ("mandates", render(&mandates(false))),
        ("mandates-awkward", render(&mandates(true))),
    ]
}

fn texts(language: Language) -> Vec<(&'static str, String)> {
    let statement = |awkward: bool| Text {
        shell: shell(language, "Mission", 1, Some("frame-navigation-mission")),
        is_statement: true,
        title: values::line(if awkward { language.pick(words::LONG) } else { "Mission" }),
        passages: passages(language, &[words::MISSION]),
        lives: vec![],
        citation: Some(citation(language, "Mission")),
        record: record(language, awkward),
    };
    let withdrawn = Text {
        record: mandat::web::view::Record {
            withdrawn: Some(notice(language)),
            ..record(language, false)
        },
        ..statement(false)
    };
    let (title, clause) = words::MANDATES[6];
    let mandate = |rank: Option<usize>| Mandate {
        shell: shell(language, language.pick(title), 2, Some("frame-navigation-mandates")),
        title: values::line(language.pick(title)),
        rank,
        passages: passages(language, &[clause]),
        previous: rank.map(|_| values::neighbour(language, 5)),
        next: rank.map(|_| values::neighbour(language, 7)),
        citation: citation(language, language.pick(title)),
        record: record(language, false),
    };
    let text = |redacted: bool| {
        let mut passages = passages(language, &[words::PARAGRAPH]);
        passages.push(passage("souszz", &format!("# {}", language.pick(words::SUBHEADING))));
        passages.push(if redacted {
            values::removed(language, "parazz")
        } else {
            passage("parazz", language.pick(words::PARAGRAPH))
        });
        Text {
            is_statement: false,
            shell: shell(language, language.pick(words::SUBHEADING), 1, None),
            title: values::line(language.pick(words::SUBHEADING)),
            passages,
            lives: vec![],
            citation: None,
            record: record(language, redacted),
        }
    };
    vec![
        ("statement", render(&statement(false))),
        ("statement-awkward", render(&statement(true))),
        ("statement-withdrawn", render(&withdrawn)),
        ("mandate", render(&mandate(Some(7)))),
        ("mandate-unlisted", render(&mandate(None))),
        ("text", render(&text(false))),
        ("text-redacted", render(&text(true))),
    ]
}

fn people(language: Language) -> Vec<(&'static str, String)> {
    let representatives = Representatives {
        shell: shell(language, "Représentants", 1, Some("frame-navigation-representatives")),
        title: values::line(if language == Language::French {
            "Représentants"
        } else {
            "Representatives"
        }),
        introduction: passages(language, &[words::INTRODUCTION]),
        current: vec![card(language)],
        former: vec![former(language)],
        record: record(language, false),
    };
    let profile = |ended: bool| {
        let mut mandate = passages(language, &words::MANDATE);
        if !ended {
            mandate.insert(0, passage("titrezz", &format!("# {}", language.pick(words::HEADING))));
        }
        Profile {
            shell: shell(language, "Jean Lemire", 2, Some("frame-navigation-representatives")),
            name: values::line("Jean Lemire"),
            function: Line {
                anchor: "fonctzz".into(),
                ..values::line(language.pick(words::FUNCTION))
            },
            short: (!ended).then(|| Line {
                anchor: "brefzz".into(),
                ..values::line(language.pick(words::SHORT))
            }),
            card: if ended { former(language) } else { card(language) },
            mandate,
            biography: values::numbered(language, &words::BIOGRAPHY, 20),
            medium: if ended {
                vec![]
            } else {
                values::bare(language, &words::BIOGRAPHY[..1])
            },
            citation: citation(language, "Jean Lemire"),
            record: record(language, ended),
        }
    };
    vec![
        ("representatives", render(&representatives)),
        ("profile", render(&profile(false))),
        ("profile-ended", render(&profile(true))),
    ]
}

fn all(document: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    document.select(&selector).map(|element| element.html()).collect()
}

#[test]
fn every_page_is_well_made() {
    for language in Language::ALL {
        for (name, html) in pages(language) {
            let document = Html::parse_document(&html);
            let place = format!("{name} in {}", language.tag());
            assert!(document.errors.is_empty(), "{place}: {:?}", document.errors);
            assert_eq!(all(&document, "h1").len(), 1, "{place}: one h1");
            assert_eq!(all(&document, "main").len(), 1, "{place}: one main");
            assert!(
                all(
                    &document,
                    "[style], script:not([type='application/ld+json'], .citation + script)"
                )
                .is_empty(),
                "{place}: no inline style, no script but that of the copy button"
            );
            assert_eq!(
                all(&document, &format!("html[lang={}]", language.tag())).len(),
                1,
                "{place}: its language"
            );
            assert!(
                !html.contains("error-4") || !html.contains(">error-"),
                "{place}: a key is shown"
            );
            check_ids(&document, &place);
            check_links(&document, &place);
            check_headings(&document, &place);
        }
    }
}

fn check_ids(document: &Html, place: &str) {
    let mut seen = HashSet::new();
    for element in document.select(&Selector::parse("[id]").expect("a selector")) {
        let id = element.value().attr("id").unwrap_or_default();
        assert!(
            !id.is_empty() && seen.insert(id.to_owned()),
            "{place}: id {id:?} twice or empty"
        );
    }
    for element in document.select(&Selector::parse("[aria-labelledby], a[href^='#']").expect("a selector")) {
        let target = element
            .value()
            .attr("aria-labelledby")
            .or(element.value().attr("href"))
            .unwrap_or_default();
        assert!(
            seen.contains(target.trim_start_matches('#')),
            "{place}: nothing is called {target}"
        );
    }
}

fn check_links(document: &Html, place: &str) {
    for element in document.select(&Selector::parse("a, summary, h1, h2, h3").expect("a selector")) {
        let named =
            element.value().attr("aria-label").is_some() || !element.text().collect::<String>().trim().is_empty();
        assert!(named, "{place}: nothing to read in {}", element.html());
    }
}

/// No level is skipped on the way down (WCAG 1.3.1).
fn check_headings(document: &Html, place: &str) {
    let mut level = 0;
    for element in document.select(&Selector::parse("h1, h2, h3, h4").expect("a selector")) {
        let found = element.value().name()[1..].parse::<u8>().expect("a level");
        assert!(found <= level + 1, "{place}: h{found} after h{level}");
        level = found;
    }
}

#[test]
fn french_words_on_english_pages_are_marked() {
    for (name, html) in pages(Language::English) {
        let document = Html::parse_document(&html);
        assert_eq!(
            all(&document, ".wordmark [lang='fr-CA']").len(),
            1,
            "{name}: the institution's name"
        );
        assert_eq!(
            all(&document, ".copyright [lang='fr-CA']").len(),
            1,
            "{name}: the government's name"
        );
        assert_eq!(
            all(&document, ".tools a[lang='fr-CA'][hreflang='fr-CA']").len(),
            1,
            "{name}: the language link"
        );
    }
    let marked = |name: &str| {
        let found = pages(Language::English)
            .into_iter()
            .find(|(found, _)| *found == name)
            .expect("a page")
            .1;
        all(&Html::parse_document(&found), "main [lang='fr-CA']").len()
    };
    assert!(
        marked("mandates-awkward") > marked("mandates"),
        "a mandate without English is marked"
    );
    assert!(
        marked("home-awkward") > marked("home"),
        "a mission without English is marked"
    );
}

#[test]
fn the_first_view_is_light() {
    let file = |source: &str| {
        assets::all()
            .iter()
            .find(|asset| asset.path == assets::path(source))
            .expect("a file")
    };
    let size = |source: &str| file(source).brotli.unwrap_or(file(source).identity).len();
    let shared: usize = ["site.css", "icon.svg", "copy.js", "fonts/mandat.woff2"]
        .map(size)
        .iter()
        .sum();
    // 50 KB in all, of which a page may take 10 (its measured size, compressed, is about 4).
    assert!(shared <= 40_000, "the shared files weigh {shared} bytes");
}

#[test]
fn samples_can_be_looked_at() {
    let Some(folder) = std::env::var_os("MANDAT_SAMPLES") else {
        return;
    };
    let folder = Path::new(&folder);
    for language in Language::ALL {
        let place = folder.join(language.segment());
        std::fs::create_dir_all(&place).expect("a folder");
        for (name, html) in pages(language) {
            std::fs::write(place.join(format!("{name}.html")), html).expect("a file");
        }
    }
    std::fs::create_dir_all(folder.join("static")).expect("a folder");
    for asset in assets::all() {
        std::fs::write(folder.join("static").join(asset.name), asset.identity).expect("a file");
    }
}
