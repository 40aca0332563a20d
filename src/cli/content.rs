//! `mandat migrate` and `mandat import`: what changes a database and ends.

use super::database::{Use, with_database};
use super::say;
use crate::config::{Import, Migrate};
use crate::database::embedded::Missing;
use crate::database::{Pools, Roles, migrate};
use crate::error::Result;
use crate::model::manuscript::Manuscripts;
use crate::stop::Stop;
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
    let join = Use::Join(Missing::Refuse);
    let (name, imported) = with_database(&settings.common, join, stop, async |database| {
        let work = async {
            migrate(&database.options(), &roles).await?;
            let pools = Pools::open(&database.options(), &roles);
            let imported = import(&pools.desk, &manuscripts, Target::AnyDatabase).await;
            pools.desk.close().await;
            imported
        };
        Ok((database.name(), stop.unless_told(work).await?))
    })
    .await?;
    let told = match imported {
        Imported::Nothing => "nothing differs from the live texts".to_owned(),
        Imported::Release { documents } => {
            let numbers: Vec<String> = documents.iter().map(ToString::to_string).collect();
            format!("one release, which changes documents {}", numbers.join(", "))
        }
    };
    say(&format!("{name}: {told}"));
    Ok(())
}
