//! Where the texts of one document stand at a deed's instant, drafts and what is ahead included: for the desk's role alone.

use sqlx::PgConnection;

use crate::error::{Error, Result};
use crate::model::document::{self, Document};
use crate::model::lineage::{self, Lineage};
use crate::model::review::{self, Review, Step};
use crate::model::{DocumentId, Instant, Withdrawn, words};

words! {
    /// Where a text stands on its way.
    State {
        /// It is being written.
        Draft = "draft",
        /// Somebody asked for its approval.
        Submitted = "submitted",
        /// It may go out.
        Approved = "approved",
        /// It goes out at an instant ahead.
        Scheduled = "scheduled",
        /// It is in effect.
        Live = "live",
        /// It was in effect until it was withdrawn.
        Withdrawn = "withdrawn",
        /// It was in effect until it was removed as published in error.
        Removed = "removed",
        /// Another text came after it.
        Past = "past",
    }
}

/// A start or an end that is still ahead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// The release that makes it.
    pub release: i64,
    /// When.
    pub at: Instant,
    /// The revision that starts; none where a text ends without another.
    pub number: Option<i32>,
    /// How the text ends, where it does.
    pub withdrawn: Option<Withdrawn>,
}

/// Where the texts of one document stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// The document.
    pub document: Document,
    /// How its revisions descend from each other.
    pub lineage: Lineage,
    /// The revision in effect.
    pub live: Option<i32>,
    /// Without one: how the last text ended, and which it was.
    pub ended: Option<(Withdrawn, i32)>,
    /// What is ahead, the nearest first.
    pub ahead: Vec<Ahead>,
    /// What was asked and answered about its revisions, in order.
    pub reviews: Vec<Review>,
}

/// Reads where the texts of a document stand.
///
/// # Errors
/// [`Error::NotFound`] where there is no such document.
pub async fn read(connection: &mut PgConnection, document: DocumentId) -> Result<Dossier> {
    let found = document::one(&mut *connection, document)
        .await?
        .ok_or(Error::NotFound)?;
    let texts = sqlx::query!(
        r#"select p.number, p.release_id as release, lower(p.period) as "from!: Instant",
                  lower(p.period) > clock.now as "is_ahead!", p.period @> clock.now as "is_live!"
             from publication p, (select instant() as now offset 0) as clock
            where p.document_id = $1 and p.cancelled_at is null order by lower(p.period)"#,
        document.number(),
    )
    .fetch_all(&mut *connection)
    .await?;
    let ends = sqlx::query!(
        r#"select w.release_id as release, r.at as "at: Instant", w.kind as "kind: Withdrawn",
                  r.at > clock.now as "is_ahead!"
             from withdrawal w join release r on r.id = w.release_id, (select instant() as now offset 0) as clock
            where w.document_id = $1 and w.cancelled_at is null order by r.at"#,
        document.number(),
    )
    .fetch_all(&mut *connection)
    .await?;
    let live = texts.iter().find(|text| text.is_live).map(|text| text.number);
    let last_text = texts.iter().rfind(|text| !text.is_ahead).map(|text| text.number);
    let last_end = ends.iter().rfind(|end| !end.is_ahead).map(|end| end.kind);
    let starts_ahead = texts.iter().filter(|text| text.is_ahead).map(|text| Ahead {
        release: text.release,
        at: text.from,
        number: Some(text.number),
        withdrawn: None,
    });
    let ends_ahead = ends.iter().filter(|end| end.is_ahead).map(|end| Ahead {
        release: end.release,
        at: end.at,
        number: None,
        withdrawn: Some(end.kind),
    });
    let mut ahead: Vec<Ahead> = starts_ahead.chain(ends_ahead).collect();
    ahead.sort_by_key(|change| change.at);
    Ok(Dossier {
        document: found,
        lineage: lineage::read(&mut *connection, document).await?,
        live,
        ended: if live.is_none() { last_end.zip(last_text) } else { None },
        ahead,
        reviews: review::of(connection, document).await?,
    })
}

impl Dossier {
    /// Where a revision stands; none that does not exist.
    #[must_use]
    pub fn state(&self, number: i32) -> Option<State> {
        let node = self.lineage.node(number)?;
        let is_ahead = |change: &Ahead| change.number == Some(number);
        Some(if self.live == Some(number) {
            State::Live
        } else if self.ahead.iter().any(is_ahead) {
            State::Scheduled
        } else if let Some((kind, _)) = self.ended.filter(|(_, last)| *last == number) {
            match kind {
                Withdrawn::Withdrawn => State::Withdrawn,
                Withdrawn::Removed => State::Removed,
            }
        } else if node.is_published || !self.lineage.is_open(number) {
            State::Past
        } else {
            match self.last_review(number).map(|review| review.step) {
                Some(Step::Submitted) => State::Submitted,
                Some(Step::Approved) => State::Approved,
                Some(Step::Returned | Step::TakenBack) | None => State::Draft,
            }
        })
    }

    /// The last step that was taken for a revision.
    #[must_use]
    pub fn last_review(&self, number: i32) -> Option<&Review> {
        self.reviews.iter().rfind(|review| review.number == number)
    }

    /// The text that an editor goes on from: the draft, else what is scheduled last, else the last that was in effect.
    #[must_use]
    pub fn opening(&self) -> Option<i32> {
        let scheduled = self.ahead.iter().rev().find_map(|change| change.number);
        let draft = self.lineage.draft();
        draft.or(scheduled).or(self.settled()).or(self.lineage.tip())
    }

    /// The text in effect, or the last that was.
    #[must_use]
    pub fn settled(&self) -> Option<i32> {
        self.live.or(self.ended.map(|(_, last)| last))
    }

    /// The text that one goes on from where a draft is abandoned: the last scheduled one that it was made from, else the text in
    /// effect or the last that was. None where that may not be: there is no such text, or another draft was made from it.
    #[must_use]
    pub fn left_without(&self, draft: i32) -> Option<i32> {
        if self.lineage.is_contained(draft) {
            return None;
        }
        let scheduled = self.ahead.iter().rev().filter_map(|change| change.number);
        let mut origins = scheduled.filter(|text| self.lineage.descends(draft, *text));
        origins.next().or(self.settled())
    }

    /// What a correction goes on from that was made from a revision: see [`Lineage::corrected`].
    #[must_use]
    pub fn corrected(&self, number: i32) -> Option<i32> {
        self.lineage.corrected(self.live?, number)
    }

    /// Whether bringing two revisions together makes a correction: one goes on with, or is brought up to the text in effect.
    #[must_use]
    pub fn makes_correction(&self, mine: i32, theirs: i32) -> bool {
        self.lineage.is_correction(mine) && self.corrected(theirs).is_some()
    }

    /// Where what was made from a revision has led that is brought together with another.
    #[must_use]
    pub fn successor(&self, mine: i32, theirs: i32) -> i32 {
        let corrects = self.lineage.is_correction(mine) || self.lineage.is_correction(theirs);
        let correction = self.corrected(theirs).filter(|_| corrects);
        correction.unwrap_or_else(|| self.lineage.successor(theirs))
    }

    /// Whether two revisions went together already.
    #[must_use]
    pub fn are_together(&self, mine: i32, theirs: i32) -> bool {
        let lineage = &self.lineage;
        // A scheduled text goes its own way, whatever was drafted on it.
        let is_ahead = self.ahead.iter().any(|change| change.number == Some(mine));
        let wholes = if is_ahead {
            [mine, lineage.form(mine, theirs)]
        } else {
            [lineage.successor(mine), self.successor(mine, theirs)]
        };
        let holds_both = |whole| lineage.descends(whole, mine) && lineage.descends(whole, theirs);
        lineage.descends(theirs, mine) || wholes.into_iter().any(holds_both)
    }

    /// The text in effect just before an instant, by what is planned so far.
    #[must_use]
    pub fn in_effect_before(&self, at: Instant) -> Option<i32> {
        let before = self.ahead.iter().filter(|change| change.at < at);
        let planned = before.filter_map(|change| change.number).next_back();
        planned.or(self.settled())
    }
}
