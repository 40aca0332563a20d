//! Search and quote check on awkward samples.

use mandat::i18n::Language;
use mandat::text::difference::Span;
use mandat::web::finding::{Elsewhere, Hit, Nearest, QuoteCheck, QuotedText, Replacement, Search, Verdict};

use super::render;
use super::values::{Pick, html, shell};
use super::words;

/// What is typed by somebody who means no harm, and by somebody who does.
const TYPED: &str = "\"<l’Arctique> & l'eau</textarea><script>";

/// Every sample page of one language: its name and its HTML.
pub fn pages(language: Language) -> Vec<(&'static str, String)> {
    let other = language.other();
    let said = |sentence: &str| Replacement {
        said: Some(sentence.to_owned()),
        spans: vec![],
        path: None,
    };
    let replaced = Replacement {
        said: None,
        spans: vec![
            Span::Equal(language.pick(words::LONG).into()),
            Span::Deleted(" trente-quatre".into()),
            Span::Inserted(" <trente-cinq>".into()),
        ],
        path: Some("/fr/mission/historique?de=1&a=2#difference".into()),
    };
    let verdict = |kind, places, nearest| Verdict {
        kind,
        summary: html(language.pick(words::LONG)),
        title: language.pick(words::LONG).into(),
        places,
        nearest,
    };
    let current = vec![standing(language, None), standing(other, None)];
    let earlier = vec![standing(language, Some(replaced)), standing(other, Some(said("Fin")))];
    let quote = |verdict| quote(language, verdict);
    vec![
        ("search", render(&search(language, true))),
        ("search-nothing", render(&search(language, false))),
        ("quote", render(&quote(None))),
        ("quote-current", render(&quote(Some(verdict("current", current, None))))),
        ("quote-earlier", render(&quote(Some(verdict("earlier", earlier, None))))),
        (
            "quote-absent",
            render(&quote(Some(verdict("absent", vec![], Some(nearest(language)))))),
        ),
        ("quote-unlike", render(&quote(Some(verdict("absent", vec![], None))))),
        ("quote-refused", render(&quote(Some(Verdict::refused(TYPED))))),
    ]
}

fn search(language: Language, found: bool) -> Search {
    let hit = |with_passage: bool| Hit {
        title: html(language.pick(words::LONG)),
        passage: with_passage.then(|| html(language.pick(words::PARAGRAPH))),
        path: "/fr/mission#k6x62".into(),
    };
    Search {
        shell: shell(language, language.pick(words::SUBHEADING), 1, None),
        typed: TYPED.into(),
        summary: Some(language.pick(words::LONG).into()),
        cut: found.then(|| language.pick(words::LONG).into()),
        hits: if found { vec![hit(true), hit(false)] } else { vec![] },
        first: 11,
        previous: found.then(|| "/fr/recherche?q=eau".into()),
        next: found.then(|| "/fr/recherche?q=eau&page=3".into()),
        elsewhere: found.then(|| Elsewhere {
            words: language.pick(words::SUBHEADING).into(),
            path: "/en/search?q=eau".into(),
        }),
    }
}

fn quote(language: Language, verdict: Option<Verdict>) -> QuoteCheck {
    QuoteCheck {
        shell: shell(language, language.pick(words::SUBHEADING), 1, None),
        typed: TYPED.into(),
        verdict,
    }
}

fn standing(language: Language, replacement: Option<Replacement>) -> QuotedText {
    QuotedText {
        title: html(language.pick(words::LONG)),
        path: "/fr/au/2026-03-14T15:00:00Z/mission#k6x62".into(),
        language,
        version: 12,
        period: html(language.pick(words::SUBHEADING)),
        passages: vec![html(language.pick(words::PARAGRAPH)), html(language.pick(words::LONG))],
        replacement,
    }
}

fn nearest(language: Language) -> Nearest {
    Nearest {
        title: html(language.pick(words::LONG)),
        path: "/fr/mission#k6x62".into(),
        language,
        version: 3,
        quoted: html(language.pick(words::LONG)),
        published: html(language.pick(words::PARAGRAPH)),
        said: vec![language.pick(words::SUBHEADING).into(), TYPED.into()],
    }
}
