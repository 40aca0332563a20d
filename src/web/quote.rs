//! The quote check: was a sentence published here, word for word, and when. Nothing typed is kept or logged.

use std::ops::Range;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, Uri};

use super::Site;
use super::answer::{Answer, Page};
use super::compose::Composition;
use super::difference::query;
use super::finding::{self, QuoteCheck, Replacement, Verdict};
use super::folio::{Folio, day, day_of};
use super::marking::{around, marked_at, unshared};
use super::query::{asking, parameter};
use super::quoted::{self, Nearest, Occurrence, Words};
use super::search::{head, is_anchored, policy};
use super::speech::rich;
use super::view::Html;
use crate::error::{Error, Result};
use crate::i18n::{self, Language, message};
use crate::model::address::{self, Place};
use crate::model::quotation::{self, LONGEST, QuotedVersion};
use crate::model::{Part, When};
use crate::text::difference::{Effort, words};
use crate::text::quotation::Quotation;

/// `/fr/citation`, `/en/quote`
pub async fn page(State(site): State<Arc<Site>>, uri: Uri) -> Result<Answer> {
    let language = address::language_of(uri.path());
    let mut typed = parameter(uri.query(), "q").unwrap_or_default();
    let mut page = Composition::begin(&site, site.snapshot().await?, language).await?;
    let verdict = if typed.chars().count() > LONGEST {
        typed.clear();
        let limit = message(language, "quote-too-long", &[("limit", LONGEST.into())]);
        Some(Verdict::refused(&limit))
    } else {
        verdict(&mut page, &typed).await?
    };
    let mut shell = head(
        &page,
        Place::QuoteCheck,
        "quote-title",
        "quote-description",
        uri.query(),
    );
    if !typed.is_empty() {
        shell.counterpart = asking(&shell.counterpart, &[("q", &typed)]);
    }
    if let Some(verdict) = &verdict {
        shell.title.clone_from(&verdict.title);
        shell.description.clone_from(&verdict.title);
    }
    let template = QuoteCheck { shell, typed, verdict };
    Ok(Answer::Page(
        Page::new(language, template).sent(policy(&uri), HeaderMap::new()),
    ))
}

/// What is said of a quotation; nothing where nothing was typed.
async fn verdict(page: &mut Composition<'_>, typed: &str) -> Result<Option<Verdict>> {
    let quotation = Arc::new(Quotation::parse(typed));
    if typed.trim().is_empty() {
        return Ok(None);
    }
    if quotation.is_too_short() {
        return Ok(Some(Verdict::refused(&message(page.language, "quote-too-short", &[]))));
    }
    let occurrences = quoted::occurrences(page, &quotation).await?;
    let Some(first) = occurrences.first() else {
        return Ok(Some(absent(page, &quotation).await?));
    };
    let (kind, summary) = if first.version.until.is_none() {
        ("current", message(page.language, "quote-current", &[]))
    } else {
        ("earlier", message(page.language, "quote-earlier", &[]))
    };
    let mut places = Vec::new();
    for occurrence in &occurrences {
        places.push(place(page, occurrence).await?);
    }
    Ok(Some(Verdict {
        kind,
        summary: Html::from_text(&summary),
        title: summary,
        places,
        nearest: None,
    }))
}

async fn absent(page: &mut Composition<'_>, quotation: &Arc<Quotation>) -> Result<Verdict> {
    let beginning = quotation::beginning(page.snapshot.connection()).await?;
    let date = day_of(beginning.unwrap_or(page.snapshot.at));
    let plain = i18n::day(date, page.language);
    let since = day(date, page.language);
    let nearest = match quoted::nearest(page, quotation).await? {
        Some(nearest) => Some(compared(page, quotation, &nearest).await?),
        None => None,
    };
    Ok(Verdict {
        kind: "absent",
        summary: rich(page.language, "quote-absent", &[("day", &since)]),
        title: message(page.language, "quote-absent", &[("day", plain.into())]),
        places: Vec::new(),
        nearest,
    })
}

/// A text that has the quotation, as the page tells it.
async fn place(page: &mut Composition<'_>, occurrence: &Occurrence) -> Result<finding::QuotedText> {
    let folio = folio(page, &occurrence.version).await?;
    let shown = |(words, extents): &(Words, Vec<Range<usize>>)| {
        let start = extents.first().map_or(0, |extent| extent.start);
        let end = extents.last().map_or(start, |extent| extent.end);
        let plain = &words.said.plain;
        marked_at(plain, extents, &around(plain, &(start..end)))
    };
    let from = day_of(occurrence.first.from);
    let (period, replacement) = match occurrence.version.until {
        None => (
            rich(page.language, "quote-since", &[("day", &day(from, page.language))]),
            None,
        ),
        Some(until) => {
            let range = Html(i18n::range_html(from, day_of(until), page.language));
            let replacement = replacement(page, &folio, occurrence).await?;
            (
                rich(page.language, "quote-period", &[("range", &range)]),
                Some(replacement),
            )
        }
    };
    let first = occurrence.passages.first().map(|(words, _)| words);
    Ok(finding::QuotedText {
        title: folio.inline(Part::Title, page.language).unwrap_or_default(),
        path: path(&folio, &occurrence.version, occurrence.language, first)?,
        language: occurrence.language,
        version: occurrence.version.number,
        period,
        passages: occurrence.passages.iter().map(shown).collect(),
        replacement,
    })
}

/// The text of a version's document as it now stands, whose title names it.
async fn folio(page: &mut Composition<'_>, version: &QuotedVersion) -> Result<Folio> {
    let found = page.folios(&[version.document], &[Part::Title]).await?;
    found.into_iter().next().ok_or(Error::NotFound)
}

/// The address of a passage, in the site as it was if its version has ended.
fn path(folio: &Folio, version: &QuotedVersion, language: Language, words: Option<&Words>) -> Result<String> {
    let present = folio.path(language).ok_or(Error::NotFound)?;
    let path = match version.until {
        None => present,
        Some(_) => address::dated(&present, When::after(version.from)),
    };
    Ok(match words.filter(|words| is_anchored(folio, words.part)) {
        Some(words) => format!("{path}#{}", words.anchor),
        None => path,
    })
}

/// What came where the quoted passage stood.
async fn replacement(page: &mut Composition<'_>, folio: &Folio, occurrence: &Occurrence) -> Result<Replacement> {
    let language = page.language;
    let (Some(next), Some((old, _))) = (&occurrence.next, occurrence.passages.first()) else {
        return Ok(Replacement {
            said: Some(message(language, "quote-withdrawn", &[])),
            spans: Vec::new(),
            path: None,
        });
    };
    let history = address::history(&folio.path(language).ok_or(Error::NotFound)?);
    let (said, spans) = if occurrence.version.until == Some(next.from) {
        match quoted::passage(page, next, &old.anchor, occurrence.language).await? {
            Some(new) => (None, words(&old.said.plain, &new.said.plain, &mut Effort::default())),
            None => (Some(message(language, "quote-gone", &[])), Vec::new()),
        }
    } else {
        let day = i18n::day(day_of(next.from), language);
        (
            Some(message(language, "quote-returned", &[("day", day.into())])),
            Vec::new(),
        )
    };
    Ok(Replacement {
        said,
        spans,
        path: Some(history + &query(occurrence.version.number, next.number, language)),
    })
}

/// The quotation beside the passage that comes nearest.
async fn compared(page: &mut Composition<'_>, quotation: &Quotation, nearest: &Nearest) -> Result<finding::Nearest> {
    let folio = folio(page, &nearest.version).await?;
    let text = &nearest.words.said;
    let plain = &text.plain;
    let stretch = nearest.nearness.stretch.clone();
    let (own, own_words) = unshared(&quotation.text, &quotation.tokens(), &nearest.nearness.quoted);
    let laid_over = &text.tokens[stretch.clone()];
    let (other, other_words) = unshared(plain, laid_over, &nearest.nearness.published[stretch]);
    let start = laid_over.first().map_or(0, |token| token.at.start);
    let end = laid_over.last().map_or(start, |token| token.at.end);
    let language = page.language;
    let named = |words: &String| message(language, "quote-word", &[("words", words.as_str().into())]);
    let list = |words: &[String]| words.iter().map(named).collect::<Vec<_>>().join(", ");
    let mut said = Vec::new();
    if !own_words.is_empty() {
        said.push(message(language, "quote-extra", &[("words", list(&own_words).into())]));
    }
    if !other_words.is_empty() {
        said.push(message(
            language,
            "quote-missing",
            &[("words", list(&other_words).into())],
        ));
    }
    Ok(finding::Nearest {
        title: folio.inline(Part::Title, language).unwrap_or_default(),
        path: path(&folio, &nearest.version, nearest.language, Some(&nearest.words))?,
        language: nearest.language,
        version: nearest.version.number,
        quoted: marked_at(&quotation.text, &own, &(0..quotation.text.len())),
        published: marked_at(plain, &other, &around(plain, &(start..end))),
        said,
    })
}
