//! Making a draft public, now or at an hour of Québec, alone or together with others.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use sqlx::PgConnection;

use super::answer::Answer;
use super::document::trail;
use super::fields::{Fields, Numbered};
use super::shell::Shell;
use super::staff::Staff;
use super::view::{Heading, Told};
use super::when::{Meant, Moment, Question};
use super::words::{self, Titles};
use super::{Desk, paths, states};
use crate::error::{Denied, Error, Result};
use crate::i18n::{Language, message};
use crate::model::journal::Deed;
use crate::model::review::Step;
use crate::model::standing::{self, Standing};
use crate::model::{Bilingual, DocumentId, instant, revision};
use crate::web::query;
use crate::web::view::{Html, Link};
use crate::workflow::Done;
use crate::workflow::checks::{self, Reason};
use crate::workflow::releasing::{self, Behind, Order, Outcome};

/// `/admin/fr/documents/5/publication`, `/admin/en/documents/5/publication`
#[derive(Debug, Template)]
#[template(path = "desk/publish.html")]
struct Publish {
    shell: Shell,
    heading: Heading,
    told: Told,
    /// What speaks against it, each with the way to where it is mended.
    against: Vec<Link>,
    /// What must be brought together first.
    behind: Vec<Link>,
    /// The revision that goes out.
    revision: i32,
    /// What the public is told.
    note: Bilingual<String>,
    /// Whether it moves no public date.
    minor: bool,
    moment: Moment,
    question: Option<Question>,
    /// Whether nobody has approved it.
    is_unapproved: bool,
    /// Why it goes out all the same.
    emergency: String,
    /// Approved texts that could go out with it.
    others: Vec<Other>,
}

/// An approved text that could go out in the same release.
#[derive(Debug)]
struct Other {
    document: i64,
    revision: i32,
    title: String,
    is_included: bool,
}

/// What was typed.
#[derive(Debug)]
struct Typed {
    note: Bilingual<String>,
    minor: bool,
    moment: Moment,
    emergency: String,
    /// The other documents that were ticked.
    included: Vec<i64>,
}

/// The name of the box that takes another text along.
const INCLUDE: &str = "include";

impl Typed {
    fn new() -> Self {
        Self {
            note: Bilingual::default(),
            minor: false,
            moment: Moment::new(true),
            emergency: String::new(),
            included: Vec::new(),
        }
    }

    fn read(fields: &Fields) -> Self {
        let typed = |name| fields.get(name).trim().to_owned();
        let ticked = fields.pairs().iter().filter(|(name, _)| name == INCLUDE);
        Self {
            note: Bilingual {
                fr: typed("note-fr"),
                en: typed("note-en"),
            },
            minor: fields.has("minor"),
            moment: Moment::read(fields, true),
            emergency: typed("emergency"),
            included: ticked.filter_map(|(_, number)| number.parse().ok()).collect(),
        }
    }

    /// What the public is told; none where nothing was typed.
    fn note(&self) -> Option<Bilingual<String>> {
        let is_empty = self.note.fr.is_empty() && self.note.en.is_empty();
        (!is_empty).then(|| self.note.clone())
    }
}

/// What is known of the documents when the page is made.
struct Known {
    standing: Standing,
    others: Vec<Standing>,
    titles: Titles,
    /// The draft, which goes out.
    revision: i32,
}

impl Known {
    /// None where there is nothing to publish.
    async fn read(connection: &mut PgConnection, document: DocumentId, language: Language) -> Result<Option<Self>> {
        let mut standings = standing::all(connection).await?;
        let titles = Titles::of_all(connection, language).await?;
        let place = standings.iter().position(|standing| standing.document.id == document);
        let standing = standings.remove(place.ok_or(Error::NotFound)?);
        standings.retain(|other| other.step() == Some(Step::Approved));
        let revision = standing.draft.as_ref().map(|draft| draft.number);
        Ok(revision.map(|revision| Self {
            standing,
            others: standings,
            titles,
            revision,
        }))
    }

    fn page(self, staff: &Staff, typed: Typed) -> Publish {
        let language = staff.language;
        let document = self.standing.document.id;
        let title = self.titles.plain(document);
        let name = message(language, "publish-title", &[("title", title.as_str().into())]);
        let other = |other: &Standing| {
            Some(Other {
                document: other.document.id.number(),
                revision: other.draft.as_ref()?.number,
                title: self.titles.plain(other.document.id),
                is_included: typed.included.contains(&other.document.id.number()),
            })
        };
        Publish {
            shell: Shell::new(staff, name.clone()),
            heading: Heading {
                trail: trail(document, &title, language),
                title: Html::from_text(&name),
                tags: states::tags(&self.standing, language),
            },
            told: Told::default(),
            against: Vec::new(),
            behind: Vec::new(),
            revision: self.revision,
            others: self.others.iter().filter_map(other).collect(),
            is_unapproved: self.standing.step() != Some(Step::Approved),
            note: typed.note,
            minor: typed.minor,
            moment: typed.moment,
            question: None,
            emergency: typed.emergency,
        }
    }
}

/// The form, with what speaks against it already.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
) -> Result<Answer> {
    let mut connection = desk.pool.acquire().await?;
    let Some(known) = Known::read(&mut connection, document, staff.language).await? else {
        return Ok(Answer::found(&paths::path_of(
            paths::DOCUMENT,
            staff.language,
            document.number(),
        )));
    };
    let text = revision::read(&mut connection, document, known.revision).await?;
    let now = instant::now(&mut *connection).await?;
    let reasons = checks::reasons(&mut connection, &[(known.standing.document.clone(), text)], now).await?;
    let against = reasons.iter().map(|reason| mend(reason, &known.titles)).collect();
    let page = known.page(&staff, Typed::new());
    Ok(Answer::page(staff.language, Publish { against, ..page }))
}

/// Publishes, or shows why not, with everything that was typed. A form that did its deed before leads to what it did.
pub async fn publish(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    fields: Fields,
) -> Result<Answer> {
    let language = staff.language;
    let typed = Typed::read(&fields);
    let undone = match typed.moment.meant(language) {
        _ if fields.deed().is_none() => Undone::default(),
        Meant::Now => match order(&desk, &staff, document, &fields, &typed, releasing::Moment::Now).await? {
            Ok(answer) => return Ok(answer),
            Err(undone) => undone,
        },
        Meant::At(at, local) => {
            let moment = releasing::Moment::At { at, local };
            match order(&desk, &staff, document, &fields, &typed, moment).await? {
                Ok(answer) => return Ok(answer),
                Err(undone) => undone,
            }
        }
        Meant::Asked(question) => Undone {
            question: Some(question),
            ..Undone::default()
        },
        Meant::Unreadable => Undone::told(message(language, "publish-moment-fault", &[])),
    };
    let Some(known) = Known::read(&mut *desk.pool.acquire().await?, document, language).await? else {
        return Err(Error::Denied(Denied::State));
    };
    let against = undone
        .reasons
        .iter()
        .map(|reason| mend(reason, &known.titles))
        .collect();
    let behind = undone
        .behind
        .iter()
        .map(|behind| bring_together(*behind, &known.titles))
        .collect();
    let page = Publish {
        told: undone.told,
        question: undone.question,
        against,
        behind,
        ..known.page(&staff, typed)
    };
    Ok(Answer::page(language, page).under(undone.status))
}

/// Why nothing was done.
struct Undone {
    status: StatusCode,
    told: Told,
    question: Option<Question>,
    reasons: Vec<Reason>,
    behind: Vec<Behind>,
}

impl Default for Undone {
    fn default() -> Self {
        Self {
            status: StatusCode::OK,
            told: Told::default(),
            question: None,
            reasons: Vec::new(),
            behind: Vec::new(),
        }
    }
}

impl Undone {
    fn refused() -> Self {
        Self {
            status: StatusCode::CONFLICT,
            ..Self::default()
        }
    }

    fn told(words: String) -> Self {
        Self {
            told: Told::fault(words),
            ..Self::refused()
        }
    }
}

/// Does the deed, and leads to its release.
async fn order(
    desk: &Desk,
    staff: &Staff,
    document: DocumentId,
    fields: &Fields,
    typed: &Typed,
    moment: releasing::Moment,
) -> Result<std::result::Result<Answer, Undone>> {
    let revision = |name: &str| fields.get(name).parse::<i32>().map_err(|_| Error::NotFound);
    let mut texts = vec![(document, revision("revision")?)];
    for other in &typed.included {
        texts.push(((*other).into(), revision(&format!("revision-{other}"))?));
    }
    let order = Order {
        texts,
        moment,
        note: typed.note(),
        minor: typed.minor,
        emergency: (!typed.emergency.is_empty()).then(|| typed.emergency.clone()),
    };
    let done = releasing::publish(&desk.pool, &staff.actor, fields.form(), &order).await;
    let deed = matches!(moment, releasing::Moment::At { .. }).then_some(Deed::Schedule);
    Ok(match done {
        Ok(Done::Now(Outcome::Released(release))) => Ok(receipt(Some(release.id), deed, staff.language)),
        Ok(Done::Again(line)) => Ok(receipt(line.subject.release, None, staff.language)),
        Ok(Done::Now(Outcome::Faulty(reasons))) => Err(Undone {
            reasons,
            ..Undone::refused()
        }),
        Ok(Done::Now(Outcome::Behind(behind))) => Err(Undone {
            behind,
            ..Undone::refused()
        }),
        Err(error) => Err(Undone::told(words::refused(error, staff.language)?)),
    })
}

/// The way to the page of a release.
pub fn receipt(release: Option<i64>, deed: Option<Deed>, language: Language) -> Answer {
    let Some(release) = release else {
        return Answer::found(&paths::path(paths::RELEASES, language));
    };
    let path = paths::path_of(paths::RELEASE, language, release);
    match deed {
        Some(deed) => Answer::found(&query::asking(&path, &[("done", deed.word())])),
        None => Answer::found(&path),
    }
}

/// A reason against publishing, and the way to where it is mended.
pub fn mend(reason: &Reason, titles: &Titles) -> Link {
    let language = titles.language();
    let told = reason.fault.told(language);
    let title = titles.plain(reason.document);
    let path = paths::path_of(paths::EDIT, language, reason.document.number());
    let field = reason.anchor.as_ref().map(|anchor| {
        let segment = reason.language.unwrap_or(Language::French).segment();
        format!("#{}-{segment}", anchor.as_str())
    });
    Link {
        label: words::told(
            language,
            "publish-reason",
            &[("title", title.into()), ("reason", told.into())],
        ),
        path: path + field.as_deref().unwrap_or_default(),
    }
}

/// The way to the page that brings a text together with what goes out before it.
pub fn bring_together(behind: Behind, titles: &Titles) -> Link {
    let language = titles.language();
    let title = titles.plain(behind.document);
    Link {
        label: words::told(language, "publish-behind-link", &[("title", title.into())]),
        path: paths::merge(language, behind.document, [behind.text, behind.onto]),
    }
}
