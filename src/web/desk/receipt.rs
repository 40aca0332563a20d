//! The receipt of a release: its public addresses are read again, as a reader receives them, and compared with the words
//! that were approved.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use sqlx::PgConnection;
use tower::ServiceExt;

use super::words::Titles;
use super::{Desk, shown};
use crate::error::{Error, Result};
use crate::i18n::{self, Language, message};
use crate::model::address::Place;
use crate::model::planning::{Change, Deed, Release};
use crate::model::{English, Part, Passage, Text, Withdrawn, instant, revision, standing, whole_second};
use crate::web::speech::rich;
use crate::web::view::Html;
use crate::web::{Site, router};

/// How long to wait before each reading: pages that are kept in memory turn over within a second of a release.
const PATIENCE: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_millis(200),
    Duration::from_millis(400),
    Duration::from_millis(600),
];

/// For how long the texts of a release are read again before the rest is told to be unread: a page answers in time however
/// much went out at once, and however badly.
const READING: Duration = Duration::from_secs(4);

/// No public page is longer, in bytes.
const LONGEST_PAGE: usize = 8 << 20;

/// What a reader finds at a public address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// Every approved word of its language.
    Same,
    /// A page, whose words are not those of the text: that an English is to follow, or why the text is gone.
    Answers,
    /// A page without some of the approved words.
    Differs,
    /// Another answer, by its status.
    Status(u16),
}

impl Seen {
    /// Whether it is as it should be.
    const fn is_good(self) -> bool {
        matches!(self, Self::Same | Self::Answers)
    }

    fn told(self, path: &str, language: Language) -> String {
        let path = ("path", path.into());
        match self {
            Self::Same => message(language, "release-seen", &[path]),
            Self::Answers => message(language, "release-seen-answers", &[path]),
            Self::Differs => message(language, "release-seen-differs", &[path]),
            Self::Status(status) => message(language, "release-seen-status", &[path, ("status", status.into())]),
        }
    }
}

/// What the addresses of one text show.
#[derive(Debug)]
pub struct Receipt {
    /// Whether all of it is as it should be.
    pub is_good: bool,
    /// The whole of it in a sentence.
    pub told: Html,
    /// Each address, with what it shows.
    pub seen: Vec<(String, String)>,
}

/// The receipt of each text of a release that has begun.
///
/// # Errors
/// The database does not answer.
pub async fn of(
    desk: &Desk,
    connection: &mut PgConnection,
    release: &Release,
    titles: &Titles,
) -> Result<Vec<Receipt>> {
    let end = tokio::time::Instant::now() + READING;
    let mut receipts = Vec::new();
    for change in &release.changes {
        receipts.push(if tokio::time::Instant::now() < end {
            of_change(desk, connection, release, change, titles).await?
        } else {
            unread(change, titles)
        });
    }
    Ok(receipts)
}

/// The receipt of a text that there was no time to read.
fn unread(change: &Change, titles: &Titles) -> Receipt {
    let title = Html::from_text(&titles.plain(change.document));
    Receipt {
        is_good: false,
        told: rich(titles.language(), "release-unread", &[("title", &title)]),
        seen: Vec::new(),
    }
}

async fn of_change(
    desk: &Desk,
    connection: &mut PgConnection,
    release: &Release,
    change: &Change,
    titles: &Titles,
) -> Result<Receipt> {
    let language = titles.language();
    let title = Html::from_text(&titles.plain(change.document));
    let standing = standing::one(connection, change.document)
        .await?
        .ok_or(Error::NotFound)?;
    let live = standing.live.as_ref();
    let is_last = match change.deed {
        Deed::Begins { .. } => standing.ended.is_none() && live.is_some_and(|live| live.release == release.id),
        Deed::Ends { .. } => standing.ended.as_ref().is_some_and(|ended| ended.at == release.at),
    };
    let Some(live) = live.filter(|_| is_last) else {
        return Ok(Receipt {
            is_good: true,
            told: rich(language, "release-replaced", &[("title", &title)]),
            seen: Vec::new(),
        });
    };
    let text = revision::read(connection, change.document, live.number).await?;
    let mut places = Vec::new();
    for of in Language::ALL {
        let document = &standing.document;
        let place = Place::of(document.kind, document.key.as_deref(), live.slug.in_address(of));
        places.extend(place.map(|place| (of, place.path(of))));
    }
    let seen = settled(&desk.site, change, &text, &places).await?;
    let is_good = seen.iter().all(|(_, seen)| seen.is_good());
    let key = match change.deed {
        _ if !is_good => "release-amiss",
        Deed::Begins { .. } if text.english == English::Present => "release-live",
        Deed::Begins { .. } => "release-live-french",
        Deed::Ends { .. } => "release-live-gone",
    };
    // As the public record dates its changes, or the text would be seen before it began.
    let now = i18n::local(whole_second(instant::now(connection).await?));
    let time = Html::from_text(&i18n::time_with_seconds(now.time(), language));
    Ok(Receipt {
        is_good,
        told: rich(language, key, &[("title", &title), ("time", &time)]),
        seen: seen
            .into_iter()
            .map(|(path, seen)| (path.clone(), seen.told(&path, language)))
            .collect(),
    })
}

/// What each address shows once all is well, or at the last attempt.
async fn settled(
    site: &Arc<Site>,
    change: &Change,
    text: &Text,
    places: &[(Language, String)],
) -> Result<Vec<(String, Seen)>> {
    let mut seen = Vec::new();
    for patience in PATIENCE {
        tokio::time::sleep(patience).await;
        seen = read(site, change, text, places).await?;
        if seen.iter().all(|(_, seen)| seen.is_good()) {
            break;
        }
    }
    Ok(seen)
}

/// What each address shows.
async fn read(
    site: &Arc<Site>,
    change: &Change,
    text: &Text,
    places: &[(Language, String)],
) -> Result<Vec<(String, Seen)>> {
    let mut seen = Vec::new();
    for (language, path) in places {
        let found = match change.deed {
            Deed::Begins { .. } => of_text(site, path, text, *language).await?,
            Deed::Ends { kind, .. } => of_end(site, path, kind == Withdrawn::Withdrawn).await?,
        };
        seen.push((path.clone(), found));
    }
    Ok(seen)
}

/// Reads a public address and looks for the words of a text.
async fn of_text(site: &Arc<Site>, path: &str, text: &Text, language: Language) -> Result<Seen> {
    let (status, page) = ask(site, path).await?;
    if status != StatusCode::OK {
        return Ok(Seen::Status(status.as_u16()));
    }
    if text.english.spoken(language) != language {
        return Ok(Seen::Answers);
    }
    let shown = visible(&page);
    let is_shown = |passage: &Passage| expected(passage, language).is_none_or(|words| shown.contains(&words));
    Ok(if text.passages.iter().all(is_shown) {
        Seen::Same
    } else {
        Seen::Differs
    })
}

/// Reads the public address of a text that has left: 200 where the page stays, 410 where it was removed.
async fn of_end(site: &Arc<Site>, path: &str, stays: bool) -> Result<Seen> {
    let (status, _) = ask(site, path).await?;
    let expected = if stays { StatusCode::OK } else { StatusCode::GONE };
    Ok(if status == expected {
        Seen::Answers
    } else {
        Seen::Status(status.as_u16())
    })
}

async fn ask(site: &Arc<Site>, path: &str) -> Result<(StatusCode, String)> {
    let internal = |cause: axum::Error| Error::Internal(Box::new(cause));
    let request = Request::get(path)
        .body(Body::empty())
        .map_err(|cause| internal(axum::Error::new(cause)))?;
    let response = router(Arc::clone(site))
        .oneshot(request)
        .await
        .unwrap_or_else(|never| match never {});
    let status = response.status();
    let body = to_bytes(response.into_body(), LONGEST_PAGE).await.map_err(internal)?;
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}

/// The words of a passage as its page shows them; none for what no page shows as words.
fn expected(passage: &Passage, language: Language) -> Option<String> {
    // A summary stands in the head, and on few pages.
    let words = (passage.part != Part::Summary).then(|| shown::read(passage, language))?;
    words.map(|words| visible(words.0.as_str()))
}

/// What HTML of ours shows, without its spaces: they are set by typography, and by the lines of templates.
fn visible(html: &str) -> String {
    let body = html.find("<body").map_or(html, |start| &html[start..]);
    let mut words = String::with_capacity(body.len() / 2);
    let mut rest = body;
    while let Some(sign) = rest.chars().next() {
        let skipped = match sign {
            '<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            '&' => {
                let (meant, length) = entity(rest).unwrap_or((sign, sign.len_utf8()));
                words.push(meant);
                length
            }
            _ => {
                if !sign.is_whitespace() {
                    words.push(sign);
                }
                sign.len_utf8()
            }
        };
        rest = &rest[skipped..];
    }
    words
}

/// The sign that a reference at the start of this HTML means, and its length: those that the templates and
/// `crate::text` write.
fn entity(html: &str) -> Option<(char, usize)> {
    let end = html.bytes().take(8).position(|byte| byte == b';')?;
    let meant = match &html[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        number => char::from_u32(number.strip_prefix('#')?.parse().ok()?)?,
    };
    Some((meant, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_visible_is_read_without_markup() {
        let page = "<html><head><title>No</title></head><body class=\"x\"><p>L&#39;a <b>b</b>\u{a0}&amp;\n c &lt;d</p>";
        assert_eq!(visible(page), "L'ab&c<d");
        assert_eq!(visible("& et &toolongforus;"), "&et&toolongforus;");
        assert_eq!(visible("<p"), "");
    }
}
