//! What the desk's pages are put together from: plain values, already in the language of the page.

use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::web::view::{Html, Link};

/// A word that tells a state, on a ground of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The word.
    pub word: String,
    /// The class of its ground.
    pub tone: Tone,
}

/// The grounds of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something is under way.
    Draft,
    /// It is public.
    Live,
    /// Something is to come, or to know.
    Info,
    /// It is over, or was never.
    Quiet,
}

impl Tone {
    /// The name of its class in the stylesheet.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Live => "live",
            Self::Info => "info",
            Self::Quiet => "quiet",
        }
    }
}

/// A text in a list, with what there is to say of it and to do about it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its place in the list that it belongs to.
    pub rank: Option<usize>,
    /// Its title, and where to read on.
    pub link: Link,
    /// What state it is in.
    pub tags: Vec<Tag>,
    /// What there is to know, a sentence each.
    pub told: Vec<Html>,
    /// What a colleague remarked.
    pub remark: Option<String>,
    /// What there is to do.
    pub actions: Vec<Link>,
}

impl Entry {
    /// An entry with nothing but its title.
    #[must_use]
    pub const fn new(link: Link) -> Self {
        Self {
            rank: None,
            link,
            tags: Vec::new(),
            told: Vec::new(),
            remark: None,
            actions: Vec::new(),
        }
    }
}

/// A list of texts under a heading.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its anchor on the page.
    pub id: &'static str,
    /// The key of its heading.
    pub heading: &'static str,
    /// The key of what it says when there is nothing in it.
    pub empty: &'static str,
    /// What is in it.
    pub entries: Vec<Entry>,
}

/// A fact under its name.
#[derive(Debug, Clone)]
pub struct Fact {
    /// The key of its name.
    pub label: &'static str,
    /// What there is to know.
    pub value: Html,
    /// Where that is.
    pub path: Option<String>,
}

impl Fact {
    /// A fact that leads nowhere.
    #[must_use]
    pub const fn new(label: &'static str, value: Html) -> Self {
        Self {
            label,
            value,
            path: None,
        }
    }
}

/// A few facts under a heading.
#[derive(Debug, Clone)]
pub struct Panel {
    /// Its anchor on the page.
    pub id: String,
    /// Its heading.
    pub heading: Html,
    /// What state it tells of.
    pub tags: Vec<Tag>,
    /// The facts.
    pub facts: Vec<Fact>,
    /// Where to read on.
    pub links: Vec<Link>,
}

/// The head of a page about one thing.
#[derive(Debug, Clone)]
pub struct Heading {
    /// The way to it.
    pub trail: Vec<Link>,
    /// What it is called.
    pub title: Html,
    /// What state it is in.
    pub tags: Vec<Tag>,
}

/// What came of what was asked.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// What was done.
    pub done: Option<String>,
    /// Why something was not.
    pub faults: Vec<String>,
}

impl Told {
    /// It was done.
    #[must_use]
    pub const fn done(words: String) -> Self {
        Self {
            done: Some(words),
            faults: Vec::new(),
        }
    }

    /// Something was not done, for a reason.
    #[must_use]
    pub fn fault(reason: String) -> Self {
        Self {
            done: None,
            faults: vec![reason],
        }
    }

    /// Why a deed was not done, for whoever asked for it.
    ///
    /// # Errors
    /// What failed was no refusal.
    pub fn refused(error: Error, language: Language) -> Result<Self> {
        error.told(language).map(Self::fault).ok_or(error)
    }
}
