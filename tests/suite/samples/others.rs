//! The sample pages that hold no text of their own.

use mandat::i18n::Language;
use mandat::web::pages::{Change, Event, Failure, History, Listed, Plan, Text, Untranslated};
use mandat::web::view::AsOf;

use super::values::{self, Pick, link, notice, passages, record, shell};
use super::{render, words};

/// Histories, and a page of the past.
pub fn memory(language: Language) -> Vec<(&'static str, String)> {
    let change = |deed: &str, listed: bool| Change {
        moment: values::today(language),
        path: (!listed).then(|| "/fr/au/2026-12-01/mission".into()),
        events: [listed, false]
            .map(|listed| Event {
                subject: listed.then(|| link(language.pick(words::LONG)).label),
                deed: deed.into(),
                note: Some(link(language.pick(words::SUBHEADING)).label),
            })
            .into(),
        difference: (!listed).then(|| "?de=1&a=2#difference".into()),
    };
    let history = |differs: bool| History {
        shell: shell(language, language.pick(words::HEADING), 2, None),
        subject: link(language.pick(words::LONG)),
        feed: Some("/fr/mission.atom".into()),
        changes: vec![change(language.pick(words::LONG), true), change("Version 1", false)],
        comparison: Some(values::comparison(language, differs)),
        today: "2026-12-01".into(),
    };
    let mut past = shell(language, "Mission", 1, None);
    past.as_of = Some(AsOf {
        moment: values::today(language),
        present: "/fr/mission".into(),
    });
    let past = Text {
        is_statement: true,
        shell: past,
        title: values::line("Mission"),
        passages: passages(language, &[words::MISSION]),
        lives: vec![],
        citation: Some(super::values::citation(language, "Mission")),
        record: record(language, false),
    };
    vec![
        ("history", render(&history(true))),
        ("history-same", render(&history(false))),
        ("past", render(&past)),
    ]
}

/// Errors, the site plan, and what has no English.
pub fn errors(language: Language) -> Vec<(&'static str, String)> {
    let failure = |status: u16| Failure {
        shell: shell(language, "Page introuvable", 0, None),
        status,
        word: status.to_string(),
        removed: (status == 410).then(|| notice(language)),
    };
    let plan = Plan {
        shell: shell(language, language.pick(words::SUBHEADING), 1, None),
        statements: vec![link("Mission"), link("Vision")],
        mandates: Listed {
            list: Some(link(language.pick(words::HEADING))),
            members: words::MANDATES
                .iter()
                .map(|(title, _)| link(language.pick(*title)))
                .collect(),
        },
        representatives: Listed {
            list: Some(link(language.pick(words::SUBHEADING))),
            members: vec![link("Jean Lemire"), link(language.pick(words::LONG))],
        },
        pages: vec![link(language.pick(words::SUBHEADING))],
        changed: Some(values::today(language)),
    };
    let mut pages = vec![
        ("error-404", render(&failure(404))),
        ("error-405", render(&failure(405))),
        ("error-410", render(&failure(410))),
        ("error-500", render(&failure(500))),
        ("error-503", render(&failure(503))),
        ("plan", render(&plan)),
        ("api", render(&values::guide(language))),
    ];
    if language == Language::English {
        let untranslated = |to_follow: bool| Untranslated {
            shell: shell(language, words::HEADING.fr, 2, None),
            title: link(words::HEADING.fr).label,
            to_follow,
            french: "/fr/mission".into(),
            record: record(language, false),
        };
        pages.push(("untranslated", render(&untranslated(true))));
        pages.push(("untranslated-never", render(&untranslated(false))));
    }
    pages
}
