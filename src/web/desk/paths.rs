//! The addresses of the desk, each written once.

use crate::i18n::Language;
use crate::model::{Bilingual, DocumentId};
use crate::web::query;

/// Where the desk begins.
pub const ROOT: &str = "/admin";

/// Names of pages, each with what stands after `/admin/fr` and after `/admin/en`.
macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident = $fr:literal, $en:literal;)+) => {
        $($(#[$doc])* pub const $name: Bilingual<&str> = Bilingual { fr: $fr, en: $en };)+

        /// Every page.
        pub const ALL: &[Bilingual<&str>] = &[$($name),+];
    };
}

pages! {
    /// What waits for whom.
    HOME = "", "";
    /// Every document.
    DOCUMENTS = "/documents", "/documents";
    /// A new one.
    CREATE = "/documents/nouveau", "/documents/new";
    /// One document.
    DOCUMENT = "/documents/{number}", "/documents/{number}";
    /// Writing a text.
    EDIT = "/documents/{number}/modifier", "/documents/{number}/edit";
    /// Keeping what is being typed there.
    TYPING = "/documents/{number}/saisie", "/documents/{number}/typing";
    /// Leaving that page.
    LEAVING = "/documents/{number}/depart", "/documents/{number}/leaving";
    /// The public page of a text that is not public.
    PREVIEW = "/documents/{number}/apercu", "/documents/{number}/preview";
    /// Bringing two texts together.
    MERGE = "/documents/{number}/fusion", "/documents/{number}/merge";
    /// What changes in a draft, and what is decided about it.
    REVIEW = "/documents/{number}/examen", "/documents/{number}/review";
    /// Making a draft public.
    PUBLISH = "/documents/{number}/publication", "/documents/{number}/publication";
    /// Ending a text.
    WITHDRAW = "/documents/{number}/retrait", "/documents/{number}/withdrawal";
    /// Making public again what has ended.
    BRING_BACK = "/documents/{number}/retablissement", "/documents/{number}/return";
    /// Removing words because the law asks for it.
    REDACT = "/documents/{number}/caviardage", "/documents/{number}/redaction";
    /// Every revision of a document.
    REVISIONS = "/documents/{number}/historique", "/documents/{number}/history";
    /// What is scheduled, and what went out.
    RELEASES = "/publications", "/releases";
    /// One of them.
    RELEASE = "/publications/{number}", "/releases/{number}";
    /// Who did what.
    JOURNAL = "/journal", "/journal";
    /// The same as a table.
    JOURNAL_TABLE = "/journal.csv", "/journal.csv";
    /// What an administrator decides for everybody.
    SETTINGS = "/parametres", "/settings";
    /// Signing in.
    SIGN_IN = "/session", "/sign-in";
    /// Signing out.
    SIGN_OUT = "/fermeture", "/sign-out";
    /// Choosing a password by a one-time link.
    INVITATION = "/invitation", "/invitation";
    /// A form that was kept when its session had ended.
    KEPT = "/texte-conserve/{number}", "/kept-text/{number}";
    /// Everybody's accounts.
    ACCOUNTS = "/comptes", "/accounts";
    /// Somebody's account.
    PERSON = "/comptes/{number}", "/accounts/{number}";
    /// One's own account.
    ACCOUNT = "/compte", "/account";
    /// One's own password.
    PASSWORD = "/compte/mot-de-passe", "/account/password";
    /// One of one's own sessions.
    SESSION = "/compte/sessions/{number}", "/account/sessions/{number}";
}

/// The path of a page in a language of the interface; `{…}` in it is still to be filled.
#[must_use]
pub fn path(page: Bilingual<&str>, language: Language) -> String {
    format!("{ROOT}/{}{}", language.segment(), page.get(language))
}

/// The path of a page about one thing, which has a number.
#[must_use]
pub fn path_of(page: Bilingual<&str>, language: Language, number: i64) -> String {
    path(page, language).replace("{number}", &number.to_string())
}

/// The path of a page about a document's draft; about a text that is on its way apart from it, where one is named.
#[must_use]
pub fn of_draft(page: Bilingual<&str>, language: Language, document: DocumentId, apart: Option<i32>) -> String {
    of_draft_asking(page, language, document, apart, &[])
}

/// The same, with what else is asked of the page.
#[must_use]
pub fn of_draft_asking(
    page: Bilingual<&str>,
    language: Language,
    document: DocumentId,
    apart: Option<i32>,
    more: &[(&str, &str)],
) -> String {
    let path = path_of(page, language, document.number());
    let number = apart.map(|number| number.to_string());
    let named = number.as_deref().map(|number| (query::REVISION, number));
    let parameters: Vec<(&str, &str)> = named.into_iter().chain(more.iter().copied()).collect();
    if parameters.is_empty() {
        path
    } else {
        query::asking(&path, &parameters)
    }
}

/// The path of the page that brings two revisions together: one's own, and the other.
#[must_use]
pub fn merge(language: Language, document: DocumentId, [mine, theirs]: [i32; 2]) -> String {
    let path = path_of(MERGE, language, document.number());
    query::asking(&path, &[("mine", &mine.to_string()), ("theirs", &theirs.to_string())])
}

/// The language of the interface at a path: French where the path names none.
#[must_use]
pub fn language_of(path: &str) -> Language {
    let segment = path.strip_prefix(ROOT).and_then(|rest| rest.split('/').nth(1));
    let known = Language::ALL
        .into_iter()
        .find(|language| segment == Some(language.segment()));
    known.unwrap_or(Language::French)
}

/// The same page in the other language; the desk itself where there is no such page.
#[must_use]
pub fn counterpart(path: &str) -> String {
    let language = language_of(path);
    let asked: Vec<&str> = path.split('/').collect();
    let found = ALL.iter().find_map(|page| {
        let known = self::path(*page, language);
        let known: Vec<&str> = known.split('/').collect();
        let same = known.len() == asked.len()
            && known
                .iter()
                .zip(&asked)
                .all(|(known, asked)| known.starts_with('{') || known == asked);
        same.then(|| {
            let filled = known.iter().zip(&asked).filter(|(known, _)| known.starts_with('{'));
            let other = self::path(*page, language.other());
            filled.fold(other, |path, (name, value)| path.replace(name, value))
        })
    });
    found.unwrap_or_else(|| self::path(HOME, language.other()))
}

/// A path of the desk to which a form may lead back; none where it leads elsewhere.
#[must_use]
pub fn back(typed: &str) -> Option<String> {
    let inside = typed.strip_prefix(ROOT)?;
    let plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    let is_ours = inside.starts_with('/') && !inside.starts_with("//") && inside.bytes().all(plain);
    is_ours.then(|| typed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_has_its_counterpart() {
        assert_eq!(counterpart("/admin/fr/session"), "/admin/en/sign-in");
        assert_eq!(counterpart("/admin/en/sign-in"), "/admin/fr/session");
        assert_eq!(counterpart("/admin/fr"), "/admin/en");
        assert_eq!(counterpart("/admin/en/nothing"), "/admin/fr");
        assert_eq!(language_of("/admin"), Language::French);
        assert_eq!(language_of("/admin/en"), Language::English);
        assert_eq!(language_of("/admin/english"), Language::French);
    }

    #[test]
    fn a_form_leads_back_into_the_desk_alone() {
        assert_eq!(back("/admin/fr/x?y=1").as_deref(), Some("/admin/fr/x?y=1"));
        for elsewhere in [
            "",
            "/",
            "/fr",
            "//evil.example",
            "/admin//x",
            "/administration",
            "/admin/\r\nx",
            "/admin/\\x",
            "https://x",
        ] {
            assert_eq!(back(elsewhere), None, "{elsewhere}");
        }
    }
}
