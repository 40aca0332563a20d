//! The whole site, found as readers and robots find it: by following links from the two home pages.

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::OnceCell;

use crate::support::database::TestDatabase;
use crate::support::visitor::{Answer, ORIGIN, Visitor};

/// A link from one page to another place of the site.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub from: String,
    pub path: String,
    pub fragment: Option<String>,
}

fn is_past(path: &str) -> bool {
    path.starts_with("/fr/au/") || path.starts_with("/en/as-of/")
}

/// What was found.
#[derive(Default)]
pub struct Crawl {
    /// Every answer, by path.
    answers: BTreeMap<String, Answer>,
    pub links: BTreeSet<Link>,
}

static CRAWL: OnceCell<Crawl> = OnceCell::const_new();

/// The founding content with the awkward cases on top, crawled once for every test that looks at it.
pub async fn crawl() -> &'static Crawl {
    CRAWL
        .get_or_init(async || {
            let database = TestDatabase::awkward().await;
            Crawl::of(&Visitor::new(&database)).await
        })
        .await
}

impl Crawl {
    /// Follows every link from the two home pages.
    pub async fn of(visitor: &Visitor) -> Self {
        Self::from(visitor, Vec::new()).await
    }

    /// The same, and from these paths.
    pub async fn from(visitor: &Visitor, paths: Vec<String>) -> Self {
        let mut found = Self::default();
        let mut ahead = paths;
        ahead.extend(["/fr".to_owned(), "/en".to_owned()]);
        while let Some(path) = ahead.pop() {
            if found.answers.contains_key(&path) {
                continue;
            }
            let answer = visitor.get(&path).await;
            // Each date of the past is a whole site of its own, which the tests of the past walk.
            let links: Vec<Link> = if is_past(&path) {
                Vec::new()
            } else {
                links(&answer).collect()
            };
            ahead.extend(links.iter().map(|link| link.path.clone()));
            if answer.status.is_redirection() {
                ahead.push(answer.header("location").to_owned());
            }
            found.links.extend(links);
            found.answers.insert(path, answer);
        }
        found
    }

    /// Everything that was found, by path.
    pub fn answers(&self) -> &BTreeMap<String, Answer> {
        &self.answers
    }

    /// The pages of the present, with their paths: files and redirects left out.
    pub fn pages(&self) -> impl Iterator<Item = &Answer> {
        let is_present = |answer: &&Answer| is_page(answer) && !is_past(&answer.path);
        self.answers.values().filter(is_present)
    }

    /// The pages of a language, `fr` or `en`.
    pub fn pages_in(&self, language: &str) -> impl Iterator<Item = &Answer> {
        let root = format!("/{language}");
        self.pages()
            .filter(move |page| page.path.split('/').nth(1) == Some(&root[1..]))
    }

    /// What a path leads to, after at most one redirect.
    pub fn destination(&self, path: &str) -> &Answer {
        let answer = &self.answers[path];
        if answer.status.is_redirection() {
            &self.answers[answer.header("location")]
        } else {
            answer
        }
    }

    /// Every answer that is not a page.
    pub fn others(&self) -> impl Iterator<Item = &Answer> {
        self.answers.values().filter(|answer| !is_page(answer))
    }
}

fn is_page(answer: &Answer) -> bool {
    answer.header("content-type").starts_with("text/html")
}

/// The path on our origin that an address names, if it is ours.
pub fn ours<'a>(from: &'a str, address: &'a str) -> Option<&'a str> {
    match address.strip_prefix(ORIGIN) {
        Some(path) => Some(path),
        None if address.starts_with('#') => Some(from),
        None => Some(address).filter(|address| address.starts_with('/')),
    }
}

fn links(answer: &Answer) -> impl Iterator<Item = Link> {
    let addresses = if is_page(answer) {
        answer.attributes("[href]", "href")
    } else {
        Vec::new()
    };
    addresses.into_iter().filter_map(|address| {
        let path = ours(&answer.path, &address)?.split('#').next()?.to_owned();
        Some(Link {
            from: answer.path.clone(),
            path,
            fragment: address.split_once('#').map(|(_, fragment)| fragment.to_owned()),
        })
    })
}
