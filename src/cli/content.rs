//! `mandat migrate`, `mandat import` and `mandat export`: the texts of a database, in and out.

use sqlx::PgPool;

use super::database::{Use, with_database, with_desk};
use super::{complain, say};
use crate::config::{Export, Import, Migrate};
use crate::database::embedded::Missing;
use crate::database::{Roles, migrate};
use crate::error::{Error, Result};
use crate::model::manuscript::Manuscripts;
use crate::stop::Stop;
use crate::workflow::export::export;
use crate::workflow::import::{Imported, Target, import};

/// Brings a database up to date.
///
/// # Errors
/// The database cannot be opened or migrated, or the program was told to stop first.
pub async fn migrate_database(settings: Migrate, roles: Roles, stop: &Stop) -> Result<()> {
    let missing = if settings.create {
        Missing::Create
    } else {
        Missing::Refuse
    };
    let name = with_database(&settings.common, Use::Join(missing), stop, async |database| {
        stop.unless_told(migrate(&database.options(), &roles)).await?;
        Ok(database.name())
    });
    say(&format!("{} is up to date", name.await?));
    Ok(())
}

/// Publishes a directory of documents.
///
/// # Errors
/// A file cannot be used, the database cannot be opened or refuses a document, or the program was told to stop first.
pub async fn import_directory(settings: Import, roles: Roles, stop: &Stop) -> Result<()> {
    let manuscripts = Manuscripts::read(&settings.directory)?;
    let work = async |desk: &PgPool| import(desk, &manuscripts, Target::AnyDatabase).await;
    let (name, imported) = with_desk(&settings.common, &roles, stop, work).await?;
    let told = match imported {
        Imported::Nothing => "nothing differs from the live texts".to_owned(),
        Imported::Release { documents, losses } => {
            for loss in losses {
                complain(&format!("note: {loss}"));
            }
            let numbers: Vec<String> = documents.iter().map(ToString::to_string).collect();
            format!("one release, which changes documents {}", numbers.join(", "))
        }
    };
    say(&format!("{name}: {told}"));
    Ok(())
}

/// Writes the live texts into an empty directory, one file for each, as `import` reads them.
///
/// # Errors
/// The directory holds something or cannot be written, the database cannot be opened, or the program was told to stop
/// first.
pub async fn export_directory(settings: Export, roles: Roles, stop: &Stop) -> Result<()> {
    let shown = settings.directory.display();
    let unwritable = |error: std::io::Error| Error::Setup(format!("{shown}: {error}"));
    std::fs::create_dir_all(&settings.directory).map_err(unwritable)?;
    let mut held = std::fs::read_dir(&settings.directory).map_err(unwritable)?;
    if held.next().is_some() {
        let reason = format!("{shown} is not empty, and old files would be imported with the new ones.");
        return Err(Error::Setup(reason));
    }
    let (name, files) = with_desk(&settings.common, &roles, stop, export).await?;
    for (file, words) in &files {
        std::fs::write(settings.directory.join(file), words).map_err(unwritable)?;
    }
    say(&format!("{name}: {} texts written to {shown}", files.len()));
    Ok(())
}
