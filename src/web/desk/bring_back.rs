//! Making a text public again that was withdrawn or removed.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::Desk;
use super::answer::Answer;
use super::fields::{Fields, Numbered};
use super::outcome::{Against, settled};
use super::shell::Shell;
use super::staff::Staff;
use super::view::{Heading, Told};
use super::withdraw::head;
use super::words::Titles;
use crate::error::Result;
use crate::model::{Bilingual, DocumentId};
use crate::web::speech::Speaks as _;
use crate::workflow::releasing;

/// `/admin/fr/documents/5/retablissement`, `/admin/en/documents/5/return`
#[derive(Debug, Template)]
#[template(path = "desk/restore.html")]
struct BringBack {
    shell: Shell,
    heading: Heading,
    told: Told,
    against: Against,
    note: Bilingual<String>,
}

/// The form.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
) -> Result<Answer> {
    let (page, _) = bringing_back(&desk, &staff, document, &Fields::default()).await?;
    Ok(Answer::page(staff.language, page))
}

/// Makes a text public again that was withdrawn or removed.
pub async fn bring_back(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    fields: Fields,
) -> Result<Answer> {
    let language = staff.language;
    let (mut page, titles) = bringing_back(&desk, &staff, document, &fields).await?;
    if fields.deed().is_none() {
        return Ok(Answer::page(language, page));
    }
    let note = page.note.clone().written();
    let done = releasing::bring_back(&desk.pool, &staff.actor, fields.form(), document, note).await;
    let undone = match settled(done, None, language)? {
        Ok(answer) => return Ok(answer),
        Err(undone) => undone,
    };
    page.against = undone.against(&titles);
    page.told = undone.told;
    Ok(Answer::page(language, page).under(undone.status))
}

async fn bringing_back(
    desk: &Desk,
    staff: &Staff,
    document: DocumentId,
    fields: &Fields,
) -> Result<(BringBack, Titles)> {
    let mut connection = desk.pool.acquire().await?;
    let titles = Titles::of_all(&mut *connection, staff.language).await?;
    let (shell, heading) = head(&mut connection, staff, document, &titles, "restore-title").await?;
    let page = BringBack {
        shell,
        heading,
        told: Told::default(),
        against: Against::default(),
        note: fields.pair("note"),
    };
    Ok((page, titles))
}
