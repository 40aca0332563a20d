//! Every document by kind, and the making of new ones.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::answer::Answer;
use super::shell::Shell;
use super::staff::Staff;
use super::states;
use super::view::{Entry, Section};
use super::words::{self, Titles};
use super::{Desk, paths};
use crate::error::Result;
use crate::i18n::message;
use crate::model::document::key;
use crate::model::revision;
use crate::model::standing::{self, Standing};
use crate::model::{DocumentId, Kind};
use crate::web::view::Link;

/// `/admin/fr/documents`, `/admin/en/documents`
#[derive(Debug, Template)]
#[template(path = "desk/documents.html")]
struct Documents {
    shell: Shell,
    sections: Vec<Section>,
    /// The lists, whose order is theirs.
    lists: Vec<Link>,
}

/// The sections: anchor, key of the heading, and what is in it.
const SECTIONS: [(&str, &str, &[Kind]); 5] = [
    (
        "statements",
        "documents-statements",
        &[Kind::Statement, Kind::Institution],
    ),
    ("mandates", "documents-mandates", &[Kind::Mandate]),
    ("representatives", "documents-representatives", &[Kind::Representative]),
    ("lists", "documents-lists", &[Kind::List]),
    ("pages", "documents-pages", &[Kind::Page]),
];

/// Every document.
pub async fn page(State(desk): State<Arc<Desk>>, staff: Staff) -> Result<Answer> {
    let language = staff.language;
    let mut connection = desk.pool.acquire().await?;
    let standings = standing::all(&mut connection).await?;
    let titles = Titles::of_all(&mut *connection, language).await?;
    let mut orders = Vec::new();
    for list in standings.iter().filter(|standing| standing.document.kind == Kind::List) {
        if list.newest.number > 0 {
            orders.push((
                list.document.key.clone(),
                revision::read(&mut connection, list.document.id, list.newest.number)
                    .await?
                    .members,
            ));
        }
    }
    let members = |name: &str| -> &[DocumentId] {
        let found = orders.iter().find(|(key, _)| key.as_deref() == Some(name));
        found.map_or(&[], |(_, members)| members)
    };
    let order: Vec<DocumentId> = [members(key::MANDATES), members(key::REPRESENTATIVES)].concat();
    let section = |(id, heading, kinds): (&'static str, &'static str, &[Kind])| {
        let mut inside: Vec<&Standing> = standings
            .iter()
            .filter(|standing| kinds.contains(&standing.document.kind))
            .collect();
        let place = |standing: &&Standing| {
            let place = order.iter().position(|member| *member == standing.document.id);
            (place.unwrap_or(usize::MAX), standing.document.id)
        };
        inside.sort_by_key(place);
        let entry = |standing: &Standing| {
            let document = standing.document.id;
            let mut entry = Entry::new(titles.link(document));
            let lists = [key::MANDATES, key::REPRESENTATIVES];
            let place = lists
                .iter()
                .find_map(|list| members(list).iter().position(|member| *member == document));
            entry.rank = place.map(|place| place + 1);
            entry.tags = states::tags(standing, language);
            entry.told = vec![words::told(
                language,
                "documents-number",
                &[("number", document.number().into())],
            )];
            entry
        };
        Section {
            id,
            heading,
            empty: "documents-none",
            entries: inside.into_iter().map(entry).collect(),
        }
    };
    let lists = standings.iter().filter(|standing| standing.document.kind == Kind::List);
    let template = Documents {
        shell: Shell::new(&staff, message(language, "documents-title", &[])),
        sections: SECTIONS.into_iter().map(section).collect(),
        lists: lists
            .map(|list| Link {
                path: paths::path_of(paths::EDIT, language, list.document.id.number()),
                ..titles.link(list.document.id)
            })
            .collect(),
    };
    Ok(Answer::page(language, template))
}
