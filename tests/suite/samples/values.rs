//! The values of the sample pages.

use std::sync::Arc;

use jiff::civil::date;
use mandat::i18n::{self, Language};
use mandat::model::Withdrawn;
use mandat::text::difference::Span;
use mandat::text::{Links, Register, markup};
use mandat::web::formats::citation::Citation;
use mandat::web::formats::head::Head;
use mandat::web::pages::{
    ComparedMember, ComparedPassage, Comparison, Guide, GuideAnswer, GuideField, GuideObject, GuideOperation,
    GuideProblem, Leading,
};
use mandat::web::speech::rich;
use mandat::web::view::{
    Alternate, CharterNotice, Crumb, Day, FOOTER, Frame, Html, Line, Link, MandateEntry, NAVIGATION, NavigationLink,
    Neighbour, Passage, Record, RepresentativeCard, Shell, WithdrawnNotice,
};

use super::words::{self, Words};

/// The words of one language.
pub trait Pick {
    /// The words in this language.
    fn pick(self, words: Words) -> &'static str;
}

impl Pick for Language {
    fn pick(self, words: Words) -> &'static str {
        words.get(self)
    }
}

struct NoLinks;

impl Links for NoLinks {
    fn document(&self, _number: i64) -> Option<String> {
        None
    }
}

/// One line. The samples are typeset already, and English rules leave them so, whatever their language.
pub fn html(words: impl AsRef<str>) -> Html {
    Html(markup::inline(words.as_ref(), Language::English, Register::Prose))
}

/// A title with its anchor.
pub fn line(words: &str) -> Line {
    Line {
        anchor: "titlezz".into(),
        html: html(words),
    }
}

/// One passage, with its anchor or without.
fn block(words: &str, anchor: Option<&str>) -> Html {
    Html(markup::block(words, Language::English, &NoLinks, anchor))
}

pub fn today(language: Language) -> Day {
    Day {
        machine: "2026-12-01".into(),
        words: Html(i18n::day_html(date(2026, 12, 1), language)),
    }
}

/// Passages of every fate, one redacted, and a list in another order; or no difference at all.
pub fn comparison(language: Language, differs: bool) -> Comparison {
    let long = language.pick(words::LONG).to_owned();
    let edited = vec![
        Span::Equal(language.pick(words::SUBHEADING).to_owned()),
        Span::Deleted(" et".into()),
        Span::Inserted(", <b>&".into()),
        Span::Equal(format!(" {long}")),
    ];
    let passage = |fate, spans| ComparedPassage {
        fate,
        spans,
        removed: None,
    };
    let passages = vec![
        passage(None, edited),
        passage(Some("difference-passage-added"), vec![Span::Inserted(long.clone())]),
        ComparedPassage {
            removed: Some(Html::trace(&today(language), language, None)),
            ..passage(Some("difference-passage-moved"), vec![])
        },
    ];
    let member = ComparedMember {
        title: link(&long).label,
        fate: language.pick(words::SUBHEADING).to_owned(),
    };
    Comparison {
        versions: vec![(2, today(language)), (1, today(language))],
        from: ("de", 1),
        to: ("a", 2),
        inserted: 8,
        deleted: 1,
        passages: if differs { passages } else { vec![] },
        members: if differs { vec![member] } else { vec![] },
        in_french: language == Language::English,
    }
}

pub fn link(label: &str) -> Link {
    Link {
        label: html(label),
        path: "/fr/mission".into(),
    }
}

/// A passage of Markdown with its anchor.
pub fn passage(anchor: &str, words: &str) -> Passage {
    let plain = markup::plain(words, Language::English, Register::Prose);
    Passage {
        anchor: anchor.into(),
        html: block(words, Some(anchor)),
        opening: Html::from_text(&(plain.split_whitespace().take(6).collect::<Vec<_>>().join(" ") + "…")),
    }
}

/// A passage whose words the law removed.
pub fn removed(language: Language, anchor: &str) -> Passage {
    Passage {
        html: Html::trace(&today(language), language, Some(anchor)),
        ..passage(anchor, language.pick(words::SUBHEADING))
    }
}

pub fn numbered(language: Language, texts: &[Words], first: usize) -> Vec<Passage> {
    let anchor = |at: usize| format!("p{}", first + at);
    texts
        .iter()
        .enumerate()
        .map(|(at, text)| passage(&anchor(at), language.pick(*text)))
        .collect()
}

pub fn passages(language: Language, texts: &[Words]) -> Vec<Passage> {
    numbered(language, texts, 1)
}

/// Passages without their anchors.
pub fn bare(language: Language, texts: &[Words]) -> Vec<Html> {
    texts.iter().map(|text| block(language.pick(*text), None)).collect()
}

pub fn leading(language: Language, fr: &str, en: &str, text: Words, in_french: bool) -> Leading {
    let in_french = in_french && language == Language::English;
    let language = if in_french { Language::French } else { language };
    Leading {
        title: html(*mandat::model::Bilingual { fr, en }.get(language)),
        passages: bare(language, &[text]),
        path: format!("/{}/mission", language.segment()),
        since: Some(today(language)),
        in_french,
    }
}

/// The eleven mandates; awkward: the second without English, the third with a long title.
pub fn entries(language: Language, awkward: bool) -> Vec<MandateEntry> {
    let entry = |(at, (title, clause)): (usize, &(Words, Words))| {
        let in_french = awkward && at == 1 && language == Language::English;
        let language = if in_french { Language::French } else { language };
        let mark = if at + 1 == words::MANDATES.len() { "." } else { ";" };
        MandateEntry {
            rank: at + 1,
            anchor: format!("m{at}"),
            title: html(language.pick(if awkward && at == 2 { words::LONG } else { *title })),
            path: "/fr/mandat".into(),
            passages: vec![passage(&format!("c{at}"), &format!("{}{mark}", language.pick(*clause)))],
            in_french,
        }
    };
    words::MANDATES.iter().enumerate().map(entry).collect()
}

pub fn neighbour(language: Language, at: usize) -> Neighbour {
    Neighbour {
        rank: at + 1,
        title: html(language.pick(words::MANDATES[at].0)),
        path: "/fr/mandat".into(),
    }
}

pub fn card(language: Language) -> RepresentativeCard {
    RepresentativeCard {
        name: html("Jean Lemire"),
        initials: "JL".into(),
        function: html(language.pick(words::FUNCTION)),
        short: html(language.pick(words::SHORT)),
        path: "/fr/profile".into(),
        office: None,
        successor: None,
        in_french: false,
    }
}

/// Somebody whose office has ended, with a long name and a long function.
pub fn former(language: Language) -> RepresentativeCard {
    let range = Html(i18n::range_html(date(2019, 3, 1), date(2026, 11, 30), language));
    RepresentativeCard {
        name: html("Marie-Antoinette-Élisabeth de Saint-Vallier-Desrosiers"),
        initials: "MD".into(),
        function: html(language.pick(words::LONG)),
        office: Some(rich(language, "representative-office", &[("range", &range)])),
        successor: Some(link("Jean Lemire")),
        in_french: language == Language::English,
        ..card(language)
    }
}

pub fn notice(language: Language) -> WithdrawnNotice {
    WithdrawnNotice {
        kind: Withdrawn::Withdrawn,
        day: today(language),
        reason: html(language.pick(words::SUBHEADING)),
        successor: Some(link("Mission")),
    }
}

pub fn record(language: Language, lagging: bool) -> Record {
    let english = language == Language::English;
    Record {
        short_link: "/d/2".into(),
        history: "/fr/mission/historique".into(),
        version: Some(("record-version", 3)),
        changed: Some(today(language)),
        address: format!("https://mandat.example/{}/mission", language.segment()),
        lagging: (lagging && english).then(|| today(language)),
        withdrawn: None,
    }
}

/// Head and frame, `depth` steps below home.
pub fn shell(language: Language, title: &str, depth: usize, section: Option<&'static str>) -> Shell {
    let home = Crumb {
        label: html(i18n::message(language, "frame-home", &[])),
        path: "/fr/home".into(),
    };
    let parent = section.map_or("frame-footer-plan", |key| key);
    let parent = Crumb {
        label: html(i18n::message(language, parent, &[])),
        path: "/fr/mandates".into(),
    };
    let mut shell = Shell {
        language,
        title: title.into(),
        description: language
            .pick(words::MISSION)
            .split('<')
            .next()
            .unwrap_or_default()
            .into(),
        canonical: Some(format!("https://mandat.example/{}/mission", language.segment())),
        alternates: Language::ALL
            .map(|language| Alternate {
                hreflang: language.tag(),
                href: format!("https://mandat.example/{}/mission", language.segment()),
            })
            .into(),
        resource: Some("/api/v1/documents/2?lang=fr".into()),
        counterpart: format!("/{}/mission", language.other().segment()),
        translated: true,
        noindex: depth == 0,
        breadcrumb: [home, parent].into_iter().take(depth).collect(),
        section,
        as_of: None,
        preview: None,
        head: Head::default(),
        frame: Arc::new(frame(language)),
    };
    shell.head = Head::of(&shell, &"https://mandat.example".parse().expect("an origin"), None);
    shell
}

pub fn citation(language: Language, title: &str) -> Citation {
    let address = format!(
        "https://mandat.example/{}/au/2026-12-01T15:00:00Z/mission",
        language.segment()
    );
    Citation {
        language,
        title: title.into(),
        institution: words::INSTITUTION.into(),
        version: 3,
        day: date(2026, 12, 1),
        key: "2-3".into(),
        sentence: html(format!("{}, {title}, {address}", words::INSTITUTION)),
        address,
        path: "/fr/mission".into(),
    }
}

fn frame(language: Language) -> Frame {
    let link = |key: &'static str| NavigationLink {
        key,
        path: "/fr/mandates".into(),
    };
    Frame {
        institution: html(words::INSTITUTION).marked(Language::French, language),
        institution_name: words::INSTITUTION.into(),
        home: format!("/{}/home", language.segment()),
        navigation: NAVIGATION.map(|(_, label)| link(label)).into(),
        footer: FOOTER.map(|(_, label)| link(label)).into(),
        contact: "/fr/text".into(),
        charter: (language == Language::English).then(|| CharterNotice {
            html: block(words::CHARTER, None),
            path: "/en/text".into(),
        }),
        demonstration: true,
        year: Some(2026),
    }
}

/// The page of the API, with an address that is longer than a telephone is wide.
pub fn guide(language: Language) -> Guide {
    let fields = |required| {
        let field = |(name, form): (&str, &str)| GuideField {
            name: name.into(),
            form: form.into(),
            meaning: language.pick(words::SUBHEADING).into(),
            required,
        };
        [
            ("as_of", "string (date) | string (date-time)"),
            ("kind", "institution | statement | mandate | list | page"),
        ]
        .map(field)
        .into()
    };
    let answer = |status: &str, content: &str| GuideAnswer {
        status: status.into(),
        meaning: language.pick(words::SUBHEADING).into(),
        content: content.into(),
    };
    Guide {
        shell: shell(language, language.pick(words::SUBHEADING), 1, None),
        description: "/api/v1/openapi.json".into(),
        operations: vec![GuideOperation {
            anchor: "version".into(),
            path: "/api/v1/documents/{number}/versions/{version}".into(),
            summary: language.pick(words::SUBHEADING).into(),
            parameters: fields(true),
            answers: vec![
                answer("200", "EditionText"),
                answer("304", ""),
                answer("404", "Problem"),
            ],
        }],
        objects: vec![GuideObject {
            name: "Edition".into(),
            fields: fields(false),
        }],
        problems: vec![GuideProblem {
            anchor: "problem-404".into(),
            status: 404,
            title: language.pick(words::SUBHEADING).into(),
            text: language.pick(words::PARAGRAPH).into(),
        }],
    }
}
