//! Search: what was typed in, a page of results out. Nothing typed is kept or logged.

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};

use super::Site;
use super::answer::{Answer, Page};
use super::cache::CachePolicy;
use super::compose::Composition;
use super::finding::{Elsewhere, Hit, Search};
use super::folio::Folio;
use super::marking::{excerpt, marked, words};
use super::query::{asking, parameter};
use super::view::Shell;
use crate::error::Result;
use crate::i18n::{Language, Value, message};
use crate::model::address::{self, Place};
use crate::model::document::key;
use crate::model::search::{self, Found, LONGEST, Query, TERMS};
use crate::model::{DocumentId, Kind, Part};
use crate::text::{self, Register};

/// How many results stand on a page.
const SHOWN: usize = 10;

/// `/fr/recherche`, `/en/search`
pub async fn page(State(site): State<Arc<Site>>, uri: Uri) -> Result<Answer> {
    let language = address::language_of(uri.path());
    let typed = parameter(uri.query(), "q").unwrap_or_default();
    let too_long = typed.chars().count() > LONGEST;
    let query = if too_long {
        Query::default()
    } else {
        Query::parse(&typed)
    };
    let mut page = Composition::begin(&site, site.snapshot().await?, language).await?;
    let mut found = found_in(&mut page, language, &query).await?;
    if let Some(numbered) = numbered(&mut page, &query).await? {
        found.retain(|other| other.closeness == numbered.closeness && other.document != numbered.document);
        found.insert(0, numbered);
    }
    let elsewhere = found_in(&mut page, language.other(), &query).await?.len();
    // A page beyond the last is the last.
    let last = found.len().div_ceil(SHOWN).max(1);
    let number = parameter(uri.query(), "page").and_then(|number| number.parse().ok());
    let number = number.unwrap_or(1).clamp(1, last);
    let first = SHOWN * (number - 1);
    let on_page: Vec<Found> = found.iter().skip(first).take(SHOWN).cloned().collect();
    let hits = hits(&mut page, &query, &on_page).await?;
    let path = |language, number| results(language, &typed, number);
    let template = Search {
        shell: shell(&page, &uri, &typed, too_long),
        summary: summary(language, &typed, too_long, &query, &found),
        cut: query
            .is_cut
            .then(|| message(language, "search-cut", &[("limit", TERMS.into())])),
        previous: (number > 1 && !found.is_empty()).then(|| path(language, number - 1)),
        next: (first + SHOWN < found.len()).then(|| path(language, number + 1)),
        elsewhere: (elsewhere > 0).then(|| Elsewhere {
            words: message(language, "search-elsewhere", &[("count", elsewhere.into())]),
            path: path(language.other(), 1),
        }),
        first: first + 1,
        typed: if too_long { String::new() } else { typed },
        hits,
    };
    Ok(Answer::Page(
        Page::new(language, template).sent(policy(&uri), HeaderMap::new()),
    ))
}

/// The empty form may be kept, what was typed may not.
pub fn policy(uri: &Uri) -> CachePolicy {
    match uri.query() {
        None => CachePolicy::Page,
        Some(_) => CachePolicy::Never,
    }
}

fn results(language: Language, typed: &str, number: usize) -> String {
    let path = Place::Search.path(language);
    if number > 1 {
        asking(&path, &[("q", typed), ("page", &number.to_string())])
    } else {
        asking(&path, &[("q", typed)])
    }
}

fn shell(page: &Composition<'_>, uri: &Uri, typed: &str, too_long: bool) -> Shell {
    let mut shell = head(page, Place::Search, "search-title", "search-description", uri.query());
    if !typed.is_empty() && !too_long {
        shell.title = message(page.language, "search-of", &[("typed", typed.into())]);
        shell.description.clone_from(&shell.title);
        shell.counterpart = results(page.language.other(), typed, 1);
    }
    shell
}

/// The head of a page that answers what is typed. Only its empty form may be found by search engines.
pub fn head(page: &Composition<'_>, place: Place<'_>, title: &str, description: &str, query: Option<&str>) -> Shell {
    let mut shell = page.bare_shell(place, message(page.language, title, &[]));
    shell.description = message(page.language, description, &[]);
    shell.noindex = query.is_some();
    shell
}

fn summary(language: Language, typed: &str, too_long: bool, query: &Query, found: &[Found]) -> Option<String> {
    let say = |key: &str, arguments: &[(&str, Value<'_>)]| Some(message(language, key, arguments));
    let count = ("count", found.len().into());
    if too_long {
        return say("search-too-long", &[("limit", LONGEST.into())]);
    }
    match found.first() {
        None if typed.trim().is_empty() => None,
        None if query.is_empty() => say("search-no-words", &[]),
        None => say("search-nothing", &[]),
        Some(first) if first.closeness == "near" => say("search-near", &[count]),
        Some(first) if first.closeness == "begins" => say("search-begins", &[count]),
        Some(_) => say("search-count", &[count]),
    }
}

/// The texts in effect that hold what is asked, in one of the languages.
async fn found_in(page: &mut Composition<'_>, language: Language, query: &Query) -> Result<Vec<Found>> {
    let at = page.snapshot.at;
    search::find(page.snapshot.connection(), language, query, at).await
}

/// The mandate whose rank was asked for, as the pages number them: no text holds that number.
async fn numbered(page: &mut Composition<'_>, query: &Query) -> Result<Option<Found>> {
    let Some(place) = query.rank().and_then(|rank| rank.checked_sub(1)) else {
        return Ok(None);
    };
    let Some(list) = page.named(key::MANDATES, &[]).await? else {
        return Ok(None);
    };
    let members = page.members(&list, &[Part::Title]).await?;
    Ok(members.get(place).map(|mandate| Found {
        document: mandate.shown.document,
        anchor: mandate.title_anchor(),
        closeness: "whole".to_owned(),
    }))
}

async fn hits(page: &mut Composition<'_>, query: &Query, found: &[Found]) -> Result<Vec<Hit>> {
    let documents: Vec<DocumentId> = found.iter().map(|found| found.document).collect();
    let folios = page.folios(&documents, Part::ALL).await?;
    let language = page.language;
    let titles_and_passages: Vec<_> = folios
        .iter()
        .filter_map(|folio| {
            let found = found.iter().find(|found| found.document == folio.shown.document)?;
            Some((
                folio,
                folio.plain(Part::Title, language),
                passage(folio, &found.anchor, language),
            ))
        })
        .collect();
    let mut candidates: Vec<String> = titles_and_passages
        .iter()
        .flat_map(|(_, title, passage)| words(title).chain(passage.iter().flat_map(|(_, plain)| words(plain))))
        .map(str::to_owned)
        .collect();
    candidates.sort_unstable();
    candidates.dedup();
    let closeness = found.first().map_or("whole", |found| found.closeness.as_str());
    let connection = page.snapshot.connection();
    let matching = search::matching(connection, language, query, closeness, &candidates).await?;
    let matching: HashSet<String> = matching.into_iter().collect();
    let hit = |(folio, title, passage): (&Folio, String, Option<(Option<&str>, String)>)| {
        let path = folio.path(language)?;
        let fragment = passage.as_ref().and_then(|(anchor, _)| *anchor);
        Some(Hit {
            title: marked(&title, &matching),
            path: fragment.map_or_else(|| path.clone(), |anchor| format!("{path}#{anchor}")),
            passage: passage.map(|(_, plain)| marked(&excerpt(&plain, &matching), &matching)),
        })
    };
    Ok(titles_and_passages.into_iter().filter_map(hit).collect())
}

/// A passage's plain words, and its anchor where its page shows it under one; for a title, the text's first words.
fn passage<'a>(folio: &'a Folio, anchor: &str, language: Language) -> Option<(Option<&'a str>, String)> {
    let found = folio.passages.iter().find(|passage| passage.anchor == anchor)?;
    let shown = if found.part == Part::Title {
        let reads = |part: Part| !matches!(part, Part::Title | Part::Summary | Part::Short);
        folio.passages.iter().find(|passage| reads(passage.part))?
    } else {
        found
    };
    let words = shown.words(folio.spoken(language))?;
    let fragment = is_anchored(folio, found.part).then_some(shown.anchor.as_str());
    Some((fragment, text::plain(words, folio.spoken(language), Register::Prose)))
}

/// Whether a text's page shows a part under its anchor: not the title at its top, nor the summary, which is for search
/// engines; and home shows other texts than its own.
pub fn is_anchored(folio: &Folio, part: Part) -> bool {
    !matches!(part, Part::Title | Part::Summary) && folio.shown.kind != Kind::Institution
}
