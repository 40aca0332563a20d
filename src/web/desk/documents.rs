//! Every document by kind, and the making of new ones.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use sqlx::PgConnection;

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
use crate::web::speech::Speaks as _;
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

/// The lists whose members are numbered by their place.
const LISTS: [&str; 2] = [key::MANDATES, key::REPRESENTATIVES];

/// Every document.
pub async fn page(State(desk): State<Arc<Desk>>, staff: Staff) -> Result<Answer> {
    let language = staff.language;
    let mut connection = desk.pool.acquire().await?;
    let standings = standing::all(&mut connection).await?;
    let titles = Titles::of_all(&mut *connection, language).await?;
    let orders = orders(&mut connection, &standings).await?;
    let section = |(id, heading, kinds): (&'static str, &'static str, &[Kind])| {
        let of_kind = |standing: &&Standing| kinds.contains(&standing.document.kind);
        let mut inside: Vec<&Standing> = standings.iter().filter(of_kind).collect();
        inside.sort_by_key(|standing| {
            let document = standing.document.id;
            (orders.get(&document).copied().unwrap_or(usize::MAX), document)
        });
        let entry = |standing| entry(standing, &orders, &titles);
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

/// The place of each member in its list, from 1.
async fn orders(connection: &mut PgConnection, standings: &[Standing]) -> Result<HashMap<DocumentId, usize>> {
    let mut orders = HashMap::new();
    for list in standings {
        let is_numbered = list.document.key.as_deref().is_some_and(|key| LISTS.contains(&key));
        if is_numbered && list.newest.number > 0 {
            let text = revision::read(connection, list.document.id, list.newest.number).await?;
            orders.extend(text.members.into_iter().zip(1..));
        }
    }
    Ok(orders)
}

fn entry(standing: &Standing, orders: &HashMap<DocumentId, usize>, titles: &Titles) -> Entry {
    let document = standing.document.id;
    let number = ("number", document.number().into());
    Entry {
        rank: orders.get(&document).copied(),
        tags: states::tags(standing, titles.language()),
        told: vec![words::told(titles.language(), "documents-number", &[number])],
        ..Entry::new(titles.link(document))
    }
}
