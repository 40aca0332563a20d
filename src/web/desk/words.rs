//! Words that many pages of the desk say: moments, titles, deeds.

use std::collections::HashMap;

use sqlx::PgExecutor;

use super::moment::moment;
use super::paths;
use crate::error::Result;
use crate::i18n::{self, Language, Value, message};
use crate::model::journal::Deed;
use crate::model::title::{self, Title};
use crate::model::{DocumentId, Instant, Kind, Role, account};
use crate::text::{self, letters};
use crate::web::speech::rich;
use crate::web::view::{Day, Html, Link};

impl From<&Day> for Html {
    fn from(day: &Day) -> Self {
        Self(text::Html::trusted(day.to_string()))
    }
}

/// A sentence about who did something when: the message has the arguments `name` and `moment`.
pub fn by(language: Language, key: &str, name: &str, at: Instant) -> Html {
    let name = Html::from_text(&person(name, language));
    let moment = Html::from(&moment(language, at));
    rich(language, key, &[("name", &name), ("moment", &moment)])
}

/// A message about a moment: it has the argument `moment`.
pub fn at(language: Language, key: &str, at: Instant) -> Html {
    rich(language, key, &[("moment", &moment(language, at))])
}

/// The same as bare words, for the title of a page.
pub fn at_plain(language: Language, key: &str, at: Instant) -> String {
    message(language, key, &[("moment", moment_plain(language, at).into())])
}

/// Day and time of Québec to the minute, in bare words.
pub fn moment_plain(language: Language, at: Instant) -> String {
    let local = i18n::local(at.timestamp());
    let (day, time) = (i18n::day(local.date(), language), i18n::time(local.time(), language));
    message(language, "day-and-time", &[("day", day.into()), ("time", time.into())])
}

/// A message whose arguments are numbers or bare words.
pub fn told(language: Language, key: &str, arguments: &[(&str, Value<'_>)]) -> Html {
    Html::from_text(&message(language, key, arguments))
}

/// What colleagues call somebody; programs are called by what they do.
pub fn person(name: &str, language: Language) -> String {
    match name {
        account::IMPORTER => message(language, "person-importer", &[]),
        account::OPERATOR => message(language, "person-operator", &[]),
        name => name.to_owned(),
    }
}

/// What somebody may do.
pub fn role(role: Role, language: Language) -> String {
    let key = match role {
        Role::Author => "role-author",
        Role::Editor => "role-editor",
        Role::Administrator => "role-administrator",
    };
    message(language, key, &[])
}

/// What somebody did.
pub fn deed(deed: Deed, language: Language) -> String {
    message(language, &format!("deed-{}", deed.word()), &[])
}

/// What documents are called, in the language of a page if they have a title there.
#[derive(Debug)]
pub struct Titles {
    found: HashMap<DocumentId, Title>,
    language: Language,
}

impl Titles {
    /// Of these documents.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn of(
        executor: impl PgExecutor<'_>,
        documents: impl IntoIterator<Item = DocumentId>,
        language: Language,
    ) -> Result<Self> {
        let documents: Vec<DocumentId> = documents.into_iter().collect();
        let found = title::read(executor, Some(&documents)).await?;
        Ok(Self { found, language })
    }

    /// Of every document.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn of_all(executor: impl PgExecutor<'_>, language: Language) -> Result<Self> {
        let found = title::read(executor, None).await?;
        Ok(Self { found, language })
    }

    /// Titles that are known already.
    #[cfg(test)]
    pub fn none(language: Language) -> Self {
        let found = HashMap::new();
        Self { found, language }
    }

    /// The language of the page.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The title of a document, or its number where it has none.
    pub fn plain(&self, document: DocumentId) -> String {
        let title = self.found.get(&document).and_then(|title| title.plain(self.language));
        let number = || {
            message(
                self.language,
                "document-untitled",
                &[("number", document.number().into())],
            )
        };
        title.unwrap_or_else(number)
    }

    /// A link to the desk's page of a document.
    pub fn link(&self, document: DocumentId) -> Link {
        Link {
            label: Html::from_text(&self.plain(document)),
            path: paths::path_of(paths::DOCUMENT, self.language, document.number()),
        }
    }

    /// Documents to choose among, number and title, by their titles.
    pub fn choice(&self, may: impl Fn(DocumentId, Kind) -> bool) -> Vec<(i64, String)> {
        let offered = self
            .found
            .iter()
            .filter(|(document, title)| may(**document, title.kind));
        let named = offered.map(|(document, _)| (document.number(), self.plain(*document)));
        let mut named: Vec<(i64, String)> = named.collect();
        named.sort_by_cached_key(|(_, title)| letters::plain(title));
        named
    }
}
