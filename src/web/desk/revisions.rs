//! The history of a document for staff: every revision, any two of them compared, an old one taken up again.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};

use super::answer::Answer;
use super::comparison::Comparison;
use super::document::trail;
use super::fields::{Fields, Numbered};
use super::moment::moment;
use super::overview::step_told;
use super::review::compared;
use super::shell::Shell;
use super::staff::Staff;
use super::view::{Heading, Tag, Told, Tone};
use super::words::{self, Titles};
use super::{Desk, editor, paths, states};
use crate::error::{Error, Result};
use crate::i18n::{self, Language, message};
use crate::model::address::{self, Place};
use crate::model::standing::{self, Aim, Saved, Standing};
use crate::model::{DocumentId, Instant, dossier, instant};
use crate::text::difference::Span;
use crate::web::query;
use crate::web::speech::{Speaks as _, rich};
use crate::web::view::Html;
use crate::workflow::Done;
use crate::workflow::drafting;

/// The names of the two revisions in the address, the older first.
const NAMES: [&str; 2] = ["from", "to"];

/// `/admin/fr/documents/5/historique`, `/admin/en/documents/5/history`
#[derive(Debug, Template)]
#[template(path = "desk/revisions.html")]
struct Page {
    shell: Shell,
    heading: Heading,
    told: Told,
    /// The history that the public reads.
    public: Option<String>,
    revisions: Vec<Revision>,
    /// The two that are compared, the older first.
    pair: [i32; 2],
    /// What differs, where two were asked for.
    comparison: Option<Comparison>,
    /// What a restored revision goes on from.
    base: i32,
}

/// A revision as it is shown.
#[derive(Debug)]
struct Revision {
    number: i32,
    moment: Html,
    /// Its day, for the lists of two to compare.
    day: String,
    author: String,
    /// What it was made from, where that is not the one before.
    origin: Option<String>,
    tags: Vec<Tag>,
    /// When it was in effect, and the steps of its way there.
    told: Vec<Html>,
    remark: Option<String>,
    /// The comparison with the one that it was made from.
    difference: Option<String>,
    may_be_restored: bool,
}

impl Page {
    /// The two revisions chosen: name in the form, number, key of the label.
    const fn choices(&self) -> [(&'static str, i32, &'static str); 2] {
        let ([older, newer], [from, to]) = (NAMES, self.pair);
        [(older, from, "revisions-first"), (newer, to, "revisions-second")]
    }

    fn title_of_comparison(&self) -> String {
        let [from, to] = self.pair;
        self.shell.with("revisions-compared", &[("from", from), ("to", to)])
    }
}

/// Every revision; two of them compared where the address names two.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    uri: Uri,
) -> Result<Answer> {
    let asked = NAMES.map(|name| query::parameter(uri.query(), name).and_then(|number| number.parse().ok()));
    let page = revisions(&desk, &staff, document, asked, Told::default()).await?;
    Ok(Answer::page(staff.language, page))
}

/// Takes an old revision up as a new draft.
pub async fn restore(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
    fields: Fields,
) -> Result<Answer> {
    let language = staff.language;
    let number = |name| fields.get(name).parse::<i32>().map_err(|_| Error::NotFound);
    let (base, old) = (number("base")?, number("revision")?);
    match drafting::restore(&desk.pool, &staff.actor, fields.form(), document, base, old).await {
        Ok(Done::Now(drafting::Saved::Asked(question))) => Ok(editor::led(&staff, document, &question)),
        Ok(_) => Ok(Answer::found(&paths::path_of(paths::EDIT, language, document.number()))),
        Err(error) => {
            let told = Told::refused(error, language)?;
            let page = revisions(&desk, &staff, document, [None, None], told).await?;
            Ok(Answer::page(language, page).under(StatusCode::CONFLICT))
        }
    }
}

async fn revisions(
    desk: &Desk,
    staff: &Staff,
    document: DocumentId,
    asked: [Option<i32>; 2],
    told: Told,
) -> Result<Page> {
    let language = staff.language;
    let mut connection = desk.pool.acquire().await?;
    let standing = standing::one(&mut connection, document).await?.ok_or(Error::NotFound)?;
    let saved = standing::revisions(&mut connection, document).await?;
    let title = Titles::of(&mut *connection, [document], language)
        .await?
        .plain(document);
    let now = instant::now(&mut *connection).await?;
    let newest = saved.first().map_or(0, |saved| saved.number);
    let pair = [asked[0].unwrap_or(newest - 1), asked[1].unwrap_or(newest)];
    let comparison = if asked.iter().any(Option::is_some) {
        let known = |number: i32| saved.iter().any(|saved| saved.number == number);
        if !pair.into_iter().all(known) {
            return Err(Error::NotFound);
        }
        Some(compared(&mut connection, document, pair.map(Some), language).await?)
    } else {
        None
    };
    let base = dossier::read(&mut connection, document)
        .await?
        .opening()
        .unwrap_or(newest);
    let path = paths::path_of(paths::REVISIONS, language, document.number());
    let name = message(language, "revisions-title", &[("title", title.as_str().into())]);
    Ok(Page {
        shell: Shell::new(staff, name.clone()),
        heading: Heading {
            trail: trail(document, &title, language),
            title: Html::from_text(&name),
            tags: states::tags(&standing, language),
        },
        told,
        public: public_history(&standing, language),
        revisions: saved
            .iter()
            .map(|saved| shown(saved, base, now, &path, language))
            .collect(),
        pair,
        comparison,
        base,
    })
}

fn public_history(standing: &Standing, language: Language) -> Option<String> {
    let live = standing.live.as_ref()?;
    let document = &standing.document;
    let place = Place::of(document.kind, document.key.as_deref(), live.slug.in_address(language))?;
    Some(address::history(&place.path(language)))
}

fn shown(saved: &Saved, base: i32, now: Instant, path: &str, language: Language) -> Revision {
    let origin = match (saved.parent, saved.merged_parent) {
        (Some(parent), _) if let Some(abandoned) = saved.abandons => {
            let pair = [("abandoned", abandoned.into()), ("parent", parent.into())];
            Some(message(language, "revisions-abandons", &pair))
        }
        (Some(parent), Some(merged)) => {
            let pair = [("parent", parent.into()), ("merged", merged.into())];
            Some(message(language, "revisions-merged", &pair))
        }
        (Some(parent), None) if parent != saved.number - 1 => {
            Some(message(language, "revisions-from", &[("parent", parent.into())]))
        }
        _ => None,
    };
    let mut told: Vec<Html> = saved
        .periods
        .iter()
        .map(|period| period_told(*period, now, language))
        .collect();
    for review in &saved.reviews {
        told.push(words::by(language, step_told(review.step), &review.name, review.at));
        let remark = review.remark.as_ref().map(|remark| remark.told(language));
        told.extend(remark.as_deref().map(Html::from_text));
    }
    Revision {
        number: saved.number,
        moment: Html::from(&moment(language, saved.saved_at)),
        day: i18n::local_day(saved.saved_at.timestamp()).to_string(),
        author: words::person(&saved.name, language),
        origin,
        tags: tags(saved, now, language),
        told,
        remark: saved.remark.as_ref().map(|remark| remark.told(language)),
        difference: saved.parent.map(|parent| {
            let [from, to] = [parent.to_string(), saved.number.to_string()];
            query::asking(path, &[(NAMES[0], &from), (NAMES[1], &to)]) + "#difference"
        }),
        may_be_restored: saved.number != base,
    }
}

/// Whether a revision is in effect, ahead, or was never published, and whether it is a correction.
fn tags(saved: &Saved, now: Instant, language: Language) -> Vec<Tag> {
    let contains = |(from, until): &(Instant, Option<Instant>)| *from <= now && until.is_none_or(|until| now < until);
    let public = if saved.periods.iter().any(contains) {
        Some(Tag {
            word: message(language, "state-live", &[]),
            tone: Tone::Live,
        })
    } else {
        let is_ahead = saved.periods.iter().any(|(from, _)| *from > now);
        is_ahead.then(|| states::scheduled(language))
    };
    let is_correction = saved.is_correction && saved.abandons.is_none();
    let correction = is_correction.then(|| states::aim(Aim::Correction, language));
    public.into_iter().chain(correction.flatten()).collect()
}

fn period_told((from, until): (Instant, Option<Instant>), now: Instant, language: Language) -> Html {
    let from_told = Html::from(&moment(language, from));
    if from > now {
        return rich(language, "revisions-ahead", &[("from", &from_told)]);
    }
    match until {
        None => rich(language, "revisions-since-open", &[("from", &from_told)]),
        Some(until) => {
            let until = Html::from(&moment(language, until));
            rich(language, "revisions-since", &[("from", &from_told), ("until", &until)])
        }
    }
}
