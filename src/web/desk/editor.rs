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
use crate::web::query::{asking, parameter};
use crate::workflow::Done;
use crate::workflow::drafting::{self, Saved};
use acts::Act;
use opened::Opened;
use reading::Problem;
use sheet::Sheet;
use view::Told;

pub use autosave::{keep, leave};
pub use merging::{ask, bring_together};
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
    let opened = Opened::read(&desk, &staff, document, None).await?;
    let typed = kept::read(&desk.pool, staff.actor.account, document).await?;
    let mut told = Told::default();
    if parameter(uri.query(), RESTORE).is_some()
        && let Some(typed) = typed
    {
        let sheet = Sheet::posted(opened.kind(), &Fields::parse(typed.form.as_bytes()));
        let opened = Opened::read(&desk, &staff, document, sheet.base).await?;
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
    let base = fields.get("base").parse().ok();
    let opened = Opened::read(&desk, &staff, document, base).await?;
    let mut sheet = Sheet::posted(opened.kind(), &fields);
    match fields.deed() {
        Some("save" | ON_TO_REVIEW) => {
            sheet.cut(Some(&opened.text));
            return save(&desk, &staff, &opened, &sheet, &fields).await;
        }
        Some("drop") => {
            kept::forget(&desk.pool, staff.actor.account, document).await?;
            return Ok(Answer::found(&staff.path));
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
    match drafting::save(&desk.pool, &staff.actor, form, document, base, &writing, false).await {
        Ok(Done::Now(Saved::Asked(question))) => Ok(merging::led(staff, document, &question)),
        Ok(Done::Now(Saved::Unchanged { .. })) if !sheet.remark.trim().is_empty() => {
            // A remark is that of a revision, and there is none.
            let problems = vec![Problem::new("remark", "editor-remark-alone")];
            again(None, problems, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Ok(_) if fields.deed() == Some(ON_TO_REVIEW) => {
            let review = paths::path_of(paths::REVIEW, staff.language, document.number());
            Ok(Answer::found(&asking(&review, &[("done", Deed::Save.word())])))
        }
        Ok(Done::Now(saved)) => Ok(to_saved(staff, saved.number())),
        Ok(Done::Again(line)) => Ok(to_saved(staff, line.subject.number.unwrap_or(base))),
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

fn to_saved(staff: &Staff, number: i32) -> Answer {
    Answer::found(&asking(&staff.path, &[(SAVED, &number.to_string())]))
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

/// The path of a document's form.
pub fn path(staff: &Staff, document: DocumentId) -> String {
    paths::path_of(paths::EDIT, staff.language, document.number())
}
