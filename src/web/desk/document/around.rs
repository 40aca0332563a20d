//! What stands around a document: its last revisions, the releases of it that were cancelled, what leads to it.

use sqlx::PgConnection;

use crate::error::Result;
use crate::i18n::Language;
use crate::model::DocumentId;
use crate::model::planning::{self, Deed, Release};
use crate::model::standing::{self, Saved};
use crate::web::desk::view::{Entry, Section};
use crate::web::desk::words::{self, Titles};
use crate::web::desk::{paths, releases};
use crate::web::view::{Html, Link};

/// How many revisions and cancelled releases are told of.
const TOLD: usize = 5;

/// The documents that lead to it.
///
/// # Errors
/// The database does not answer.
pub async fn links(connection: &mut PgConnection, document: DocumentId, language: Language) -> Result<Section> {
    let leading = standing::leading_to(&mut *connection, document).await?;
    let titles = Titles::of(connection, leading.iter().copied(), language).await?;
    Ok(Section {
        id: "links",
        heading: "document-links",
        empty: "document-links-none",
        entries: leading
            .into_iter()
            .map(|document| Entry::new(titles.link(document)))
            .collect(),
    })
}

/// Its last revisions.
///
/// # Errors
/// The database does not answer.
pub async fn history(connection: &mut PgConnection, document: DocumentId, language: Language) -> Result<Section> {
    let revisions = standing::revisions(connection, document).await?;
    let path = paths::path_of(paths::REVISIONS, language, document.number());
    let entry = |saved: &Saved| {
        let mut entry = Entry::new(Link {
            label: numbered(saved.number, language),
            path: format!("{path}#r{}", saved.number),
        });
        entry.told = vec![words::by(language, "overview-by", &saved.name, saved.saved_at)];
        entry
    };
    Ok(Section {
        id: "history",
        heading: "document-history",
        empty: "document-history-none",
        entries: revisions.iter().take(TOLD).map(entry).collect(),
    })
}

/// The last releases of it that were cancelled: for when they were, what would have begun, who cancelled them and when.
///
/// # Errors
/// The database does not answer.
pub async fn cancelled(
    connection: &mut PgConnection,
    document: DocumentId,
    language: Language,
) -> Result<Option<Section>> {
    let cancelled = planning::cancelled(connection, document, TOLD).await?;
    let entry = |release: &Release| {
        let mut entry = Entry::new(Link {
            label: words::at(language, "journal-cancelled", release.at),
            path: paths::path_of(paths::RELEASE, language, release.id),
        });
        let own = release.changes.iter().filter(|change| change.document == document);
        entry.told = own
            .map(|change| match change.deed {
                Deed::Begins { number, .. } => numbered(number, language),
                Deed::Ends { .. } => words::told(language, "release-withdrawn", &[]),
            })
            .chain(releases::cancelled(release, language))
            .collect();
        entry
    };
    let section = Section {
        id: "cancelled",
        heading: "document-cancelled",
        empty: "document-history-none",
        entries: cancelled.iter().map(entry).collect(),
    };
    Ok(Some(section).filter(|section| !section.entries.is_empty()))
}

fn numbered(revision: i32, language: Language) -> Html {
    words::told(language, "revisions-number", &[("number", revision.into())])
}
