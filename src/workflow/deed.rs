//! What every deed of a person begins and ends with.

use sqlx::{PgConnection, PgPool, Postgres, Transaction};

use crate::error::{Denied, Error, Result};
use crate::model::account::{self, Role};
use crate::model::journal::{self, Deed, FormId, Line, Subject};
use crate::model::{AccountId, DocumentId, publication};

/// Who does a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// Its role as it was when its owner came in: the deed checks that it still is.
    pub role: Role,
}

/// What became of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done<T> {
    /// The deed was done.
    Now(T),
    /// The form had done its deed already: this is the line of the journal that says so.
    Again(Line),
}

/// A deed that is being done: one transaction.
pub(super) struct Work {
    transaction: Transaction<'static, Postgres>,
    /// Who does it.
    pub actor: Actor,
    form: Option<FormId>,
}

impl Work {
    /// Begins a deed, unless its form has done it already.
    ///
    /// # Errors
    /// [`Denied::Account`] where the account was closed or has another role by now, [`Denied::Form`] where the form is
    /// another person's.
    pub async fn begin(desk: &PgPool, actor: &Actor, form: Option<FormId>) -> Result<Done<Self>> {
        let mut transaction = desk.begin().await?;
        if !account::stands(&mut *transaction, actor.account, actor.role).await? {
            return Err(Error::Denied(Denied::Account));
        }
        if let Some(form) = form
            && let Some(line) = journal::of_form(&mut transaction, form).await?
        {
            return if line.account == actor.account {
                Ok(Done::Again(line))
            } else {
                Err(Error::Denied(Denied::Form))
            };
        }
        Ok(Done::Now(Self {
            transaction,
            actor: *actor,
            form,
        }))
    }

    /// Where to read and write.
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.transaction
    }

    /// Holds the drafts of these documents until the deed ends, each in the order of the numbers, so that two deeds never
    /// wait for each other.
    pub async fn hold(&mut self, documents: &[DocumentId]) -> Result<()> {
        let mut documents = documents.to_vec();
        documents.sort_unstable();
        for document in documents {
            publication::hold_document(self.connection(), document).await?;
        }
        Ok(())
    }

    /// Writes a line of the journal about something that the deed did besides.
    pub async fn note(&mut self, deed: Deed, subject: &Subject) -> Result<()> {
        let account = self.actor.account;
        journal::write(self.connection(), account, deed, subject, None).await
    }

    /// Writes the deed's line of the journal, and commits.
    pub async fn end(mut self, deed: Deed, subject: &Subject) -> Result<()> {
        let (account, form) = (self.actor.account, self.form);
        journal::write(self.connection(), account, deed, subject, form).await?;
        self.transaction.commit().await?;
        Ok(())
    }
}

/// Begins a deed, or leaves its function with what the form did before.
macro_rules! begin {
    ($desk:expr, $actor:expr, $form:expr) => {
        match $crate::workflow::deed::Work::begin($desk, $actor, $form).await? {
            $crate::workflow::deed::Done::Now(work) => work,
            $crate::workflow::deed::Done::Again(line) => return Ok($crate::workflow::deed::Done::Again(line)),
        }
    };
}
pub(super) use begin;
