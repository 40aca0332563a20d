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
    /// What goes its own way to the public beside it: a correction of the text in effect first.
    pub apart: Vec<Draft>,
    /// What was saved beside another, and waits for somebody to say how the two go together.
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
    /// What it is to become.
    pub aim: Aim,
}

/// What a draft is to become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// The next text of the line.
    Line,
    /// The text in effect, while others are drafted or scheduled.
    Correction,
    /// What is scheduled, with a correction that goes out before it.
    Scheduled,
}

/// A revision that waits to be brought together with another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Its number.
    pub number: i32,
    /// The other: the end of the line, or a correction.
    pub onto: i32,
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

impl Draft {
    /// The step that it has taken last.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        self.review.as_ref().map(|taken| taken.step)
    }

    /// Whether this account may not approve it: with four eyes on, who wrote of it waits for somebody else.
    #[must_use]
    pub fn awaits_others(&self, account: AccountId, four_eyes: bool) -> bool {
        four_eyes && self.writers.contains(&account)
    }

    /// Its number, where it is on its way apart from the line.
    #[must_use]
    pub fn apart(&self) -> Option<i32> {
        (self.aim != Aim::Line).then_some(self.number)
    }
}

impl Standing {
    /// The step that the draft has taken last.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        self.draft.as_ref()?.step()
    }

    /// Every draft that is on its way, that of the line first.
    pub fn drafts(&self) -> impl Iterator<Item = &Draft> {
        self.draft.iter().chain(&self.apart)
    }

    /// The correction of the text in effect that is under way.
    #[must_use]
    pub fn correction(&self) -> Option<&Draft> {
        self.apart.iter().find(|draft| draft.aim == Aim::Correction)
    }

    /// The draft that is on its way under this number, or the correction that may have gone on from it; without a number the
    /// draft of the line.
    #[must_use]
    pub fn on_the_way(&self, number: Option<i32>) -> Option<&Draft> {
        let Some(number) = number else {
            return self.draft.as_ref();
        };
        let named = self.drafts().find(|draft| draft.number == number);
        named.or_else(|| self.correction().filter(|correction| correction.number > number))
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
