//! A document whose text is being worked on: where it stands, and the revision that the form was made from.

use sqlx::PgConnection;

use crate::error::{Error, Result};
use crate::model::dossier::{self, Dossier};
use crate::model::editing::{self, Made};
use crate::model::{Bilingual, DocumentId, English, Kind, Text, revision};
use crate::web::desk::fields::Fields;
use crate::web::desk::staff::Staff;
use crate::web::desk::words::Titles;
use crate::web::desk::{Desk, paths};

/// A document, and the text of one of its revisions.
#[derive(Debug)]
pub struct Opened {
    /// Where its texts stand.
    pub dossier: Dossier,
    /// The revision; none of a document without any.
    pub base: Option<i32>,
    /// Whether that is the text in effect or its correction, to be gone on with beside what is drafted or scheduled.
    pub is_correction: bool,
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
        Self::at(&mut connection, staff, dossier, base, false).await
    }

    /// Opens a document at the text to go on from that is meant by a revision: the correction under way that it leads to, or
    /// itself where it is open.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such document.
    pub async fn asked(desk: &Desk, staff: &Staff, document: DocumentId, asked: Option<i32>) -> Result<Self> {
        let mut connection = desk.pool.acquire().await?;
        let dossier = dossier::read(&mut connection, document).await?;
        let correction = asked.and_then(|asked| dossier.corrected(asked));
        let open = asked.filter(|asked| dossier.lineage.is_open(*asked));
        let base = correction.or(open).or_else(|| dossier.opening());
        Self::at(&mut connection, staff, dossier, base, correction.is_some()).await
    }

    /// Opens a document at the revision that a form was made from.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn of_form(desk: &Desk, staff: &Staff, document: DocumentId, fields: &Fields) -> Result<Self> {
        let mut connection = desk.pool.acquire().await?;
        let dossier = dossier::read(&mut connection, document).await?;
        let base = fields.get("base").parse().ok().or_else(|| dossier.opening());
        let is_correction = fields.has("correction") && base.is_some_and(|base| dossier.corrected(base).is_some());
        Self::at(&mut connection, staff, dossier, base, is_correction).await
    }

    async fn at(
        connection: &mut PgConnection,
        staff: &Staff,
        dossier: Dossier,
        base: Option<i32>,
        is_correction: bool,
    ) -> Result<Self> {
        let document = dossier.document.id;
        let (text, made) = match base {
            Some(number) => {
                let made = editing::made(&mut *connection, document, number).await?;
                let made = made.ok_or(Error::NotFound)?;
                (revision::read(connection, document, number).await?, Some(made))
            }
            None => (nothing(), None),
        };
        let live = match dossier.live.filter(|live| Some(*live) != base) {
            Some(live) => Some(revision::read(connection, document, live).await?),
            None => None,
        };
        let titles = Titles::of_all(connection, staff.language).await?;
        Ok(Self {
            dossier,
            base,
            is_correction,
            text,
            made,
            live,
            titles,
        })
    }

    /// The revision, where it is gone on with apart from the line.
    pub fn apart(&self) -> Option<i32> {
        let is_beside = |base: &i32| self.dossier.lineage.beside().contains(base);
        self.base.filter(|base| self.is_correction || is_beside(base))
    }

    /// The path of its form, which comes back to this text.
    pub fn path(&self, staff: &Staff) -> String {
        paths::of_draft(paths::EDIT, staff.language, self.document(), self.apart())
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
