//! What a folder of manuscripts must satisfy before any of it is saved.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::document::Document;
use crate::model::manuscript::Manuscripts;
use crate::model::{DocumentId, Kind, Manuscript};
use crate::text::{self, Links};

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

/// The documents that words link to: those that typesetting them asks for.
fn linked(words: &str) -> Vec<DocumentId> {
    #[derive(Default)]
    struct Asked(RefCell<Vec<DocumentId>>);
    impl Links for Asked {
        fn document(&self, number: i64) -> Option<String> {
            self.0.borrow_mut().push(number.into());
            None
        }
    }
    let asked = Asked::default();
    // In which language they are typeset changes no link.
    let _ = text::block(words, Language::French, &asked, None);
    asked.0.into_inner()
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
