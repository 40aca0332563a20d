//! The public handlers: an address in, a page value out.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::answer::{Answer, Page};
use super::chronicle::Chronicle;
use super::compose::Composition;
use super::folio::{Directory, Folio};
use super::frame::{self, section};
use super::locate::{Located, locate};
use super::pages::{Home, Leading, Listed, Mandate, Mandates, Plan, Profile, Representatives, Text, Untranslated};
use super::view::{Html, Link, Neighbour, RepresentativeCard, WithdrawnNotice};
use super::{Site, api, assets, formats, lives, memento, past, query};
use crate::error::{Error, Result};
use crate::i18n::{Language, message};
use crate::model::address::{self, Parsed, Place};
use crate::model::document::key;
use crate::model::{DocumentId, English, Kind, Part, Snapshot, When, Withdrawn};

/// `/` answers in French, whatever the browser prefers (Q11); its canonical address is `/fr`.
pub async fn root(State(site): State<Arc<Site>>) -> Result<Answer> {
    let snapshot = site.snapshot().await?;
    answer(&site, snapshot, Language::French, &Place::Home.path(Language::French)).await
}

/// Every address of a document, its short links, and the site plan.
pub async fn page(State(site): State<Arc<Site>>, uri: Uri) -> Result<Answer> {
    let path = uri.path();
    // One address for one page: lower case, no slash at the end.
    let settled = path.trim_end_matches('/').to_ascii_lowercase();
    let (of, form) = formats::split(&settled);
    let found = match (address::parse(of), form) {
        (
            Parsed::Past {
                language,
                when,
                path: then,
            },
            form,
        ) => {
            return past::page(&site, language, when, (&then, form), path).await;
        }
        (Parsed::Document(language), None) => answer(&site, site.snapshot().await?, language, of).await?,
        (Parsed::Document(language), Some(form)) => {
            formats::answer(&site, site.snapshot().await?, language, (of, form)).await?
        }
        (Parsed::Short(language, document), None) => short_link(&site, language, document).await?,
        (Parsed::Plan(_) | Parsed::Api(_), None) if settled != path => Answer::Moved(settled.clone()),
        // What was asked goes along.
        (Parsed::History { .. }, None) if settled != path => Answer::Moved(query::kept(settled.clone(), uri.query())),
        (Parsed::Plan(language), None) => plan(&site, site.snapshot().await?, language).await?,
        (Parsed::Api(language), None) => api::guide(&site, language).await?,
        (Parsed::History { language, path }, None) => past::history(&site, language, &path, uri.query()).await?,
        // The one spelling has a route of its own.
        (Parsed::Tool(_), None) => Answer::Moved(query::kept(settled.clone(), uri.query())),
        _ => return Err(Error::NotFound),
    };
    Ok(match found {
        Answer::Page(_) | Answer::Document(_) if settled != path => Answer::Moved(settled),
        found => found,
    })
}

/// Where the document of a short link stands now, whatever the spelling of the link: one hop.
async fn short_link(site: &Site, language: Language, document: DocumentId) -> Result<Answer> {
    let mut snapshot = site.snapshot().await?;
    let present = past::present(&mut snapshot, document).await?;
    Ok(Answer::Moved(present.get(language).clone()))
}

/// A file of the program, under a name that changes with its content.
pub async fn asset(request: Request) -> Response {
    let name = request.uri().path().trim_start_matches("/static/");
    match assets::find(name) {
        Some(asset) => asset.response(request.headers()),
        None => Error::NotFound.into_response(),
    }
}

/// What is asked in another way than reading: `OPTIONS` is told what can be asked, the rest is refused.
pub async fn other_method(method: Method) -> Response {
    const ALLOWED: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");
    let mut response = match method {
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        _ => Error::MethodNotAllowed.into_response(),
    };
    response.headers_mut().insert(header::ALLOW, ALLOWED);
    response
}

/// The page of the document to which a path belongs, at the snapshot's instant.
pub async fn answer(site: &Site, snapshot: Snapshot, language: Language, path: &str) -> Result<Answer> {
    let (mut composition, folio, withdrawn) = match locate(site, snapshot, language, path).await? {
        Located::Here(text) => (text.page, text.folio, text.withdrawn),
        Located::Elsewhere(answer) => return Ok(answer),
    };
    composition.chronicle = Chronicle::read(&mut composition.snapshot, Some(&folio.shown)).await?;
    let versions = memento::of_text(&composition, &folio);
    if let Some(notice) = withdrawn.as_ref().filter(|notice| notice.kind == Withdrawn::Removed) {
        let notice = Box::new(notice.clone());
        let frame = frame::present(site, composition.snapshot, language).await?;
        return Ok(Answer::Removed {
            notice,
            frame,
            versions,
        });
    }
    let page = if language == Language::English && folio.shown.english != English::Present {
        untranslated(&composition, &folio)
    } else {
        compose(&mut composition, &folio, withdrawn).await?
    };
    Ok(Answer::Page(page.sent(past::policy(&composition.snapshot), versions)))
}

/// What failed, told in the present frame of the snapshot that showed it.
pub async fn failed(site: &Site, snapshot: Snapshot, language: Language, error: Error) -> Result<Answer> {
    let frame = frame::present(site, snapshot, language).await?;
    Ok(Answer::Failed {
        error: Arc::new(error),
        frame,
    })
}

pub async fn compose(page: &mut Composition<'_>, folio: &Folio, withdrawn: Option<WithdrawnNotice>) -> Result<Page> {
    match (folio.shown.kind, folio.shown.key.as_deref()) {
        (Kind::Institution, _) => home(page, folio).await,
        (Kind::List, Some(key::REPRESENTATIVES)) => representatives(page, folio, withdrawn).await,
        (Kind::List, _) => mandates(page, folio, withdrawn).await,
        (Kind::Mandate, _) => mandate(page, folio, withdrawn).await,
        (Kind::Representative, _) => profile(page, folio, withdrawn).await,
        (Kind::Statement | Kind::Page, _) => text(page, folio, withdrawn).await,
    }
}

const WORDS: [Part; 2] = [Part::Title, Part::Body];
const CARD: [Part; 3] = [Part::Title, Part::Function, Part::Short];

async fn home(page: &mut Composition<'_>, folio: &Folio) -> Result<Page> {
    let mission = page.named(key::MISSION, &WORDS).await?;
    let vision = page.named(key::VISION, &WORDS).await?;
    let mandates = page.named(key::MANDATES, &WORDS).await?;
    let people = page.named(key::REPRESENTATIVES, &[Part::Title]).await?;
    let mut listed = match &mandates {
        Some(list) => page.members(list, &WORDS).await?,
        None => Vec::new(),
    };
    let (persons, (current, _)) = match &people {
        Some(list) => people_of(page, list).await?,
        None => Default::default(),
    };
    let links = page
        .directory(listed.iter().chain(&mission).chain(&vision).chain(&mandates))
        .await?;
    let entries = page.entries(&listed, &links);
    let leading = |folio: &Option<Folio>| folio.as_ref().and_then(|folio| leading(page, folio, &links));
    let bands = [&mission, &vision, &mandates].map(leading);
    let people_link = people.as_ref().and_then(|list| page.link_to(list));
    listed.extend([mission, vision, mandates].into_iter().flatten().chain(persons));
    let [mission, vision, mandates] = bands;
    let record = page.record(folio, &listed, None);
    let template = Home {
        shell: page.shell(folio, &[], None).dated(&record),
        mission,
        vision,
        mandates,
        entries,
        people: people_link,
        representatives: current,
        record,
    };
    Ok(Page::new(page.language, template))
}

fn leading(page: &Composition<'_>, folio: &Folio, links: &Directory) -> Option<Leading> {
    Some(Leading {
        title: folio.inline(Part::Title, page.language)?,
        passages: folio
            .block(Part::Body, page.language, links)
            .into_iter()
            .map(|passage| passage.html)
            .collect(),
        path: folio.path(page.language)?,
        since: page.since(folio),
        in_french: folio.spoken(page.language) != page.language,
    })
}

async fn mandates(page: &mut Composition<'_>, folio: &Folio, withdrawn: Option<WithdrawnNotice>) -> Result<Page> {
    let listed = page.members(folio, &WORDS).await?;
    let links = page.directory(listed.iter().chain([folio])).await?;
    let record = page.record(folio, &listed, withdrawn);
    let template = Mandates {
        shell: page.shell(folio, &[], section(key::MANDATES)).dated(&record),
        title: folio.line(Part::Title, page.language).unwrap_or_default(),
        introduction: folio.block(Part::Body, page.language, &links),
        entries: page.entries(&listed, &links),
        record,
    };
    Ok(Page::new(page.language, template))
}

async fn mandate(page: &mut Composition<'_>, folio: &Folio, withdrawn: Option<WithdrawnNotice>) -> Result<Page> {
    let list = page.named(key::MANDATES, &[Part::Title]).await?;
    let listed = match &list {
        Some(list) => page.members(list, &[Part::Title]).await?,
        None => Vec::new(),
    };
    let links = page.directory([folio]).await?;
    let citation = page.citation(folio).await?;
    let index = listed
        .iter()
        .position(|member| member.shown.document == folio.shown.document);
    let neighbour = |index: usize| {
        let Link { label, path } = page.link_to(listed.get(index)?)?;
        Some(Neighbour {
            rank: index + 1,
            title: label,
            path,
        })
    };
    let parents: Vec<&Folio> = list.iter().collect();
    let record = page.record(folio, &[], withdrawn);
    let shell = page.shell(folio, &parents, section(key::MANDATES));
    let template = Mandate {
        shell: shell.dated(&record).cited(&citation),
        title: folio.line(Part::Title, page.language).unwrap_or_default(),
        rank: index.map(|index| index + 1),
        passages: folio.block(Part::Body, page.language, &links),
        previous: index.and_then(|index| index.checked_sub(1)).and_then(neighbour),
        next: index.and_then(|index| neighbour(index + 1)),
        citation,
        record,
    };
    Ok(Page::new(page.language, template))
}

/// The representatives of a list: their texts, and their cards, those in office apart from the former.
async fn people_of(
    page: &mut Composition<'_>,
    list: &Folio,
) -> Result<(Vec<Folio>, (Vec<RepresentativeCard>, Vec<RepresentativeCard>))> {
    let folios = page.members(list, &CARD).await?;
    let cards = page.cards(&folios).await?;
    Ok((folios, cards.into_iter().partition(|card| card.office.is_none())))
}

async fn representatives(
    page: &mut Composition<'_>,
    folio: &Folio,
    withdrawn: Option<WithdrawnNotice>,
) -> Result<Page> {
    let (listed, (current, former)) = people_of(page, folio).await?;
    let links = page.directory([folio]).await?;
    let record = page.record(folio, &listed, withdrawn);
    let template = Representatives {
        shell: page.shell(folio, &[], section(key::REPRESENTATIVES)).dated(&record),
        title: folio.line(Part::Title, page.language).unwrap_or_default(),
        introduction: folio.block(Part::Body, page.language, &links),
        current,
        former,
        record,
    };
    Ok(Page::new(page.language, template))
}

async fn profile(page: &mut Composition<'_>, folio: &Folio, withdrawn: Option<WithdrawnNotice>) -> Result<Page> {
    let list = page.named(key::REPRESENTATIVES, &[Part::Title]).await?;
    let parents: Vec<&Folio> = list.iter().collect();
    let links = page.directory([folio]).await?;
    let card = page
        .cards(std::slice::from_ref(folio))
        .await?
        .pop()
        .ok_or(Error::NotFound)?;
    let medium = folio.block(Part::Medium, page.language, &links);
    let citation = page.citation(folio).await?;
    let office = page.office(folio).await?;
    let record = page.record(folio, &[], withdrawn);
    let shell = page.shell(folio, &parents, section(key::REPRESENTATIVES));
    let mut shell = shell.dated(&record).cited(&citation);
    let [name, function, short] =
        [Part::Title, Part::Function, Part::Short].map(|part| folio.plain(part, page.language));
    shell.head.present(&name, &function, &short, office);
    let template = Profile {
        shell,
        name: folio.line(Part::Title, page.language).unwrap_or_default(),
        function: folio.line(Part::Function, page.language).unwrap_or_default(),
        short: folio.line(Part::Short, page.language),
        card,
        mandate: folio.block(Part::Mandate, page.language, &links),
        biography: folio.block(Part::Biography, page.language, &links),
        medium: medium.into_iter().map(|passage| passage.html).collect(),
        citation,
        record,
    };
    Ok(Page::new(page.language, template))
}

async fn text(page: &mut Composition<'_>, folio: &Folio, withdrawn: Option<WithdrawnNotice>) -> Result<Page> {
    let links = page.directory([folio]).await?;
    let citation = match folio.shown.kind {
        Kind::Statement => Some(page.citation(folio).await?),
        _ => None,
    };
    let record = page.record(folio, &[], withdrawn);
    let shell = page.shell(folio, &[], folio.shown.key.as_deref().and_then(section));
    let shell = shell.dated(&record);
    // What the software does now says nothing of what it did.
    let tells_lives = folio.shown.key.as_deref() == Some(key::PRIVACY) && page.snapshot.when == When::Now;
    let template = Text {
        shell: match &citation {
            Some(citation) => shell.cited(citation),
            None => shell,
        },
        is_statement: folio.shown.kind == Kind::Statement,
        title: folio.line(Part::Title, page.language).unwrap_or_default(),
        passages: folio.block(Part::Body, page.language, &links),
        lives: if tells_lives {
            lives::told(page.language)
        } else {
            Vec::new()
        },
        citation,
        record,
    };
    Ok(Page::new(page.language, template))
}

pub fn untranslated(page: &Composition<'_>, folio: &Folio) -> Page {
    let template = Untranslated {
        shell: page.shell(folio, &[], None),
        title: folio.inline(Part::Title, page.language).unwrap_or_default(),
        to_follow: folio.shown.english == English::ToFollow,
        french: folio.path(Language::French).unwrap_or_default(),
        record: page.record(folio, &[], None),
    };
    Page::new(page.language, template)
}

/// The site plan.
pub async fn plan(site: &Site, snapshot: Snapshot, language: Language) -> Result<Answer> {
    let mut page = Composition::begin(site, snapshot, language).await?;
    page.chronicle = Chronicle::read(&mut page.snapshot, None).await?;
    let mandates = page.named(key::MANDATES, &[Part::Title]).await?;
    let people = page.named(key::REPRESENTATIVES, &[Part::Title]).await?;
    let everything = page.everything().await?;
    let of_kind = |kind: Kind| everything.iter().filter(move |folio| folio.shown.kind == kind);
    let template = Plan {
        shell: page.bare_shell(Place::Plan, message(language, "frame-footer-plan", &[])),
        statements: of_kind(Kind::Statement)
            .filter_map(|folio| page.link_to(folio))
            .collect(),
        pages: of_kind(Kind::Page)
            .filter_map(|folio| page.link_to(folio))
            .chain(tools(&page))
            .collect(),
        mandates: listed(&mut page, mandates).await?,
        representatives: listed(&mut page, people).await?,
        changed: page.changed(language),
    };
    let versions = memento::of_plan(&page);
    let policy = past::policy(&page.snapshot);
    Ok(Answer::Page(Page::new(language, template).sent(policy, versions)))
}

/// Links to the pages that have no document, which read the present alone (the API is asked about the past by a parameter
/// of its own).
fn tools(page: &Composition<'_>) -> Vec<Link> {
    let language = page.language;
    let link = |label: String, place: Place<'_>| Link {
        label: Html::from_text(&label),
        path: place.path(language),
    };
    match page.snapshot.when {
        When::Now => vec![
            link(message(language, "search-title", &[]), Place::Search),
            link(message(language, "quote-title", &[]), Place::QuoteCheck),
            link(message(language, "api-title", &[]), Place::Api),
        ],
        When::Day(_) | When::Second(_) => Vec::new(),
    }
}

/// A list and its members, in order.
async fn listed(page: &mut Composition<'_>, list: Option<Folio>) -> Result<Listed> {
    let Some(list) = list else { return Ok(Listed::default()) };
    let members = page.members(&list, &[Part::Title]).await?;
    Ok(Listed {
        list: page.link_to(&list),
        members: members.iter().filter_map(|folio| page.link_to(folio)).collect(),
    })
}
