//! How documents stand at the desk: what is in effect, what is drafted, what is still ahead. For the desk's role alone.

mod links;
mod reading;
mod revisions;

use std::collections::BTreeSet;

use sqlx::PgConnection;

use crate::error::Result;
use crate::model::document::Document;
use crate::model::review::Step;
use crate::model::{AccountId, Bilingual, DocumentId, English, Instant, Said, Slug, Withdrawn};

pub use links::leading_to;
pub use revisions::{Saved, revisions};

/// How one document stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub document: Document,
    /// The text in effect, or the last that was.
    pub live: Option<Live>,
    /// How the last text left, where none is in effect.
    pub ended: Option<End>,
    /// What is still ahead, in order.
    pub ahead: Vec<Ahead>,
    /// The draft that everybody works on.
    pub draft: Option<Draft>,
    /// What was saved beside it, and waits for somebody to say how the two go together.
    pub beside: Vec<Beside>,
    /// The newest revision: the draft, what is ahead, or what is in effect.
    pub newest: Newest,
}

/// A text that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Live {
    /// Its revision.
    pub number: i32,
    /// Its rank among those begun, which is what the public calls it.
    pub version: i64,
    /// Since when.
    pub since: Instant,
    /// The release that began it.
    pub release: i64,
    /// Last segments of its addresses.
    pub slug: Bilingual<Option<Slug>>,
    /// What is declared of its English.
    pub english: English,
}

/// The end of a text that none followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// How it left.
    pub kind: Withdrawn,
    /// When.
    pub at: Instant,
    /// Why, for the public.
    pub reason: Bilingual<String>,
}

/// A start or an end that is still ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    /// The release that it belongs to.
    pub release: i64,
    /// When.
    pub at: Instant,
    /// The revision that begins; none where a text leaves.
    pub number: Option<i32>,
}

/// A revision that is not published, and from which none was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its number.
    pub number: i32,
    /// What colleagues call who saved it.
    pub name: String,
    /// When.
    pub saved_at: Instant,
    /// What they remarked.
    pub remark: Option<Said>,
    /// Who wrote of it since the text in effect.
    pub writers: BTreeSet<AccountId>,
    /// The last step of its way to the public.
    pub review: Option<Taken>,
}

/// A revision that waits to be brought together with the line of drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Its number.
    pub number: i32,
    /// The end of the line.
    pub tip: i32,
    /// What colleagues call who saved it.
    pub name: String,
    /// When.
    pub saved_at: Instant,
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub step: Step,
    /// Who took it.
    pub account: AccountId,
    /// What colleagues call them.
    pub name: String,
    /// When.
    pub at: Instant,
    /// What they said.
    pub remark: Option<Said>,
}

/// The newest revision of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Newest {
    /// Its number; 0 where nothing was saved yet.
    pub number: i32,
    /// What is declared of its English.
    pub english: English,
    /// How many of its passages have an English that renders a French that has changed since.
    pub lagging: i64,
}

impl Standing {
    /// The step that the draft has taken last.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        let review = self.draft.as_ref()?.review.as_ref();
        review.map(|taken| taken.step)
    }

    /// Whether a text is in effect.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        self.live.is_some() && self.ended.is_none()
    }
}

/// How every document stands, by number.
///
/// # Errors
/// The database does not answer.
pub async fn all(connection: &mut PgConnection) -> Result<Vec<Standing>> {
    reading::read(connection, None).await
}

/// How one document stands; none where there is no such document.
///
/// # Errors
/// The database does not answer.
pub async fn one(connection: &mut PgConnection, document: DocumentId) -> Result<Option<Standing>> {
    Ok(reading::read(connection, Some(document)).await?.pop())
}
