//! `export`: the live texts as files, which imported again change nothing.

use mandat::model::manuscript::Manuscripts;
use mandat::workflow::export::export;
use mandat::workflow::import::{Imported, Target, import};

use crate::support::database::TestDatabase;
use crate::traces;

/// What an import of these files would do.
async fn imported(database: &TestDatabase, files: Vec<(String, String)>) -> Imported {
    let files = files.into_iter().map(|(name, words)| (name.into(), words));
    let manuscripts = Manuscripts::parse(files).unwrap();
    import(&database.pools.desk, &manuscripts, Target::AnyDatabase)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_founding_files_come_out_as_they_went_in() {
    let database = TestDatabase::founded().await;
    let files = export(&database.pools.desk).await.unwrap();
    assert_eq!(files.len(), 24);
    for (name, words) in files {
        let founding = std::fs::read_to_string(format!("migrations/founding/{name}")).unwrap();
        assert_eq!(words, founding, "{name}");
    }
}

#[tokio::test]
async fn what_is_exported_and_imported_again_is_nothing() {
    for database in [TestDatabase::awkward().await, traces::redacted().await] {
        database.withdraw(23, "withdrawn", None).await;
        let files = export(&database.pools.desk).await.unwrap();
        assert!(
            files.iter().all(|(name, _)| !name.starts_with("23-")),
            "no longer in effect"
        );
        assert_eq!(imported(&database, files.clone()).await, Imported::Nothing);
        assert_eq!(export(&database.pools.desk).await.unwrap(), files);
    }
}

#[tokio::test]
async fn every_sign_comes_back() {
    let database = TestDatabase::founded().await;
    let words = "« \"guillemets\" » et \\ barre,\nà la ligne,\tplus loin : œ é \u{a0}.";
    let page = format!(
        "number = 25\nkind = \"page\"\nenglish = \"none\"\nslug = {{ fr = \"signes\" }}\n\n[[title]]\nanchor = \"signe\"\n\
         fr = {}\n",
        toml::Value::from(words)
    );
    let parsed = Manuscripts::parse([("page.toml".into(), page)]).unwrap();
    import(&database.pools.desk, &parsed, Target::AnyDatabase)
        .await
        .unwrap();
    let files = export(&database.pools.desk).await.unwrap();
    let (_, exported) = files.iter().find(|(name, _)| name == "25-signes.toml").unwrap();
    let read = Manuscripts::parse([("25-signes.toml".into(), exported.clone())]).unwrap();
    assert_eq!(read.documents[0].text.passages[0].fr.as_deref(), Some(words));
    assert!(exported.contains("à la ligne,\\u0009plus loin"), "{exported}");
}

#[tokio::test]
async fn an_import_tells_what_it_takes_away() {
    let database = TestDatabase::founded().await;
    let older = export(&database.pools.desk).await.unwrap();
    let edit = |file: &str, from: &str, to: &str| {
        let (name, words) = older.iter().find(|(name, _)| name.starts_with(file)).unwrap();
        assert!(words.contains(from), "{file}: {from}");
        (name.clone(), words.replace(from, to))
    };
    let lost = async |files: Vec<(String, String)>| match imported(&database, files).await {
        Imported::Release { losses, .. } => losses,
        Imported::Nothing => panic!("nothing differs"),
    };
    assert!(
        lost(vec![edit("05-", "assurer la", "assurer toute la")])
            .await
            .is_empty()
    );
    assert_eq!(
        lost(vec![edit("04-", "[5, 6, 7,", "[5, 7,")]).await,
        ["document 4 lists document 6 no more"]
    );
    let (name, words) = older.iter().find(|(name, _)| name.starts_with("24-")).unwrap();
    let (kept, gone) = words.rsplit_once("\n[[body]]\n").unwrap();
    let anchor = gone.split('"').nth(1).unwrap();
    assert_eq!(
        lost(vec![(name.clone(), kept.to_owned())]).await,
        [format!("document 24 loses passage `{anchor}`")]
    );
    assert_eq!(
        lost(older.clone()).await,
        [4, 5, 24].map(|number| format!("document {number} goes back to what its revision 1 said"))
    );
}
