//! Removing words because the law asks for it: what it does not do is said first, and what repeats the words is shown.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use super::answer::Answer;
use super::comparison::part_label;
use super::fields::{Fields, Numbered};
use super::shell::Shell;
use super::staff::Staff;
use super::view::{Heading, Told};
use super::withdraw::head;
use super::words::Titles;
use super::{Desk, paths};
use crate::error::Result;
use crate::i18n::{Language, message};
use crate::model::removable::{self, Removable};
use crate::model::{Anchor, Bilingual, DocumentId, redaction};
use crate::text::{self, Register};
use crate::web::speech::Speaks as _;
use crate::web::view::Link;
use crate::workflow::redacting;

/// `/admin/fr/documents/5/caviardage`, `/admin/en/documents/5/redaction`
#[derive(Debug, Template)]
#[template(path = "desk/redact.html")]
struct Redact {
    shell: Shell,
    heading: Heading,
    told: Told,
    passages: Vec<Passage>,
    /// Whether the choice is made, and is still to be confirmed.
    is_chosen: bool,
    /// Other documents that repeat the words.
    repeated: Vec<Link>,
    ground: String,
}

/// A passage whose words can be removed.
#[derive(Debug)]
struct Passage {
    anchor: String,
    /// The key of the name of its part.
    part: &'static str,
    words: Bilingual<String>,
    /// The revisions that hold it.
    revisions: String,
    is_chosen: bool,
}

/// The name of the boxes.
const ANCHOR: &str = "anchor";

/// The form.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
) -> Result<Answer> {
    let page = redacting(&desk, &staff, document, &Fields::default(), &[]).await?;
    Ok(Answer::page(staff.language, page))
}

/// Shows what was chosen, with all that repeats it; once that is confirmed, removes the words.
pub async fn redact(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    fields: Fields,
) -> Result<Answer> {
    let language = staff.language;
    let ticked = fields.pairs().iter().filter(|(name, _)| name == ANCHOR);
    let chosen: Vec<Anchor> = ticked
        .filter_map(|(_, anchor)| Anchor::try_from(anchor.clone()).ok())
        .collect();
    let ground = fields.get("ground");
    let mut page = redacting(&desk, &staff, document, &fields, &chosen).await?;
    let is_sure = fields.deed() == Some("redact") && fields.has("sure");
    if chosen.is_empty() || ground.trim().is_empty() || fields.deed() == Some("redact") && !is_sure {
        page.told = Told::fault(message(language, "redact-fault", &[]));
        return Ok(Answer::page(language, page).under(StatusCode::CONFLICT));
    }
    if !is_sure {
        return Ok(Answer::page(language, page));
    }
    match redacting::redact(&desk.pool, &staff.actor, fields.form(), document, &chosen, ground).await {
        Ok(_) => Ok(Answer::found(&paths::path_of(
            paths::REVISIONS,
            language,
            document.number(),
        ))),
        Err(error) => {
            page.told = Told::refused(error, language)?;
            Ok(Answer::page(language, page).under(StatusCode::CONFLICT))
        }
    }
}

async fn redacting(
    desk: &Desk,
    staff: &Staff,
    document: DocumentId,
    fields: &Fields,
    chosen: &[Anchor],
) -> Result<Redact> {
    let mut connection = desk.pool.acquire().await?;
    let mut repeated = Vec::new();
    for anchor in chosen {
        repeated.extend(redaction::repeated(&mut *connection, document, anchor).await?);
    }
    repeated.retain(|(other, anchor)| *other != document || !chosen.contains(anchor));
    let mut others: Vec<DocumentId> = repeated.into_iter().map(|(other, _)| other).collect();
    others.dedup();
    let found = removable::list(&mut *connection, document).await?;
    let named = others.iter().copied().chain([document]);
    let titles = Titles::of(&mut *connection, named, staff.language).await?;
    let (shell, heading) = head(&mut connection, staff, document, &titles, "redact-title").await?;
    Ok(Redact {
        shell,
        heading,
        told: Told::default(),
        passages: found.iter().map(|passage| shown(passage, chosen)).collect(),
        is_chosen: !chosen.is_empty() && fields.deed().is_some(),
        repeated: others.into_iter().map(|other| titles.link(other)).collect(),
        ground: fields.get("ground").to_owned(),
    })
}

fn shown(passage: &Removable, chosen: &[Anchor]) -> Passage {
    let plain = |language: Language| {
        let words = passage.words.get(language).as_deref().unwrap_or_default();
        text::plain(words, language, Register::Prose)
    };
    let revisions: Vec<String> = passage.numbers.iter().map(i32::to_string).collect();
    Passage {
        anchor: passage.anchor.as_str().to_owned(),
        part: part_label(passage.part),
        words: Bilingual {
            fr: plain(Language::French),
            en: plain(Language::English),
        },
        revisions: revisions.join(", "),
        is_chosen: chosen.contains(&passage.anchor),
    }
}
