//! What a folder of manuscripts must satisfy before any of it is saved.

use std::collections::HashMap;

use crate::error::{Error, Result};
use crate::model::document::Document;
use crate::model::manuscript::Manuscripts;
use crate::model::{DocumentId, Kind, Manuscript};
use crate::text::markup::{self, Mark, Target};

/// Refuses members, successors and links that lead to no document, and members and successors of the wrong kind.
pub fn references(manuscripts: &Manuscripts, existing: &HashMap<DocumentId, Document>) -> Result<()> {
    let given = manuscripts.documents.iter().map(|manuscript| &manuscript.document);
    let known: HashMap<DocumentId, Kind> = existing
        .values()
        .chain(given)
        .map(|document| (document.id, document.kind))
        .collect();
    for manuscript in &manuscripts.documents {
        for reference in &manuscript.source.references {
            let found = known.get(&reference.document);
            let Some(found) = found else {
                return Err(nowhere(manuscript, reference.line, reference.document));
            };
            if let Some(wanted) = reference.kind.filter(|wanted| wanted != found) {
                let reason = format!(
                    "document {} is a {}, not a {}",
                    reference.document,
                    found.word(),
                    wanted.word()
                );
                return Err(manuscript.source.refuse(reference.line, reason));
            }
        }
        for (passage, &line) in manuscript.text.passages.iter().zip(&manuscript.source.anchors) {
            let words = [&passage.fr, &passage.en].into_iter().flatten();
            let lost = words
                .flat_map(|words| linked(words))
                .find(|named| !known.contains_key(named));
            if let Some(lost) = lost {
                return Err(nowhere(manuscript, line, lost));
            }
        }
    }
    Ok(())
}

fn nowhere(manuscript: &Manuscript, line: usize, document: DocumentId) -> Error {
    manuscript
        .source
        .refuse(line, format!("there is no document {document}"))
}

/// The documents that words link to.
fn linked(words: &str) -> impl Iterator<Item = DocumentId> {
    markup::marks(words).into_iter().filter_map(|mark| match mark {
        Mark::Link {
            target: Target::Document(number),
            ..
        } => Some(number.into()),
        _ => None,
    })
}

/// Refuses an office that ends after today: it would end by itself, unpublished (design §2).
pub fn offices(manuscripts: &Manuscripts, today: jiff::civil::Date) -> Result<()> {
    for manuscript in &manuscripts.documents {
        let until = manuscript.text.office.and_then(|office| office.until);
        if let (Some(until), Some(line)) = (until, manuscript.source.until)
            && until > today
        {
            let reason = format!("{until} is ahead: the end of an office is published once it has come");
            return Err(manuscript.source.refuse(line, reason));
        }
    }
    Ok(())
}
