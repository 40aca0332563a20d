//! What stands at a path: the text that a page shows, and that every other form of the page tells as well.

use super::Site;
use super::answer::Answer;
use super::compose::Composition;
use super::folio::Folio;
use super::view::WithdrawnNotice;
use super::{past, public};
use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::{Part, Snapshot, address};

/// What stands at a path.
pub enum Located<'a> {
    /// A text.
    Here(Box<LocatedText<'a>>),
    /// Nothing, or a text that stands at another path.
    Elsewhere(Answer),
}

/// A text at its path.
pub struct LocatedText<'a> {
    /// The page, begun.
    pub page: Composition<'a>,
    /// The text.
    pub folio: Folio,
    /// Why it is no longer in effect.
    pub withdrawn: Option<WithdrawnNotice>,
}

/// Finds the text to which a path belongs, at the snapshot's instant.
///
/// # Errors
/// The database does not answer.
pub async fn locate<'a>(site: &'a Site, mut snapshot: Snapshot, language: Language, path: &str) -> Result<Located<'a>> {
    let Some(document) = address::document(snapshot.connection(), path).await? else {
        let failed = public::failed(site, snapshot, language, Error::NotFound).await?;
        return Ok(Located::Elsewhere(failed));
    };
    let when = snapshot.when;
    let present = past::present(&mut snapshot, document).await?;
    let mut page = Composition::begin(site, snapshot, language).await?;
    page.stands_now(present);
    let Some(folio) = page.folios(&[document], Part::ALL).await?.pop() else {
        let failed = public::failed(site, page.snapshot, language, Error::BeforeRecord).await?;
        return Ok(Located::Elsewhere(failed));
    };
    let asked = address::dated(path, when);
    if let Some(current) = folio.path(language).filter(|current| *current != asked) {
        return Ok(Located::Elsewhere(Answer::Moved(current)));
    }
    let withdrawn = page.withdrawal(&folio).await?;
    Ok(Located::Here(Box::new(LocatedText { page, folio, withdrawn })))
}
