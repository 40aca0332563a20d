//! One document: its live text, its draft, what is ahead, its history, what leads to it, and what there is to do.

mod around;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use super::answer::Answer;
use super::create::documents;
use super::fields::Numbered;
use super::moment::moment;
use super::overview::step_told;
use super::shell::Shell;
use super::shown::{self, Shown};
use super::staff::Staff;
use super::view::{Fact, Heading, Panel, Section, Tag};
use super::words::{self, Titles};
use super::{Desk, correction, paths, states};
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::model::address::{self, Place};
use crate::model::dossier::{self, Dossier};
use crate::model::journal::Deed;
use crate::model::standing::{self, Aim, Beside, Draft, End, Live, Standing};
use crate::model::{Bilingual, DocumentId, Role, setting};
use crate::web::speech::Speaks as _;
use crate::web::view::{Html, Link};
use crate::workflow::transitions;

/// `/admin/fr/documents/5`, `/admin/en/documents/5`
#[derive(Debug, Template)]
#[template(path = "desk/document.html")]
struct Page {
    shell: Shell,
    heading: Heading,
    panels: Vec<Panel>,
    /// What the text in effect says, or else the newest.
    text: Vec<Shown>,
    /// What leads to it.
    links: Section,
    /// The last revisions.
    history: Section,
    /// The releases of it that were cancelled, where there are any.
    cancelled: Option<Section>,
    /// What there is to do, the first thing first.
    deeds: Vec<Link>,
    /// What takes words from the public.
    endings: Vec<Link>,
}

/// One document.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    staff: Staff,
    Numbered(document): Numbered<DocumentId>,
) -> Result<Answer> {
    let language = staff.language;
    let mut connection = desk.pool.acquire().await?;
    let standing = standing::one(&mut connection, document).await?.ok_or(Error::NotFound)?;
    let dossier = dossier::read(&mut connection, document).await?;
    let shown = standing
        .live
        .as_ref()
        .map_or(standing.newest.number, |live| live.number);
    let text = match shown {
        0 => Vec::new(),
        number => shown::of(&mut connection, document, number).await?,
    };
    let about = About {
        title: Titles::of(&mut *connection, [document], language)
            .await?
            .plain(document),
        standing: &standing,
        four_eyes: setting::four_eyes(&mut *connection).await?,
        staff: &staff,
    };
    let template = Page {
        heading: heading(&standing, &about.title, language),
        shell: Shell::new(&staff, about.title.clone()),
        panels: about.panels(),
        text,
        history: around::history(&mut connection, document, language).await?,
        cancelled: around::cancelled(&mut connection, document, language).await?,
        deeds: about.deeds(&dossier),
        endings: about.endings(&dossier),
        links: around::links(&mut connection, document, language).await?,
    };
    Ok(Answer::page(language, template))
}

fn heading(standing: &Standing, title: &str, language: Language) -> Heading {
    Heading {
        trail: vec![documents(language)],
        title: Html::from_text(title),
        tags: states::tags(standing, language),
    }
}

/// The way to a document, for the pages below it.
pub fn trail(document: DocumentId, title: &str, language: Language) -> Vec<Link> {
    let this = Link {
        label: Html::from_text(title),
        path: paths::path_of(paths::DOCUMENT, language, document.number()),
    };
    vec![documents(language), this]
}

/// All that the page is put together from.
struct About<'a> {
    standing: &'a Standing,
    title: String,
    /// Whether somebody else must approve what a person wrote.
    four_eyes: bool,
    staff: &'a Staff,
}

impl About<'_> {
    const fn language(&self) -> Language {
        self.staff.language
    }

    fn link(&self, page: Bilingual<&str>, key: &str) -> Link {
        self.link_to(page, None, key)
    }

    /// The same about a text that is on its way apart.
    fn link_to(&self, page: Bilingual<&str>, apart: Option<i32>, key: &str) -> Link {
        Link {
            label: Html::from_text(&message(self.language(), key, &[])),
            path: paths::of_draft(page, self.language(), self.standing.document.id, apart),
        }
    }

    fn panel(&self, id: &str, heading: &str, tags: Vec<Tag>, facts: Vec<Fact>, links: Vec<Link>) -> Panel {
        Panel {
            id: id.to_owned(),
            heading: Html::from_text(&message(self.language(), heading, &[])),
            tags,
            facts,
            links,
        }
    }

    fn panels(&self) -> Vec<Panel> {
        let standing = self.standing;
        let mut panels = Vec::new();
        panels.extend(standing.drafts().map(|draft| self.draft(draft)));
        panels.extend((!standing.beside.is_empty()).then(|| self.beside()));
        panels.extend((!standing.ahead.is_empty()).then(|| self.scheduled()));
        if let Some(live) = &standing.live {
            panels.push(self.live(live, standing.ended.as_ref()));
        }
        panels
    }

    fn draft(&self, draft: &Draft) -> Panel {
        let language = self.language();
        let mut facts = vec![
            Fact::new("document-fact-revision", Html::from_text(&draft.number.to_string())),
            Fact::new(
                "document-fact-saved",
                words::by(language, "overview-by", &draft.name, draft.saved_at),
            ),
        ];
        facts.extend(
            draft
                .remark
                .as_ref()
                .map(|remark| Fact::new("document-fact-remark", Html::from_text(&remark.told(language)))),
        );
        if let Some(taken) = &draft.review {
            let told = words::by(language, step_told(taken.step), &taken.name, taken.at);
            facts.push(Fact::new("document-fact-state", told));
            facts.extend(
                taken
                    .remark
                    .as_ref()
                    .map(|remark| Fact::new("document-fact-remark", Html::from_text(&remark.told(language)))),
            );
        }
        let apart = draft.apart();
        let mut links = vec![self.link_to(paths::REVIEW, apart, "document-compare")];
        let is_form = draft.aim == Aim::Scheduled;
        links.extend(is_form.then(|| self.link_to(paths::EDIT, apart, "correction-edit")));
        links.extend(previews(self.standing.document.id, apart, language));
        let step = draft.step();
        let tags = step.map(|_| states::draft(step, language)).into_iter().collect();
        let (id, heading) = match draft.aim {
            Aim::Line => ("draft".to_owned(), "document-draft"),
            Aim::Correction => ("correction".to_owned(), "correction-panel"),
            Aim::Scheduled => (format!("form-{}", draft.number), "correction-form-panel"),
        };
        self.panel(&id, heading, tags, facts, links)
    }

    fn beside(&self) -> Panel {
        let language = self.language();
        let beside = &self.standing.beside;
        let told = |beside: &Beside| {
            let told = words::by(language, "overview-by", &beside.name, beside.saved_at);
            Fact {
                path: Some(paths::merge(
                    language,
                    self.standing.document.id,
                    [beside.number, beside.onto],
                )),
                ..Fact::new("overview-act-merge", told)
            }
        };
        let facts = beside.iter().map(told).collect();
        self.panel("beside", "overview-beside", Vec::new(), facts, Vec::new())
    }

    fn scheduled(&self) -> Panel {
        let language = self.language();
        let when = |ahead: &standing::Ahead| Fact::new("document-fact-when", Html::from(&moment(language, ahead.at)));
        let links = |ahead: &standing::Ahead| {
            let release = Link {
                label: Html::from_text(&message(language, "document-release", &[])),
                path: paths::path_of(paths::RELEASE, language, ahead.release),
            };
            let shown = ahead
                .number
                .map(|number| previews(self.standing.document.id, Some(number), language));
            std::iter::once(release).chain(shown.into_iter().flatten())
        };
        let ahead = &self.standing.ahead;
        let tags = vec![states::scheduled(language)];
        let (facts, links) = (ahead.iter().map(when).collect(), ahead.iter().flat_map(links).collect());
        self.panel("scheduled", "document-scheduled", tags, facts, links)
    }

    fn live(&self, live: &Live, ended: Option<&End>) -> Panel {
        let language = self.language();
        let document = &self.standing.document;
        let mut facts = vec![
            Fact::new("document-fact-version", Html::from_text(&live.version.to_string())),
            Fact::new("document-fact-since", Html::from(&moment(language, live.since))),
        ];
        if let Some(ended) = ended {
            facts.push(Fact::new(
                "document-fact-until",
                Html::from(&moment(language, ended.at)),
            ));
            facts.push(Fact::new(
                "document-fact-reason",
                Html::from_text(ended.reason.get(language)),
            ));
        }
        let path = |of: Language| {
            let place = Place::of(document.kind, document.key.as_deref(), live.slug.in_address(of));
            place.map(|place| place.path(of))
        };
        for (of, key) in [
            (Language::French, "document-fact-french"),
            (Language::English, "document-fact-english"),
        ] {
            facts.extend(path(of).map(|path| Fact {
                path: Some(path.clone()),
                ..Fact::new(key, Html::from_text(&path))
            }));
        }
        facts.push(Fact::new(
            "document-fact-short",
            Html::from_text(&address::short_link(document.id)),
        ));
        let history = path(language).map(|path| Link {
            label: Html::from_text(&message(language, "document-public-history", &[])),
            path: address::history(&path),
        });
        let links = history.into_iter().collect();
        let heading = if ended.is_some() {
            "document-ended"
        } else {
            "document-live"
        };
        self.panel("live", heading, Vec::new(), facts, links)
    }

    /// What the table of transitions allows to whoever asks, where the draft, a correction and the live text stand.
    fn deeds(&self, dossier: &Dossier) -> Vec<Link> {
        let live = self.allowed(dossier, self.standing.live.as_ref().map(|live| live.number));
        let drafts = self.standing.correction().into_iter().chain(&self.standing.draft);
        let steps = drafts.map(|draft| self.next_step(dossier, draft));
        let (waiting, others): (Vec<_>, Vec<_>) = steps.partition(|(waits_for_me, _)| *waits_for_me);
        let links = |steps: Vec<(bool, Link)>| steps.into_iter().map(|(_, link)| link);
        let mut deeds: Vec<Link> = links(waiting).collect();
        deeds.push(self.link(paths::EDIT, "document-edit"));
        deeds.extend(links(others));
        deeds.extend(correction::way_in(dossier, self.language()));
        deeds.push(self.link(paths::REVISIONS, "document-revisions"));
        let comes_back = live.contains(&Deed::BringBack);
        deeds.extend(comes_back.then(|| self.link(paths::BRING_BACK, "document-restore")));
        deeds
    }

    /// The step that comes next for a draft, and whether it is submitted or approved.
    fn next_step(&self, dossier: &Dossier, draft: &Draft) -> (bool, Link) {
        let [publish, approve, submit, review] = match draft.aim {
            Aim::Correction => [
                "correction-publish",
                "correction-approve",
                "correction-submit",
                "correction-review",
            ],
            Aim::Line | Aim::Scheduled => [
                "document-publish",
                "document-approve",
                "document-submit",
                "document-review",
            ],
        };
        let allowed = self.allowed(dossier, Some(draft.number));
        let is_own = draft.awaits_others(self.staff.actor.account, self.four_eyes);
        let (waits_for_me, page, key) = if allowed.contains(&Deed::Publish) {
            (true, paths::PUBLISH, publish)
        } else if allowed.contains(&Deed::Approve) {
            (true, paths::REVIEW, if is_own { review } else { approve })
        } else if allowed.contains(&Deed::Submit) {
            (false, paths::REVIEW, submit)
        } else {
            (false, paths::REVIEW, review)
        };
        (waits_for_me, self.link_to(page, draft.apart(), key))
    }

    fn endings(&self, dossier: &Dossier) -> Vec<Link> {
        let live = self.allowed(dossier, self.standing.live.as_ref().map(|live| live.number));
        let withdraws = live.contains(&Deed::Withdraw);
        let redacts = self.staff.actor.role >= Role::Administrator;
        let withdraw = withdraws.then(|| self.link(paths::WITHDRAW, "document-withdraw"));
        let redact = redacts.then(|| self.link(paths::REDACT, "document-redact"));
        withdraw.into_iter().chain(redact).collect()
    }

    fn allowed(&self, dossier: &Dossier, number: Option<i32>) -> Vec<Deed> {
        let state = number.and_then(|number| dossier.state(number));
        state
            .map(|state| transitions::allowed(state, self.staff.actor.role).collect())
            .unwrap_or_default()
    }
}

/// The public pages of the text that one goes on from as they would be, in each language; of a revision, where one is named.
pub fn previews(document: DocumentId, named: Option<i32>, language: Language) -> [Link; 2] {
    let keys = Bilingual {
        fr: "document-preview-fr",
        en: "document-preview-en",
    };
    Language::ALL.map(|of| Link {
        label: Html::from_text(&message(language, keys.get(of), &[])),
        path: paths::of_draft_asking(paths::PREVIEW, language, document, named, &[("langue", of.segment())]),
    })
}
