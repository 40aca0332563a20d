//! What the desk's pages say of a correction of the text in effect, while other texts are drafted or scheduled.

use sqlx::PgConnection;

use super::moment::moment;
use super::outcome::{Against, bring_together};
use super::view::Tag;
use super::words::{self, Titles};
use super::{paths, states};
use crate::error::Result;
use crate::i18n::{Language, message};
use crate::model::dossier::{Dossier, State};
use crate::model::standing::{Aim, Draft, Standing};
use crate::model::{DocumentId, English, Instant, Passage, Role, Text, editing};
use crate::web::speech::rich;
use crate::web::view::{Html, Link};
use crate::workflow::releasing::{self, Behind};

/// What a correction leaves apart, in a sentence.
pub fn told(dossier: &Dossier, language: Language) -> Html {
    match dossier.ahead.iter().find(|change| change.number.is_some()) {
        Some(change) => rich(
            language,
            "correction-scheduled",
            &[("moment", &moment(language, change.at))],
        ),
        None => Html::from_text(&message(language, "correction-draft", &[])),
    }
}

/// The way to the form in which the text in effect is corrected, where another is drafted or scheduled beside it.
pub fn way_in(dossier: &Dossier, language: Language) -> Option<Link> {
    let live = dossier.live?;
    let base = dossier.corrected(live)?;
    let key = if base == live {
        "correction-do"
    } else {
        "correction-go-on"
    };
    Some(Link {
        label: Html::from_text(&message(language, key, &[])),
        path: paths::of_draft(paths::EDIT, language, dossier.document.id, Some(base)),
    })
}

/// What keeps a correction back: texts that do not contain it, and those that do and are not approved.
pub fn against(dossier: &Dossier, draft: &Draft, titles: &Titles, at: Instant) -> Against {
    if draft.aim != Aim::Correction {
        return Against::default();
    }
    let behind = releasing::behind(dossier, draft.number, at);
    Against {
        behind: behind
            .iter()
            .map(|behind| carry_over(*behind, dossier, titles))
            .collect(),
        awaited: awaited(dossier, draft.number, titles, at),
        ..Against::default()
    }
}

/// The way to the page that brings a correction into what goes out after it; or what else must be brought together.
fn carry_over(behind: Behind, dossier: &Dossier, titles: &Titles) -> Link {
    let (language, link) = (titles.language(), bring_together(behind, titles));
    let label = match behind.at {
        _ if !dossier.lineage.carries_correction(behind.onto, behind.text) => link.label,
        Some(at) => words::at(language, "correction-behind-scheduled", at),
        None => words::told(language, "correction-behind-draft", &[]),
    };
    Link { label, ..link }
}

/// Where a document stands, and the English of the draft that a page is about, by what that says.
///
/// # Errors
/// The database does not answer.
pub async fn tags(
    connection: &mut PgConnection,
    standing: &Standing,
    draft: Option<(&Draft, &Text)>,
    language: Language,
) -> Result<Vec<Tag>> {
    let Some((number, text)) = draft.and_then(|(draft, text)| Some((draft.apart()?, text))) else {
        return Ok(states::tags(standing, language));
    };
    let rendered = editing::rendered(connection, standing.document.id, number).await?;
    let lags = |passage: &Passage| rendered.get(&passage.anchor).is_some_and(|fr| *fr != passage.fr);
    let is_lagging = text.english == English::Present && text.passages.iter().any(lags);
    let mut tags = states::on_the_way(standing, language);
    tags.extend(states::of_english(is_lagging, text.english, language));
    Ok(tags)
}

/// What a page about a draft is called; a correction has a name of its own.
pub fn name(draft: Option<&Draft>, [plain, corrects]: [&str; 2], title: &str, language: Language) -> String {
    let is_correction = draft.is_some_and(|draft| draft.aim == Aim::Correction);
    let key = if is_correction { corrects } else { plain };
    message(language, key, &[("title", title.into())])
}

/// The new forms of scheduled texts that go out after a text, and that nobody has approved yet.
fn awaited(dossier: &Dossier, number: i32, titles: &Titles, at: Instant) -> Vec<Link> {
    let waiting = releasing::forms(dossier, number, at);
    let waiting = waiting.filter(|(_, form)| dossier.state(*form) != Some(State::Approved));
    let title = titles.plain(dossier.document.id);
    let link = |(_, form): (Instant, i32)| Link {
        label: words::told(
            titles.language(),
            "correction-awaited-link",
            &[("number", form.into()), ("title", title.as_str().into())],
        ),
        path: review_of_form(dossier, form, titles.language()),
    };
    waiting.map(link).collect()
}

/// A new form of a scheduled text, that takes its place once another text goes out.
#[derive(Debug)]
pub struct Replaced {
    /// The document, and the form.
    pub form: (DocumentId, i32),
    /// Whether it is approved.
    pub is_approved: bool,
    /// The sentence that says so, which leads to what it says.
    pub link: Link,
}

/// The new forms of scheduled texts that take their places once a text goes out.
pub fn replaced(dossier: &Dossier, number: i32, titles: &Titles, at: Instant) -> Vec<Replaced> {
    let replaced = releasing::forms(dossier, number, at);
    let title = Html::from_text(&titles.plain(dossier.document.id));
    let link = |(at, form): (Instant, i32)| {
        let is_approved = dossier.state(form) == Some(State::Approved);
        let key = if is_approved {
            "correction-replaced-link"
        } else {
            "correction-replaced-unapproved-link"
        };
        let label = rich(
            titles.language(),
            key,
            &[
                ("number", &Html::from_text(&form.to_string())),
                ("title", &title),
                ("moment", &Html::from(&moment(titles.language(), at))),
            ],
        );
        let path = review_of_form(dossier, form, titles.language());
        Replaced {
            form: (dossier.document.id, form),
            is_approved,
            link: Link { label, path },
        }
    };
    replaced.map(link).collect()
}

/// The page that decides about the new form of a scheduled text; the draft of the line may be one.
fn review_of_form(dossier: &Dossier, form: i32, language: Language) -> String {
    let apart = Some(form).filter(|form| dossier.lineage.draft() != Some(*form));
    paths::of_draft(paths::REVIEW, language, dossier.document.id, apart)
}

/// What is said of a text that contains a correction which is not public yet, and the way to that.
#[derive(Debug)]
pub struct Contained {
    pub told: Html,
    pub link: Link,
}

/// The correction that a text contains and that is not public yet, at an instant.
pub fn contained(
    dossier: &Dossier,
    standing: &Standing,
    draft: &Draft,
    role: Role,
    language: Language,
    at: Instant,
) -> Option<Contained> {
    let correction = standing.correction()?;
    let is_contained = draft.number != correction.number && dossier.lineage.descends(draft.number, correction.number);
    let (page, key) = if role >= Role::Editor {
        (paths::PUBLISH, "correction-publish")
    } else {
        (paths::REVIEW, "correction-review")
    };
    let mut forms = releasing::forms(dossier, correction.number, at);
    let place = forms.find(|(_, form)| *form == draft.number).map(|(at, _)| at);
    is_contained.then(|| Contained {
        told: match place {
            Some(at) => words::at(language, "correction-contained-scheduled", at),
            None => words::told(language, "correction-contained", &[]),
        },
        link: Link {
            label: Html::from_text(&message(language, key, &[])),
            path: paths::of_draft(page, language, standing.document.id, correction.apart()),
        },
    })
}
