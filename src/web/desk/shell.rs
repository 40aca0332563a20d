//! The band around every page of the desk.

use std::borrow::Borrow;

use super::paths;
use super::staff::Staff;
use super::words;
use crate::i18n::Language;
use crate::model::{AccountId, Bilingual, Role};
use crate::web::speech::Speaks;

/// The pages that the band names, in order: page, key of its label, and the least role that may open it.
const NAVIGATION: [(Bilingual<&str>, &str, Role); 6] = [
    (paths::HOME, "desk-home", Role::Author),
    (paths::DOCUMENTS, "documents-title", Role::Author),
    (paths::RELEASES, "releases-title", Role::Author),
    (paths::JOURNAL, "journal-title", Role::Author),
    (paths::ACCOUNTS, "accounts-title", Role::Administrator),
    (paths::SETTINGS, "settings-title", Role::Administrator),
];

/// One page's own head and place in the desk.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The language of the interface.
    pub language: Language,
    /// The page's title, bare words.
    pub title: String,
    /// Who is signed in.
    pub staff: Option<Staff>,
    /// Path of the same page in the other language.
    pub counterpart: String,
    /// The path that was asked.
    pub path: String,
}

/// A link of the band.
#[derive(Debug, Clone)]
pub struct BandLink {
    /// Its words.
    pub label: String,
    /// Its path.
    pub path: String,
    /// Whether it is the page itself, or leads to its family.
    pub is_here: bool,
}

impl Speaks for Shell {
    fn language(&self) -> Language {
        self.language
    }
}

impl Shell {
    /// Around a page for somebody who is signed in.
    #[must_use]
    pub fn new(staff: &Staff, title: String) -> Self {
        Self {
            staff: Some(staff.clone()),
            ..Self::anonymous(staff.language, title, &staff.path)
        }
    }

    /// Around a page for nobody in particular.
    #[must_use]
    pub fn anonymous(language: Language, title: String, path: &str) -> Self {
        Self {
            language,
            title,
            staff: None,
            counterpart: paths::counterpart(path),
            path: path.to_owned(),
        }
    }

    /// The path of a page of the desk, in the language of the interface.
    #[must_use]
    pub fn to(&self, page: Bilingual<&str>) -> String {
        paths::path(page, self.language)
    }

    /// The path of a page of the desk about one thing.
    #[must_use]
    pub fn to_one(&self, page: Bilingual<&str>, number: impl Borrow<i64>) -> String {
        paths::path_of(page, self.language, *number.borrow())
    }

    /// The links of the band that are for whoever is signed in.
    #[must_use]
    pub fn navigation(&self) -> Vec<BandLink> {
        let role = self.staff.as_ref().map(|staff| staff.actor.role);
        let open = NAVIGATION.iter().filter(|(_, _, least)| role >= Some(*least));
        open.map(|(page, key, _)| {
            let path = self.to(*page);
            BandLink {
                label: self.t(key),
                is_here: path == self.path,
                path,
            }
        })
        .collect()
    }

    /// A role in words.
    #[must_use]
    pub fn role(&self, role: impl Borrow<Role>) -> String {
        words::role(*role.borrow(), self.language)
    }

    /// Whose page this is, for the forms on it that hold a text.
    #[must_use]
    pub fn account(&self) -> Option<i64> {
        self.staff
            .as_ref()
            .map(|staff| staff.actor.account)
            .map(AccountId::number)
    }
}
