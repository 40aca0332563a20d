//! The real public page of a text that is not public: a saved revision, or what stands in the form.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;

use super::opened::Opened;
use super::sheet::Sheet;
use crate::error::Result;
use crate::i18n::{Language, message};
use crate::model::{Anchor, DocumentId, Passage, Text, editing};
use crate::web::desk::answer::Answer;
use crate::web::desk::fields::{Fields, Numbered};
use crate::web::desk::staff::Staff;
use crate::web::desk::{Desk, paths};
use crate::web::draft::{self, Banner, Draft};
use crate::web::query::{REVISION, asking, parameter, revision};

/// What names the language of the page.
const LANGUAGE: &str = "langue";

/// A saved revision as its page.
pub async fn of_revision(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    uri: Uri,
) -> Result<Answer> {
    let opened = Opened::read(&desk, &staff, document, revision(uri.query())).await?;
    let language = language_of(&parameter(uri.query(), LANGUAGE).unwrap_or_default());
    let number = opened.base.unwrap_or_default();
    let words = message(staff.language, "editor-preview-revision", &[("number", number.into())]);
    shown(&desk, &staff, &opened, &opened.text, language, words).await
}

/// What stands in the form as its page: nothing is saved.
pub async fn of_form(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    fields: Fields,
) -> Result<Answer> {
    let opened = Opened::of_form(&desk, &staff, document, &fields).await?;
    let mut sheet = Sheet::posted(opened.kind(), &fields);
    sheet.cut(Some(&opened.text));
    let text = sheet.draft(&opened.text);
    let language = language_of(fields.deed().unwrap_or_default());
    let words = message(staff.language, "editor-preview-unsaved", &[]);
    shown(&desk, &staff, &opened, &text, language, words).await
}

/// The path of a saved revision's page in a language.
pub fn path(staff: &Staff, document: DocumentId, number: i32, language: Language) -> String {
    let path = paths::path_of(paths::PREVIEW, staff.language, document.number());
    asking(
        &path,
        &[(REVISION, &number.to_string()), (LANGUAGE, language.segment())],
    )
}

fn language_of(segment: &str) -> Language {
    let known = Language::ALL.into_iter().find(|language| language.segment() == segment);
    known.unwrap_or(Language::French)
}

async fn shown(
    desk: &Desk,
    staff: &Staff,
    opened: &Opened,
    text: &Text,
    language: Language,
    words: String,
) -> Result<Answer> {
    let document = opened.document();
    let number = opened.base.unwrap_or_default();
    let rendered = editing::rendered(&desk.pool, document, number).await?;
    let banner = Banner {
        words,
        label: message(staff.language, "editor-preview-back", &[]),
        back: opened.path(staff),
        language: staff.language,
    };
    let counterpart = path(staff, document, number, language.other());
    let draft = Draft::new(document, text, banner, counterpart);
    let lagging = lagging(text, &opened.text, &rendered);
    let page = draft::page(&desk.site, language, &opened.dossier.document, text, &lagging, draft).await?;
    Ok(Answer::of(page))
}

/// The passages whose English would render a French of before, were the text saved as it stands.
fn lagging(text: &Text, saved: &Text, rendered: &HashMap<Anchor, Option<String>>) -> Vec<Anchor> {
    let lags = |passage: &&Passage| {
        let is_kept = saved
            .passage(&passage.anchor)
            .is_some_and(|saved| saved.en == passage.en);
        let before = rendered.get(&passage.anchor);
        passage.en.is_some() && is_kept && before.is_some_and(|before| *before != passage.fr)
    };
    text.passages
        .iter()
        .filter(lags)
        .map(|passage| passage.anchor.clone())
        .collect()
}
