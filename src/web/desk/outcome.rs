//! Where a form that asks for a release leads: to its receipt, or back to the form with what speaks against it.

use axum::http::StatusCode;

use super::answer::Answer;
use super::moment::moment;
use super::paths;
use super::view::Told;
use super::when::Question;
use super::words::{self, Titles};
use crate::error::Result;
use crate::i18n::{Language, message};
use crate::model::journal::Deed;
use crate::web::query;
use crate::web::speech::rich;
use crate::web::view::{Html, Link};
use crate::workflow::Done;
use crate::workflow::checks::Reason;
use crate::workflow::releasing::{Behind, Early, Outcome};

/// Why nothing was done.
#[derive(Debug)]
pub struct Undone {
    /// The status of the page that says so.
    pub status: StatusCode,
    /// A refusal in words.
    pub told: Told,
    /// What must be answered first.
    pub question: Option<Question>,
    reasons: Vec<Reason>,
    behind: Vec<Behind>,
    early: Vec<Early>,
}

/// What speaks against a release.
#[derive(Debug, Default)]
pub struct Against {
    /// Faults of its texts, each with the way to where it is mended.
    pub reasons: Vec<Link>,
    /// Texts that must first be brought together with what goes out before them.
    pub behind: Vec<Link>,
    /// Texts that go out after it in a new form, and are not approved.
    pub awaited: Vec<Link>,
    /// What would come out before its time.
    pub early: Vec<Html>,
}

impl Default for Undone {
    fn default() -> Self {
        Self {
            status: StatusCode::OK,
            told: Told::default(),
            question: None,
            reasons: Vec::new(),
            behind: Vec::new(),
            early: Vec::new(),
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

    /// There is a question first.
    pub fn asked(question: Question) -> Self {
        Self {
            question: Some(question),
            ..Self::default()
        }
    }

    /// A refusal in words.
    pub fn told(told: Told) -> Self {
        Self {
            told,
            ..Self::refused()
        }
    }

    /// What speaks against it, for the page.
    pub fn against(&self, titles: &Titles) -> Against {
        Against {
            behind: self
                .behind
                .iter()
                .map(|behind| bring_together(*behind, titles))
                .collect(),
            early: self.early.iter().map(|early| told_early(*early, titles)).collect(),
            ..Against::reasons(&self.reasons, titles)
        }
    }
}

impl Against {
    /// Faults of texts alone.
    pub fn reasons(reasons: &[Reason], titles: &Titles) -> Self {
        Self {
            reasons: reasons.iter().map(|reason| mend(reason, titles)).collect(),
            ..Self::default()
        }
    }
}

/// What became of an order: the way to its receipt, or why nothing was done.
///
/// # Errors
/// What failed was no refusal.
pub fn settled(
    done: Result<Done<Outcome>>,
    deed: Option<Deed>,
    language: Language,
) -> Result<std::result::Result<Answer, Undone>> {
    Ok(match done {
        Ok(Done::Now(Outcome::Released(release))) => Ok(receipt(Some(release.id), deed, language)),
        Ok(Done::Again(line)) => Ok(receipt(line.subject.release, None, language)),
        Ok(Done::Now(Outcome::Faulty(reasons))) => Err(Undone {
            reasons,
            ..Undone::refused()
        }),
        Ok(Done::Now(Outcome::Behind(behind))) => Err(Undone {
            behind,
            ..Undone::refused()
        }),
        Ok(Done::Now(Outcome::Early(early))) => Err(Undone {
            early,
            ..Undone::refused()
        }),
        Ok(Done::Now(Outcome::Untold)) => {
            let told = message(language, "correction-untold", &[]);
            Err(Undone::told(Told::fault(told)))
        }
        Err(error) => Err(Undone::told(Told::refused(error, language)?)),
    })
}

/// The way to the page of a release, which says what was done.
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
fn mend(reason: &Reason, titles: &Titles) -> Link {
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

/// What is scheduled, and when it was to come out.
fn told_early(early: Early, titles: &Titles) -> Html {
    let language = titles.language();
    let title = Html::from_text(&titles.plain(early.document));
    let moment = Html::from(&moment(language, early.at));
    rich(
        language,
        "publish-early-text",
        &[("title", &title), ("moment", &moment)],
    )
}
