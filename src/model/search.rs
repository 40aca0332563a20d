//! Finding texts in effect by their words. The words of a question reach the database as parameters and no log.

use sqlx::PgExecutor;

use crate::error::Result;
use crate::i18n::Language;
use crate::model::{DocumentId, Instant};

/// The longest question that is answered, in characters.
pub const LONGEST: usize = 200;
/// What opens and what closes a phrase, in either language's manner.
const OPENING: [char; 4] = ['"', '\u{ab}', '\u{201c}', '\u{201d}'];
const CLOSING: [char; 3] = ['"', '\u{bb}', '\u{201d}'];

/// How many words, phrases and excluded words of a question count, of each.
pub const TERMS: usize = 12;
/// What a mandate is called in either language, before its rank.
const MANDATE: [&str; 2] = ["mandat", "mandate"];

/// What is asked: every word and phrase must be there, and nothing of what is excluded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words, in any order.
    pub words: Vec<String>,
    /// Words in quotation marks, which must follow each other.
    pub phrases: Vec<String>,
    /// Words after a hyphen, as in `-Arctique`.
    pub excluded: Vec<String>,
    /// Whether more were typed than count.
    pub is_cut: bool,
}

impl Query {
    /// Reads what somebody typed; nothing in it is a mistake.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        // PostgreSQL keeps no NUL.
        let typed = typed.replace('\0', " ");
        let mut query = Self::default();
        let mut loose = String::new();
        let mut rest = typed.as_str();
        while let Some(opening) = rest.find(OPENING) {
            loose.push_str(&rest[..opening]);
            loose.push(' ');
            let after = rest[opening..].trim_start_matches(OPENING);
            match after.find(CLOSING) {
                Some(closing) => {
                    query.phrases.push(after[..closing].to_owned());
                    rest = after[closing..].trim_start_matches(CLOSING);
                }
                None => rest = after,
            }
        }
        loose.push_str(rest);
        for word in loose.split_whitespace() {
            match word.strip_prefix('-').filter(|word| is_wordy(word)) {
                Some(word) if word.starts_with(char::is_alphanumeric) => query.excluded.push(word.to_owned()),
                _ => query.words.push(word.to_owned()),
            }
        }
        for terms in [&mut query.words, &mut query.phrases, &mut query.excluded] {
            terms.retain(|term| is_wordy(term));
            query.is_cut |= terms.len() > TERMS;
            terms.truncate(TERMS);
        }
        query
    }

    /// Whether it asks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }

    /// The rank of a mandate, where one is asked for by it: `mandat 3`.
    #[must_use]
    pub fn rank(&self) -> Option<usize> {
        let [name, rank] = self.words.as_slice() else {
            return None;
        };
        let is_mandate = MANDATE.contains(&name.to_lowercase().as_str());
        rank.parse().ok().filter(|_| is_mandate && self.phrases.is_empty())
    }

    /// Its words and phrases, which results show marked.
    fn terms(&self) -> Vec<String> {
        self.words.iter().chain(&self.phrases).cloned().collect()
    }
}

fn is_wordy(term: &str) -> bool {
    term.contains(char::is_alphanumeric)
}

/// How near a text comes to what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Whose text in effect it is.
    pub document: DocumentId,
    /// The passage that holds most of what was asked.
    pub anchor: String,
    /// `whole` words, words that `begin` so, or words `near` to them: the same for all texts of one answer.
    pub closeness: String,
}

/// The texts in effect that hold what is asked, the best first.
///
/// # Errors
/// The database does not answer.
pub async fn find(executor: impl PgExecutor<'_>, language: Language, query: &Query, at: Instant) -> Result<Vec<Found>> {
    if query.is_empty() {
        return Ok(Vec::new());
    }
    Ok(sqlx::query_as!(
        Found,
        r#"select document_id as "document!: DocumentId", anchor as "anchor!", closeness as "closeness!"
             from site.search_texts($1, $2, $3, $4, $5)"#,
        language.segment(),
        &query.words,
        &query.phrases,
        &query.excluded,
        at as Instant,
    )
    .fetch_all(executor)
    .await?)
}

/// Those of these words that answer what was asked.
///
/// # Errors
/// The database does not answer.
pub async fn matching(
    executor: impl PgExecutor<'_>,
    language: Language,
    query: &Query,
    closeness: &str,
    candidates: &[String],
) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        r#"select word as "word!" from site.matching_words($1, $2, $3, $4) as word"#,
        language.segment(),
        &query.terms(),
        closeness,
        candidates,
    )
    .fetch_all(executor)
    .await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_is_a_mistake() {
        let cases = [
            ("l'Arctique nordique", "l'Arctique|nordique", "", ""),
            ("« mise en œuvre » traité", "traité", " mise en œuvre ", ""),
            ("\"une phrase\" -mot dix-sept", "dix-sept", "une phrase", "mot"),
            ("\"jamais fermée", "jamais|fermée", "", ""),
            ("-- & | ! :* \0 \"\" « »", "", "", ""),
            ("''' OR 1=1 --", "OR|1=1", "", ""),
        ];
        for (typed, words, phrases, excluded) in cases {
            let query = Query::parse(typed);
            assert_eq!(query.words.join("|"), words, "{typed}");
            assert_eq!(query.phrases.join("|"), phrases, "{typed}");
            assert_eq!(query.excluded.join("|"), excluded, "{typed}");
        }
    }

    #[test]
    fn what_is_left_out_is_known() {
        for (typed, is_cut) in [("mot ".repeat(TERMS), false), ("mot ".repeat(TERMS + 1), true)] {
            let query = Query::parse(&typed);
            assert_eq!((query.words.len(), query.is_cut), (TERMS, is_cut));
        }
        assert!(Query::parse(&"-mot ".repeat(TERMS + 1)).is_cut);
    }

    #[test]
    fn a_mandate_is_asked_for_by_its_rank() {
        for (typed, rank) in [
            ("Mandat 3", Some(3)),
            ("mandate 11", Some(11)),
            ("mandats 3", None),
            ("3", None),
            ("mandat trois", None),
            ("mandat 3 québec", None),
            ("mandat 3 \"mise en œuvre\"", None),
        ] {
            assert_eq!(Query::parse(typed).rank(), rank, "{typed}");
        }
    }
}
