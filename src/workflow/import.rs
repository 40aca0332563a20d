//! Publishes a directory of manuscripts as one release of what differs from the live texts.

use std::collections::{HashMap, HashSet};

use sqlx::{PgConnection, PgPool};

use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::address::{self, Place};
use crate::model::document::{self, Document};
use crate::model::manuscript::Manuscripts;
use crate::model::publication::{self, Standing, Start};
use crate::model::{DocumentId, Manuscript, Passage, Text, revision};

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    /// Nothing differed from the live texts.
    Nothing,
    /// One release, which changed these documents.
    Release {
        /// The documents, by number.
        documents: Vec<DocumentId>,
    },
}

/// Whether an import may meet documents that are there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Into {
    /// Only an empty database; anything else is left alone without an error.
    EmptyDatabase,
    /// Whatever is there: documents are matched by number.
    AnyDatabase,
}

/// Imports the manuscripts, all together or not at all.
///
/// # Errors
/// [`Error::Import`] with file, line and reason where a number, an anchor or an address clashes, where a named document
/// does not exist, or where a draft or a scheduled text is newer than the live one. Nothing is changed then.
pub async fn import(desk: &PgPool, manuscripts: &Manuscripts, into: Into) -> Result<Imported> {
    let mut transaction = desk.begin().await?;
    publication::hold_deeds(&mut *transaction).await?;
    let existing: HashMap<DocumentId, Document> = document::all(&mut *transaction)
        .await?
        .into_iter()
        .map(|document| (document.id, document))
        .collect();
    if into == Into::EmptyDatabase && !existing.is_empty() {
        return Ok(Imported::Nothing);
    }
    refuse_unknown_references(manuscripts, &existing)?;
    for manuscript in &manuscripts.documents {
        admit(&mut transaction, manuscript, existing.get(&manuscript.document.id)).await?;
    }
    let author = importer(&mut transaction).await?;
    let mut starts = Vec::new();
    for manuscript in &manuscripts.documents {
        if let Some(number) = save(&mut transaction, manuscript, author).await? {
            starts.push(Start {
                document: manuscript.document.id,
                number,
            });
        }
    }
    if starts.is_empty() {
        return Ok(Imported::Nothing);
    }
    let touched: Vec<DocumentId> = starts.iter().map(|start| start.document).collect();
    let at = publication::take_instant(&mut *transaction, &touched).await?;
    publication::start(
        &mut transaction,
        at,
        author,
        &starts,
        manuscripts.note.as_ref(),
        manuscripts.minor,
    )
    .await
    .map_err(|error| match error {
        Error::Refused(refusal) if refusal.constraint.starts_with("publication_note") => {
            manuscripts.refuse_note(refusal.to_string())
        }
        other => other,
    })?;
    transaction.commit().await?;
    Ok(Imported::Release {
        documents: starts.into_iter().map(|start| start.document).collect(),
    })
}

/// The account in whose name imports are done.
async fn importer(connection: &mut PgConnection) -> Result<i64> {
    Ok(
        sqlx::query_scalar!("select id from account where program and name = 'importer'")
            .fetch_one(connection)
            .await?,
    )
}

fn refuse_unknown_references(manuscripts: &Manuscripts, existing: &HashMap<DocumentId, Document>) -> Result<()> {
    let given: HashSet<DocumentId> = manuscripts
        .documents
        .iter()
        .map(|manuscript| manuscript.document.id)
        .collect();
    for manuscript in &manuscripts.documents {
        for (named, line) in &manuscript.source.references {
            if !given.contains(named) && !existing.contains_key(named) {
                return Err(manuscript.source.refuse(*line, format!("there is no document {named}")));
            }
        }
    }
    Ok(())
}

/// Adds the document, or checks that it is the one that its number names.
async fn admit(connection: &mut PgConnection, manuscript: &Manuscript, existing: Option<&Document>) -> Result<()> {
    let line = manuscript.source.number;
    match existing {
        None => document::insert(connection, &manuscript.document)
            .await
            .map_err(|error| explain(error, |detail| manuscript.source.refuse(line, detail))),
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

/// Saves the text as a new revision if it differs from the live one, and claims its addresses.
async fn save(connection: &mut PgConnection, manuscript: &Manuscript, author: i64) -> Result<Option<i32>> {
    let id = manuscript.document.id;
    let standing = publication::standing(&mut *connection, id).await?;
    if let Some(reason) = what_is_newer(standing) {
        return Err(manuscript
            .source
            .refuse(manuscript.source.number, format!("document {id} has {reason}")));
    }
    let live = match standing.live {
        Some(number) => Some((number, revision::read(&mut *connection, id, number).await?)),
        None => None,
    };
    if let Some((_, live)) = &live {
        refuse_what_was_redacted(manuscript, live)?;
    }
    let number = standing.newest.map_or(1, |newest| newest + 1);
    let text = with_bases(&manuscript.text, live.as_ref().map(|(_, text)| text), number);
    if live.as_ref().is_some_and(|(_, live)| says_the_same(live, &text)) {
        return Ok(None);
    }
    revision::insert(
        &mut *connection,
        id,
        number,
        live.map(|(number, _)| number),
        author,
        &text,
    )
    .await
    .map_err(|error| explain(error, |detail| refuse_text(manuscript, &detail)))?;
    for language in Language::ALL {
        let slug = match language {
            Language::French => text.slug.fr.as_ref(),
            Language::English => text.slug.en.as_ref().or(text.slug.fr.as_ref()),
        };
        if let Some(place) = Place::of(manuscript.document.kind, manuscript.document.key.as_deref(), slug) {
            let path = place.path(language);
            let taken = |_| {
                manuscript
                    .source
                    .refuse(manuscript.source.slug, format!("{path} is another document's"))
            };
            address::claim(&mut *connection, id, language, &path, slug)
                .await
                .map_err(|error| explain(error, taken))?;
        }
    }
    Ok(Some(number))
}

/// Why this document may not be imported over, if it may not.
fn what_is_newer(standing: Standing) -> Option<&'static str> {
    if standing.scheduled {
        Some("a scheduled text, which an import would undo")
    } else if standing.withdrawn {
        Some("been withdrawn; restore it first")
    } else if standing.newest != standing.live {
        Some("a draft that is newer than the live text")
    } else {
        None
    }
}

/// Words that the law removed do not come back through a file that still has them.
fn refuse_what_was_redacted(manuscript: &Manuscript, live: &Text) -> Result<()> {
    let redacted = |anchor: &str| {
        let mut passages = live.passages.iter();
        passages.any(|passage| passage.anchor.as_str() == anchor && passage.fr.is_none())
    };
    for (passage, &line) in manuscript.text.passages.iter().zip(&manuscript.source.anchors) {
        let anchor = passage.anchor.as_str();
        if redacted(anchor) {
            let reason = format!("the words of `{anchor}` were removed by law; a new text takes a new anchor");
            return Err(manuscript.source.refuse(line, reason));
        }
    }
    Ok(())
}

/// The text with, for each English, the revision whose French it renders: an English that did not change keeps the
/// basis that it had, so that it lags where the French moved.
fn with_bases(text: &Text, live: Option<&Text>, number: i32) -> Text {
    let before: HashMap<&str, &Passage> = live
        .iter()
        .flat_map(|live| &live.passages)
        .map(|passage| (passage.anchor.as_str(), passage))
        .collect();
    let basis = |passage: &Passage| {
        passage.en.as_ref()?;
        let kept = before
            .get(passage.anchor.as_str())
            .filter(|before| before.en == passage.en);
        kept.and_then(|before| before.en_basis).or(Some(number))
    };
    let passages = text
        .passages
        .iter()
        .map(|passage| Passage {
            en_basis: basis(passage),
            ..passage.clone()
        })
        .collect();
    Text {
        passages,
        ..text.clone()
    }
}

/// Whether two texts say the same to readers: bases apart.
fn says_the_same(one: &Text, other: &Text) -> bool {
    let bare = |text: &Text| {
        let passages = text
            .passages
            .iter()
            .map(|passage| Passage {
                en_basis: None,
                ..passage.clone()
            })
            .collect();
        Text {
            passages,
            ..text.clone()
        }
    };
    bare(one) == bare(other)
}

/// Turns a refusal of the database into that of a file; other errors stay what they are.
fn explain(error: Error, refuse: impl FnOnce(String) -> Error) -> Error {
    match error {
        Error::Refused(refusal) => refuse(refusal.to_string()),
        other => other,
    }
}

/// Places a refusal of a revision on the line that it is about.
fn refuse_text(manuscript: &Manuscript, detail: &str) -> Error {
    let source = &manuscript.source;
    if detail.contains("passage_anchor") {
        let named = |(passage, line): (&Passage, &usize)| {
            let anchor = passage.anchor.as_str();
            detail
                .contains(&format!(", {anchor})"))
                .then(|| (anchor.to_owned(), *line))
        };
        if let Some((anchor, line)) = manuscript.text.passages.iter().zip(&source.anchors).find_map(named) {
            return source.refuse(line, format!("anchor `{anchor}` is another document's"));
        }
    }
    let line = if detail.contains("slug") {
        source.slug
    } else {
        source.number
    };
    source.refuse(line, detail)
}
