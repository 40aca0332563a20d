//! The addresses that a text needs to go out.

use sqlx::PgConnection;

use crate::error::Result;
use crate::i18n::Language;
use crate::model::address::{self, Place};
use crate::model::document::Document;
use crate::model::{DocumentId, Slug, Text};

/// An address of a document.
pub struct Address<'a> {
    document: DocumentId,
    language: Language,
    slug: Option<&'a Slug>,
    /// Its path.
    pub path: String,
}

/// The addresses of a text in both languages; none where it lacks the slug that its kind needs.
pub fn of<'a>(document: &Document, text: &'a Text) -> Vec<Address<'a>> {
    let address = |language| {
        let slug = text.slug.in_address(language);
        let place = Place::of(document.kind, document.key.as_deref(), slug)?;
        Some(Address {
            document: document.id,
            language,
            slug,
            path: place.path(language),
        })
    };
    Language::ALL.into_iter().filter_map(address).collect()
}

/// Claims an address for its document, unless it has it already.
///
/// # Errors
/// Refused by `address_never_changes_hands` where the path is another document's.
pub async fn claim(connection: &mut PgConnection, address: &Address<'_>) -> Result<()> {
    address::claim(
        connection,
        address.document,
        address.language,
        &address.path,
        address.slug,
    )
    .await
}
