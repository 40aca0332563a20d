//! What lists show of their members: mandates, representatives.

use super::compose::Composition;
use super::folio::{Directory, Folio, day};
use super::speech::rich;
use super::view::{Html, Link, MandateEntry, RepresentativeCard};
use crate::error::Result;
use crate::i18n::{self, Language};
use crate::model::{Office, Part, publication};

impl Composition<'_> {
    /// The cards of representatives, in their order.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn cards(&mut self, folios: &[Folio]) -> Result<Vec<RepresentativeCard>> {
        let publications: Vec<i64> = folios.iter().map(|folio| folio.shown.publication).collect();
        let offices = publication::offices(self.snapshot.connection(), &publications).await?;
        let mut cards = Vec::new();
        for folio in folios {
            let office = match &self.draft {
                Some(draft) if draft.is(folio) => draft.office,
                _ => offices.get(&folio.shown.publication).copied().unwrap_or_default(),
            };
            let successor = match office.successor {
                Some(successor) => self.link(successor).await?,
                None => None,
            };
            cards.push(self.card(folio, office, successor));
        }
        Ok(cards)
    }

    fn card(&self, folio: &Folio, office: Office, successor: Option<Link>) -> RepresentativeCard {
        let language = self.language;
        RepresentativeCard {
            name: folio.inline(Part::Title, language).unwrap_or_default(),
            initials: if folio.is_redacted(Part::Title) {
                String::new()
            } else {
                initials(&folio.plain(Part::Title, language))
            },
            function: folio.inline(Part::Function, language).unwrap_or_default(),
            short: folio
                .lead(Part::Short, language, &Directory::default())
                .unwrap_or_default(),
            path: folio.path(language).unwrap_or_default(),
            office: ended(office, language),
            successor,
            in_french: folio.spoken(language) != language,
        }
    }

    /// The mandates as lists show them: numbered by rank among those shown, each clause closed by the list's own mark.
    pub fn entries(&self, folios: &[Folio], links: &Directory) -> Vec<MandateEntry> {
        let entry = |(index, folio): (usize, &Folio)| {
            let mark = if index + 1 == folios.len() { "." } else { ";" };
            MandateEntry {
                rank: index + 1,
                anchor: folio.title_anchor(),
                title: folio.inline(Part::Title, self.language).unwrap_or_default(),
                path: folio.path(self.language).unwrap_or_default(),
                passages: folio.closed(Part::Body, self.language, links, mark),
                in_french: folio.spoken(self.language) != self.language,
            }
        };
        folios.iter().enumerate().map(entry).collect()
    }
}

/// The initials of the first and the last word of a name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    first
        .into_iter()
        .chain(words.next_back())
        .flat_map(char::to_uppercase)
        .collect()
}

/// « En fonction du … au … », once the published text says that the office has ended.
fn ended(office: Office, language: Language) -> Option<Html> {
    let until = office.until?;
    Some(match office.from {
        Some(from) => {
            let range = Html(i18n::range_html(from, until, language));
            rich(language, "representative-office", &[("range", &range)])
        }
        None => rich(
            language,
            "representative-office-until",
            &[("day", &day(until, language))],
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_monogram_takes_the_first_and_the_last_word() {
        assert_eq!(initials("Jean Lemire"), "JL");
        assert_eq!(initials("Élodie de la Tour"), "ÉT");
        assert_eq!(initials("Jean"), "J");
        assert_eq!(initials(""), "");
    }
}
