//! States in words, on tags.

use super::view::{Tag, Tone};
use crate::i18n::{Language, message};
use crate::model::review::Step;
use crate::model::standing::{Aim, Standing};
use crate::model::{English, Withdrawn};

fn tag(tone: Tone, key: &str, language: Language) -> Tag {
    let word = message(language, key, &[]);
    Tag { word, tone }
}

/// Where a document stands, in a few words.
pub fn tags(standing: &Standing, language: Language) -> Vec<Tag> {
    let mut tags = on_the_way(standing, language);
    if standing.newest.number > 0 {
        tags.extend(of_english(
            standing.newest.lagging > 0,
            standing.newest.english,
            language,
        ));
    }
    tags
}

/// Where the English of a text stands.
pub fn of_english(lags: bool, declared: English, language: Language) -> impl Iterator<Item = Tag> {
    let lagging = lags.then(|| tag(Tone::Info, "state-lagging", language));
    let none = (declared != English::Present).then(|| tag(Tone::Quiet, "state-no-english", language));
    lagging.into_iter().chain(none)
}

/// How far it is on its way to the public.
pub fn on_the_way(standing: &Standing, language: Language) -> Vec<Tag> {
    let mut tags = vec![public(standing, language)];
    tags.extend(standing.draft.is_some().then(|| draft(standing.step(), language)));
    tags.extend((!standing.ahead.is_empty()).then(|| scheduled(language)));
    tags.extend(standing.correction().and_then(|draft| aim(draft.aim, language)));
    tags
}

/// What the public has of it.
fn public(standing: &Standing, language: Language) -> Tag {
    match (&standing.live, &standing.ended) {
        (_, Some(end)) if end.kind == Withdrawn::Withdrawn => tag(Tone::Quiet, "state-withdrawn", language),
        (_, Some(_)) => tag(Tone::Quiet, "state-removed", language),
        (Some(_), None) => tag(Tone::Live, "state-live", language),
        (None, None) => tag(Tone::Quiet, "state-never", language),
    }
}

/// Where a draft stands that has taken this step last.
pub fn draft(step: Option<Step>, language: Language) -> Tag {
    match step {
        None | Some(Step::TakenBack) => tag(Tone::Draft, "state-draft", language),
        Some(Step::Submitted) => tag(Tone::Info, "state-submitted", language),
        Some(Step::Approved) => tag(Tone::Live, "state-approved", language),
        Some(Step::Returned) => tag(Tone::Draft, "state-returned", language),
    }
}

/// What a draft is to become, where that is not the next text of the line.
pub fn aim(aim: Aim, language: Language) -> Option<Tag> {
    match aim {
        Aim::Line => None,
        Aim::Correction => Some(tag(Tone::Info, "state-correction", language)),
        Aim::Scheduled => Some(tag(Tone::Info, "state-with-correction", language)),
    }
}

/// What is still ahead.
pub fn scheduled(language: Language) -> Tag {
    tag(Tone::Info, "state-scheduled", language)
}
