//! A representative's words alone, for copying: name, function, the biography in its three lengths, the mandate.

use crate::error::Result;
use crate::i18n::{self, message};
use crate::model::Part;
use crate::web::compose::Composition;
use crate::web::folio::Folio;

/// The plain text of a profile.
///
/// # Errors
/// The database does not answer.
pub async fn of(page: &mut Composition<'_>, folio: &Folio) -> Result<String> {
    let citation = page.citation(folio).await?;
    let language = page.language;
    let heading = |key: &'static str| Some(message(language, key, &[]));
    let parts = [
        (None, Part::Title),
        (None, Part::Function),
        (heading("profile-short"), Part::Short),
        (heading("profile-medium"), Part::Medium),
        (heading("profile-full"), Part::Biography),
        (heading("profile-mandate"), Part::Mandate),
    ];
    let mut blocks = Vec::new();
    for (heading, part) in parts {
        let paragraphs = folio.paragraphs(part, language);
        if paragraphs.is_empty() {
            continue;
        }
        blocks.extend(heading.map(|words| words.to_uppercase()));
        blocks.extend(paragraphs);
    }
    let day = i18n::day(citation.day, language);
    blocks.push(message(
        language,
        "plain-source",
        &[
            ("institution", citation.institution.into()),
            ("version", citation.version.to_string().into()),
            ("day", day.into()),
            ("address", citation.address.into()),
        ],
    ));
    Ok(blocks.join("\n\n") + "\n")
}
