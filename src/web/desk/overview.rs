//! The first page of the desk: what waits for whom, what is ahead, what went out.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::answer::Answer;
use super::moment::moment;
use super::shell::Shell;
use super::staff::Staff;
use super::view::{Entry, Section};
use super::words::{self, Titles};
use super::{Desk, paths, releases, states};
use crate::error::Result;
use crate::i18n::{Language, message};
use crate::model::planning::{self, Release};
use crate::model::review::Step;
use crate::model::standing::{self, Aim, Beside, Draft, Standing};
use crate::model::{Bilingual, DocumentId, Role, setting};
use crate::web::speech::Speaks as _;
use crate::web::view::{Html, Link};

/// How many releases it tells of that went out.
const RECENT: i64 = 5;

/// `/admin/fr`, `/admin/en`
#[derive(Debug, Template)]
#[template(path = "desk/overview.html")]
struct Overview {
    shell: Shell,
    /// What somebody has to do something about.
    waiting: Vec<Section>,
    /// What is good to know.
    around: Vec<Section>,
}

/// What waits for whoever asks.
pub async fn page(State(desk): State<Arc<Desk>>, staff: Staff) -> Result<Answer> {
    let mut connection = desk.pool.acquire().await?;
    let board = Board {
        titles: Titles::of_all(&mut *connection, staff.language).await?,
        standings: standing::all(&mut connection).await?,
        four_eyes: setting::four_eyes(&mut *connection).await?,
        staff: &staff,
    };
    let ahead = planning::ahead(&mut connection).await?;
    let recent = planning::begun(&mut connection, None, RECENT).await?;
    let template = Overview {
        shell: Shell::new(&staff, message(staff.language, "overview-title", &[])),
        waiting: board.waiting(),
        around: vec![board.scheduled(&ahead), board.lagging(), board.recent(&recent)],
    };
    Ok(Answer::page(staff.language, template))
}

/// All that the page is put together from.
struct Board<'a> {
    standings: Vec<Standing>,
    titles: Titles,
    /// Whether somebody else must approve what a person wrote.
    four_eyes: bool,
    staff: &'a Staff,
}

impl Board<'_> {
    const fn language(&self) -> Language {
        self.staff.language
    }

    /// What waits for whoever asks, then what waits for others, then what is being written: always in this order.
    fn waiting(&self) -> Vec<Section> {
        let is_editor = self.staff.actor.role >= Role::Editor;
        let section = |id, heading, empty, entries| Section {
            id,
            heading,
            empty,
            entries,
        };
        let returned = self.drafts(Some(Step::Returned), |draft| self.is_own(draft));
        let mut sections = vec![section(
            "returned",
            "overview-returned",
            "overview-returned-none",
            returned,
        )];
        // What somebody wrote waits for others, whatever their role.
        let is_others = |draft: &Draft| is_editor && !draft.awaits_others(self.staff.actor.account, self.four_eyes);
        let mut waiting = self.drafts(Some(Step::Submitted), |draft| self.is_own(draft) && !is_others(draft));
        let approved = self.drafts(Some(Step::Approved), |draft| is_editor || self.is_own(draft));
        if is_editor {
            let submitted = self.drafts(Some(Step::Submitted), is_others);
            sections.push(section(
                "approve",
                "overview-approve",
                "overview-approve-none",
                submitted,
            ));
            sections.push(section(
                "publish",
                "overview-publish",
                "overview-publish-none",
                approved,
            ));
        } else {
            waiting.extend(approved);
        }
        let beside = self.beside();
        if !beside.is_empty() {
            sections.push(section("beside", "overview-beside", "overview-beside-none", beside));
        }
        sections.push(section("waiting", "overview-waiting", "overview-waiting-none", waiting));
        let drafts = self.under_way();
        sections.push(section("drafts", "overview-drafts", "overview-drafts-none", drafts));
        sections
    }

    /// Every draft that is on its way, with its document.
    fn on_the_way(&self) -> impl Iterator<Item = (&Standing, &Draft)> {
        self.standings
            .iter()
            .flat_map(|standing| standing.drafts().map(move |draft| (standing, draft)))
    }

    fn is_own(&self, draft: &Draft) -> bool {
        draft.writers.contains(&self.staff.actor.account)
    }

    /// The drafts that have taken this step last, and are meant.
    fn drafts(&self, step: Option<Step>, is_meant: impl Fn(&Draft) -> bool) -> Vec<Entry> {
        let drafts = self
            .on_the_way()
            .filter(|(_, draft)| draft.step() == step && is_meant(draft));
        drafts.map(|(standing, draft)| self.draft(standing, draft)).collect()
    }

    /// What was saved beside a draft: nobody loses it from sight.
    fn beside(&self) -> Vec<Entry> {
        let language = self.language();
        let waiting = self.standings.iter().flat_map(|standing| {
            let document = standing.document.id;
            standing.beside.iter().map(move |beside| (document, beside))
        });
        let entry = |(document, beside): (DocumentId, &Beside)| {
            let mut entry = Entry::new(self.titles.link(document));
            entry.told = vec![words::by(language, "overview-by", &beside.name, beside.saved_at)];
            entry.actions = vec![Link {
                label: Html::from_text(&message(language, "overview-act-merge", &[])),
                path: paths::merge(language, document, [beside.number, beside.onto]),
            }];
            entry
        };
        waiting.map(entry).collect()
    }

    /// The drafts that nobody has to decide about.
    fn under_way(&self) -> Vec<Entry> {
        let mut drafts = self.drafts(None, |_| true);
        drafts.extend(self.drafts(Some(Step::TakenBack), |_| true));
        drafts.extend(self.drafts(Some(Step::Returned), |draft| !self.is_own(draft)));
        drafts
    }

    fn draft(&self, standing: &Standing, draft: &Draft) -> Entry {
        let language = self.language();
        let document = standing.document.id;
        let mut entry = Entry::new(self.titles.link(document));
        entry.tags = states::aim(draft.aim, language).into_iter().collect();
        let taken = draft.review.as_ref().filter(|taken| taken.step != Step::TakenBack);
        entry.told = vec![match taken {
            Some(taken) => words::by(language, step_told(taken.step), &taken.name, taken.at),
            None => words::by(language, "overview-by", &draft.name, draft.saved_at),
        }];
        if taken.is_some_and(|taken| taken.step == Step::Returned) {
            entry.remark = taken.and_then(|taken| Some(taken.remark.as_ref()?.told(language)));
        }
        let act = |page: Bilingual<&str>, key| Link {
            label: Html::from_text(&message(language, key, &[])),
            path: paths::of_draft(page, language, document, draft.apart()),
        };
        // What takes the place of a scheduled text goes out with the correction in it.
        let publishes = self.staff.actor.role >= Role::Editor && draft.aim != Aim::Scheduled;
        entry.actions = match taken.map(|taken| taken.step) {
            Some(Step::Approved) if publishes => vec![act(paths::PUBLISH, "overview-act-publish")],
            Some(Step::Submitted | Step::Approved) => vec![act(paths::REVIEW, "overview-act-review")],
            _ => vec![
                act(paths::EDIT, "overview-act-edit"),
                act(paths::REVIEW, "overview-act-submit"),
            ],
        };
        entry
    }

    fn scheduled(&self, releases: &[Release]) -> Section {
        Section {
            id: "scheduled",
            heading: "overview-scheduled",
            empty: "overview-scheduled-none",
            entries: releases
                .iter()
                .map(|release| self.release(release, "overview-act-move"))
                .collect(),
        }
    }

    fn recent(&self, releases: &[Release]) -> Section {
        Section {
            id: "recent",
            heading: "overview-recent",
            empty: "overview-recent-none",
            entries: releases
                .iter()
                .map(|release| self.release(release, "overview-act-receipt"))
                .collect(),
        }
    }

    fn release(&self, release: &Release, act: &'static str) -> Entry {
        let language = self.language();
        let path = paths::path_of(paths::RELEASE, language, release.id);
        let mut entry = Entry::new(Link {
            label: Html::from(&moment(language, release.at)),
            path: path.clone(),
        });
        entry.told = releases::told(release, &self.titles, language);
        entry.actions = vec![Link {
            label: Html::from_text(&message(language, act, &[])),
            path,
        }];
        entry
    }

    fn lagging(&self) -> Section {
        let language = self.language();
        let lagging = self.standings.iter().filter(|standing| standing.newest.lagging > 0);
        let entries = lagging.map(|standing| {
            let document = standing.document.id;
            let mut entry = Entry::new(Link {
                path: paths::path_of(paths::EDIT, language, document.number()),
                ..self.titles.link(document)
            });
            let count = standing.newest.lagging.into();
            entry.told = vec![words::told(language, "overview-lagging-count", &[("count", count)])];
            entry
        });
        Section {
            id: "lagging",
            heading: "overview-lagging",
            empty: "overview-lagging-none",
            entries: entries.collect(),
        }
    }
}

/// The key of the sentence that says who took a step, and when.
pub const fn step_told(step: Step) -> &'static str {
    match step {
        Step::Submitted => "review-submitted",
        Step::Approved => "review-approved",
        Step::Returned => "review-returned",
        Step::TakenBack => "review-taken-back",
    }
}
