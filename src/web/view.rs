//! What the templates show: plain values, already in the page's language, already typeset.
//!
//! Handlers build these; templates only place them. A [`Html`] is safe by construction, a `String` is escaped.

use std::fmt;
use std::sync::Arc;

use askama::filters::{HtmlSafe, Safe};

use crate::i18n::Language;
use crate::model::Withdrawn;
use crate::model::address::Place;
use crate::model::document::key;
use crate::text;
use crate::web::draft::Banner;
use crate::web::formats::head::Head;
use crate::web::speech::{Speaks, rich};

/// HTML made by [`crate::text`], which escapes all that it did not write itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(pub text::Html);

impl fmt::Display for Html {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0.as_str())
    }
}

impl HtmlSafe for Html {}

impl Html {
    /// Bare words, escaped.
    #[must_use]
    pub fn from_text(words: &str) -> Self {
        Self(text::Html::trusted(escape(words)))
    }

    /// The trace of a passage whose words the law removed, on a page of this language.
    #[must_use]
    pub fn trace(day: &Day, page: Language, anchor: Option<&str>) -> Self {
        let words = rich(page, "passage-redacted", &[("day", day)]);
        let anchor = anchor.map_or(String::new(), |anchor| format!(" id=\"{}\"", escape(anchor)));
        // The words around it may be those of the other language.
        Self(text::Html::trusted(format!(
            "<p class=\"redacted\" lang=\"{}\"{anchor}>{words}</p>",
            page.tag()
        )))
    }

    /// Marks words of a language that is not that of their page (standards W3, Q13).
    #[must_use]
    pub fn marked(self, spoken: Language, page: Language) -> Self {
        if spoken == page {
            return self;
        }
        Self(text::Html::trusted(format!(
            "<span lang=\"{}\">{self}</span>",
            spoken.tag()
        )))
    }
}

/// The sections of the main navigation, in order: key of the document, key of its label.
pub const NAVIGATION: [(&str, &str); 4] = [
    (key::MISSION, "frame-navigation-mission"),
    (key::VISION, "frame-navigation-vision"),
    (key::MANDATES, "frame-navigation-mandates"),
    (key::REPRESENTATIVES, "frame-navigation-representatives"),
];

/// The pages that every footer names, in order (standards Q23): key of the document, key of its label. The site plan has
/// no document.
pub const FOOTER: [(Option<&str>, &str); 6] = [
    (Some("accessibility"), "frame-footer-accessibility"),
    (None, "frame-footer-plan"),
    (Some("access-to-information"), "frame-footer-access"),
    (Some("privacy"), "frame-footer-privacy"),
    (Some("terms"), "frame-footer-terms"),
    (Some("about"), "frame-footer-about"),
];

/// What stands around every page of one language at one instant.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The institution's official name, as the header shows it (marked as French in English, Q13).
    pub institution: Html,
    /// The same as bare words, for titles.
    pub institution_name: String,
    /// The path of the home page.
    pub home: String,
    /// The sections of the main navigation, as [`NAVIGATION`] orders them.
    pub navigation: Vec<NavigationLink>,
    /// The pages that every footer names, as [`FOOTER`] orders them.
    pub footer: Vec<NavigationLink>,
    /// The path of the contact page.
    pub contact: String,
    /// The Charter notice, on English pages only (Q12).
    pub charter: Option<CharterNotice>,
    /// Whether to say that this site is a demonstration (until the operator sets `MANDAT_OFFICIAL`).
    pub demonstration: bool,
    /// The year of the copyright line, where the database told it.
    pub year: Option<i16>,
}

/// A link of the frame; its label is the message `key`.
#[derive(Debug, Clone)]
pub struct NavigationLink {
    /// Key of the label in `locales/`.
    pub key: &'static str,
    /// Path, in the frame's language.
    pub path: String,
}

/// The notice of English pages, and the page that explains it.
#[derive(Debug, Clone)]
pub struct CharterNotice {
    /// The notice.
    pub html: Html,
    /// The page that says who is concerned.
    pub path: String,
}

/// One page's own head and place in the site.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The language of the page.
    pub language: Language,
    /// The page's title, bare words; `<title>` adds the institution's name.
    pub title: String,
    /// One or two sentences for search engines.
    pub description: String,
    /// The absolute address of this page, unless it has none (errors).
    pub canonical: Option<String>,
    /// `hreflang` alternates, reciprocal; empty where one language is missing.
    pub alternates: Vec<Alternate>,
    /// Path of the same document in the API, on the page of a document.
    pub resource: Option<String>,
    /// Path of the same document in the other language.
    pub counterpart: String,
    /// Whether it has words there: if not, the page only says that they are to follow, or not foreseen.
    pub translated: bool,
    /// Keep this page out of search engines.
    pub noindex: bool,
    /// From home to the parent of this page; the page itself is not in it (C3). Empty on home and errors.
    pub breadcrumb: Vec<Crumb>,
    /// Key of the navigation entry this page belongs to.
    pub section: Option<&'static str>,
    /// Of a page of the past: when, and where the present is.
    pub as_of: Option<AsOf>,
    /// Of a text that is not public yet: the banner that says so.
    pub preview: Option<Banner>,
    /// What the head says to machines.
    pub head: Head,
    /// What stands around the page.
    pub frame: Arc<Frame>,
}

/// The banner of a page of the site as it was.
#[derive(Debug, Clone)]
pub struct AsOf {
    /// The moment that the reader asked for.
    pub moment: Day,
    /// The path of the present page.
    pub present: String,
}

impl Speaks for Shell {
    fn language(&self) -> Language {
        self.language
    }
}

impl Shell {
    /// The path of a place, in the language of the page.
    #[must_use]
    pub fn path(&self, place: Place<'_>) -> String {
        place.path(self.language)
    }

    /// The words of `<title>`: the page, then the institution.
    #[must_use]
    pub fn document_title(&self) -> String {
        if self.title == self.frame.institution_name {
            return self.title.clone();
        }
        self.with(
            "frame-title",
            &[
                ("page", self.title.as_str()),
                ("institution", &self.frame.institution_name),
            ],
        )
    }

    /// The attribute that marks words as French, needed on English pages only (standards W3).
    #[must_use]
    pub const fn mark_french(&self) -> Safe<&'static str> {
        match self.language {
            Language::French => Safe(""),
            Language::English => Safe(" lang=\"fr-CA\""),
        }
    }
}

/// Text as it stands between tags.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// One `link rel=alternate hreflang`.
#[derive(Debug, Clone)]
pub struct Alternate {
    /// `fr-CA`, `en-CA`, `fr`, `en` or `x-default` (W6).
    pub hreflang: &'static str,
    /// Absolute address.
    pub href: String,
}

/// One step of the breadcrumb.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// Its words.
    pub label: Html,
    /// Its path.
    pub path: String,
}

/// The facts of the record that stand beside a text and at the foot of its print.
#[derive(Debug, Clone)]
pub struct Record {
    /// The path of the document's permanent short link.
    pub short_link: String,
    /// The path of the page's history.
    pub history: String,
    /// The version's rank among those begun, under the key of its label: that of a list numbers its own text alone. None
    /// where the page is made of others' texts.
    pub version: Option<(&'static str, i64)>,
    /// When the page last changed for readers of this language, by what it lists too; none where nothing tells.
    pub changed: Option<Day>,
    /// The absolute address, for print.
    pub address: String,
    /// Whether passages lag behind the French (English pages), with the day the French last changed.
    pub lagging: Option<Day>,
    /// Set when the text was withdrawn: the page stays, under a banner.
    pub withdrawn: Option<WithdrawnNotice>,
}

/// A calendar day in two forms.
#[derive(Debug, Clone)]
pub struct Day {
    /// `2026-03-01`, for `<time datetime>`.
    pub machine: String,
    /// `1er mars 2026` with its superscript, or `March 1, 2026`.
    pub words: Html,
}

impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "<time datetime=\"{}\">{}</time>",
            escape(&self.machine),
            self.words
        )
    }
}

impl HtmlSafe for Day {}

/// Why a text is no longer in effect.
#[derive(Debug, Clone)]
pub struct WithdrawnNotice {
    /// Withdrawn (the page stays) or removed (410).
    pub kind: Withdrawn,
    /// Since when.
    pub day: Day,
    /// The reason, in the page's language.
    pub reason: Html,
    /// What took its place.
    pub successor: Option<Link>,
}

/// A link with its words.
#[derive(Debug, Clone)]
pub struct Link {
    /// Its words.
    pub label: Html,
    /// Its path.
    pub path: String,
}

/// One passage of a text: `html` carries `id="{anchor}"` on its outer element.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The permanent anchor.
    pub anchor: String,
    /// The passage, or the dated trace of one whose words the law removed.
    pub html: Html,
    /// Its first words, for the list of links to passages.
    pub opening: Html,
}

/// A passage of one line, such as a title.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// The permanent anchor, for the `id` of the element that holds the line.
    pub anchor: String,
    /// Its words.
    pub html: Html,
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.html.fmt(formatter)
    }
}

impl HtmlSafe for Line {}

/// A mandate as lists show it.
#[derive(Debug, Clone)]
pub struct MandateEntry {
    /// Rank among those shown, from 1.
    pub rank: usize,
    /// Anchor of the mandate's title passage, which is its anchor in lists.
    pub anchor: String,
    /// Short title.
    pub title: Html,
    /// Path of its own page.
    pub path: String,
    /// The clause with its closing mark already in it (`;`, and `.` for the last).
    pub passages: Vec<Passage>,
    /// On English pages: no English yet, so the words are French and must be marked `lang="fr-CA"`.
    pub in_french: bool,
}

/// A representative as the index and home show them.
#[derive(Debug, Clone)]
pub struct RepresentativeCard {
    /// Name.
    pub name: Html,
    /// Initials for the monogram.
    pub initials: String,
    /// Function as borne.
    pub function: Html,
    /// One line.
    pub short: Html,
    /// Path of the profile.
    pub path: String,
    /// From when until when ([`crate::i18n::range_html`]), once the office has ended.
    pub office: Option<Html>,
    /// Who came after.
    pub successor: Option<Link>,
    /// As [`MandateEntry::in_french`].
    pub in_french: bool,
}

/// Name and path of a neighbour in a list.
#[derive(Debug, Clone)]
pub struct Neighbour {
    /// Its rank.
    pub rank: usize,
    /// Its title.
    pub title: Html,
    /// Its path.
    pub path: String,
}
