//! The picture that social networks show beside a link to a page (W23): its title set in type under the institution's
//! name, made once for each set of words and kept in memory.

mod canvas;
mod face;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use tokio::sync::OnceCell;

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
pub struct Pictures(Mutex<VecDeque<(Words, Arc<OnceCell<Bytes>>)>>);

impl Pictures {
    /// The picture of these words, as PNG: whoever asks while it is drawn waits for that one.
    ///
    /// # Errors
    /// The picture cannot be drawn.
    pub async fn of(&self, words: Words) -> Result<Bytes> {
        self.drawn(words, canvas::draw).await
    }

    async fn drawn<F>(&self, words: Words, draw: F) -> Result<Bytes>
    where
        F: FnOnce(&Words) -> Result<Vec<u8>> + Send + 'static,
    {
        let place = self.place(&words);
        // Some ten milliseconds of computing would hold up other requests.
        let drawing = async || {
            tokio::task::spawn_blocking(move || draw(&words))
                .await
                .map_err(|error| Error::Internal(Box::new(error)))?
                .map(Bytes::from)
        };
        place.get_or_try_init(drawing).await.cloned()
    }

    /// Where the picture of these words is or will be.
    fn place(&self, words: &Words) -> Arc<OnceCell<Bytes>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|(known, _)| known == words);
        let found = known.and_then(|index| kept.remove(index));
        let (words, place) = found.unwrap_or_else(|| (words.clone(), Arc::default()));
        kept.push_front((words, Arc::clone(&place)));
        kept.truncate(KEPT);
        place
    }
}

/// The words of a page's picture.
#[must_use]
pub fn words(page: &Composition<'_>, folio: &Folio) -> Words {
    let language = page.language;
    let opening = match folio.shown.kind {
        Kind::Representative => folio.plain(Part::Function, language),
        // The name of the institution says it all.
        Kind::Institution => String::new(),
        Kind::Statement | Kind::Mandate | Kind::List | Kind::Page => {
            shorten(&folio.plain(Part::Body, language), OPENING)
        }
    };
    Words {
        institution: page.frame.institution_name.clone(),
        title: folio.plain(Part::Title, language),
        opening,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn titled(title: &str) -> Words {
        Words {
            institution: "Ministère".to_owned(),
            title: title.to_owned(),
            opening: String::new(),
        }
    }

    /// Asks for a picture; whether it had to be drawn.
    async fn is_drawn(pictures: &Pictures, title: &str) -> bool {
        let drawn = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&drawn);
        let draw = move |_: &Words| {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok(Vec::new())
        };
        pictures.drawn(titled(title), draw).await.unwrap();
        drawn.load(Ordering::Relaxed) == 1
    }

    #[tokio::test]
    async fn only_the_last_pictures_are_kept() {
        let pictures = Pictures::default();
        for number in 0..KEPT {
            assert!(is_drawn(&pictures, &number.to_string()).await);
        }
        assert!(!is_drawn(&pictures, "0").await, "asked for again");
        assert!(is_drawn(&pictures, "new").await);
        assert!(!is_drawn(&pictures, "0").await);
        assert!(is_drawn(&pictures, "1").await, "the one least asked for went");
    }

    #[tokio::test]
    async fn a_picture_that_many_ask_for_is_drawn_once() {
        let pictures = Arc::new(Pictures::default());
        let drawn = Arc::new(AtomicUsize::new(0));
        let ask = || {
            let (pictures, drawn) = (Arc::clone(&pictures), Arc::clone(&drawn));
            tokio::spawn(async move {
                let draw = move |_: &Words| {
                    std::thread::sleep(std::time::Duration::from_millis(50));
                    drawn.fetch_add(1, Ordering::Relaxed);
                    Ok(vec![7])
                };
                pictures.drawn(titled("Mission"), draw).await.unwrap()
            })
        };
        let asked: Vec<_> = (0..8).map(|_| ask()).collect();
        for picture in asked {
            assert_eq!(picture.await.unwrap(), Bytes::from_static(&[7]));
        }
        assert_eq!(drawn.load(Ordering::Relaxed), 1);
    }

    #[tokio::test]
    async fn a_picture_that_failed_is_drawn_again() {
        let pictures = Pictures::default();
        let failed = pictures.drawn(titled("Mission"), |_| Err(Error::NotFound)).await;
        assert!(failed.is_err());
        assert!(is_drawn(&pictures, "Mission").await);
    }
}
