//! One struct per page: its template and the values that it places.

mod profile;

use askama::Template;

use super::formats::citation::Citation;
use super::speech::Speaks as _;
use super::view::{
    Day, Html, Line, Link, MandateEntry, Neighbour, Passage, Record, RepresentativeCard, Shell, WithdrawnNotice,
};
use crate::text::difference::Span;

pub use profile::Profile;

/// `/fr`, `/en`
#[derive(Debug, Template)]
#[template(path = "public/home.html")]
pub struct Home {
    /// Head and frame.
    pub shell: Shell,
    /// The mission's title, words and path.
    pub mission: Option<Leading>,
    /// The vision's title, words and path.
    pub vision: Option<Leading>,
    /// The list of mandates: title, introduction and path.
    pub mandates: Option<Leading>,
    /// Its members.
    pub entries: Vec<MandateEntry>,
    /// The title of the list of representatives, and its path.
    pub people: Option<Link>,
    /// Those in office.
    pub representatives: Vec<RepresentativeCard>,
    /// Dates and notices, of all that it shows.
    pub record: Record,
}

/// A text that leads a band of the home page.
#[derive(Debug, Clone)]
pub struct Leading {
    /// Its title.
    pub title: Html,
    /// Its passages, without anchors.
    pub passages: Vec<Html>,
    /// Its own page.
    pub path: String,
    /// Since when it has been in effect.
    pub since: Option<Day>,
    /// Whether the words are French on an English page.
    pub in_french: bool,
}

/// The list of mandates, each whole.
#[derive(Debug, Template)]
#[template(path = "public/mandates.html")]
pub struct Mandates {
    /// Head and frame.
    pub shell: Shell,
    /// `h1`
    pub title: Line,
    /// The introduction.
    pub introduction: Vec<Passage>,
    /// The mandates in order.
    pub entries: Vec<MandateEntry>,
    /// Dates and version.
    pub record: Record,
}

impl Mandates {
    /// Every passage of the page, for the list of links to passages.
    fn listed(&self) -> Vec<&Passage> {
        self.introduction
            .iter()
            .chain(self.entries.iter().flat_map(|entry| &entry.passages))
            .collect()
    }
}

/// One mandate.
#[derive(Debug, Template)]
#[template(path = "public/mandate.html")]
pub struct Mandate {
    /// Head and frame.
    pub shell: Shell,
    /// `h1`
    pub title: Line,
    /// Rank in the list, unless it is out of it.
    pub rank: Option<usize>,
    /// The clause, without a closing mark.
    pub passages: Vec<Passage>,
    /// The one before it.
    pub previous: Option<Neighbour>,
    /// The one after it.
    pub next: Option<Neighbour>,
    /// How to cite it.
    pub citation: Citation,
    /// Dates and version.
    pub record: Record,
}

/// The index of representatives.
#[derive(Debug, Template)]
#[template(path = "public/representatives.html")]
pub struct Representatives {
    /// Head and frame.
    pub shell: Shell,
    /// `h1`
    pub title: Line,
    /// The introduction.
    pub introduction: Vec<Passage>,
    /// Those in office.
    pub current: Vec<RepresentativeCard>,
    /// Those whose office has ended.
    pub former: Vec<RepresentativeCard>,
    /// Dates and version.
    pub record: Record,
}

/// A text alone: mission and vision, or a page such as accessibility, privacy, contact.
#[derive(Debug, Template)]
#[template(path = "public/text.html")]
pub struct Text {
    /// Head and frame.
    pub shell: Shell,
    /// Whether it is a statement, set larger.
    pub is_statement: bool,
    /// `h1`
    pub title: Line,
    /// The text.
    pub passages: Vec<Passage>,
    /// How long the software keeps what: the page on privacy alone.
    pub lives: Vec<(String, String)>,
    /// How to cite it: statements alone.
    pub citation: Option<Citation>,
    /// Dates and version.
    pub record: Record,
}

/// The English address of a document whose English is to follow, or is not foreseen (design §2.5).
#[derive(Debug, Template)]
#[template(path = "public/untranslated.html")]
pub struct Untranslated {
    /// Head and frame.
    pub shell: Shell,
    /// The French title, marked as French.
    pub title: Html,
    /// Whether English was declared to follow (else: none foreseen).
    pub to_follow: bool,
    /// The French page.
    pub french: String,
    /// Its dates.
    pub record: Record,
}

/// The site plan.
#[derive(Debug, Template)]
#[template(path = "public/plan.html")]
pub struct Plan {
    /// Head and frame.
    pub shell: Shell,
    /// Mission and vision.
    pub statements: Vec<Link>,
    /// The list of mandates and its members.
    pub mandates: Listed,
    /// The index of representatives and its members.
    pub representatives: Listed,
    /// The other pages.
    pub pages: Vec<Link>,
    /// When the site last changed.
    pub changed: Option<Day>,
}

impl Plan {
    /// The lists, in the order of the navigation.
    const fn lists(&self) -> [&Listed; 2] {
        [&self.mandates, &self.representatives]
    }
}

/// A list that heads the links to its members.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// The list itself; none where there is none.
    pub list: Option<Link>,
    /// Its members, in order.
    pub members: Vec<Link>,
}

/// The history of a page: what changed, and when.
#[derive(Debug, Template)]
#[template(path = "public/history.html")]
pub struct History {
    /// Head and frame.
    pub shell: Shell,
    /// The page whose history it is.
    pub subject: Link,
    /// The address of their feed, where the page has words in its language.
    pub feed: Option<String>,
    /// Its changes, the last first.
    pub changes: Vec<Change>,
    /// The last day that may be asked for.
    pub today: String,
    /// What differs between two versions, where there are two.
    pub comparison: Option<Comparison>,
}

/// One change of a page: all that happened at one instant.
#[derive(Debug, Clone)]
pub struct Change {
    /// When, to the second that its permanent address names.
    pub moment: Day,
    /// The page as it was from then on; none where no version began or ended.
    pub path: Option<String>,
    /// What happened then, to the page or to what it lists.
    pub events: Vec<Event>,
    /// The page's differences between this version and the one before it, where there is one.
    pub difference: Option<String>,
}

/// What happened to one text.
#[derive(Debug, Clone)]
pub struct Event {
    /// Whose text it is, where the page lists others.
    pub subject: Option<Html>,
    /// The version that began, by its rank, the end of the text, or the trace of its removed words.
    pub deed: String,
    /// What changed, or why the text left, in public words; said once for neighbours that share it.
    pub note: Option<Html>,
}

/// What differs between two versions of a document.
#[derive(Debug)]
pub struct Comparison {
    /// Every version, the last first: its number and the day it began.
    pub versions: Vec<(i64, Day)>,
    /// The version compared, and its name in the form.
    pub from: (&'static str, i64),
    /// The version that it is compared with, and its name in the form.
    pub to: (&'static str, i64),
    /// How many words the second has that the first has not.
    pub inserted: usize,
    /// How many words the first has that the second has not.
    pub deleted: usize,
    /// The passages that differ or have moved, in the second's order; what is gone stands where it stood.
    pub passages: Vec<ComparedPassage>,
    /// Of a list: the members that came, left or moved, likewise.
    pub members: Vec<ComparedMember>,
    /// Whether the words are French on an English page.
    pub in_french: bool,
}

impl Comparison {
    /// The two versions chosen: name in the form, number, key of the label.
    fn choices(&self) -> [(&'static str, i64, &'static str); 2] {
        let ((from, first), (to, second)) = (self.from, self.to);
        [(from, first, "difference-from"), (to, second, "difference-to")]
    }
}

/// A passage that differs.
#[derive(Debug)]
pub struct ComparedPassage {
    /// Key of the words that say whether it was added, removed or moved; none where only its words changed.
    pub fate: Option<&'static str>,
    /// Its words.
    pub spans: Vec<Span>,
    /// The trace of words that the law removed, from one version or both: nothing else is compared then.
    pub removed: Option<Html>,
}

/// A member of a list that came, left or moved.
#[derive(Debug)]
pub struct ComparedMember {
    /// Its title.
    pub title: Html,
    /// What became of it.
    pub fate: String,
}

/// Every failure, in the language of the path.
#[derive(Debug, Template)]
#[template(path = "public/error.html")]
pub struct Failure {
    /// Head and frame.
    pub shell: Shell,
    /// The status: 400, 404, 405, 410, 500 or 503.
    pub status: u16,
    /// The status again, or what is special about it: messages are `error-{word}-title` and `error-{word}-text`.
    pub word: String,
    /// With 410: when and why, and what took its place.
    pub removed: Option<WithdrawnNotice>,
}

impl Failure {
    /// The key of this failure's `title` or `text`.
    fn message(&self, part: &str) -> String {
        format!("error-{}-{part}", self.word)
    }
}

/// The page that describes the API.
#[derive(Debug, Template)]
#[template(path = "public/api.html")]
pub struct Guide {
    /// Head and frame.
    pub shell: Shell,
    /// The path of the description that machines read.
    pub description: String,
    /// What can be asked.
    pub operations: Vec<GuideOperation>,
    /// What is answered.
    pub objects: Vec<GuideObject>,
    /// What can go wrong.
    pub problems: Vec<GuideProblem>,
}

/// One address of the API.
#[derive(Debug)]
pub struct GuideOperation {
    /// Its anchor on the page.
    pub anchor: String,
    /// Its path, parameters in braces.
    pub path: String,
    /// What it does.
    pub summary: String,
    /// What it takes.
    pub parameters: Vec<GuideField>,
    /// What it answers.
    pub answers: Vec<GuideAnswer>,
}

/// A parameter, or a field of an object.
#[derive(Debug)]
pub struct GuideField {
    /// Its name.
    pub name: String,
    /// Its form, in the words of JSON Schema.
    pub form: String,
    /// What it means.
    pub meaning: String,
    /// Whether it must be given.
    pub required: bool,
}

/// One answer of an address.
#[derive(Debug)]
pub struct GuideAnswer {
    /// Its status.
    pub status: String,
    /// What that means.
    pub meaning: String,
    /// The name of its object; empty where there is none.
    pub content: String,
}

/// One object of the answers.
#[derive(Debug)]
pub struct GuideObject {
    /// Its name.
    pub name: String,
    /// Its fields.
    pub fields: Vec<GuideField>,
}

/// One kind of problem.
#[derive(Debug)]
pub struct GuideProblem {
    /// Its anchor, which `type` names.
    pub anchor: String,
    /// Its status.
    pub status: u16,
    /// What it is called.
    pub title: String,
    /// What it means.
    pub text: String,
}
