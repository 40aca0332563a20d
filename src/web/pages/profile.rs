//! The page of a representative.

use askama::Template;

use crate::web::formats::Format;
use crate::web::formats::citation::Citation;
use crate::web::speech::Speaks as _;
use crate::web::view::{Html, Line, Passage, Record, RepresentativeCard, Shell};

/// The profile of a representative.
#[derive(Debug, Template)]
#[template(path = "public/profile.html")]
pub struct Profile {
    /// Head and frame.
    pub shell: Shell,
    /// The name: `h1`.
    pub name: Line,
    /// The function as borne.
    pub function: Line,
    /// The biography in one line.
    pub short: Option<Line>,
    /// Monogram, dates in office, successor (`path` is this page).
    pub card: RepresentativeCard,
    /// The mandate; its first passage may be a heading of its own.
    pub mandate: Vec<Passage>,
    /// The biography.
    pub biography: Vec<Passage>,
    /// The biography in about 50 words, for the press.
    pub medium: Vec<Html>,
    /// How to cite it.
    pub citation: Citation,
    /// Dates and version.
    pub record: Record,
}

impl Profile {
    /// The path of a form of the page.
    fn form(&self, format: Format) -> String {
        format!("{}{}", self.citation.path, format.extension())
    }

    /// Every passage of the page, for the list of links to passages.
    fn listed(&self) -> Vec<&Passage> {
        self.mandate.iter().chain(&self.biography).collect()
    }

    /// Whether the mandate brings its own heading, so that the page adds none.
    fn mandate_has_heading(&self) -> bool {
        self.mandate
            .first()
            .is_some_and(|passage| passage.html.0.as_str().starts_with("<h"))
    }
}
