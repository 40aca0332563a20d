//! Writes the live texts as the files that `import` reads.

use sqlx::PgPool;

use crate::error::Result;
use crate::model::manuscript::Manuscripts;
use crate::model::{document, publication, revision};

/// The files of every text in effect, by name: imported again, they change nothing.
///
/// # Errors
/// The database does not answer.
pub async fn export(desk: &PgPool) -> Result<Vec<(String, String)>> {
    let mut snapshot = desk
        .begin_with("begin isolation level repeatable read read only")
        .await?;
    let mut files = Vec::new();
    for document in document::all(&mut *snapshot).await? {
        if let Some(live) = publication::latest(&mut *snapshot, document.id).await?.live {
            let text = revision::read(&mut snapshot, document.id, live).await?;
            files.push(Manuscripts::file(&document, &text));
        }
    }
    Ok(files)
}
