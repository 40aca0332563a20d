//! The rules of the house, as far as a program can check them.

use std::path::{Path, PathBuf};

/// The longest a file of source may be before it has two reasons to exist.
const LINES: usize = 400;

/// What stands at the top of the checkout, dot-files apart (and what git ignores).
const TOP: [&str; 9] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "locales",
    "migrations",
    "src",
    "static",
    "templates",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with this extension: path from the root, and words.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut ahead = vec![root().join(folder)];
    while let Some(folder) = ahead.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                ahead.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
                found.push((name, std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder} holds no {extension}");
    found
}

/// The lines of a file that are neither comments nor tests (which stand at a file's end), numbered.
fn code(words: &str) -> impl Iterator<Item = (usize, &str)> {
    let tests = words.find("#[cfg(test)]\nmod tests {").unwrap_or(words.len());
    let lines = words[..tests]
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Asserts that no line of code below these folders says a word, but for some files.
fn assert_nowhere(words: &[&str], folders: &[&str], but: &[&str]) {
    for (file, text) in folders.iter().flat_map(|folder| files(folder, "rs")) {
        if file.ends_with("tests.rs") || but.iter().any(|exempt| file.starts_with(exempt)) {
            continue;
        }
        for (line, code) in code(&text) {
            for word in words {
                assert!(!code.contains(word), "{file}:{line} says `{word}`");
            }
        }
    }
}

#[test]
fn no_source_file_has_two_reasons_to_exist() {
    for (folder, extension) in [
        ("src", "rs"),
        ("tests/suite", "rs"),
        ("templates", "html"),
        ("migrations", "sql"),
        ("tests/browser/checks", "mjs"),
    ] {
        for (file, words) in files(folder, extension) {
            let lines = words.lines().count();
            assert!(lines <= LINES, "{file} has {lines} lines");
        }
    }
}

#[test]
fn routes_stand_on_one_page() {
    // The API's stand on their own page, each under the path of its own description, and the desk's, each with its role.
    assert_nowhere(
        &[".route(", ".nest("],
        &["src"],
        &["src/web/routes.rs", "src/web/api.rs", "src/web/desk/routes.rs"],
    );
}

#[test]
fn knowledge_flows_one_way() {
    assert_nowhere(
        &["axum", "askama", "tower", "crate::web"],
        &["src"],
        &["src/web", "src/cli", "src/lib.rs"],
    );
    let below_workflow = ["src/model", "src/database", "src/text", "src/i18n"];
    assert_nowhere(&["crate::workflow"], &below_workflow, &[]);
    for (file, text) in files("src", "rs") {
        let knows_nothing_kept = ["src/database", "src/stop.rs"]
            .iter()
            .any(|name| file.starts_with(name));
        let model = code(&text).find(|(_, line)| line.contains("crate::model"));
        assert!(
            !knows_nothing_kept || model.is_none(),
            "{file} knows the model: {model:?}"
        );
    }
    // Languages need what comes in both, a type without knowledge.
    assert_nowhere(&["crate::database", "sqlx"], &["src/text", "src/i18n"], &[]);
    assert_nowhere(
        &["crate::cli", "crate::config"],
        &["src/workflow", "src/model", "src/text", "src/i18n"],
        &[],
    );
}

/// The extractors of axum that refuse in English and in plain text, which no reader may meet: handlers read addresses,
/// queries and forms themselves, or through wrappers of ours that refuse in words.
const BLUNT: [&str; 7] = ["Path", "Query", "RawQuery", "Form", "RawForm", "Json", "Multipart"];

#[test]
fn no_reader_meets_a_refusal_of_the_framework() {
    let wrappers = ["src/web/desk/fields.rs"];
    let ours = files("src/web", "rs");
    let ours = ours
        .iter()
        .filter(|(file, _)| !wrappers.iter().any(|name| file.starts_with(name)));
    for (file, text) in ours {
        let code: Vec<&str> = code(text).map(|(_, line)| line).collect();
        let code = code.join("\n");
        // What is named after `axum::` or `extract::`: one word, or a list in braces.
        for (from, _) in code.match_indices("axum::").chain(code.match_indices("extract::")) {
            let named = code[from..].split([';', ')', '>']).next().unwrap_or_default();
            let mut words = named.split(|sign: char| !sign.is_alphanumeric());
            let blunt = words.find(|word| BLUNT.contains(word));
            assert_eq!(blunt, None, "{file}: {named}");
        }
    }
}

#[test]
fn only_the_outside_reads_the_clock() {
    let clocks = ["Timestamp::now", "SystemTime::now", "Zoned::now"];
    // A monotonic clock measures patience, not dates.
    let outside = ["src/web", "src/cli", "src/database/embedded"];
    assert_nowhere(&clocks, &["src"], &outside);
    assert_nowhere(
        &["SystemTime::now", "Timestamp::now", "Zoned::now"],
        &["src/database"],
        &[],
    );
    for (file, words) in files("migrations", "sql") {
        let code = || words.lines().filter(|line| !line.trim_start().starts_with("--"));
        let clocks = code().filter(|line| line.contains("clock_timestamp()")).count();
        assert!(clocks <= 1, "{file}: one function reads the clock");
        let frozen = code().find(|line| line.contains(" now()"));
        assert_eq!(frozen, None, "{file}: never the transaction's start");
    }
}

#[test]
fn words_for_people_are_in_locales() {
    // Tables of words that are data: names of months, words with a ligature, signs of typography, words that advice knows.
    let tables = ["src/i18n/date", "src/text/typography", "src/text/advice"];
    for (file, text) in files("src", "rs") {
        if tables.iter().any(|table| file.starts_with(table)) || file.ends_with("tests.rs") {
            continue;
        }
        for (line, code) in code(&text) {
            let literals = code.split('"').skip(1).step_by(2);
            let french = literals
                .into_iter()
                .find(|literal| literal.contains(|letter| "àâçéèêëîïôùûüœÀÂÇÉÈÊÎÔÛŒ«»".contains(letter)));
            assert_eq!(french, None, "{file}:{line} holds words for people");
        }
    }
}

#[test]
fn there_is_one_migrator() {
    let calls: usize = files("src", "rs")
        .iter()
        .map(|(_, words)| words.matches("sqlx::migrate!").count())
        .sum();
    assert_eq!(calls, 1);
}

#[test]
fn the_top_level_holds_what_the_design_allows() {
    let tracked = std::process::Command::new("git")
        .arg("ls-files")
        .current_dir(root())
        .output();
    // An exported source tree has no repository: then whatever is there counts, but for what builds and runs leave.
    let names: Vec<String> = match tracked {
        Ok(listed) if listed.status.success() => String::from_utf8(listed.stdout)
            .unwrap()
            .lines()
            .map(|file| file.split('/').next().unwrap().to_owned())
            .collect(),
        _ => std::fs::read_dir(root())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !["target", "data"].contains(&name.as_str()))
            .collect(),
    };
    for name in names {
        let allowed = name.starts_with('.') || name == "tests" || TOP.contains(&name.as_str());
        assert!(allowed, "{name} stands at the top");
    }
}

/// The words between back-quotes and the targets of links that name something of this checkout.
fn named_in(readme: &str) -> Vec<String> {
    let quoted = readme.split('`').skip(1).step_by(2);
    let linked = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let is_path = |word: &&str| {
        let first = word.split('/').next().unwrap_or_default();
        let plain = word
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || "./-_{},*".contains(sign));
        plain && (first == "tests" || first.starts_with('.') && word.len() > 2 || TOP.contains(&first))
    };
    quoted.chain(linked).filter(is_path).flat_map(alternatives).collect()
}

/// `locales/{fr,en}/x` names two paths, `locales/fr/*.ftl` the folder.
fn alternatives(word: &str) -> Vec<String> {
    let word = word.split('*').next().unwrap_or(word);
    match word
        .split_once('{')
        .and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        Some((before, (choices, after))) => choices
            .split(',')
            .map(|choice| format!("{before}{choice}{after}"))
            .collect(),
        None => vec![word.to_owned()],
    }
}

#[test]
fn every_path_in_the_readme_exists() {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("a README");
    let named = named_in(&readme);
    assert!(named.len() >= 10, "the map names {} paths", named.len());
    let lost: Vec<PathBuf> = named
        .iter()
        .map(|path| root().join(path))
        .filter(|path| !path.exists())
        .collect();
    assert_eq!(lost, Vec::<PathBuf>::new());
}

#[test]
fn the_map_is_read_as_people_write_it() {
    let readme = "`src/web.rs`, `locales/{fr,en}/frame.ftl` and `static/*.css`; not `/fr/mission`, `cargo run` or `data/`: \
                  [look](tests/browser) or [there](https://example.org/src).";
    let expected = [
        "src/web.rs",
        "locales/fr/frame.ftl",
        "locales/en/frame.ftl",
        "static/",
        "tests/browser",
    ];
    assert_eq!(named_in(readme), expected);
}
