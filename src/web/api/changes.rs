//! What differs between two versions of a document, word by word.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::Schema;

use super::answer;
use super::openapi::Failures;
use super::parameters::{Pair, Reading, numbers, numbers_in};
use super::versions;
use super::words::{self, one_of, parts, tags};
use crate::error::Result;
use crate::i18n::Language;
use crate::model::publication::ShownPassage;
use crate::text::difference::{self, Effort, Span};
use crate::web::Site;

/// What differs between two versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comparison {
    #[schema(schema_with = numbers)]
    document: i64,
    #[schema(schema_with = numbers)]
    from: i64,
    #[schema(schema_with = numbers)]
    to: i64,
    passages: Vec<Compared>,
}

/// One passage of either version.
#[derive(Debug, Serialize, ToSchema)]
pub struct Compared {
    #[schema(schema_with = parts)]
    part: &'static str,
    anchor: String,
    #[schema(schema_with = tags)]
    language: &'static str,
    #[schema(schema_with = fates)]
    fate: &'static str,
    moved: bool,
    redacted: bool,
    spans: Vec<Stretch>,
}

/// A stretch of words of one passage.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stretch {
    #[schema(schema_with = stretches)]
    kind: &'static str,
    text: String,
}

const FATES: [&str; 4] = ["unchanged", "changed", "added", "removed"];
const STRETCHES: [&str; 3] = ["equal", "inserted", "deleted"];

fn fates() -> Schema {
    one_of(FATES.into_iter()).into()
}

fn stretches() -> Schema {
    one_of(STRETCHES.into_iter()).into()
}

/// Compares two versions of a document, passage by passage.
#[utoipa::path(get, path = "/api/v1/documents/{number}/differences",
    params(("number" = i64, Path, minimum = 1, maximum = 9_007_199_254_740_991_i64), Pair, Reading),
    responses((status = 200, body = Comparison), Failures))]
pub async fn differences(State(site): State<Arc<Site>>, uri: Uri) -> Result<Response> {
    let (reading, pair) = Pair::of(&uri)?;
    let [document] = numbers_in(&uri)?;
    let (mut snapshot, policy) = reading.snapshot(&site).await?;
    let (before, old) = versions::read(&mut snapshot, document, pair.from).await?;
    let (after, new) = versions::read(&mut snapshot, document, pair.to).await?;
    // Words of one language are compared: French where either version has no English.
    let spoken = match before.english.spoken(reading.lang) {
        Language::French => Language::French,
        Language::English => after.english.spoken(reading.lang),
    };
    let comparison = Comparison {
        document,
        from: pair.from,
        to: pair.to,
        passages: compare(&old, &new, spoken),
    };
    answer(reading.lang, policy, &comparison)
}

fn compare(old: &[ShownPassage], new: &[ShownPassage], spoken: Language) -> Vec<Compared> {
    let key = |passage: &ShownPassage| (passage.part, passage.anchor.clone());
    let keys = |passages: &[ShownPassage]| passages.iter().map(key).collect::<Vec<_>>();
    let by_key = |passages: &'_ [ShownPassage]| -> HashMap<_, _> {
        passages
            .iter()
            .cloned()
            .map(|passage| (key(&passage), passage))
            .collect()
    };
    let (old_keys, new_keys) = (keys(old), keys(new));
    let (old, new) = (by_key(old), by_key(new));
    let mut effort = Effort::default();
    let aligned = difference::align(&old_keys, &new_keys).into_iter();
    aligned
        .filter_map(|aligned| {
            let before = aligned.old.and_then(|index| old.get(old_keys.get(index)?));
            let after = aligned.new.and_then(|index| new.get(new_keys.get(index)?));
            compared(before, after, aligned.moved, spoken, &mut effort)
        })
        .collect()
}

fn compared(
    before: Option<&ShownPassage>,
    after: Option<&ShownPassage>,
    moved: bool,
    spoken: Language,
    effort: &mut Effort,
) -> Option<Compared> {
    let passage = after.or(before)?;
    let bare = |passage: Option<&ShownPassage>| {
        passage
            .and_then(|passage| words::bare(passage, spoken))
            .unwrap_or_default()
    };
    let spans = difference::words(&bare(before), &bare(after), effort);
    let is_equal = spans.iter().all(|span| matches!(span, Span::Equal(_)));
    let [unchanged, changed, added, removed] = FATES;
    Some(Compared {
        part: passage.part.word(),
        anchor: passage.anchor.clone(),
        language: spoken.tag(),
        fate: match (before, after) {
            (None, _) => added,
            (_, None) => removed,
            _ if is_equal => unchanged,
            _ => changed,
        },
        moved,
        redacted: passage.redacted,
        spans: spans.into_iter().map(stretch).collect(),
    })
}

fn stretch(span: Span) -> Stretch {
    let [equal, inserted, deleted] = STRETCHES;
    let (kind, text) = match span {
        Span::Equal(text) => (equal, text),
        Span::Inserted(text) => (inserted, text),
        Span::Deleted(text) => (deleted, text),
    };
    Stretch { kind, text }
}
