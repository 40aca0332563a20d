//! Making a draft public, now or at an hour of Québec, alone or together with others.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use sqlx::PgConnection;

use super::answer::Answer;
use super::correction::{self, Contained, Replaced};
use super::document::trail;
use super::fields::{Fields, Numbered};
use super::outcome::{Against, Undone, settled};
use super::shell::Shell;
use super::staff::Staff;
use super::view::{Heading, Tag, Told};
use super::when::{Meant, Question, TypedMoment};
use super::words::Titles;
use super::{Desk, paths, states};
use crate::error::{Denied, Error, Result};
use crate::i18n::{Language, message};
use crate::model::dossier::{self, Dossier};
use crate::model::journal::Deed;
use crate::model::review::Step;
use crate::model::standing::{self, Draft, Standing};
use crate::model::{Bilingual, DocumentId, Instant, Text, instant, revision};
use crate::web::query;
use crate::web::speech::Speaks as _;
use crate::web::view::{Html, Link};
use crate::workflow::checks;
use crate::workflow::releasing::{self, Order};

/// `/admin/fr/documents/5/publication`, `/admin/en/documents/5/publication`
#[derive(Debug, Template)]
#[template(path = "desk/publish.html")]
struct Publish {
    shell: Shell,
    heading: Heading,
    told: Told,
    /// Where the form leads, for the same text.
    action: String,
    against: Against,
    contained: Option<Contained>,
    /// What takes the places of scheduled texts once this one goes out.
    replaced: Vec<Link>,
    /// The same with what the others bring, for the form.
    forms: Vec<(DocumentId, i32)>,
    /// The revision that goes out.
    revision: i32,
    /// What the public is told.
    note: Bilingual<String>,
    /// Whether it moves no public date.
    minor: bool,
    moment: TypedMoment,
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
    /// That it is a correction.
    tag: Option<Tag>,
    /// What takes the places of scheduled texts then.
    replaced: Vec<Link>,
    is_included: bool,
}

/// What was typed.
#[derive(Debug)]
struct Typed {
    note: Bilingual<String>,
    minor: bool,
    moment: TypedMoment,
    emergency: String,
    /// Whether what is scheduled for later may come out with it.
    early: bool,
    /// The other documents that were ticked.
    included: Vec<i64>,
    /// What the page told of.
    told: Vec<(DocumentId, i32)>,
}

/// The name of the box that takes another text along.
const INCLUDE: &str = "include";
/// The name of the fields that say what the page told of: a document, and the form that takes the place of its scheduled text.
const TOLD: &str = "told";

impl Typed {
    fn new() -> Self {
        Self {
            note: Bilingual::default(),
            minor: false,
            moment: TypedMoment::new(true),
            emergency: String::new(),
            early: false,
            included: Vec::new(),
            told: Vec::new(),
        }
    }

    fn read(fields: &Fields) -> Self {
        let named = |of: &'static str| fields.pairs().iter().filter(move |(name, _)| name == of);
        let form = |(document, form): (&str, &str)| Some((document.parse::<i64>().ok()?.into(), form.parse().ok()?));
        Self {
            note: fields.pair("note"),
            minor: fields.has("minor"),
            moment: TypedMoment::read(fields, true),
            emergency: fields.typed("emergency"),
            early: fields.has("early"),
            told: named(TOLD)
                .filter_map(|(_, pair)| form(pair.split_once('-')?))
                .collect(),
            included: named(INCLUDE).filter_map(|(_, number)| number.parse().ok()).collect(),
        }
    }
}

/// What is known of the documents when the page is made.
struct Known {
    standing: Standing,
    dossier: Dossier,
    now: Instant,
    /// What takes the places of scheduled texts once it goes out.
    replaced: Vec<Replaced>,
    /// What could go out with it, each with the same.
    others: Vec<(Standing, Vec<Replaced>)>,
    titles: Titles,
    /// What goes out.
    draft: Draft,
    /// What it says.
    text: Text,
    tags: Vec<Tag>,
}

impl Known {
    /// None where there is nothing to publish.
    async fn read(
        connection: &mut PgConnection,
        document: DocumentId,
        apart: Option<i32>,
        language: Language,
    ) -> Result<Option<Self>> {
        let mut standings = standing::all(connection).await?;
        let titles = Titles::of_all(&mut *connection, language).await?;
        let place = standings.iter().position(|standing| standing.document.id == document);
        let standing = standings.remove(place.ok_or(Error::NotFound)?);
        standings.retain(|other| along(other).is_some());
        let Some(draft) = standing.on_the_way(apart).cloned() else {
            return Ok(None);
        };
        let text = revision::read(connection, document, draft.number).await?;
        let now = instant::now(&mut *connection).await?;
        let dossier = dossier::read(connection, document).await?;
        let replaced = correction::replaced(&dossier, draft.number, &titles, now);
        let mut others = Vec::new();
        for other in standings {
            let replaced = match along(&other).filter(|_| !other.ahead.is_empty()) {
                Some(draft) => {
                    let dossier = dossier::read(connection, other.document.id).await?;
                    correction::replaced(&dossier, draft.number, &titles, now)
                }
                None => Vec::new(),
            };
            others.push((other, replaced));
        }
        Ok(Some(Self {
            tags: correction::tags(connection, &standing, Some((&draft, &text)), language).await?,
            standing,
            dossier,
            now,
            replaced,
            others,
            text,
            titles,
            draft,
        }))
    }

    /// What keeps a correction back, as far as that is known without asking for its release.
    fn against(&self) -> Against {
        correction::against(&self.dossier, &self.draft, &self.titles, self.now)
    }

    fn page(self, staff: &Staff, typed: Typed, against: Against) -> Publish {
        let language = staff.language;
        let document = self.standing.document.id;
        let title = self.titles.plain(document);
        let apart = self.draft.apart();
        let role = staff.actor.role;
        let keys = ["publish-title", "correction-publish-title"];
        let name = correction::name(Some(&self.draft), keys, &title, language);
        let others = self.others.iter().flat_map(|(_, replaced)| replaced);
        let forms = self
            .replaced
            .iter()
            .chain(others)
            .map(|replaced| replaced.form)
            .collect();
        // What is not approved is told of apart.
        let approved = self.replaced.into_iter().filter(|replaced| replaced.is_approved);
        let other = |(other, replaced): (Standing, Vec<Replaced>)| {
            let draft = along(&other)?;
            Some(Other {
                document: other.document.id.number(),
                revision: draft.number,
                tag: states::aim(draft.aim, language),
                title: self.titles.plain(other.document.id),
                replaced: replaced.into_iter().map(|replaced| replaced.link).collect(),
                is_included: typed.included.contains(&other.document.id.number()),
            })
        };
        Publish {
            shell: Shell {
                counterpart: paths::of_draft(paths::PUBLISH, language.other(), document, apart),
                ..Shell::new(staff, name.clone())
            },
            heading: Heading {
                trail: trail(document, &title, language),
                title: Html::from_text(&name),
                tags: self.tags,
            },
            told: Told::default(),
            action: paths::of_draft(paths::PUBLISH, language, document, apart),
            contained: correction::contained(&self.dossier, &self.standing, &self.draft, role, language, self.now),
            forms,
            replaced: approved.map(|replaced| replaced.link).collect(),
            revision: self.draft.number,
            others: self.others.into_iter().filter_map(other).collect(),
            is_unapproved: self.draft.step() != Some(Step::Approved) || !against.awaited.is_empty(),
            against,
            note: typed.note,
            minor: typed.minor,
            moment: typed.moment,
            question: None,
            emergency: typed.emergency,
        }
    }
}

/// What of another document could go out in the same release: a correction before what follows it.
fn along(other: &Standing) -> Option<&Draft> {
    let mut drafts = other.correction().into_iter().chain(&other.draft);
    drafts.find(|draft| draft.step() == Some(Step::Approved))
}

/// The form, with what speaks against it already.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    uri: Uri,
) -> Result<Answer> {
    let mut connection = desk.pool.acquire().await?;
    let apart = query::revision(uri.query());
    let Some(known) = Known::read(&mut connection, document, apart, staff.language).await? else {
        return Ok(Answer::found(&paths::path_of(
            paths::DOCUMENT,
            staff.language,
            document.number(),
        )));
    };
    let texts = [(known.standing.document.clone(), known.text.clone())];
    let reasons = checks::reasons(&mut connection, &texts, known.now).await?;
    let against = Against {
        reasons: Against::reasons(&reasons, &known.titles).reasons,
        ..known.against()
    };
    Ok(Answer::page(staff.language, known.page(&staff, Typed::new(), against)))
}

/// Publishes, or shows why not, with everything that was typed. A form that did its deed before leads to what it did.
pub async fn publish(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    uri: Uri,
    fields: Fields,
) -> Result<Answer> {
    let (language, apart) = (staff.language, query::revision(uri.query()));
    let typed = Typed::read(&fields);
    let undone = match typed.moment.meant(language) {
        _ if fields.deed().is_none() => Undone::default(),
        Meant::Moment(moment) => match order(&desk, &staff, document, &fields, &typed, moment).await? {
            Ok(answer) => return Ok(answer),
            Err(undone) => undone,
        },
        Meant::Asked(question) => Undone::asked(question),
        Meant::Unclear(why) => Undone::told(Told::fault(message(language, why, &[]))),
    };
    let Some(known) = Known::read(&mut *desk.pool.acquire().await?, document, apart, language).await? else {
        return Err(Error::Denied(Denied::State));
    };
    let against = Against {
        awaited: known.against().awaited,
        ..undone.against(&known.titles)
    };
    let page = Publish {
        told: undone.told,
        question: undone.question,
        ..known.page(&staff, typed, against)
    };
    Ok(Answer::page(language, page).under(undone.status))
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
        note: typed.note.clone().written(),
        minor: typed.minor,
        emergency: (!typed.emergency.is_empty()).then(|| typed.emergency.clone()),
        early: typed.early,
        told: Some(typed.told.clone()),
    };
    let done = releasing::publish(&desk.pool, &staff.actor, fields.form(), &order).await;
    let deed = matches!(moment, releasing::Moment::At { .. }).then_some(Deed::Schedule);
    settled(done, deed, staff.language)
}
