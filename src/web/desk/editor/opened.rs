//! A document whose text is being worked on: where it stands, and the revision that the form was made from.

use crate::error::{Error, Result};
use crate::model::dossier::{self, Dossier};
use crate::model::editing::{self, Made};
use crate::model::{Bilingual, DocumentId, English, Kind, Text, revision};
use crate::web::desk::Desk;
use crate::web::desk::staff::Staff;
use crate::web::desk::words::Titles;

/// A document, and the text of one of its revisions.
#[derive(Debug)]
pub struct Opened {
    /// Where its texts stand.
    pub dossier: Dossier,
    /// The revision; none of a document without any.
    pub base: Option<i32>,
    /// What that revision says.
    pub text: Text,
    /// Who saved it, and when.
    pub made: Option<Made>,
    /// The text in effect, where it is another.
    pub live: Option<Text>,
    /// What every document is called.
    pub titles: Titles,
}

impl Opened {
    /// Opens a document at a revision, or where one goes on from by default.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such document, or no such revision.
    pub async fn read(desk: &Desk, staff: &Staff, document: DocumentId, base: Option<i32>) -> Result<Self> {
        let mut connection = desk.pool.acquire().await?;
        let dossier = dossier::read(&mut connection, document).await?;
        let base = base.or_else(|| dossier.opening());
        let (text, made) = match base {
            Some(number) => {
                let made = editing::made(&mut *connection, document, number).await?;
                let made = made.ok_or(Error::NotFound)?;
                (revision::read(&mut connection, document, number).await?, Some(made))
            }
            None => (nothing(), None),
        };
        let live = match dossier.live.filter(|live| Some(*live) != base) {
            Some(live) => Some(revision::read(&mut connection, document, live).await?),
            None => None,
        };
        let titles = Titles::of_all(&mut *connection, staff.language).await?;
        Ok(Self {
            dossier,
            base,
            text,
            made,
            live,
            titles,
        })
    }

    /// Its number.
    pub const fn document(&self) -> DocumentId {
        self.dossier.document.id
    }

    /// What it is about.
    pub const fn kind(&self) -> Kind {
        self.dossier.document.kind
    }

    /// What the text in effect says.
    pub fn live_text(&self) -> Option<&Text> {
        self.live.as_ref().or_else(|| self.dossier.live.map(|_| &self.text))
    }
}

/// The text of a document that has none yet.
fn nothing() -> Text {
    Text {
        slug: Bilingual::default(),
        english: English::ToFollow,
        passages: Vec::new(),
        members: Vec::new(),
        office: None,
    }
}
