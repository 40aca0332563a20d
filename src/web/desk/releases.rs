//! What is scheduled and what went out; one release, with its receipt.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use sqlx::PgConnection;

use super::answer::Answer;
use super::document::previews;
use super::fields::Numbered;
use super::moment::moment;
use super::receipt::{self, Receipt};
use super::shell::Shell;
use super::staff::Staff;
use super::view::{Entry, Fact, Heading, Panel, Section, Tag, Told, Tone};
use super::when::{Question, TypedMoment};
use super::words::{self, Titles};
use super::{Desk, paths};
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::model::journal::Deed;
use crate::model::planning::{self, Change, Release};
use crate::model::{Bilingual, Instant, Role, Withdrawn, instant};
use crate::web::query;
use crate::web::speech::{Speaks as _, rich};
use crate::web::view::{Html, Link};

/// How many releases a page shows.
const SHOWN: i64 = 50;

/// `/admin/fr/publications`, `/admin/en/releases`
#[derive(Debug, Template)]
#[template(path = "desk/releases.html")]
struct Releases {
    shell: Shell,
    sections: Vec<Section>,
    /// Those before these.
    older: Option<String>,
}

/// `/admin/fr/publications/3`, `/admin/en/releases/3`
#[derive(Debug, Template)]
#[template(path = "desk/release.html")]
pub struct One {
    shell: Shell,
    heading: Heading,
    told: Told,
    /// Who decided it and when, and why nobody else looked.
    story: Vec<Html>,
    /// What its addresses show, of each text.
    receipts: Vec<Receipt>,
    /// What it does to each text.
    panels: Vec<Panel>,
    /// While it is ahead: the moment to move it to.
    moment: Option<TypedMoment>,
    /// Which of two instants was meant.
    question: Option<Question>,
}

/// What is scheduled and what went out.
pub async fn page(State(desk): State<Arc<Desk>>, staff: Staff, uri: Uri) -> Result<Answer> {
    let language = staff.language;
    let before = query::parameter(uri.query(), "before").and_then(|before| before.parse().ok());
    let mut connection = desk.pool.acquire().await?;
    let ahead = planning::ahead(&mut connection).await?;
    let mut begun = planning::begun(&mut connection, before, SHOWN + 1).await?;
    let has_older = begun.len() > usize::try_from(SHOWN).unwrap_or(usize::MAX);
    if has_older {
        begun.pop();
    }
    let changed = ahead.iter().chain(&begun).flat_map(|release| &release.changes);
    let titles = Titles::of(&mut *connection, changed.map(|change| change.document), language).await?;
    let section = |id, heading, empty, releases: &[Release]| Section {
        id,
        heading,
        empty,
        entries: releases
            .iter()
            .map(|release| entry(release, &titles, language))
            .collect(),
    };
    let path = paths::path(paths::RELEASES, language);
    let last = begun.last().filter(|_| has_older).map(|last| last.id.to_string());
    let template = Releases {
        shell: Shell::new(&staff, message(language, "releases-title", &[])),
        older: last.map(|last| query::asking(&path, &[("before", &last)])),
        sections: vec![
            section("ahead", "releases-ahead", "releases-ahead-none", &ahead),
            section("begun", "releases-past", "releases-past-none", &begun),
        ],
    };
    Ok(Answer::page(language, template))
}

fn entry(release: &Release, titles: &Titles, language: Language) -> Entry {
    let mut entry = Entry::new(Link {
        label: Html::from(&moment(language, release.at)),
        path: paths::path_of(paths::RELEASE, language, release.id),
    });
    entry.told = told(release, titles, language);
    entry
        .told
        .push(words::by(language, "release-by", &release.name, release.taken_at));
    entry
}

/// What was done, by the word in the address.
const DONE: [(&str, &str); 3] = [
    (Deed::Schedule.word(), "release-done-scheduled"),
    (Deed::Move.word(), "release-done-moved"),
    (Deed::Cancel.word(), "release-done-cancelled"),
];

/// How many titles a line names.
const NAMED: usize = 3;

/// What a release does, in a line or two: the titles, then what the public is told.
pub fn told(release: &Release, titles: &Titles, language: Language) -> Vec<Html> {
    let named = release.changes.iter().take(NAMED).map(|change| match change.deed {
        planning::Deed::Begins { .. } => titles.plain(change.document),
        planning::Deed::Ends { .. } => {
            let title = ("title", titles.plain(change.document).into());
            message(language, "release-line-end", &[title])
        }
    });
    let mut line = named.collect::<Vec<_>>().join(", ");
    let others = release.changes.len().saturating_sub(NAMED);
    if others > 0 {
        let arguments = [("titles", line.as_str().into()), ("count", others.into())];
        line = message(language, "release-line-others", &arguments);
    }
    let note = release.changes.first().and_then(|change| match &change.deed {
        planning::Deed::Begins { note, .. } => note.as_ref(),
        planning::Deed::Ends { reason, .. } => Some(reason),
    });
    let note = note.map(|note| Html::from_text(note.get(language)));
    std::iter::once(Html::from_text(&line)).chain(note).collect()
}

/// One release: the receipt of one that has begun; of one ahead, how to move and to cancel it.
pub async fn one(State(desk): State<Arc<Desk>>, staff: Staff, Numbered(id): Numbered<i64>, uri: Uri) -> Result<Answer> {
    let done = query::parameter(uri.query(), "done");
    let done = DONE.iter().find(|(word, _)| done.as_deref() == Some(*word));
    let told = Told {
        done: done.map(|(_, key)| message(staff.language, key, &[])),
        faults: Vec::new(),
    };
    let page = release(&desk, &staff, id, told, None).await?;
    Ok(Answer::page(staff.language, page))
}

/// The page of a release, with what came of what was asked and the moment as it was typed.
///
/// # Errors
/// The database does not answer, or there is no such release.
pub async fn release(
    desk: &Desk,
    staff: &Staff,
    id: i64,
    told: Told,
    typed: Option<(TypedMoment, Option<Question>)>,
) -> Result<One> {
    let language = staff.language;
    let mut connection = desk.pool.acquire().await?;
    let release = planning::one(&mut connection, id).await?.ok_or(Error::NotFound)?;
    let now = instant::now(&mut *connection).await?;
    let titles = named(&mut connection, &release, language).await?;
    let has_begun = release.cancelled_at.is_none() && release.at <= now;
    let is_ahead = release.cancelled_at.is_none() && !has_begun;
    let receipts = if has_begun {
        receipt::of(desk, &mut connection, &release, &titles).await?
    } else {
        Vec::new()
    };
    let may_change = is_ahead && staff.actor.role >= Role::Editor;
    let (moment, question) = typed.unwrap_or_else(|| (TypedMoment::new(false).at(release.at), None));
    let name = words::at(language, "release-title", release.at);
    let title = words::at_plain(language, "release-title", release.at);
    Ok(One {
        shell: Shell::new(staff, title.clone()),
        heading: Heading {
            trail: vec![Link {
                label: Html::from_text(&message(language, "releases-title", &[])),
                path: paths::path(paths::RELEASES, language),
            }],
            title: name,
            tags: vec![tag(&release, now, language)],
        },
        told,
        story: story(&release, has_begun, language),
        panels: if receipts.is_empty() {
            release
                .changes
                .iter()
                .map(|change| panel(change, &titles, language))
                .collect()
        } else {
            Vec::new()
        },
        receipts,
        moment: may_change.then_some(moment),
        question,
    })
}

/// The titles of all that a release names.
async fn named(connection: &mut PgConnection, release: &Release, language: Language) -> Result<Titles> {
    let successors = release.changes.iter().filter_map(|change| match change.deed {
        planning::Deed::Ends { successor, .. } => successor,
        planning::Deed::Begins { .. } => None,
    });
    let changed = release.changes.iter().map(|change| change.document);
    Titles::of(connection, changed.chain(successors), language).await
}

fn tag(release: &Release, now: Instant, language: Language) -> Tag {
    let tag = |tone, key| Tag {
        word: message(language, key, &[]),
        tone,
    };
    if release.cancelled_at.is_some() {
        tag(Tone::Quiet, "release-state-cancelled")
    } else if release.at > now {
        tag(Tone::Info, "release-state-ahead")
    } else {
        tag(Tone::Live, "release-state-out")
    }
}

/// Who decided it and when; once it has begun, what the public is told of it, which its panels tell before.
fn story(release: &Release, has_begun: bool, language: Language) -> Vec<Html> {
    let mut story = vec![words::by(language, "release-by", &release.name, release.taken_at)];
    story.extend(has_begun.then(|| said(release, language)).into_iter().flatten());
    if let Some(reason) = &release.override_reason {
        let reason = reason.told(language);
        story.push(words::told(
            language,
            "release-override",
            &[("reason", reason.as_str().into())],
        ));
    }
    story.extend(cancelled(release, language));
    story
}

/// Who cancelled a release, and when.
pub fn cancelled(release: &Release, language: Language) -> Option<Html> {
    let by = release.cancelled_by.as_deref()?;
    Some(words::by(language, "release-cancelled", by, release.cancelled_at?))
}

/// What the public is told of a release, in each language that has words of its own.
fn said(release: &Release, language: Language) -> Vec<Html> {
    let Some(change) = release.changes.first() else {
        return Vec::new();
    };
    let (keys, words) = match &change.deed {
        planning::Deed::Begins { note, .. } => (["release-note-fr", "release-note-en"], note.as_ref()),
        planning::Deed::Ends { reason, .. } => (["release-reason-fr", "release-reason-en"], Some(reason)),
    };
    let both = words
        .into_iter()
        .flat_map(|words| Language::ALL.map(|of| (of, words.get(of))));
    both.zip(keys)
        .filter(|((_, words), _)| !words.is_empty())
        .map(|((of, words), key)| {
            rich(
                language,
                key,
                &[("words", &Html::from_text(words).marked(of, language))],
            )
        })
        .collect()
}

fn panel(change: &Change, titles: &Titles, language: Language) -> Panel {
    let both = |words: &Bilingual<String>| {
        let written = [("compared-column-fr", &words.fr), ("compared-column-en", &words.en)];
        written.map(|(label, words)| Fact::new(label, Html::from_text(words)))
    };
    let mut facts = Vec::new();
    let mut shown = None;
    let key = match &change.deed {
        planning::Deed::Begins {
            number, note, minor, ..
        } => {
            shown = Some(previews(change.document, Some(*number), language));
            let number = Html::from_text(&number.to_string());
            facts.push(Fact::new("document-fact-revision", number));
            facts.extend(note.as_ref().map(both).into_iter().flatten());
            if *minor { "release-minor" } else { "release-begins" }
        }
        planning::Deed::Ends {
            kind,
            reason,
            successor,
        } => {
            facts.extend(both(reason));
            let title = |successor| Html::from_text(&titles.plain(successor));
            facts.extend(successor.map(|successor| Fact::new("withdraw-successor", title(successor))));
            match kind {
                Withdrawn::Withdrawn => "release-withdrawn",
                Withdrawn::Removed => "release-removed",
            }
        }
    };
    let link = titles.link(change.document);
    let document = Link {
        label: words::told(
            language,
            "documents-number",
            &[("number", change.document.number().into())],
        ),
        path: link.path,
    };
    Panel {
        id: format!("d{}", change.document),
        heading: link.label,
        tags: vec![Tag {
            word: message(language, key, &[]),
            tone: Tone::Info,
        }],
        facts,
        links: std::iter::once(document).chain(shown.into_iter().flatten()).collect(),
    }
}
