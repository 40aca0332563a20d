//! The picture that social networks show beside a link to a page (W23): its title set in type under the institution's
//! name, made once for each set of words and kept in memory.

mod canvas;
mod face;

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;

use crate::error::{Error, Result};
use crate::model::{Kind, Part};
use crate::web::compose::Composition;
use crate::web::folio::{Folio, shorten};

/// How many pictures are kept: at some 40 kB each, a few megabytes.
const KEPT: usize = 96;
/// How many characters of the text stand under its title.
const OPENING: usize = 110;

/// The words of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The institution's name, at the head.
    pub institution: String,
    /// The page's title or the person's name.
    pub title: String,
    /// The person's function, or how the text begins.
    pub opening: String,
}

/// The pictures that were asked for last. They are found by their words, so none is ever out of date.
#[derive(Debug, Default)]
pub struct Pictures(Mutex<VecDeque<(Words, Bytes)>>);

impl Pictures {
    fn find(&self, words: &Words) -> Option<Bytes> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = kept.iter().position(|(known, _)| known == words)?;
        let found = kept.remove(index)?;
        let picture = found.1.clone();
        kept.push_front(found);
        Some(picture)
    }

    fn keep(&self, words: Words, picture: Bytes) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((words, picture));
        kept.truncate(KEPT);
    }
}

/// The picture of a page, as PNG.
///
/// # Errors
/// The picture cannot be drawn.
pub async fn of(page: &Composition<'_>, folio: &Folio) -> Result<Bytes> {
    let language = page.language;
    let opening = match folio.shown.kind {
        Kind::Representative => folio.plain(Part::Function, language),
        // The name of the institution says it all.
        Kind::Institution => String::new(),
        Kind::Statement | Kind::Mandate | Kind::List | Kind::Page => {
            shorten(&folio.plain(Part::Body, language), OPENING)
        }
    };
    let words = Words {
        institution: page.frame.institution_name.clone(),
        title: folio.plain(Part::Title, language),
        opening,
    };
    if let Some(picture) = page.site.pictures.find(&words) {
        return Ok(picture);
    }
    let drawn = words.clone();
    // Some ten milliseconds of computing would hold up other requests.
    let picture = tokio::task::spawn_blocking(move || canvas::draw(&drawn))
        .await
        .map_err(|error| Error::Internal(Box::new(error)))??;
    let picture = Bytes::from(picture);
    page.site.pictures.keep(words, picture.clone());
    Ok(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(title: &str) -> Words {
        Words {
            institution: "Ministère".to_owned(),
            title: title.to_owned(),
            opening: String::new(),
        }
    }

    #[test]
    fn only_the_last_pictures_are_kept() {
        let pictures = Pictures::default();
        for number in 0..KEPT {
            pictures.keep(words(&number.to_string()), Bytes::new());
        }
        assert!(pictures.find(&words("0")).is_some(), "asked for again");
        pictures.keep(words("new"), Bytes::new());
        assert!(pictures.find(&words("0")).is_some());
        assert!(pictures.find(&words("1")).is_none(), "the one least asked for goes");
    }
}
