//! What the head of a page says to machines: its other forms, Open Graph (W23), schema.org as JSON-LD (W22).

use serde_json::{Value, json};

use super::citation::Citation;
use super::{Format, feed};
use crate::config::Origin;
use crate::i18n::{Language, message};
use crate::model::address::Place;
use crate::model::{Kind, Office};
use crate::text;
use crate::web::view::{Day, Html, Record, Shell};

/// The picture's width and height, in pixels.
pub const PICTURE: (u32, u32) = (1200, 630);

/// What the head of a page says to machines; nothing on error pages.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// Other forms of the page, and feeds.
    pub forms: Vec<Form>,
    /// Open Graph: property and content.
    pub properties: Vec<(&'static str, String)>,
    /// Other metadata: name and content.
    pub names: Vec<(&'static str, String)>,
    /// schema.org, node by node; the first is the page.
    pub graph: Vec<Value>,
}

/// A `link rel=alternate` to another form.
#[derive(Debug, Clone)]
pub struct Form {
    /// Its media type.
    pub media_type: &'static str,
    /// Its path.
    pub path: String,
    /// What readers choose by, where there is a choice of feeds.
    pub title: Option<String>,
}

impl Form {
    /// The form of the page at a path.
    #[must_use]
    pub fn of(path: &str, format: Format) -> Self {
        Self {
            media_type: format.media_type(),
            path: format!("{path}{}", format.extension()),
            title: None,
        }
    }
}

/// What the head says of a page's document.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// What it is about.
    pub kind: Kind,
    /// The page's path.
    pub path: &'a str,
    /// Whether it has a feed in this language: whether its words ever changed for its readers.
    pub fed: bool,
}

impl Head {
    /// The head of a page; without a subject, of one that has no text of its own. A page of the past, which search
    /// engines leave alone, tells social networks of itself alone: it has no feed, and its graph is the present page's.
    #[must_use]
    pub fn of(shell: &Shell, origin: &Origin, subject: Option<Subject<'_>>) -> Self {
        let Some(canonical) = &shell.canonical else {
            return Self::default();
        };
        if shell.as_of.is_some() {
            let own = subject.map(|subject| origin.address(subject.path));
            return Self {
                properties: open_graph(shell, own.as_ref().unwrap_or(canonical), origin, subject),
                ..Self::default()
            };
        }
        Self {
            forms: forms(shell, subject),
            properties: open_graph(shell, canonical, origin, subject),
            names: Vec::new(),
            graph: graph(shell, canonical, origin, subject.map(|subject| subject.kind)),
        }
    }

    /// Says when what the page shows last changed.
    pub fn date(&mut self, day: &Day) {
        if let Some(page) = self.graph.first_mut() {
            page["dateModified"] = day.machine.clone().into();
        }
    }

    /// Says whom the page presents.
    pub fn present(&mut self, name: &str, function: &str, short: &str, office: Office) {
        let Some(page) = self.graph.first_mut() else { return };
        let mut role = json!({ "@type": "OrganizationRole", "roleName": function, "worksFor": page["publisher"] });
        for (property, day) in [("startDate", office.from), ("endDate", office.until)] {
            if let Some(day) = day {
                role[property] = day.to_string().into();
            }
        }
        page["mainEntity"] = json!({
            "@type": "Person",
            "@id": format!("{}#person", page["url"].as_str().unwrap_or_default()),
            "name": name,
            "url": page["url"],
            "description": short,
            "worksFor": role,
        });
        // A function that has ended is no longer borne.
        if office.until.is_none() {
            page["mainEntity"]["jobTitle"] = function.into();
        }
    }

    /// The graph as the content of a `script` element: no `<` can end it, whatever the texts hold.
    #[must_use]
    pub fn data(&self) -> Html {
        let data = json!({ "@context": "https://schema.org", "@graph": self.graph }).to_string();
        let escaped = data
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026");
        Html(text::Html::trusted(escaped))
    }
}

impl Shell {
    /// The same, of a page whose record says when it last changed.
    #[must_use]
    pub fn dated(mut self, record: &Record) -> Self {
        if let Some(changed) = &record.changed {
            self.head.date(changed);
        }
        self
    }

    /// The same, of a page that can be cited.
    #[must_use]
    pub fn cited(mut self, citation: &Citation) -> Self {
        citation.head(&mut self.head);
        self
    }
}

/// The words of HTML alone.
fn bare(html: &Html) -> String {
    let mut words = String::new();
    for piece in html.0.as_str().split('<') {
        words.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    // What [`crate::text`] writes, the ampersand last.
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(words, |words, (reference, character)| {
        words.replace(reference, character)
    })
}

fn forms(shell: &Shell, subject: Option<Subject<'_>>) -> Vec<Form> {
    let language = shell.language;
    let whole = Form {
        media_type: Format::Feed.media_type(),
        path: (*feed::WHOLE.get(language)).to_owned(),
        title: Some(message(language, "feed-whole", &[])),
    };
    let own = subject.filter(|subject| subject.fed).map(|subject| Form {
        title: Some(message(
            language,
            "feed-page",
            &[("title", shell.title.as_str().into())],
        )),
        ..Form::of(subject.path, Format::Feed)
    });
    own.into_iter().chain([whole]).collect()
}

fn open_graph(
    shell: &Shell,
    canonical: &str,
    origin: &Origin,
    subject: Option<Subject<'_>>,
) -> Vec<(&'static str, String)> {
    let locale = |language: Language| language.tag().replace('-', "_");
    let kind = match subject.map(|subject| subject.kind) {
        Some(Kind::Representative) => "profile",
        Some(Kind::Statement | Kind::Mandate | Kind::Page) => "article",
        Some(Kind::Institution | Kind::List) | None => "website",
    };
    // A page without a text of its own shows the picture of home.
    let (pictured, told) = match subject {
        Some(subject) => (subject.path.to_owned(), shell.document_title()),
        None => (Place::Home.path(shell.language), shell.frame.institution_name.clone()),
    };
    let picture = origin.address(&format!("{pictured}{}", Format::Card.extension()));
    let mut properties = vec![
        ("og:type", kind.to_owned()),
        ("og:title", shell.title.clone()),
        ("og:description", shell.description.clone()),
        ("og:url", canonical.to_owned()),
        ("og:site_name", shell.frame.institution_name.clone()),
        ("og:locale", locale(shell.language)),
        ("og:image", picture),
        ("og:image:type", Format::Card.media_type().to_owned()),
        ("og:image:width", PICTURE.0.to_string()),
        ("og:image:height", PICTURE.1.to_string()),
        ("og:image:alt", told),
    ];
    if !shell.alternates.is_empty() {
        properties.push(("og:locale:alternate", locale(shell.language.other())));
    }
    properties
}

fn graph(shell: &Shell, canonical: &str, origin: &Origin, kind: Option<Kind>) -> Vec<Value> {
    let language = shell.language;
    let home = |language| origin.address(&Place::Home.path(language));
    let institution = format!("{}#institution", home(Language::French));
    let site = format!("{}#site", home(language));
    let mut page = web_page(shell, canonical, kind);
    page["isPartOf"] = json!({ "@id": site });
    page["publisher"] = json!({ "@id": institution });
    if kind == Some(Kind::Institution) {
        page["mainEntity"] = json!({ "@id": institution });
    }
    let organization = json!({
        "@type": "GovernmentOrganization",
        "@id": institution,
        "name": shell.frame.institution_name,
        "url": home(language),
        "parentOrganization": {
            "@type": "GovernmentOrganization",
            "name": message(language, "frame-government", &[]),
        },
    });
    let website = json!({
        "@type": "WebSite",
        "@id": site,
        "url": home(language),
        "name": shell.frame.institution_name,
        "inLanguage": language.tag(),
        "publisher": { "@id": institution },
        "potentialAction": {
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": origin.address(&(Place::Search.path(language) + "?q={q}")) },
            "query-input": "required name=q",
        },
    });
    let mut nodes = Vec::new();
    if !shell.breadcrumb.is_empty() {
        let trail = format!("{canonical}#breadcrumb");
        page["breadcrumb"] = json!({ "@id": trail });
        nodes.push(breadcrumb(shell, &trail, origin));
    }
    [page, organization, website].into_iter().chain(nodes).collect()
}

/// The page itself, and its translation.
fn web_page(shell: &Shell, canonical: &str, kind: Option<Kind>) -> Value {
    let own_type = match kind {
        Some(Kind::Representative) => "ProfilePage",
        Some(Kind::List) => "CollectionPage",
        _ => "WebPage",
    };
    let mut page = json!({
        "@type": own_type,
        "@id": canonical,
        "url": canonical,
        "name": shell.title,
        "description": shell.description,
        "inLanguage": shell.language.tag(),
    });
    let other = shell.language.other().tag();
    if let Some(translation) = shell.alternates.iter().find(|alternate| alternate.hreflang == other) {
        // French is the source, English its translation.
        let relation = match shell.language {
            Language::French => "workTranslation",
            Language::English => "translationOfWork",
        };
        page[relation] = json!({ "@type": own_type, "@id": translation.href, "inLanguage": other });
    }
    page
}

fn breadcrumb(shell: &Shell, trail: &str, origin: &Origin) -> Value {
    let above = shell
        .breadcrumb
        .iter()
        .map(|crumb| (bare(&crumb.label), Some(origin.address(&crumb.path))));
    let steps: Vec<Value> = above
        .chain([(shell.title.clone(), None)])
        .enumerate()
        .map(|(index, (name, address))| {
            let mut step = json!({ "@type": "ListItem", "position": index + 1, "name": name });
            if let Some(address) = address {
                step["item"] = address.into();
            }
            step
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "@id": trail, "itemListElement": steps })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script() {
        let head = Head {
            graph: vec![json!({ "name": "</script><script>alert(1)</script>&<!--" })],
            ..Head::default()
        };
        let data = head.data().to_string();
        assert!(!data.contains(['<', '>', '&']));
        let read: Value = serde_json::from_str(&data).unwrap();
        assert_eq!(read["@graph"][0]["name"], "</script><script>alert(1)</script>&<!--");
    }
}
