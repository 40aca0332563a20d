//! `import`: one release of what differs from the live texts, or a refusal by file, line and reason.

mod moves;
mod redaction;
mod refusals;
mod renaming;
mod texts;

use std::path::{Path, PathBuf};

use mandat::error::Result;
use mandat::model::DocumentId;
use mandat::model::manuscript::Manuscripts;
use mandat::workflow::import::{Imported, Target, import};

use crate::support::database::TestDatabase;
use crate::support::visitor::{Answer, Visitor};

/// When the founding content of these tests is published, and moments after it.
const FOUNDED: &str = "2026-01-05T15:00:00Z";
const FEBRUARY: &str = "2026-02-10T15:00:00Z";
const MARCH: &str = "2026-03-01T15:00:00Z";
const APRIL: &str = "2026-04-20T15:00:00Z";

const MISSION: &str = "02-mission.toml";
const MANDATES: &str = "04-mandates.toml";
const FIRST: &str = "05-representation-a-l-etranger.toml";
const LEMIRE: &str = "17-jean-lemire.toml";
const RELEASE: &str = "release.toml";

/// A folder of manuscripts, in memory.
#[derive(Clone)]
struct Folder(Vec<(PathBuf, String)>);

impl Folder {
    fn read(directory: &str) -> Self {
        let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = entries
            .map(|path| {
                let words = std::fs::read_to_string(&path).unwrap();
                (PathBuf::from(path.file_name().unwrap()), words)
            })
            .collect();
        files.sort();
        Self(files)
    }

    fn founding() -> Self {
        Self::read("migrations/founding")
    }

    /// The founding content without its note, which is that of the first release alone.
    fn silent() -> Self {
        let mut folder = Self::founding();
        folder.0.retain(|(name, _)| name != Path::new(RELEASE));
        folder
    }

    /// These files of the founding content, without its note.
    fn only(names: &[&str]) -> Self {
        let mut folder = Self::founding();
        folder
            .0
            .retain(|(name, _)| names.iter().any(|kept| name == Path::new(kept)));
        assert_eq!(folder.0.len(), names.len());
        folder
    }

    /// The same, with words of a file replaced.
    fn edit(mut self, file: &str, from: &str, to: &str) -> Self {
        let (_, words) = self.0.iter_mut().find(|(name, _)| name == Path::new(file)).unwrap();
        assert_eq!(words.matches(from).count(), 1, "{file}: {from}");
        *words = words.replace(from, to);
        self
    }

    /// The same, with one more file.
    fn add(mut self, file: &str, words: &str) -> Self {
        self.0.push((PathBuf::from(file), words.to_owned()));
        self
    }
}

/// A site whose clock stands still between imports.
struct Ministry {
    database: TestDatabase,
    visitor: Visitor,
}

impl Ministry {
    async fn founded() -> Self {
        let database = TestDatabase::empty().await;
        let visitor = Visitor::new(&database);
        let ministry = Self { database, visitor };
        ministry.import(FOUNDED, &Folder::founding()).await.unwrap();
        ministry
    }

    /// Imports at an instant; gives the numbers of the documents that changed, none where nothing did.
    async fn import(&self, instant: &str, folder: &Folder) -> Result<Vec<i64>> {
        self.database.set_clock(instant).await;
        let manuscripts = Manuscripts::parse(folder.0.clone())?;
        Ok(
            match import(&self.database.pools.desk, &manuscripts, Target::AnyDatabase).await? {
                Imported::Nothing => Vec::new(),
                Imported::Release { documents, .. } => documents.into_iter().map(DocumentId::number).collect(),
            },
        )
    }

    async fn get(&self, path: &str) -> Answer {
        self.visitor.get(path).await
    }

    /// Every row of every table of the record, as words: for those up to a release, or all.
    async fn rows(&self, of_first_release: bool) -> Vec<String> {
        let only = if of_first_release { "where number = 1" } else { "" };
        let first = if of_first_release { "where release_id = 1" } else { "" };
        let whole = if of_first_release { "where id = 1" } else { "" };
        let tables = [
            ("revision", only),
            ("passage", only),
            ("list_item", only),
            ("representative_detail", only),
            ("release", whole),
        ];
        let mut queries: Vec<String> = tables
            .into_iter()
            .map(|(table, condition)| format!("select '{table}' || t::text from (select * from {table} {condition}) t"))
            .collect();
        // The end of a text is what its follower moves.
        queries.push(format!(
            "select 'publication' || concat_ws('|', id, document_id, number, lower(period), release_id, note_fr, note_en, minor)
               from publication {first}"
        ));
        if !of_first_release {
            for table in ["document", "anchor", "address", "publication"] {
                queries.push(format!("select '{table}' || t::text from {table} t"));
            }
        }
        let query = format!("{} order by 1", queries.join(" union all "));
        sqlx::query_scalar(sqlx::AssertSqlSafe(query))
            .fetch_all(&mut self.database.as_owner().await)
            .await
            .unwrap()
    }

    async fn count(&self, table: &str) -> i64 {
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {table}")))
            .fetch_one(&mut self.database.as_owner().await)
            .await
            .unwrap()
    }

    /// The day that the record of a page says, for machines.
    async fn day(&self, path: &str) -> String {
        self.get(path).await.attribute(".aside dl time", "datetime")
    }
}

#[tokio::test]
async fn the_founding_content_is_the_first_release_and_the_same_again_is_nothing() {
    let ministry = Ministry::founded().await;
    assert_eq!(ministry.count("release").await, 1);
    let documents = i64::try_from(Folder::founding().0.len() - 1).unwrap();
    for table in ["document", "revision", "publication"] {
        assert_eq!(ministry.count(table).await, documents, "{table}");
    }
    let before = ministry.rows(false).await;
    assert_eq!(ministry.import(FEBRUARY, &Folder::founding()).await.unwrap(), [0; 0]);
    assert_eq!(ministry.rows(false).await, before);

    // What serve does at each start leaves a filled database alone, even where its own files differ.
    let edited = Folder::founding().edit(MISSION, "action internationale", "action mondiale");
    let edited = Manuscripts::parse(edited.0).unwrap();
    let imported = import(&ministry.database.pools.desk, &edited, Target::EmptyDatabase).await;
    assert_eq!(imported.unwrap(), Imported::Nothing);
    assert_eq!(ministry.rows(false).await, before);
}

#[tokio::test]
async fn a_document_absent_from_the_folder_is_left_alone() {
    let ministry = Ministry::founded().await;
    let one = Folder::only(&[MISSION]).edit(MISSION, "action internationale", "action mondiale");
    assert_eq!(ministry.import(FEBRUARY, &one).await.unwrap(), [2]);
    assert_eq!(ministry.count("release").await, 2);
    assert!(
        ministry
            .get("/fr/mission")
            .await
            .words("main")
            .concat()
            .contains("action mondiale")
    );
    ministry.get("/fr/vision").await.is(200);
    assert_eq!(ministry.day("/fr/vision").await, "2026-01-05");
    assert_eq!(ministry.day("/fr/mission").await, "2026-02-10");
    assert_eq!(
        ministry.get("/fr/mission").await.words(".aside dd")[1],
        "2",
        "the second version"
    );
}
