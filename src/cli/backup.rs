//! `mandat backup` and `mandat restore`: the whole record in one file, and back.

use std::fs::File;

use sqlx::ConnectOptions;

use super::database::{Database, Use, with_database};
use super::draft::Draft;
use super::say;
use crate::config::{Backup, Restore};
use crate::database::archive::{ensure_empty, ensure_kept, ensure_known};
use crate::database::embedded::Missing;
use crate::database::{Roles, migrate};
use crate::error::{Error, Result};
use crate::model::proof::{self, Proof};
use crate::stop::Stop;

/// How many revisions with a wrong digest are named.
const NAMED: usize = 10;

/// Writes the database to a new file.
///
/// # Errors
/// The file exists or cannot be written, the database cannot be opened or read whole, or the program was told to stop
/// first.
pub async fn back_up(settings: Backup, stop: &Stop) -> Result<()> {
    let draft = Draft::of(&settings.file)?;
    let join = Use::Join(Missing::Refuse);
    let name = with_database(&settings.common, join, stop, async |database| {
        let work = async {
            ensure_kept(&database.options()).await?;
            database.tools().await?.dump(draft.file()).await
        };
        stop.unless_told(work).await?;
        Ok(database.name())
    })
    .await?;
    let bytes = draft.finish()?;
    say(&format!(
        "{name}: backed up in {}, {bytes} bytes",
        settings.file.display()
    ));
    Ok(())
}

/// Fills an empty database from a backup, brings it up to date, and computes every digest again.
///
/// # Errors
/// The file is no backup or one of a later version, the database cannot be opened or is not empty, a digest is wrong,
/// or the program was told to stop first.
pub async fn restore(settings: Restore, roles: Roles, stop: &Stop) -> Result<()> {
    let shown = settings.file.display();
    let file = File::open(&settings.file).map_err(|error| Error::Setup(format!("{shown} cannot be read: {error}.")))?;
    let join = Use::Join(Missing::Create);
    let (name, proof) = with_database(&settings.common, join, stop, async |database| {
        let proof = stop.unless_told(fill(database, &file, &roles)).await?;
        Ok((database.name(), proof))
    })
    .await?;
    if !proof.wrong.is_empty() {
        let wrong = proof
            .wrong
            .iter()
            .take(NAMED)
            .map(|(document, number)| format!("{document}/{number}"));
        return Err(Error::Setup(format!(
            "{name} now holds what {shown} held, and {} of its {} revisions are not what was sealed (document/revision: \
             {}). Do not serve it.",
            proof.wrong.len(),
            proof.revisions,
            wrong.collect::<Vec<_>>().join(", ")
        )));
    }
    say(&format!(
        "{name}: restored from {shown}; {} revisions and {} passages checked against their digests",
        proof.revisions, proof.passages
    ));
    Ok(())
}

async fn fill(database: &Database, file: &File, roles: &Roles) -> Result<Proof> {
    let options = database.options();
    let tools = database.tools().await?;
    ensure_known(&tools.migrations(file).await?)?;
    ensure_empty(&options).await?;
    tools.restore(file).await?;
    migrate(&options, roles).await?;
    proof::check(&mut options.connect().await?).await
}
