//! The journal: who did what, and when, for those who ask; as a table for spreadsheets too.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;

use super::answer::Answer;
use super::moment::moment;
use super::shell::Shell;
use super::staff::Staff;
use super::words::{self, Titles};
use super::{Desk, paths};
use crate::error::Result;
use crate::i18n::{self, Language, message};
use crate::model::journal::{self, Deed, Filter, Line, Times};
use crate::model::{DocumentId, Instant, Role, Said, account, planning};
use crate::text::csv::Table;
use crate::web::query;
use crate::web::speech::Speaks as _;
use crate::web::view::{Html, Link};
use crate::workflow::settings;

/// How many lines a page shows.
const SHOWN: i64 = 100;

/// How many documents a line names.
const NAMED: usize = 3;

/// How many lines a table holds at most.
const EXPORTED: i64 = 20_000;

/// `/admin/fr/journal`, `/admin/en/journal`
#[derive(Debug, Template)]
#[template(path = "desk/journal.html")]
struct Journal {
    shell: Shell,
    /// Everybody who may have done something: number and name.
    people: Vec<(i64, String)>,
    /// Every deed: its word and its name.
    deeds: Vec<(&'static str, String)>,
    /// What is asked for, as it was typed.
    typed: Typed,
    lines: Vec<Shown>,
    /// The same lines as a table.
    export: String,
    /// The lines before these.
    older: Option<String>,
}

/// A line as it is shown.
#[derive(Debug)]
struct Shown {
    moment: Html,
    person: String,
    deed: String,
    /// The documents, the first ones of a release of many.
    documents: Vec<Link>,
    /// How many more there are.
    others: usize,
    revision: Option<i32>,
    /// The release, where the line is about the whole of one.
    release: Option<Link>,
    detail: String,
}

/// What was typed into the filter; empty where nothing was.
#[derive(Debug)]
struct Typed {
    person: String,
    deed: String,
    document: String,
    from: String,
    until: String,
}

impl Typed {
    fn read(query: Option<&str>) -> Self {
        let typed = |name: &str| query::parameter(query, name).unwrap_or_default().trim().to_owned();
        Self {
            person: typed("person"),
            deed: typed("deed"),
            document: typed("document"),
            from: typed("from"),
            until: typed("until"),
        }
    }

    /// The filter that it means; what cannot be read filters nothing.
    fn filter(&self) -> Filter {
        let day = |typed: &str| typed.parse::<Date>().ok();
        let number = |typed: &str| typed.parse::<i64>().ok();
        Filter {
            account: number(&self.person).map(Into::into),
            deed: Deed::ALL.iter().copied().find(|deed| deed.word() == self.deed),
            document: number(&self.document).map(Into::into),
            from: day(&self.from).and_then(midnight),
            until: day(&self.until).and_then(|day| day.tomorrow().ok()).and_then(midnight),
            before: None,
        }
    }

    /// The parameters that ask for the same again.
    fn parameters(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("person", self.person.as_str()),
            ("deed", &self.deed),
            ("document", &self.document),
            ("from", &self.from),
            ("until", &self.until),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}

/// When a day begins in Québec.
fn midnight(day: Date) -> Option<Instant> {
    let midnight = day.to_zoned(i18n::zone().clone()).ok()?;
    Some(midnight.timestamp().into())
}

/// The lines that were asked for, the latest first.
pub async fn page(State(desk): State<Arc<Desk>>, staff: Staff, uri: Uri) -> Result<Answer> {
    let language = staff.language;
    let typed = Typed::read(uri.query());
    let before = query::parameter(uri.query(), "before").and_then(|before| before.parse().ok());
    let filter = Filter {
        before,
        ..typed.filter()
    };
    let mut lines = journal::lines(&desk.pool, &filter, SHOWN + 1).await?;
    let has_older = lines.len() > usize::try_from(SHOWN).unwrap_or(usize::MAX);
    if has_older {
        lines.pop();
    }
    let path = paths::path(paths::JOURNAL, language);
    let older = lines.last().filter(|_| has_older).map(|last| {
        let id = last.id.to_string();
        let mut parameters = typed.parameters();
        parameters.push(("before", &id));
        query::asking(&path, &parameters)
    });
    let known = Known::read(&desk, &lines, language).await?;
    let people = account::people(&desk.pool).await?;
    let template = Journal {
        shell: Shell::new(&staff, message(language, "journal-title", &[])),
        people: people
            .into_iter()
            .map(|person| (person.id.number(), person.name))
            .collect(),
        deeds: Deed::ALL
            .iter()
            .map(|deed| (deed.word(), words::deed(*deed, language)))
            .collect(),
        lines: lines.iter().map(|line| known.shown(line)).collect(),
        export: query::asking(&paths::path(paths::JOURNAL_TABLE, language), &typed.parameters()),
        older,
        typed,
    };
    Ok(Answer::page(language, template))
}

/// The same lines as a table, the latest first.
pub async fn table(State(desk): State<Arc<Desk>>, staff: Staff, uri: Uri) -> Result<Response> {
    let language = staff.language;
    let lines = journal::lines(&desk.pool, &Typed::read(uri.query()).filter(), EXPORTED).await?;
    let known = Known::read(&desk, &lines, language).await?;
    let mut table = Table::default();
    let heads = [
        "journal-when",
        "journal-who",
        "journal-what",
        "journal-document",
        "journal-which",
        "journal-revision",
        "journal-detail",
    ];
    let heads = heads.map(|key| message(language, key, &[]));
    table.row(heads.iter().map(String::as_str));
    for line in &lines {
        let documents = known.documents(line);
        let each = |named: fn(&Titles, DocumentId) -> String| {
            let named = documents.iter().map(|document| named(&known.titles, *document));
            named.collect::<Vec<_>>().join("; ")
        };
        table.row([
            line.at.timestamp().to_string().as_str(),
            &words::person(&line.name, language),
            &words::deed(line.deed, language),
            &each(|_, document| document.to_string()),
            &each(Titles::plain),
            &line.subject.number.map(|number| number.to_string()).unwrap_or_default(),
            &known.detail(line),
        ]);
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"journal.csv\""),
    ];
    Ok((headers, table.finish()).into_response())
}

/// What the lines speak of.
struct Known {
    titles: Titles,
    /// The documents of each release.
    of_releases: HashMap<i64, Vec<DocumentId>>,
    /// For when the releases were that were scheduled, moved or cancelled, by line.
    times: HashMap<i64, Times>,
}

impl Known {
    async fn read(desk: &Desk, lines: &[Line], language: Language) -> Result<Self> {
        let releases: Vec<i64> = lines.iter().filter_map(|line| line.subject.release).collect();
        let of_releases = planning::documents(&desk.pool, &releases).await?;
        let named = lines.iter().filter_map(|line| line.subject.document);
        let named: BTreeSet<DocumentId> = named.chain(of_releases.values().flatten().copied()).collect();
        Ok(Self {
            titles: Titles::of(&desk.pool, named, language).await?,
            times: journal::times(&desk.pool, lines).await?,
            of_releases,
        })
    }

    /// The documents that a line is about: its own, or all those of its release.
    fn documents<'a>(&'a self, line: &'a Line) -> &'a [DocumentId] {
        let whole = line.subject.release.and_then(|release| self.of_releases.get(&release));
        line.subject
            .document
            .as_ref()
            .map(std::slice::from_ref)
            .or(whole.map(Vec::as_slice))
            .unwrap_or_default()
    }

    fn shown(&self, line: &Line) -> Shown {
        let (language, subject) = (self.titles.language(), &line.subject);
        let documents = self.documents(line);
        let release = subject.release.filter(|_| subject.document.is_none());
        Shown {
            moment: Html::from(&moment(language, line.at)),
            person: words::person(&line.name, language),
            deed: words::deed(line.deed, language),
            others: documents.len().saturating_sub(NAMED),
            documents: documents
                .iter()
                .take(NAMED)
                .map(|document| self.titles.link(*document))
                .collect(),
            revision: subject.number,
            release: release.map(|release| Link {
                label: words::told(language, "journal-release", &[("number", release.into())]),
                path: paths::path_of(paths::RELEASE, language, release),
            }),
            detail: self.detail(line),
        }
    }

    /// For when a release was, what was given as a reason or set, in words.
    fn detail(&self, line: &Line) -> String {
        let language = self.titles.language();
        let times = self.times.get(&line.id).copied().unwrap_or_default();
        let [from, to] = [times.from, times.to].map(|at| at.map(|at| words::moment_plain(language, at)));
        let when = match (from, to) {
            (Some(from), Some(to)) => message(language, "journal-moved", &[("from", from.into()), ("to", to.into())]),
            (None, Some(to)) => message(language, "journal-moved-to", &[("to", to.into())]),
            (Some(from), None) => message(language, "journal-cancelled", &[("moment", from.into())]),
            (None, None) => String::new(),
        };
        let told = [when, given(line, language)];
        told.into_iter()
            .filter(|told| !told.is_empty())
            .collect::<Vec<_>>()
            .join(". ")
    }
}

/// What was given as a reason or set, in words.
fn given(line: &Line, language: Language) -> String {
    let kept = line.subject.detail.as_deref().unwrap_or_default();
    match line.deed {
        Deed::SetFourEyes if kept == settings::ON => message(language, "journal-eyes-on", &[]),
        Deed::SetFourEyes => message(language, "journal-eyes-off", &[]),
        Deed::ChangeRole => Role::ALL.iter().fold(kept.to_owned(), |told, role| {
            told.replace(
                &format!(" {}", role.word()),
                &format!(" {}", words::role(*role, language)),
            )
        }),
        Deed::Publish | Deed::Schedule if !kept.is_empty() => {
            let reason = Said::from(kept.to_owned()).told(language);
            message(language, "release-override", &[("reason", reason.into())])
        }
        _ => Said::from(kept.to_owned()).told(language),
    }
}
