//! Public paths: the one function that builds them and the one that parses them (design §3).

mod record;
mod short;

use crate::i18n::Language;
use crate::model::document::{DocumentId, Kind, key};
use crate::model::{Bilingual, Slug, When};

pub use record::{all, claim, document};
pub use short::{short_link, short_link_in, short_links};

/// A place that has a segment of its own, by the key of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The mission.
    Mission,
    /// The vision.
    Vision,
    /// The list of mandates, and what stands before the slug of each.
    Mandates,
    /// The list of representatives, and what stands before the slug of each.
    Representatives,
}

impl Section {
    /// The section of a document of this key; none for keys that the program gives no segment.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        match key {
            key::MISSION => Some(Self::Mission),
            key::VISION => Some(Self::Vision),
            key::MANDATES => Some(Self::Mandates),
            key::REPRESENTATIVES => Some(Self::Representatives),
            _ => None,
        }
    }

    const fn segment(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Mission, _) => "mission",
            (Self::Vision, _) => "vision",
            (Self::Mandates, Language::French) => "mandats",
            (Self::Mandates, Language::English) => "mandates",
            (Self::Representatives, Language::French) => "representants",
            (Self::Representatives, Language::English) => "representatives",
        }
    }
}

/// What a public path can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// The home page, which is the institution's.
    Home,
    /// A document that the program knows by name and gives a segment of its own.
    Keyed(Section),
    /// A mandate.
    Mandate(&'a Slug),
    /// A representative.
    Representative(&'a Slug),
    /// A page of text.
    Page(&'a Slug),
    /// The site plan.
    Plan,
    /// The page that describes the API.
    Api,
    /// Search.
    Search,
    /// The quote check.
    QuoteCheck,
}

/// What a path says before any database is asked.
#[derive(Debug, PartialEq, Eq)]
pub enum Parsed {
    /// The site plan of a language.
    Plan(Language),
    /// The page that describes the API, in a language.
    Api(Language),
    /// Search or quote check, which read the present alone.
    Tool(Language),
    /// Perhaps a document's, in a language.
    Document(Language),
    /// The past of another path of the site, which is `path` at present.
    Past {
        /// The language of both.
        language: Language,
        /// When in the past.
        when: When,
        /// The path at present.
        path: String,
    },
    /// A past that names no moment.
    Undated(Language),
    /// The history of the page that stands at `path`.
    History {
        /// The language of both.
        language: Language,
        /// The page's own path.
        path: String,
    },
    /// The permanent short link of a document, in a language.
    Short(Language, DocumentId),
    /// In no language of the site.
    Elsewhere,
}

const PLAN: Bilingual<&str> = Bilingual {
    fr: "plan-du-site",
    en: "site-map",
};

/// What stands before the date in addresses of the past.
const AS_OF: Bilingual<&str> = Bilingual { fr: "au", en: "as-of" };

/// What stands after a page's path in the address of its history: no slug may be it.
const HISTORY: Bilingual<&str> = Bilingual {
    fr: "historique",
    en: "history",
};

/// What stands before a page's path in the addresses of its TimeGate and of its TimeMap (RFC 7089).
const TIMEGATE: &str = "/timegate";
const TIMEMAP: &str = "/timemap";
/// What the paths of the API, and of the page that describes it, are called.
const API: &str = "api";

/// The tools, which have no document.
const SEARCH: Bilingual<&str> = Bilingual {
    fr: "recherche",
    en: "search",
};

const QUOTE_CHECK: Bilingual<&str> = Bilingual {
    fr: "citation",
    en: "quote",
};

impl<'a> Place<'a> {
    /// Where a document of this kind, key and slug stands; none without the slug, or the key, that its kind needs.
    #[must_use]
    pub fn of(kind: Kind, key: Option<&str>, slug: Option<&'a Slug>) -> Option<Self> {
        match kind {
            Kind::Institution => Some(Self::Home),
            Kind::Statement | Kind::List => key.and_then(Section::of).map(Self::Keyed),
            Kind::Mandate => slug.map(Self::Mandate),
            Kind::Representative => slug.map(Self::Representative),
            Kind::Page => slug.map(Self::Page),
        }
    }

    /// Its path in a language.
    #[must_use]
    pub fn path(self, language: Language) -> String {
        let root = language.segment();
        match self {
            Self::Home => format!("/{root}"),
            Self::Keyed(section) => format!("/{root}/{}", section.segment(language)),
            Self::Mandate(slug) => format!("/{root}/{}/{slug}", Section::Mandates.segment(language)),
            Self::Representative(slug) => format!("/{root}/{}/{slug}", Section::Representatives.segment(language)),
            Self::Page(slug) => format!("/{root}/{slug}"),
            Self::Plan => format!("/{root}/{}", PLAN.get(language)),
            Self::Api => format!("/{root}/{API}"),
            Self::Search => format!("/{root}/{}", SEARCH.get(language)),
            Self::QuoteCheck => format!("/{root}/{}", QUOTE_CHECK.get(language)),
        }
    }

    /// Its path in a language, in the site as it was.
    #[must_use]
    pub fn path_at(self, language: Language, when: When) -> String {
        dated(&self.path(language), when)
    }
}

/// The address, in the site as it was, of what stands at `path` at present.
#[must_use]
pub fn dated(path: &str, when: When) -> String {
    match (when, split(path)) {
        (When::Now, _) | (_, None) => path.to_owned(),
        (when, Some((language, ""))) => format!("/{}/{}/{when}", language.segment(), AS_OF.get(language)),
        (when, Some((language, rest))) => {
            format!("/{}/{}/{when}/{rest}", language.segment(), AS_OF.get(language))
        }
    }
}

/// The address of the history of the page that stands at `path`.
#[must_use]
pub fn history(path: &str) -> String {
    format!("{path}/{}", HISTORY.get(language_of(path)))
}

/// The address of the TimeGate of the page that stands at `path` (RFC 7089).
#[must_use]
pub fn timegate(path: &str) -> String {
    format!("{TIMEGATE}{path}")
}

/// The address of the TimeMap of the page that stands at `path` (RFC 7089).
#[must_use]
pub fn timemap(path: &str) -> String {
    format!("{TIMEMAP}{path}")
}

/// The path of the page whose TimeGate or TimeMap has this address.
#[must_use]
pub fn original(path: &str) -> Option<&str> {
    path.strip_prefix(TIMEGATE).or_else(|| path.strip_prefix(TIMEMAP))
}

/// Whether a path is a TimeMap's.
#[must_use]
pub fn is_timemap(path: &str) -> bool {
    path.starts_with(TIMEMAP)
}

/// Whether a path is the API's, where failures are problems (RFC 9457).
#[must_use]
pub fn is_api(path: &str) -> bool {
    path.trim_start_matches('/').split('/').next() == Some(API)
}

/// The language of a path, and what follows it.
fn split(path: &str) -> Option<(Language, &str)> {
    // One slash alone: two would make a redirect lead to another host.
    let path = path.strip_prefix('/')?;
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let language = Language::ALL.into_iter().find(|language| language.segment() == first)?;
    Some((language, rest))
}

/// Reads a path.
#[must_use]
pub fn parse(path: &str) -> Parsed {
    if let Some((language, document)) = short::parse(path) {
        return Parsed::Short(language, document);
    }
    let Some((language, rest)) = split(path) else {
        return Parsed::Elsewhere;
    };
    let root = language.segment();
    let (first, after) = rest.split_once('/').unwrap_or((rest, ""));
    if first == *AS_OF.get(language) {
        let (when, rest) = after.split_once('/').unwrap_or((after, ""));
        let present = if rest.is_empty() {
            format!("/{root}")
        } else {
            format!("/{root}/{rest}")
        };
        return match When::parse(when) {
            Some(when) => Parsed::Past {
                language,
                when,
                path: present,
            },
            None => Parsed::Undated(language),
        };
    }
    let (before, last) = rest
        .rsplit_once('/')
        .map_or((None, rest), |(before, last)| (Some(before), last));
    if last == *HISTORY.get(language) {
        let path = before.map_or_else(|| format!("/{root}"), |before| format!("/{root}/{before}"));
        return Parsed::History { language, path };
    }
    match rest {
        plan if plan == *PLAN.get(language) => Parsed::Plan(language),
        API => Parsed::Api(language),
        tool if [SEARCH, QUOTE_CHECK].iter().any(|names| tool == *names.get(language)) => Parsed::Tool(language),
        _ => Parsed::Document(language),
    }
}

/// The language in which to answer for a path: its own, or French (Q11).
#[must_use]
pub fn language_of(path: &str) -> Language {
    let path = path.to_ascii_lowercase();
    split(original(&path).unwrap_or(&path)).map_or(Language::French, |(language, _)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_one_path_in_each_language() {
        let slug = Slug::try_from("jean-lemire".to_owned()).unwrap();
        let cases = [
            (Place::Home, "/fr", "/en"),
            (Place::Keyed(Section::Mission), "/fr/mission", "/en/mission"),
            (Place::Keyed(Section::Mandates), "/fr/mandats", "/en/mandates"),
            (
                Place::Mandate(&slug),
                "/fr/mandats/jean-lemire",
                "/en/mandates/jean-lemire",
            ),
            (
                Place::Representative(&slug),
                "/fr/representants/jean-lemire",
                "/en/representatives/jean-lemire",
            ),
            (Place::Page(&slug), "/fr/jean-lemire", "/en/jean-lemire"),
            (Place::Plan, "/fr/plan-du-site", "/en/site-map"),
            (Place::Search, "/fr/recherche", "/en/search"),
            (Place::QuoteCheck, "/fr/citation", "/en/quote"),
        ];
        for (place, fr, en) in cases {
            assert_eq!(place.path(Language::French), fr);
            assert_eq!(place.path(Language::English), en);
        }
    }

    #[test]
    fn a_path_tells_its_language() {
        assert_eq!(parse("/fr"), Parsed::Document(Language::French));
        assert_eq!(parse("/en/mandates/x"), Parsed::Document(Language::English));
        assert_eq!(parse("/en/site-map"), Parsed::Plan(Language::English));
        assert_eq!(parse("/en/plan-du-site"), Parsed::Document(Language::English));
        assert_eq!(parse("/en/d/5"), Parsed::Short(Language::English, 5.into()));
        assert_eq!(parse("/english"), Parsed::Elsewhere);
        assert_eq!(parse("//fr/plan-du-site"), Parsed::Elsewhere);
        assert_eq!(language_of("/EN/nothing"), Language::English);
        assert_eq!(language_of(&timegate("/en/mission")), Language::English);
        assert_eq!(original(&timemap("/fr")), Some("/fr"));
        assert_eq!(original("/fr/timemap"), None);
        assert_eq!(language_of("/"), Language::French);
    }

    #[test]
    fn what_is_built_is_parsed() {
        let when = When::parse("2026-03-14").unwrap();
        for path in ["/fr", "/fr/mission", "/en/mandates/x", "/en/site-map"] {
            let language = language_of(path);
            let past = Parsed::Past {
                language,
                when,
                path: path.to_owned(),
            };
            assert_eq!(parse(&dated(path, when)), past);
            let path = path.to_owned();
            assert_eq!(parse(&history(&path)), Parsed::History { language, path });
        }
        assert_eq!(dated("/fr/mission", When::Now), "/fr/mission");
        assert_eq!(dated("/en", when), "/en/as-of/2026-03-14");
        assert_eq!(parse("/fr/au/hier/mission"), Parsed::Undated(Language::French));
        assert_eq!(parse("/fr/as-of/2026-03-14"), Parsed::Document(Language::French));
        assert_eq!(parse("/fr/mission/history"), Parsed::Document(Language::French));
    }
}
