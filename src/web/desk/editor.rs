//! The page on which a text is written, French and English side by side.
//!
//! It is a form like any other: its buttons work without scripts, what is posted comes back whole, and only saving changes
//! anything. Scripts add a toolbar, counts and the keeping of what is being typed.

mod acts;
mod autosave;
mod merging;
mod opened;
mod preview;
mod reading;
mod sheet;
mod view;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri};

use super::answer::Answer;
use super::fields::Fields;
use super::staff::Staff;
use super::{Desk, paths};
use crate::error::{Error, Result};
use crate::i18n::message;
use crate::model::journal::Deed;
use crate::model::{DocumentId, FormId, autosave as kept, presence};
use crate::web::desk::fields::Numbered;
use crate::web::query::{self, parameter};
use crate::workflow::Done;
use crate::workflow::drafting::{self, Saved};
use acts::Act;
use opened::Opened;
use reading::Problem;
use sheet::Sheet;
use view::Told;

pub use autosave::{keep, leave};
pub use merging::{ask, bring_together, led};
pub use preview::{of_form, of_revision};

/// The button that saves, and goes on to where the text is submitted.
const ON_TO_REVIEW: &str = "review";

/// What stands in the address after saving, and names the revision that it made.
const SAVED: &str = "saved";

/// What stands in the address when what was being typed is to come back.
const RESTORE: &str = "restore";

/// The form of a document.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    uri: Uri,
) -> Result<Answer> {
    presence::note(&desk.pool, staff.actor.account, document).await?;
    let opened = Opened::asked(&desk, &staff, document, query::revision(uri.query())).await?;
    let typed = kept::read(&desk.pool, staff.actor.account, document, opened.is_correction).await?;
    let mut told = Told::default();
    if parameter(uri.query(), RESTORE).is_some()
        && let Some(typed) = typed
    {
        let fields = Fields::parse(typed.form.as_bytes());
        let sheet = Sheet::posted(opened.kind(), &fields);
        let opened = Opened::of_form(&desk, &staff, document, &fields).await?;
        told.words = Some(message(staff.language, "editor-restored", &[]));
        told.is_unkept = true;
        return view::show(&desk, &staff, &opened, &sheet, told).await;
    }
    told.kept = typed.map(|typed| typed.saved_at);
    told.words = parameter(uri.query(), SAVED).and_then(|number| {
        let number: i32 = number.parse().ok()?;
        Some(message(staff.language, "editor-saved", &[("number", number.into())]))
    });
    told.is_saved = told.words.is_some();
    let sheet = Sheet::of(opened.kind(), &opened.text, opened.base);
    view::show(&desk, &staff, &opened, &sheet, told).await
}

/// What was posted: saved, or shown again after what its button did.
pub async fn post(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    fields: Fields,
) -> Result<Answer> {
    let opened = Opened::of_form(&desk, &staff, document, &fields).await?;
    let mut sheet = Sheet::posted(opened.kind(), &fields);
    match fields.deed() {
        Some("save" | ON_TO_REVIEW) => {
            sheet.cut(Some(&opened.text));
            return save(&desk, &staff, &opened, &sheet, &fields).await;
        }
        Some("drop") => {
            let account = staff.actor.account;
            if let Some(typed) = kept::read(&desk.pool, account, document, opened.is_correction).await? {
                kept::forget(&desk.pool, account, document, typed.is_correction).await?;
            }
            return Ok(Answer::found(&opened.path(&staff)));
        }
        Some(deed) => {
            if let Some(act) = Act::read(deed, fields.get("member")) {
                sheet.act(act);
            }
        }
        None => {}
    }
    sheet.cut(Some(&opened.text));
    let told = Told {
        words: fields
            .deed()
            .is_none()
            .then(|| message(staff.language, "editor-back", &[])),
        is_unkept: true,
        ..Told::default()
    };
    view::show(&desk, &staff, &opened, &sheet, told).await
}

async fn save(desk: &Desk, staff: &Staff, opened: &Opened, sheet: &Sheet, fields: &Fields) -> Result<Answer> {
    let again = async |words: Option<String>, problems: Vec<Problem>, status: StatusCode| {
        let told = Told {
            words,
            problems,
            is_fault: true,
            is_unkept: true,
            ..Told::default()
        };
        Ok(view::show(desk, staff, opened, sheet, told).await?.under(status))
    };
    let writing = match sheet.writing(opened.kind(), &opened.text) {
        Ok(writing) => writing,
        Err(problems) => return again(None, problems, StatusCode::UNPROCESSABLE_ENTITY).await,
    };
    let form: Option<FormId> = fields.get("form").parse().ok();
    let document = opened.document();
    let base = opened.base.ok_or(Error::NotFound)?;
    let beside = opened.is_correction;
    match drafting::save(&desk.pool, &staff.actor, form, document, base, &writing, beside).await {
        Ok(Done::Now(Saved::Asked(question))) => Ok(merging::led(staff, document, &question)),
        Ok(Done::Now(Saved::Unchanged { .. })) if !sheet.remark.trim().is_empty() => {
            // A remark is that of a revision, and there is none.
            let problems = vec![Problem::new("remark", "editor-remark-alone")];
            again(None, problems, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Ok(done) => {
            let number = match done {
                Done::Now(saved) => saved.number(),
                Done::Again(line) => line.subject.number.unwrap_or(base),
            };
            let apart = opened.apart().map(|_| number);
            Ok(if fields.deed() == Some(ON_TO_REVIEW) {
                let done = [("done", Deed::Save.word())];
                let review = paths::of_draft_asking(paths::REVIEW, staff.language, document, apart, &done);
                Answer::found(&review)
            } else {
                to_saved(staff, document, number, apart)
            })
        }
        Err(Error::Refused(refusal)) => match refusal.told(staff.language) {
            Some(words) => {
                let field = field_of(&refusal.constraint);
                let problems = field
                    .map(|field| Problem::new(field, "editor-refused"))
                    .into_iter()
                    .collect();
                again(Some(words), problems, StatusCode::UNPROCESSABLE_ENTITY).await
            }
            None => Err(Error::Refused(refusal)),
        },
        Err(Error::Denied(denied)) => again(Some(denied.told(staff.language)), Vec::new(), StatusCode::CONFLICT).await,
        Err(error) => Err(error),
    }
}

/// The way back to the form, which says what was saved.
fn to_saved(staff: &Staff, document: DocumentId, number: i32, apart: Option<i32>) -> Answer {
    let number = number.to_string();
    let saved = [(SAVED, number.as_str())];
    let path = paths::of_draft_asking(paths::EDIT, staff.language, document, apart, &saved);
    Answer::found(&path)
}

/// The field that a constraint of the database is about.
fn field_of(constraint: &str) -> Option<&'static str> {
    Some(match constraint {
        "revision_slug_reserved" | "revision_slug_fr_form" | "address_never_changes_hands" => "slug-fr",
        "revision_slug_en_form" => "slug-en",
        "representative_detail_office_order" => "office-until",
        "representative_detail_successor" | "representative_detail_not_own_successor" => "successor",
        _ => return None,
    })
}
