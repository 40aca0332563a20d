//! The public handlers: an address in, a page value out.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::answer::Answer;
use super::chronicle::Chronicle;
use super::kinds::{compose, untranslated};
use super::locate::{Located, locate};
use super::{Site, api, assets, formats, frame, memento, past, plan, query};
use crate::error::{Error, Result};
use crate::i18n::Language;
use crate::model::address::{self, Parsed, Place};
use crate::model::{DocumentId, English, Snapshot, Withdrawn};

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
        (Parsed::Plan(language), None) => plan::plan(&site, site.snapshot().await?, language).await?,
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
