//! Publishes a directory of manuscripts as one release of what differs from the live texts.

mod checks;
mod losses;
mod saved;

use std::collections::HashMap;

use sqlx::{PgConnection, PgPool};

use crate::error::{Error, Refusal, Result};
use crate::model::document::{self, Document};
use crate::model::journal::{self, Deed, Subject};
use crate::model::lineage::{self, Lineage};
use crate::model::manuscript::Manuscripts;
use crate::model::publication::{self, Latest};
use crate::model::release::plan::{self, Plan, Start};
use crate::model::revision::{self, Origin};
use crate::model::{AccountId, DocumentId, Manuscript, Passage, Text, account, instant, redaction};
use crate::workflow::addresses;

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    /// Nothing differed from the live texts.
    Nothing,
    /// One release, which changed these documents.
    Release {
        /// The documents, by number.
        documents: Vec<DocumentId>,
        /// What it took away, in sentences: passages, members, words newer than the files.
        losses: Vec<String>,
    },
}

/// Whether an import may meet documents that are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Only an empty database; anything else is left alone without an error.
    EmptyDatabase,
    /// Whatever is there: documents are matched by number.
    AnyDatabase,
}

/// Imports the manuscripts, all together or not at all.
///
/// # Errors
/// [`Error::Import`] with file, line and reason where a number, an anchor or an address clashes, where a named document
/// does not exist or is of another kind, where an office ends in the future, where words that stay change their anchor,
/// where words that the law removed would come back, where the note is that of the first release, or where a draft or a
/// scheduled text is newer than the live one. Nothing is changed then.
pub async fn import(desk: &PgPool, manuscripts: &Manuscripts, target: Target) -> Result<Imported> {
    let mut transaction = desk.begin().await?;
    publication::hold_deeds(&mut *transaction).await?;
    let existing: HashMap<DocumentId, Document> = document::all(&mut *transaction)
        .await?
        .into_iter()
        .map(|document| (document.id, document))
        .collect();
    if target == Target::EmptyDatabase && !existing.is_empty() {
        return Ok(Imported::Nothing);
    }
    let today = crate::i18n::local_day(instant::now(&mut *transaction).await?.timestamp());
    checks::references(manuscripts, &existing)?;
    checks::offices(manuscripts, today)?;
    for manuscript in &manuscripts.documents {
        admit(&mut transaction, manuscript, existing.get(&manuscript.document.id)).await?;
    }
    let author = account::importer(&mut *transaction).await?;
    let (mut starts, mut losses) = (Vec::new(), Vec::new());
    for manuscript in &manuscripts.documents {
        if let Some((number, lost)) = save(&mut transaction, manuscript, author).await? {
            losses.extend(lost);
            starts.push(Start {
                document: manuscript.document.id,
                number,
                note: manuscripts.note.clone(),
                minor: manuscripts.minor,
            });
        }
    }
    if starts.is_empty() {
        return Ok(Imported::Nothing);
    }
    if manuscripts.note.is_some() && publication::first_note(&mut *transaction).await? == manuscripts.note {
        let reason = "this is the note of the first release; say what this one changes";
        return Err(manuscripts.refuse_note(reason.to_owned()));
    }
    let documents = release(&mut transaction, manuscripts, author, starts).await?;
    transaction.commit().await?;
    Ok(Imported::Release { documents, losses })
}

/// Publishes what was saved, all at one instant; tells which documents.
async fn release(
    connection: &mut PgConnection,
    manuscripts: &Manuscripts,
    author: AccountId,
    starts: Vec<Start>,
) -> Result<Vec<DocumentId>> {
    let touched: Vec<DocumentId> = starts.iter().map(|start| start.document).collect();
    let at = publication::take_instant(&mut *connection, &touched).await?;
    let plan = Plan { starts, ..Plan::at(at) };
    let made = plan::make(&mut *connection, at, author, &plan).await;
    let release = made.map_err(|error| match error {
        Error::Refused(refusal) if refusal.constraint.starts_with("publication_note") => {
            manuscripts.refuse_note(refusal.to_string())
        }
        other => other,
    })?;
    let subject = Subject {
        release: Some(release),
        ..Subject::default()
    };
    journal::write(connection, author, Deed::Import, &subject, None).await?;
    Ok(plan.documents())
}

/// Adds the document, or checks that it is the one that its number names.
async fn admit(connection: &mut PgConnection, manuscript: &Manuscript, existing: Option<&Document>) -> Result<()> {
    let line = manuscript.source.number;
    match existing {
        None => document::insert(connection, &manuscript.document)
            .await
            .map_err(|error| explain(error, |refusal| manuscript.source.refuse(line, refusal.to_string()))),
        Some(existing) if *existing == manuscript.document => Ok(()),
        Some(existing) => {
            let key = existing
                .key
                .as_deref()
                .map_or(String::new(), |key| format!(" with key `{key}`"));
            let reason = format!(
                "document {} is a {}{key}, not what this file says",
                existing.id,
                existing.kind.word()
            );
            Err(manuscript.source.refuse(line, reason))
        }
    }
}

/// Saves the text as a new revision if it differs from the live one, and claims its addresses; tells what is lost by it.
async fn save(
    connection: &mut PgConnection,
    manuscript: &Manuscript,
    author: AccountId,
) -> Result<Option<(i32, Vec<String>)>> {
    let id = manuscript.document.id;
    let latest = publication::latest(&mut *connection, id).await?;
    let lineage = lineage::read(&mut *connection, id).await?;
    if let Some(reason) = what_is_newer(latest, &lineage) {
        return Err(manuscript
            .source
            .refuse(manuscript.source.number, format!("document {id} has {reason}")));
    }
    let live = match latest.live {
        Some(number) => Some((number, revision::read(&mut *connection, id, number).await?)),
        None => None,
    };
    let removed = redaction::anchors(&mut *connection, id).await?;
    let number = latest.newest.map_or(1, |newest| newest + 1);
    let text = saved::text(manuscript, live.as_ref().map(|(_, text)| text), &removed, number)?;
    if live.as_ref().is_some_and(|(_, live)| live.says_the_same(&text)) {
        return Ok(None);
    }
    let losses = match &live {
        Some((_, live)) => losses::told(&mut *connection, id, live, &text).await?,
        None => Vec::new(),
    };
    let origin = Origin {
        parent: live.map(|(number, _)| number),
        merged_parent: None,
        is_correction: false,
        abandons: None,
        author,
        remark: None,
    };
    revision::insert(&mut *connection, id, number, origin, &text)
        .await
        .map_err(|error| explain(error, |refusal| refuse_text(manuscript, &refusal)))?;
    claim_addresses(connection, manuscript, &text).await?;
    Ok(Some((number, losses)))
}

/// Claims the addresses of a text in both languages.
async fn claim_addresses(connection: &mut PgConnection, manuscript: &Manuscript, text: &Text) -> Result<()> {
    for address in addresses::of(&manuscript.document, text) {
        let refuse = |refusal: Refusal| {
            let reason = match refusal.constraint.as_str() {
                "address_never_changes_hands" => format!("{} is another document's", address.path),
                _ => refusal.to_string(),
            };
            manuscript.source.refuse(manuscript.source.slug, reason)
        };
        addresses::claim(connection, &address)
            .await
            .map_err(|error| explain(error, refuse))?;
    }
    Ok(())
}

/// Why this document may not be imported over, if it may not.
fn what_is_newer(latest: Latest, lineage: &Lineage) -> Option<&'static str> {
    if latest.scheduled {
        Some("a scheduled text, which an import would undo")
    } else if latest.withdrawn {
        Some("been withdrawn; restore it first")
    } else if lineage.draft().is_some() || !lineage.beside().is_empty() {
        Some("a draft that is newer than the live text")
    } else {
        None
    }
}

/// Turns a refusal of the database into that of a file; other errors stay what they are.
fn explain(error: Error, refuse: impl FnOnce(Refusal) -> Error) -> Error {
    match error {
        Error::Refused(refusal) => refuse(refusal),
        other => other,
    }
}

/// Places a refusal of a revision on the line that it is about.
fn refuse_text(manuscript: &Manuscript, refusal: &Refusal) -> Error {
    let source = &manuscript.source;
    if refusal.constraint == "passage_anchor" {
        // The detail ends with the key that was looked for: document, anchor.
        let named = |(passage, line): (&Passage, &usize)| {
            let anchor = passage.anchor.as_str();
            let is_named = refusal.detail.contains(&format!(", {anchor})"));
            is_named.then(|| (anchor.to_owned(), *line))
        };
        if let Some((anchor, line)) = manuscript.text.passages.iter().zip(&source.anchors).find_map(named) {
            return source.refuse(line, format!("anchor `{anchor}` is another document's"));
        }
    }
    let line = if refusal.constraint.starts_with("revision_slug") {
        source.slug
    } else {
        source.number
    };
    source.refuse(line, refusal.to_string())
}
