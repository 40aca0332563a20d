//! The contact card of a representative: vCard 4 (RFC 6350, W30).

use std::fmt;

use super::Format;
use crate::error::{Error, Result};
use crate::i18n::{self, Language};
use crate::model::address;
use crate::model::{English, Office, Part, edition, publication};
use crate::web::compose::Composition;
use crate::web::folio::Folio;

/// How many octets a line may have before it is folded (RFC 6350 §3.2).
const LINE: usize = 75;

/// A vCard, property by property.
#[derive(Debug, Default)]
pub struct Card(Vec<(String, String)>);

impl Card {
    fn raw(&mut self, property: &str, value: impl Into<String>) {
        self.0.push((property.to_owned(), value.into()));
    }

    fn text(&mut self, property: &str, words: &str) {
        if !words.is_empty() {
            self.raw(property, escape(words));
        }
    }
}

/// Text as property values write it (RFC 6350 §3.4).
fn escape(words: &str) -> String {
    words
        .replace('\\', "\\\\")
        .replace(',', "\\,")
        .replace(';', "\\;")
        .replace('\n', "\\n")
}

impl fmt::Display for Card {
    /// Each line ends by CR and LF; a long one goes on after a space, never inside a character.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (property, value) in &self.0 {
            let mut length = 0;
            for character in format!("{property}:{value}").chars() {
                if length + character.len_utf8() > LINE {
                    formatter.write_str("\r\n ")?;
                    length = 1;
                }
                write!(formatter, "{character}")?;
                length += character.len_utf8();
            }
            formatter.write_str("\r\n")?;
        }
        Ok(())
    }
}

impl Composition<'_> {
    /// When a representative holds or held the office.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn office(&mut self, folio: &Folio) -> Result<Office> {
        let publication = folio.shown.publication;
        let offices = publication::offices(self.snapshot.connection(), &[publication]).await?;
        Ok(offices.get(&publication).copied().unwrap_or_default())
    }
}

/// The card of a representative. There is no `N`: a name is kept as it is borne, never cut into given and family names.
/// Once the office has ended the card claims neither function nor institution, and says when it was held.
///
/// # Errors
/// Not found where the text has no address of its own; the database does not answer.
pub async fn of(page: &mut Composition<'_>, folio: &Folio) -> Result<Card> {
    let path = folio.path(page.language).ok_or(Error::NotFound)?;
    let begun = edition::beginning(page.snapshot.connection(), folio.shown.publication).await?;
    let office = page.office(folio).await?;
    let languages: &[Language] = match folio.shown.english {
        English::Present => &Language::ALL,
        English::ToFollow | English::None => &[Language::French],
    };
    let address = |path: &str| page.origin().address(path);
    let mut card = Card::default();
    card.raw("BEGIN", "VCARD");
    card.raw("VERSION", "4.0");
    card.raw("KIND", "individual");
    card.text("FN", &folio.plain(Part::Title, page.language));
    if let Some(until) = office.until {
        let held = match office.from {
            Some(from) => i18n::range(from, until, page.language),
            None => i18n::day(until, page.language),
        };
        let language = page.language;
        let key = if office.from.is_some() {
            i18n::message(language, "representative-office", &[("range", held.into())])
        } else {
            i18n::message(language, "representative-office-until", &[("day", held.into())])
        };
        card.text(&format!("NOTE;LANGUAGE={}", language.tag()), &key);
    } else {
        for language in languages {
            let title = format!("TITLE;LANGUAGE={};ALTID=1", language.tag());
            card.text(&title, &folio.plain(Part::Function, *language));
        }
        card.text(
            &format!("ORG;LANGUAGE={}", Language::French.tag()),
            &page.frame.institution_name,
        );
    }
    for language in languages {
        let note = format!("NOTE;LANGUAGE={};ALTID=2", language.tag());
        card.text(&note, &folio.plain(Part::Short, *language));
    }
    card.raw("URL", address(&path));
    card.raw("UID", address(&address::short_link(folio.shown.document)));
    card.raw("SOURCE", address(&format!("{path}{}", Format::Contact.extension())));
    if let Some(begun) = begun {
        card.raw("REV", begun.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string());
    }
    card.raw("END", "VCARD");
    Ok(card)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut card = Card::default();
        card.text("NOTE", &"é, ".repeat(60));
        let written = card.to_string();
        assert!(written.ends_with("\r\n"));
        for line in written.trim_end().split("\r\n") {
            assert!(line.len() <= LINE, "{line}");
        }
        assert_eq!(
            written.trim_end_matches("\r\n").replace("\r\n ", ""),
            format!("NOTE:{}", "é\\, ".repeat(60))
        );
    }

    #[test]
    fn what_has_a_meaning_is_escaped() {
        assert_eq!(escape("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
    }
}
