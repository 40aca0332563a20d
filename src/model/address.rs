//! Public paths: the one function that builds them and the one that parses them (design §3).

use sqlx::PgExecutor;

use crate::error::Result;
use crate::i18n::Language;
use crate::model::document::{DocumentId, Kind, key};
use crate::model::{Bilingual, Slug};

/// What a public path can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// The home page, which is the institution's.
    Home,
    /// A document that the program knows by name: mission, vision, mandates, representatives.
    Keyed(&'a str),
    /// A mandate.
    Mandate(&'a Slug),
    /// A representative.
    Representative(&'a Slug),
    /// A page of text.
    Page(&'a Slug),
    /// The site plan.
    Plan,
}

/// What a path says before any database is asked.
#[derive(Debug, PartialEq, Eq)]
pub enum Parsed {
    /// The site plan of a language.
    Plan(Language),
    /// Perhaps a document's, in a language.
    Document(Language),
    /// In no language of the site.
    Elsewhere,
}

/// Segments of the places that have a name of their own, in both languages.
const SEGMENTS: [(&str, Bilingual<&str>); 4] = [
    (
        key::MISSION,
        Bilingual {
            fr: "mission",
            en: "mission",
        },
    ),
    (
        key::VISION,
        Bilingual {
            fr: "vision",
            en: "vision",
        },
    ),
    (
        key::MANDATES,
        Bilingual {
            fr: "mandats",
            en: "mandates",
        },
    ),
    (
        key::REPRESENTATIVES,
        Bilingual {
            fr: "representants",
            en: "representatives",
        },
    ),
];

const PLAN: Bilingual<&str> = Bilingual {
    fr: "plan-du-site",
    en: "site-map",
};

fn segment(name: &str, language: Language) -> &'static str {
    SEGMENTS
        .iter()
        .find(|(key, _)| *key == name)
        .map_or("", |(_, words)| words.get(language))
}

impl<'a> Place<'a> {
    /// Where a document of this kind, key and slug stands; none without a slug where its kind needs one.
    #[must_use]
    pub fn of(kind: Kind, key: Option<&'a str>, slug: Option<&'a Slug>) -> Option<Self> {
        match kind {
            Kind::Institution => Some(Self::Home),
            Kind::Statement | Kind::List => key.map(Self::Keyed),
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
            Self::Keyed(name) => format!("/{root}/{}", segment(name, language)),
            Self::Mandate(slug) => format!("/{root}/{}/{slug}", segment(key::MANDATES, language)),
            Self::Representative(slug) => format!("/{root}/{}/{slug}", segment(key::REPRESENTATIVES, language)),
            Self::Page(slug) => format!("/{root}/{slug}"),
            Self::Plan => format!("/{root}/{}", PLAN.get(language)),
        }
    }
}

/// The permanent short link of a document.
#[must_use]
pub fn short_link(document: DocumentId) -> String {
    format!("/d/{document}")
}

/// The documents that a text links to by their permanent short links.
pub fn short_links(words: &str) -> impl Iterator<Item = DocumentId> {
    words.split("/d/").skip(1).filter_map(|after| {
        let end = after
            .find(|character: char| !character.is_ascii_digit())
            .unwrap_or(after.len());
        after[..end].parse::<i64>().ok().map(DocumentId::from)
    })
}

/// Reads a path.
#[must_use]
pub fn parse(path: &str) -> Parsed {
    // One slash alone: two would make a redirect lead to another host.
    let mut segments = path.strip_prefix('/').unwrap_or_default().splitn(2, '/');
    let first = segments.next().unwrap_or_default();
    let Some(language) = Language::ALL.into_iter().find(|language| language.segment() == first) else {
        return Parsed::Elsewhere;
    };
    match segments.next() {
        Some(rest) if rest == *PLAN.get(language) => Parsed::Plan(language),
        _ => Parsed::Document(language),
    }
}

/// The language in which to answer for a path: its own, or French (Q11).
#[must_use]
pub fn language_of(path: &str) -> Language {
    match parse(&path.to_ascii_lowercase()) {
        Parsed::Plan(language) | Parsed::Document(language) => language,
        Parsed::Elsewhere => Language::French,
    }
}

/// Gives a document its path, unless it has it already.
///
/// # Errors
/// Refused by `address_never_changes_hands` where the path is another document's.
pub async fn claim(
    executor: impl PgExecutor<'_>,
    document: DocumentId,
    language: Language,
    path: &str,
    slug: Option<&Slug>,
) -> Result<()> {
    sqlx::query!(
        "insert into address (path, document_id, language, slug)
         select $1, $2, $3, $4 where not exists (select from address where path = $1 and document_id = $2)",
        path,
        document.number(),
        language.segment(),
        slug.map(Slug::as_str),
    )
    .execute(executor)
    .await?;
    Ok(())
}

/// The document that a path belongs to, among the addresses that show.
///
/// # Errors
/// The database does not answer.
pub async fn document(executor: impl PgExecutor<'_>, path: &str) -> Result<Option<DocumentId>> {
    Ok(sqlx::query_scalar!(
        r#"select document_id as "id!: DocumentId" from site.address where path = $1"#,
        path
    )
    .fetch_optional(executor)
    .await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_has_one_path_in_each_language() {
        let slug = Slug::try_from("jean-lemire".to_owned()).unwrap();
        let cases = [
            (Place::Home, "/fr", "/en"),
            (Place::Keyed(key::MISSION), "/fr/mission", "/en/mission"),
            (Place::Keyed(key::MANDATES), "/fr/mandats", "/en/mandates"),
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
        ];
        for (place, fr, en) in cases {
            assert_eq!(place.path(Language::French), fr);
            assert_eq!(place.path(Language::English), en);
        }
    }

    #[test]
    fn texts_link_to_documents_by_number() {
        let linked: Vec<i64> = short_links("[a](/d/18) et [b](/d/7#abcde), mais ni /d/x ni /d/")
            .map(DocumentId::number)
            .collect();
        assert_eq!(linked, [18, 7]);
    }

    #[test]
    fn a_path_tells_its_language() {
        assert_eq!(parse("/fr"), Parsed::Document(Language::French));
        assert_eq!(parse("/en/mandates/x"), Parsed::Document(Language::English));
        assert_eq!(parse("/en/site-map"), Parsed::Plan(Language::English));
        assert_eq!(parse("/en/plan-du-site"), Parsed::Document(Language::English));
        assert_eq!(parse("/english"), Parsed::Elsewhere);
        assert_eq!(parse("//fr/plan-du-site"), Parsed::Elsewhere);
        assert_eq!(language_of("/EN/nothing"), Language::English);
        assert_eq!(language_of("/"), Language::French);
    }
}
