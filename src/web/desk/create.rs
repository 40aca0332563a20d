//! A new document: its kind, its title and the end of its address.

use std::borrow::Borrow;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use super::answer::Answer;
use super::fields::Fields;
use super::shell::Shell;
use super::staff::Staff;
use super::view::{Heading, Told};
use super::{Desk, paths};
use crate::error::Result;
use crate::i18n::{Language, message};
use crate::model::{Bilingual, English, Kind, Slug};
use crate::text::letters;
use crate::web::speech::Speaks as _;
use crate::web::view::{Html, Link};
use crate::workflow::Done;
use crate::workflow::drafting::{self, Beginning};

/// The longest a drawn end of an address is, in bytes.
const LONGEST: usize = 60;

/// `/admin/fr/documents/nouveau`, `/admin/en/documents/new`
#[derive(Debug, Template)]
#[template(path = "desk/create.html")]
struct Create {
    shell: Shell,
    heading: Heading,
    told: Told,
    typed: Typed,
}

/// What was typed.
#[derive(Debug, Default)]
struct Typed {
    kind: Option<Kind>,
    title: Bilingual<String>,
    slug: Bilingual<String>,
}

/// The kinds of documents that can be made, each with the key of its name.
const KINDS: [(Kind, &str); 3] = [
    (Kind::Mandate, "documents-create-mandate"),
    (Kind::Representative, "documents-create-representative"),
    (Kind::Page, "documents-create-page"),
];

impl Create {
    fn new(staff: &Staff, typed: Typed, told: Told) -> Self {
        let language = staff.language;
        let title = message(language, "create-title", &[]);
        Self {
            heading: Heading {
                trail: vec![documents(language)],
                title: Html::from_text(&title),
                tags: Vec::new(),
            },
            shell: Shell::new(staff, title),
            told,
            typed,
        }
    }

    const fn kinds(&self) -> &[(Kind, &'static str)] {
        let _ = self;
        &KINDS
    }
}

impl Typed {
    fn is(&self, kind: impl Borrow<Kind>) -> bool {
        self.kind == Some(*kind.borrow())
    }

    fn read(fields: &Fields) -> Self {
        Self {
            kind: KINDS
                .iter()
                .map(|(kind, _)| *kind)
                .find(|kind| kind.word() == fields.get("kind")),
            title: fields.pair("title"),
            slug: fields.pair("slug"),
        }
    }

    /// What a document begins with; none without a kind and a French title, or with an end of an address that is none.
    fn beginning(&self) -> Option<Beginning> {
        let slug = |typed: &str, title: &str| match typed {
            "" => Some(Slug::try_from(drawn(title)).ok()),
            typed => Slug::try_from(typed.to_owned()).ok().map(Some),
        };
        let title = self.title.clone();
        (!title.fr.is_empty()).then_some(())?;
        Some(Beginning {
            kind: self.kind?,
            slug: Bilingual {
                fr: slug(&self.slug.fr, &title.fr)?,
                en: slug(&self.slug.en, &title.en)?,
            },
            english: if title.en.is_empty() {
                English::ToFollow
            } else {
                English::Present
            },
            title,
        })
    }
}

/// The way back to every document.
pub fn documents(language: Language) -> Link {
    Link {
        label: Html::from_text(&message(language, "documents-title", &[])),
        path: paths::path(paths::DOCUMENTS, language),
    }
}

/// The end of an address out of a title: its words without accents or marks, as many as fit.
fn drawn(title: &str) -> String {
    let plain = letters::plain(title);
    let words = plain
        .split(|sign: char| !sign.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() >= LONGEST {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

/// The form.
pub async fn page(staff: Staff) -> Answer {
    Answer::page(staff.language, Create::new(&staff, Typed::default(), Told::default()))
}

/// Makes the document, and leads to where it is written.
pub async fn create(State(desk): State<Arc<Desk>>, staff: Staff, fields: Fields) -> Result<Answer> {
    let language = staff.language;
    let typed = Typed::read(&fields);
    if fields.deed().is_none() {
        return Ok(Answer::page(language, Create::new(&staff, typed, Told::default())));
    }
    let told = match typed.beginning() {
        None => Told::fault(message(language, "create-fault", &[])),
        Some(beginning) => match drafting::create(&desk.pool, &staff.actor, fields.form(), &beginning).await {
            Ok(done) => {
                let document = match done {
                    Done::Now(created) => Some(created.document),
                    Done::Again(line) => line.subject.document,
                };
                let path = document.map(|document| paths::path_of(paths::EDIT, language, document.number()));
                return Ok(Answer::found(
                    &path.unwrap_or_else(|| paths::path(paths::DOCUMENTS, language)),
                ));
            }
            Err(error) => Told::refused(error, language)?,
        },
    };
    let page = Create::new(&staff, typed, told);
    Ok(Answer::page(language, page).under(StatusCode::CONFLICT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_drawn_out_of_a_title() {
        assert_eq!(
            drawn("Mettre en œuvre la Vision, l’été"),
            "mettre-en-oeuvre-la-vision-l-ete"
        );
        assert_eq!(drawn("« ? »"), "");
        let long = drawn(&"mandat ".repeat(30));
        assert!(long.len() < LONGEST && Slug::try_from(long).is_ok());
    }
}
