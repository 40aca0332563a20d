//! What the page of each kind of document shows: a folio in, a page value out.

use super::answer::Page;
use super::compose::Composition;
use super::folio::{Directory, Folio};
use super::frame::section;
use super::lives;
use super::pages::{Home, Leading, Mandate, Mandates, Profile, Representatives, Text, Untranslated};
use super::view::{Link, Neighbour, RepresentativeCard, WithdrawnNotice};
use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::document::key;
use crate::model::{English, Kind, Part, When};

/// The page of a document, by its kind.
///
/// # Errors
/// The database does not answer.
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

/// The English page of a document that has none.
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
