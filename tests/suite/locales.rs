//! The messages: the same in both languages, each one used, and written as the OQLF asks (standards §1.6).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use mandat::i18n::{Language, message, sources};

/// Keys that the code puts together, so that no search finds them whole.
const COMPOSED: &[&str] = &[
    "error-ahead-title",
    "error-ahead-text",
    "error-before-title",
    "error-before-text",
    "error-date-title",
    "error-date-text",
    "error-404-title",
    "error-404-text",
    "error-405-title",
    "error-405-text",
    "error-410-title",
    "error-410-text",
    "error-500-title",
    "error-500-text",
    "error-503-title",
    "error-503-text",
    "desk-foreign-title",
    "desk-foreign-text",
    "desk-forbidden-title",
    "desk-forbidden-text",
    "desk-large-title",
    "desk-large-text",
    "desk-method-title",
    "desk-method-text",
    "desk-unreadable-title",
    "desk-unreadable-text",
    "desk-missing-title",
    "desk-missing-text",
    "desk-refused-title",
    "desk-refused-text",
    "desk-unavailable-title",
    "desk-unavailable-text",
    "desk-broken-title",
    "desk-broken-text",
];

/// Beginnings of keys that the code puts together; the tests of what they describe look for each.
const COMPOSED_FROM: &[&str] = &[
    "api-field-",
    "api-operation-",
    "api-parameter-",
    "api-problem-",
    "deed-",
    "held-",
];

/// What comes before the key wherever a message is asked for.
const CALLS: &[&str] = &[".t(\"", ".with(\"", ".rich(\"", "message(language, \""];

/// Key, value and the names of its arguments.
fn messages(language: Language) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let mut found = BTreeMap::new();
    for (_, text) in sources(language) {
        // What agrees with a number has its forms on lines of their own.
        let whole = text.replace("\n    ", " ").replace("->", "");
        for line in whole.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (key, value) = line.split_once(" = ").unwrap_or_else(|| panic!("no message: {line}"));
            let arguments = value
                .split("{ $")
                .skip(1)
                .filter_map(|rest| rest.split_once(' '))
                .map(|(name, _)| name.into());
            let twice = found.insert(key.to_owned(), (value.to_owned(), arguments.collect()));
            assert!(twice.is_none(), "{key} twice");
        }
    }
    found
}

/// The text of every file below a folder of the crate, the messages themselves apart.
fn texts(folder: &str) -> String {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, found);
            } else {
                found.push(path);
            }
        }
    }
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    files
        .iter()
        .map(|file| fs::read_to_string(file).expect("a text") + "\n")
        .collect()
}

#[test]
fn both_languages_have_the_same_messages() {
    let (french, english) = (messages(Language::French), messages(Language::English));
    let keys = |messages: &BTreeMap<String, _>| messages.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&french), keys(&english));
    for (key, (value, arguments)) in &french {
        let (other, others) = &english[key];
        assert_eq!(arguments, others, "the arguments of {key}");
        assert!(
            !value.trim().is_empty() && !other.trim().is_empty(),
            "{key} says nothing"
        );
        assert!(
            !value.contains(['<', '>', '&']) && !other.contains(['<', '>', '&']),
            "{key} holds markup"
        );
    }
}

#[test]
fn every_message_used_exists_and_every_message_is_used() {
    let known: BTreeSet<String> = messages(Language::French).into_keys().collect();
    let code = texts("templates") + &texts("src");
    for call in CALLS {
        for rest in code.split(call).skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            assert!(known.contains(key), "no message {key}");
        }
    }
    for key in COMPOSED {
        assert!(known.contains(*key), "no message {key}");
    }
    for key in &known {
        let is_composed = COMPOSED_FROM.iter().any(|beginning| key.starts_with(beginning));
        let used = is_composed || COMPOSED.contains(&key.as_str()) || code.contains(&format!("\"{key}\""));
        assert!(used, "nothing uses {key}");
    }
}

#[test]
fn french_messages_are_set_as_the_oqlf_asks() {
    for (key, (value, _)) in messages(Language::French) {
        if value.starts_with("https://") {
            continue;
        }
        assert!(
            !value.contains(['\'', '"']),
            "{key}: straight apostrophe or quotation mark"
        );
        assert!(!value.contains("..."), "{key}: three full stops");
        let around: Vec<char> = [' '].into_iter().chain(value.chars()).chain([' ']).collect();
        for window in around.windows(3) {
            let (before, sign, after) = (window[0], window[1], window[2]);
            match sign {
                ':' => assert_eq!(before, '\u{a0}', "{key}: no-break space before the colon"),
                ';' | '!' | '?' => assert!(!before.is_whitespace(), "{key}: no space before {sign}"),
                '«' => assert_eq!(after, '\u{a0}', "{key}: no-break space after the opening guillemet"),
                '»' => assert_eq!(before, '\u{a0}', "{key}: no-break space before the closing guillemet"),
                _ => {}
            }
        }
    }
}

#[test]
fn english_messages_use_typographic_marks() {
    for (key, (value, _)) in messages(Language::English) {
        assert!(
            !value.contains(['\'', '"', '\u{a0}']),
            "{key}: straight mark or no-break space"
        );
    }
}

#[test]
fn what_is_counted_agrees_in_number() {
    for language in Language::ALL {
        for key in ["correction-awaited", "correction-awaited-lead", "publish-behind"] {
            let [one, two, three] = [1, 2, 3].map(|count| message(language, key, &[("count", count.into())]));
            assert_ne!(one, two, "{key}");
            assert_eq!(two, three, "{key}");
        }
    }
}
