//! Deeds on drafts: nothing that anybody wrote is ever overwritten.

mod abandoning;
mod question;
mod writing;

use std::collections::{BTreeMap, HashSet};

use sqlx::PgPool;

use crate::error::{Denied, Error, Result};
use crate::model::document;
use crate::model::dossier::{self, Dossier};
use crate::model::journal::{Deed, FormId, Subject};
use crate::model::lineage::Node;
use crate::model::revision::{self, Origin};
use crate::model::{Anchor, Bilingual, DocumentId, English, Kind, Part, Slug, Text, autosave};
use crate::text::merge::{Answer, Conflict};
use crate::workflow::deed::{Actor, Done, Work, begin};
use crate::workflow::transitions;

pub use abandoning::abandon;
pub use question::{Question, question};
pub use writing::{Translation, Typed, Writing};

/// A document that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Created {
    /// Its permanent number.
    pub document: DocumentId,
    /// Its first revision.
    pub number: i32,
}

/// What became of a text that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It says what its base says: nothing was saved.
    Unchanged {
        /// That base.
        number: i32,
    },
    /// It goes on from its base.
    Forward {
        /// The new revision.
        number: i32,
    },
    /// It was saved on its base and brought together with what others had made of it.
    Merged {
        /// The revision that says both.
        number: i32,
        /// The one that says what was saved.
        mine: i32,
        /// The one that says what others had saved.
        theirs: i32,
    },
    /// It was saved on its base, beside what others had made of it: a person must say how they go together.
    Asked(Box<Question>),
}

impl Saved {
    /// The revision that now says what was saved.
    #[must_use]
    pub fn number(&self) -> i32 {
        match self {
            Self::Unchanged { number } | Self::Forward { number } | Self::Merged { number, .. } => *number,
            Self::Asked(question) => question.mine,
        }
    }
}

/// What a new document begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// A mandate, a representative or a page.
    pub kind: Kind,
    /// Its title; a representative's is the name.
    pub title: Bilingual<String>,
    /// Last segments of its addresses.
    pub slug: Bilingual<Option<Slug>>,
    /// What is declared of its English.
    pub english: English,
}

/// Makes a document, with its number, the anchor of its title, and a first draft.
///
/// # Errors
/// [`Denied::Kind`] for a kind that the program knows by name; the database refuses a slug that the site reserves.
pub async fn create(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    beginning: &Beginning,
) -> Result<Done<Created>> {
    transitions::check_role(Deed::Create, actor.role)?;
    if !matches!(beginning.kind, Kind::Mandate | Kind::Representative | Kind::Page) {
        return Err(Error::Denied(Denied::Kind));
    }
    let mut work = begin!(desk, actor, form);
    let document = document::create(work.connection(), beginning.kind).await?;
    let writing = Writing {
        slug: beginning.slug.clone(),
        english: beginning.english,
        passages: vec![Typed {
            part: Part::Title,
            anchor: None,
            fr: beginning.title.fr.clone(),
            en: beginning.title.en.clone(),
            translation: Translation::AsEdited,
        }],
        members: Vec::new(),
        office: (beginning.kind == Kind::Representative).then(Default::default),
        remark: None,
    };
    let nothing = Text {
        slug: Bilingual::default(),
        english: beginning.english,
        passages: Vec::new(),
        members: Vec::new(),
        office: None,
    };
    let fresh = revision::draw_anchors(work.connection(), 1).await?;
    let text = writing.text(&nothing, &HashSet::new(), fresh.into_iter(), 1)?;
    let origin = Origin {
        parent: None,
        merged_parent: None,
        is_correction: false,
        abandons: None,
        author: actor.account,
        remark: None,
    };
    revision::insert(work.connection(), document, 1, origin, &text).await?;
    work.end(Deed::Create, &about(document, 1)).await?;
    Ok(Done::Now(Created { document, number: 1 }))
}

/// Saves what somebody wrote on a base. Where others have gone on from it meanwhile, it is saved beside what they made and
/// brought together with it; what cannot be is asked. `beside` corrects the text in effect without what is drafted or
/// scheduled, and goes on with the correction that is under way; where that text is in effect no more, it is saved like all
/// else. What the person was typing is forgotten: it is saved.
///
/// # Errors
/// [`Denied`] as the table says; the database refuses by name what a draft may not hold.
pub async fn save(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    document: DocumentId,
    base: i32,
    writing: &Writing,
    beside: bool,
) -> Result<Done<Saved>> {
    let mut work = begin!(desk, actor, form);
    let mut dossier = open(&mut work, document, Deed::Save, base).await?;
    let before = revision::read(work.connection(), document, base).await?;
    let known = revision::anchors(work.connection(), document).await?;
    let missing = i32::try_from(writing.unnamed(&known)).map_err(|_| Error::Denied(Denied::TooLong))?;
    let fresh = revision::draw_anchors(work.connection(), missing).await?;
    let number = dossier.lineage.next();
    let text = writing.text(&before, &known, fresh.into_iter(), number)?;
    autosave::forget(work.connection(), actor.account, document, beside).await?;
    if text == before {
        work.end(Deed::Save, &about(document, base)).await?;
        return Ok(Done::Now(Saved::Unchanged { number: base }));
    }
    let remark = writing
        .remark
        .as_deref()
        .map(str::trim)
        .filter(|remark| !remark.is_empty());
    let saved = add(&mut work, &mut dossier, base, &text, remark, beside).await?;
    work.end(Deed::Save, &about(document, saved.number())).await?;
    Ok(Done::Now(saved))
}

/// Saves an old revision's text as a new one on a base.
///
/// # Errors
/// As [`save`]; [`Error::NotFound`] where there is no such revision.
pub async fn restore(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    document: DocumentId,
    base: i32,
    number: i32,
) -> Result<Done<Saved>> {
    let mut work = begin!(desk, actor, form);
    let mut dossier = open(&mut work, document, Deed::Restore, base).await?;
    if dossier.lineage.node(number).is_none() {
        return Err(Error::NotFound);
    }
    let text = revision::read(work.connection(), document, number).await?;
    let saved = add(&mut work, &mut dossier, base, &text, None, false).await?;
    work.end(Deed::Restore, &about(document, saved.number())).await?;
    Ok(Done::Now(saved))
}

/// Says of these passages that their English needs no change beside the French of the base.
///
/// # Errors
/// As [`save`].
pub async fn level(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    document: DocumentId,
    base: i32,
    anchors: &[Anchor],
) -> Result<Done<Saved>> {
    let mut work = begin!(desk, actor, form);
    let mut dossier = open(&mut work, document, Deed::Level, base).await?;
    let mut text = revision::read(work.connection(), document, base).await?;
    let number = dossier.lineage.next();
    for passage in &mut text.passages {
        if anchors.contains(&passage.anchor) && passage.en.is_some() {
            passage.en_basis = Some(number);
        }
    }
    let saved = add(&mut work, &mut dossier, base, &text, None, false).await?;
    work.end(Deed::Level, &about(document, saved.number())).await?;
    Ok(Done::Now(saved))
}

/// Brings two revisions together, by the answers to what both changed differently, each under its name. Where others have
/// gone on from theirs or from a draft meanwhile, that is brought in too. What is not answered is asked, and nothing is saved.
///
/// # Errors
/// [`Denied::State`] where they are together already.
pub async fn bring_together(
    desk: &PgPool,
    actor: &Actor,
    form: Option<FormId>,
    document: DocumentId,
    mine: i32,
    theirs: i32,
    answers: &BTreeMap<String, Answer>,
) -> Result<Done<Saved>> {
    let mut work = begin!(desk, actor, form);
    let mut dossier = open(&mut work, document, Deed::Merge, mine).await?;
    if dossier.lineage.node(theirs).is_none() || dossier.are_together(mine, theirs) {
        return Err(Error::Denied(Denied::State));
    }
    let is_correction = dossier.makes_correction(mine, theirs);
    let before = dossier.lineage.node(mine);
    let is_draft = before.is_some_and(|node| !node.is_published && !node.is_correction);
    let gone_on = is_draft.then(|| dossier.lineage.successor(mine));
    let mut saved = join(&mut work, &mut dossier, [mine, theirs], is_correction, answers).await?;
    if matches!(saved, Saved::Asked(_)) {
        return Ok(Done::Now(saved));
    }
    for newer in [Some(dossier.successor(mine, theirs)), gone_on].into_iter().flatten() {
        let (lineage, number) = (&dossier.lineage, saved.number());
        let is_new = !lineage.descends(number, newer) && !lineage.descends(newer, number);
        if is_new && !matches!(saved, Saved::Asked(_)) {
            let none = BTreeMap::new();
            saved = join(&mut work, &mut dossier, [number, newer], is_correction, &none).await?;
        }
    }
    work.end(Deed::Merge, &about(document, saved.number())).await?;
    Ok(Done::Now(saved))
}

/// Holds a document, and checks that the revision that a deed goes on from allows it.
async fn open(work: &mut Work, document: DocumentId, deed: Deed, base: i32) -> Result<Dossier> {
    work.hold(&[document]).await?;
    let dossier = dossier::read(work.connection(), document).await?;
    let state = dossier.state(base).ok_or(Error::NotFound)?;
    transitions::check(deed, state, work.actor.role, false)?;
    Ok(dossier)
}

/// Adds a text on its base, and brings it together with where that base has led.
async fn add(
    work: &mut Work,
    dossier: &mut Dossier,
    base: i32,
    text: &Text,
    remark: Option<&str>,
    beside: bool,
) -> Result<Saved> {
    let corrected = if beside { dossier.corrected(base) } else { None };
    let is_correction = corrected.is_some();
    // What nobody has gone on from is gone on from, wherever it stands; an ordinary form makes no correction.
    let is_free = dossier.lineage.is_open(base) && !dossier.lineage.is_correction(base);
    let successor = || if is_free { base } else { dossier.lineage.successor(base) };
    let theirs = corrected.unwrap_or_else(successor);
    let origin = Origin {
        parent: Some(base),
        merged_parent: None,
        is_correction,
        abandons: None,
        author: work.actor.account,
        remark,
    };
    let number = insert(work, dossier, origin, text).await?;
    if theirs == base {
        Ok(Saved::Forward { number })
    } else {
        join(work, dossier, [number, theirs], is_correction, &BTreeMap::new()).await
    }
}

/// Brings two revisions together as a new one, or asks.
async fn join(
    work: &mut Work,
    dossier: &mut Dossier,
    [mine, theirs]: [i32; 2],
    is_correction: bool,
    answers: &BTreeMap<String, Answer>,
) -> Result<Saved> {
    let document = dossier.document.id;
    let asked = question(work.connection(), document, &dossier.lineage, [mine, theirs]).await?;
    let answer = |conflict: &Conflict| answers.get(&conflict.name()).cloned();
    let Ok(text) = asked.merge.settle(answer, dossier.lineage.next()) else {
        return Ok(Saved::Asked(Box::new(asked)));
    };
    let origin = Origin {
        parent: Some(mine),
        merged_parent: Some(theirs),
        is_correction,
        abandons: None,
        author: work.actor.account,
        remark: None,
    };
    let number = insert(work, dossier, origin, &text).await?;
    Ok(Saved::Merged { number, mine, theirs })
}

/// Adds the next revision of a document.
async fn insert(work: &mut Work, dossier: &mut Dossier, origin: Origin<'_>, text: &Text) -> Result<i32> {
    let number = dossier.lineage.next();
    revision::insert(work.connection(), dossier.document.id, number, origin, text).await?;
    let node = Node {
        parent: origin.parent,
        merged_parent: origin.merged_parent,
        author: origin.author,
        is_published: false,
        is_correction: origin.is_correction,
        abandons: origin.abandons,
    };
    dossier.lineage.add(number, node);
    Ok(number)
}

/// A line of the journal about one revision.
fn about(document: DocumentId, number: i32) -> Subject {
    Subject {
        document: Some(document),
        number: Some(number),
        ..Subject::default()
    }
}
