//! The permanent short links, which name a document by its number whatever its address becomes.

use super::split;
use crate::i18n::Language;
use crate::model::DocumentId;

/// The permanent short link of a document.
#[must_use]
pub fn short_link(document: DocumentId) -> String {
    format!("/d/{document}")
}

/// The permanent short link of a document for readers of a language: `/d/5`, or `/en/d/5` for English (Q11: French is
/// where no choice leads).
#[must_use]
pub fn short_link_in(document: DocumentId, language: Language) -> String {
    let short = short_link(document);
    match language {
        Language::French => short,
        Language::English => format!("/{}{short}", language.segment()),
    }
}

/// The documents that a text links to by their permanent short links.
pub fn short_links(words: &str) -> impl Iterator<Item = DocumentId> {
    words.split("/d/").skip(1).filter_map(|after| {
        let end = after
            .find(|character: char| !character.is_ascii_digit())
            .unwrap_or(after.len());
        after[..end].parse::<i64>().ok().map(DocumentId::from)
    })
}

/// Reads what [`short_link_in`] writes, and no other spelling of the number.
pub(super) fn parse(path: &str) -> Option<(Language, DocumentId)> {
    let (language, short) = match split(path) {
        Some((Language::English, rest)) => (Language::English, rest.strip_prefix("d/")?),
        Some((Language::French, _)) => return None,
        None => (Language::French, path.strip_prefix("/d/")?),
    };
    let document = DocumentId::from(short.parse::<i64>().ok()?);
    (document.to_string() == short).then_some((language, document))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_link_to_documents_by_number() {
        let linked: Vec<i64> = short_links("[a](/d/18) et [b](/d/7#abcde), mais ni /d/x ni /d/")
            .map(DocumentId::number)
            .collect();
        assert_eq!(linked, [18, 7]);
    }

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        for language in Language::ALL {
            let document = DocumentId::from(5);
            assert_eq!(parse(&short_link_in(document, language)), Some((language, document)));
        }
        for unknown in ["/fr/d/5", "/d/05", "/d/+5", "/d/x", "/d/", "/d", "/d/5/6", "/en/d/05"] {
            assert_eq!(parse(unknown), None, "{unknown}");
        }
    }
}
