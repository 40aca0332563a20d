//! The pages that answer what somebody typed: search and quote check.

use askama::Template;

use super::speech::Speaks as _;
use super::view::{Html, Shell};
use crate::i18n::Language;
use crate::text::difference::Span;

/// `/fr/recherche`, `/en/search`
#[derive(Debug, Template)]
#[template(path = "public/search.html")]
pub struct Search {
    /// Head and frame.
    pub shell: Shell,
    /// What was typed.
    pub typed: String,
    /// What is said above the results.
    pub summary: Option<String>,
    /// That not all that was typed counted.
    pub cut: Option<String>,
    /// The results of this page.
    pub hits: Vec<Hit>,
    /// The rank of the first of them.
    pub first: usize,
    /// The page of results before this one.
    pub previous: Option<String>,
    /// The page of results after this one.
    pub next: Option<String>,
    /// The same question in the other language.
    pub elsewhere: Option<Elsewhere>,
}

/// One text that was found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// Its title, what was asked marked.
    pub title: Html,
    /// The passage that holds most of what was asked, marked; none if the title alone holds it.
    pub passage: Option<Html>,
    /// The address of that passage.
    pub path: String,
}

/// What the other language has to offer.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// How many texts were found there, in words of the page's language.
    pub words: String,
    /// The results there.
    pub path: String,
}

/// `/fr/citation`, `/en/quote`
#[derive(Debug, Template)]
#[template(path = "public/quote.html")]
pub struct QuoteCheck {
    /// Head and frame.
    pub shell: Shell,
    /// What was typed.
    pub typed: String,
    /// What is said of it.
    pub verdict: Option<Verdict>,
}

/// What is said of a quotation.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// `current`, `earlier`, `absent` or `refused`.
    pub kind: &'static str,
    /// The same in words.
    pub summary: Html,
    /// The same in bare words, which the title of the page says.
    pub title: String,
    /// The texts that have it.
    pub places: Vec<QuotedText>,
    /// What comes nearest, where none has it.
    pub nearest: Option<Nearest>,
}

impl Verdict {
    /// Why a quotation is not checked.
    #[must_use]
    pub fn refused(summary: &str) -> Self {
        Self {
            kind: "refused",
            summary: Html::from_text(summary),
            title: summary.to_owned(),
            places: Vec::new(),
            nearest: None,
        }
    }
}

/// A text that has a quotation.
#[derive(Debug, Clone)]
pub struct QuotedText {
    /// Its title.
    pub title: Html,
    /// The address of the passage, in the site as it was if the version has ended.
    pub path: String,
    /// The language of the words.
    pub language: Language,
    /// The last version that has them.
    pub version: i64,
    /// Since when, or from when until when, the words stood there.
    pub period: Html,
    /// The passages, what is quoted marked.
    pub passages: Vec<Html>,
    /// What came next.
    pub replacement: Option<Replacement>,
}

/// What came where a passage stood.
#[derive(Debug, Clone)]
pub struct Replacement {
    /// What became of it, where no passage replaced it.
    pub said: Option<String>,
    /// The words that differ in what replaced it.
    pub spans: Vec<Span>,
    /// The differences of the two versions, where there is a next one.
    pub path: Option<String>,
}

/// The passage that comes nearest to a quotation that none has.
#[derive(Debug, Clone)]
pub struct Nearest {
    /// The title of its text.
    pub title: Html,
    /// The address of the passage.
    pub path: String,
    /// The language of its words.
    pub language: Language,
    /// The version that has it.
    pub version: i64,
    /// The quotation, its own words marked.
    pub quoted: Html,
    /// The passage, its own words marked.
    pub published: Html,
    /// The words that differ, in sentences.
    pub said: Vec<String>,
}
