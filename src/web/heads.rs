//! The head of each page: its title, its addresses in both languages, its place in the site.

use std::sync::Arc;

use super::api;
use super::compose::Composition;
use super::folio::{Folio, moment};
use super::formats::head::{Head, Subject};
use super::past;
use super::view::{Alternate, AsOf, Crumb, Html, Link, Shell};
use crate::i18n::{Language, message};
use crate::model::address::{self, Place};
use crate::model::{English, Kind, Part, When};

impl Composition<'_> {
    /// The head of a text's page.
    pub fn shell(&self, folio: &Folio, parents: &[&Folio], section: Option<&'static str>) -> Shell {
        let language = self.language;
        let address = |language| folio.path(language).map(|path| self.site.origin.address(&path));
        let translated = folio.shown.english == English::Present;
        let is_withdrawn = !folio.shown.in_effect;
        let is_past = self.snapshot.when != When::Now;
        let alternates = match (address(Language::French), address(Language::English)) {
            (Some(fr), Some(en)) if translated && !is_past => alternates(&fr, &en),
            _ => Vec::new(),
        };
        let mut shell = Shell {
            language,
            title: folio.plain(Part::Title, language),
            description: folio.description(language),
            canonical: Some(self.site.origin.address(&self.present_path(folio))),
            alternates,
            resource: Some(api::document_address(folio.shown.document.number(), language)),
            counterpart: folio
                .path(language.other())
                .unwrap_or_else(|| self.home(language.other())),
            translated: translated || language == Language::English,
            noindex: is_past || is_withdrawn || (!translated && language == Language::English),
            // Home has nothing above it.
            breadcrumb: if folio.shown.kind == Kind::Institution {
                Vec::new()
            } else {
                self.breadcrumb(parents)
            },
            section,
            as_of: self.as_of(self.present_path(folio)),
            preview: None,
            head: Head::default(),
            frame: Arc::clone(&self.frame),
        };
        shell.head = self.head(&shell, folio);
        match &self.draft {
            Some(draft) => draft.under_banner(shell),
            None => shell,
        }
    }

    /// What the head of a text's page says to machines: nothing where there are no words in its language.
    fn head(&self, shell: &Shell, folio: &Folio) -> Head {
        if folio.spoken(self.language) != self.language {
            return Head::default();
        }
        let path = folio.path(self.language);
        let subject = path.as_deref().map(|path| Subject {
            kind: folio.shown.kind,
            path,
            fed: self.is_fed(folio),
        });
        Head::of(shell, &self.site.origin, subject)
    }

    /// Whether the page has a feed: where it has words in its language.
    pub fn is_fed(&self, folio: &Folio) -> bool {
        folio.spoken(self.language) == self.language && folio.changed(self.language).is_some()
    }

    /// The head of the history of a text's page.
    pub fn history_shell(&self, folio: &Folio) -> Shell {
        let shell = self.shell(folio, &[], None);
        let (title, description) = past::head_of(&shell.title, self.language);
        let forms = shell.head.forms.clone();
        // Home is the first step of every breadcrumb already.
        let parents = if folio.shown.kind == Kind::Institution {
            &[][..]
        } else {
            &[folio][..]
        };
        let history = |language| folio.path(language).map(|path| address::history(&path));
        let absolute = |language| history(language).map(|path| self.site.origin.address(&path));
        let both = (absolute(Language::French), absolute(Language::English));
        let mut shell = Shell {
            title,
            description,
            canonical: absolute(self.language),
            alternates: match &both {
                (Some(fr), Some(en)) => alternates(fr, en),
                _ => Vec::new(),
            },
            counterpart: history(self.language.other()).unwrap_or(shell.counterpart),
            // A history has words of its own, whatever its text has.
            translated: true,
            noindex: false,
            breadcrumb: self.breadcrumb(parents),
            ..shell
        };
        shell.head = Head {
            forms,
            ..self.head(&shell, folio)
        };
        shell
    }

    /// The head of a page that has no text of its own.
    pub fn bare_shell(&self, place: Place<'_>, title: String) -> Shell {
        let address = |language| self.site.origin.address(&place.path(language));
        let when = self.snapshot.when;
        let is_past = when != When::Now;
        let both = || alternates(&address(Language::French), &address(Language::English));
        let mut shell = Shell {
            language: self.language,
            description: title.clone(),
            title,
            canonical: Some(address(self.language)),
            alternates: if is_past { Vec::new() } else { both() },
            counterpart: place.path_at(self.language.other(), when),
            translated: true,
            noindex: is_past,
            resource: None,
            breadcrumb: self.breadcrumb(&[]),
            section: None,
            as_of: self.as_of(place.path(self.language)),
            preview: None,
            head: Head::default(),
            frame: Arc::clone(&self.frame),
        };
        shell.head = Head::of(&shell, &self.site.origin, None);
        shell
    }

    /// The banner of a page of the past, which leads to the present one.
    fn as_of(&self, present: String) -> Option<AsOf> {
        (self.snapshot.when != When::Now).then(|| AsOf {
            moment: moment(self.snapshot.when, self.language),
            present,
        })
    }

    /// From home to the parents of a page.
    pub fn breadcrumb(&self, parents: &[&Folio]) -> Vec<Crumb> {
        let label = message(self.language, "frame-home", &[]);
        let home = Crumb {
            label: Html::from_text(&label),
            path: self.home(self.language),
        };
        let parents = parents.iter().filter_map(|parent| self.link_to(parent));
        std::iter::once(home)
            .chain(parents.map(|Link { label, path }| Crumb { label, path }))
            .collect()
    }
}

/// The `hreflang` set of a page in both languages (W6): one function, so that the two pages cannot disagree.
pub fn alternates(fr: &str, en: &str) -> Vec<Alternate> {
    let alternate = |(hreflang, href): (&'static str, &str)| Alternate {
        hreflang,
        href: href.to_owned(),
    };
    [("fr-CA", fr), ("fr", fr), ("en-CA", en), ("en", en), ("x-default", fr)]
        .map(alternate)
        .into()
}
