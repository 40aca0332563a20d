//! Ending a text: withdrawn under a banner, or removed as published in error.

use std::borrow::Borrow;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use sqlx::PgConnection;

use super::answer::Answer;
use super::document::trail;
use super::fields::{Fields, Numbered};
use super::outcome::receipt;
use super::shell::Shell;
use super::staff::Staff;
use super::view::{Heading, Told};
use super::when::{Meant, Question, TypedMoment};
use super::words::Titles;
use super::{Desk, states};
use crate::error::{Error, Result};
use crate::i18n::message;
use crate::model::journal::Deed;
use crate::model::{Bilingual, DocumentId, Withdrawn, standing};
use crate::web::speech::Speaks as _;
use crate::web::view::Html;
use crate::workflow::Done;
use crate::workflow::releasing::{self, Withdrawal};

/// `/admin/fr/documents/5/retrait`, `/admin/en/documents/5/withdrawal`
#[derive(Debug, Template)]
#[template(path = "desk/withdraw.html")]
struct Withdraw {
    shell: Shell,
    heading: Heading,
    told: Told,
    kind: Withdrawn,
    reason: Bilingual<String>,
    successor: Option<i64>,
    moment: TypedMoment,
    question: Option<Question>,
    /// What could take its place: number and title.
    successors: Vec<(i64, String)>,
}

/// How a text leaves, each with the key of what it means.
const KINDS: [(Withdrawn, &str); 2] = [
    (Withdrawn::Withdrawn, "withdraw-stays"),
    (Withdrawn::Removed, "withdraw-removes"),
];

impl Withdraw {
    const fn kinds() -> [(Withdrawn, &'static str); 2] {
        KINDS
    }

    fn is(&self, kind: impl Borrow<Withdrawn>) -> bool {
        self.kind == *kind.borrow()
    }

    fn succeeds(&self, document: impl Borrow<i64>) -> bool {
        self.successor == Some(*document.borrow())
    }
}

/// The form.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
) -> Result<Answer> {
    let page = withdrawing(&desk, &staff, document, &Fields::default()).await?;
    let moment = TypedMoment::new(true);
    Ok(Answer::page(staff.language, Withdraw { moment, ..page }))
}

/// Ends the text, or shows why not, with everything that was typed.
pub async fn withdraw(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    fields: Fields,
) -> Result<Answer> {
    let language = staff.language;
    let page = withdrawing(&desk, &staff, document, &fields).await?;
    let moment = match page.moment.meant(language) {
        _ if fields.deed().is_none() => return Ok(Answer::page(language, page)),
        Meant::Moment(moment) => moment,
        Meant::Asked(question) => {
            let question = Some(question);
            return Ok(Answer::page(language, Withdraw { question, ..page }));
        }
        Meant::Unclear(why) => {
            let told = Told::fault(message(language, why, &[]));
            return Ok(Answer::page(language, Withdraw { told, ..page }).under(StatusCode::CONFLICT));
        }
    };
    let withdrawal = Withdrawal {
        document,
        kind: page.kind,
        reason: page.reason.clone(),
        successor: page.successor.map(DocumentId::from),
        moment,
    };
    let deed = matches!(moment, releasing::Moment::At { .. }).then_some(Deed::Schedule);
    match releasing::withdraw(&desk.pool, &staff.actor, fields.form(), &withdrawal).await {
        Ok(Done::Now(release)) => Ok(receipt(Some(release.id), deed, language)),
        Ok(Done::Again(line)) => Ok(receipt(line.subject.release, None, language)),
        Err(error) => {
            let told = Told::refused(error, language)?;
            Ok(Answer::page(language, Withdraw { told, ..page }).under(StatusCode::CONFLICT))
        }
    }
}

async fn withdrawing(desk: &Desk, staff: &Staff, document: DocumentId, fields: &Fields) -> Result<Withdraw> {
    let language = staff.language;
    let mut connection = desk.pool.acquire().await?;
    let titles = Titles::of_all(&mut *connection, language).await?;
    let kind = KINDS
        .iter()
        .map(|(kind, _)| *kind)
        .find(|kind| kind.word() == fields.get("kind"));
    let successors = titles.choice(|other, _| other != document);
    let (shell, heading) = head(&mut connection, staff, document, &titles, "withdraw-title").await?;
    Ok(Withdraw {
        shell,
        heading,
        told: Told::default(),
        kind: kind.unwrap_or(Withdrawn::Withdrawn),
        reason: fields.pair("reason"),
        successor: fields.get("successor").parse().ok(),
        moment: TypedMoment::read(fields, true),
        question: None,
        successors,
    })
}

/// The head of a page that does something with a document; its title is the message, about the document's title.
///
/// # Errors
/// The database does not answer, or there is no such document.
pub async fn head(
    connection: &mut PgConnection,
    staff: &Staff,
    document: DocumentId,
    titles: &Titles,
    key: &str,
) -> Result<(Shell, Heading)> {
    let language = staff.language;
    let standing = standing::one(connection, document).await?.ok_or(Error::NotFound)?;
    let title = titles.plain(document);
    let name = message(language, key, &[("title", title.as_str().into())]);
    let heading = Heading {
        trail: trail(document, &title, language),
        title: Html::from_text(&name),
        tags: states::tags(&standing, language),
    };
    Ok((Shell::new(staff, name), heading))
}
