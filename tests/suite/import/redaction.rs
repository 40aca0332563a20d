//! Words that the law removed: no file brings them back, and none loses their trace.

use super::{APRIL, FEBRUARY, Folder, LEMIRE, MARCH, MISSION, Ministry};

/// Removes the words of a passage, as the desk will.
async fn redact(ministry: &Ministry, instant: &str, document: i64, anchor: &str) {
    ministry.database.set_clock(instant).await;
    ministry
        .database
        .run(&format!(
            "select take_instant(array[{document}]);
             insert into redaction (document_id, anchor, author, ground) values ({document}, '{anchor}', 1, 'Essai');
             update passage set fr = null, en = null, salt = null where document_id = {document} and anchor = '{anchor}'"
        ))
        .await;
}

/// The lines of a passage of a folder of one file, its table's heading included.
fn passage(folder: &Folder, anchor: &str) -> String {
    let mut tables = folder.0[0].1.split("\n\n");
    let found = tables.find(|table| table.contains(&format!("\"{anchor}\"")));
    format!("\n\n{}", found.unwrap().trim_end())
}

/// A folder of one file without one of its passages.
fn without(folder: Folder, file: &str, anchor: &str) -> Folder {
    let lines = passage(&folder, anchor);
    folder.edit(file, &lines, "")
}

async fn refused(ministry: &Ministry, instant: &str, folder: &Folder) -> String {
    let before = ministry.rows(false).await;
    let told = ministry.import(instant, folder).await.unwrap_err().to_string();
    assert_eq!(ministry.rows(false).await, before);
    told
}

#[tokio::test]
async fn words_that_stood_in_the_live_text_do_not_come_back() {
    let ministry = Ministry::founded().await;
    redact(&ministry, FEBRUARY, 2, "k6x62").await;
    let edited = Folder::only(&[MISSION]).edit(MISSION, "action internationale", "action mondiale");
    for folder in [Folder::only(&[MISSION]), edited] {
        let told = refused(&ministry, MARCH, &folder).await;
        let expected = format!("{MISSION}:12: the words of `k6x62` were removed by law");
        assert!(told.starts_with(&expected), "{told}");
    }
    assert!(ministry.get("/fr/mission").await.is(200).has("#k6x62.redacted"));
}

#[tokio::test]
async fn words_that_an_older_text_had_do_not_come_back() {
    let ministry = Ministry::founded().await;
    ministry
        .import(FEBRUARY, &without(Folder::only(&[LEMIRE]), LEMIRE, "nbb25"))
        .await
        .unwrap();
    redact(&ministry, MARCH, 17, "nbb25").await;
    let told = refused(&ministry, APRIL, &Folder::only(&[LEMIRE])).await;
    assert!(told.contains("the words of `nbb25` were removed by law"), "{told}");
    // Nor in any other way: the database itself refuses, whoever writes.
    let mut owner = ministry.database.as_owner().await;
    let written = sqlx::raw_sql(
        "begin;
         insert into revision (document_id, number, parent, slug_fr, english, author) values (17, 3, 2, 'jean-lemire', 'none', 1);
         insert into passage (document_id, number, part, position, anchor, fr) values (17, 3, 'biography', 1, 'nbb25', 'M. Lemire')",
    )
    .execute(&mut owner)
    .await
    .unwrap_err();
    let refusal = written.as_database_error().unwrap();
    assert_eq!(refusal.constraint(), Some("passage_stays_redacted"));
}

#[tokio::test]
async fn a_file_without_the_words_carries_their_trace() {
    let bare = "\n\n[[mandate]]\nanchor = \"nbb25\"";
    let silent = without(Folder::only(&[LEMIRE]), LEMIRE, "nbb25");
    let bare = Folder::only(&[LEMIRE]).edit(LEMIRE, &passage(&Folder::only(&[LEMIRE]), "nbb25"), bare);
    for folder in [silent, bare] {
        let ministry = Ministry::founded().await;
        redact(&ministry, "2026-02-01T15:00:00Z", 17, "nbb25").await;
        assert_eq!(ministry.import(FEBRUARY, &folder).await.unwrap(), [0; 0]);
        let edited = folder.edit(
            LEMIRE,
            "fr = \"Jean Lemire a le mandat",
            "fr = \"Jean Lemire a pour mandat",
        );
        assert_eq!(ministry.import(MARCH, &edited).await.unwrap(), [17]);
        let page = ministry.get("/fr/representants/jean-lemire").await;
        assert!(page.is(200).has("#nbb25.redacted"));
        let digests: Vec<Vec<u8>> = sqlx::query_scalar("select distinct digest from passage where anchor = 'nbb25'")
            .fetch_all(&mut ministry.database.as_owner().await)
            .await
            .unwrap();
        assert_eq!(digests.len(), 1, "what stays checkable");
        let places: Vec<i32> =
            sqlx::query_scalar("select position from passage where anchor = 'nbb25' order by number")
                .fetch_all(&mut ministry.database.as_owner().await)
                .await
                .unwrap();
        assert_eq!(places, [3, 3]);
        assert_eq!(ministry.import(APRIL, &edited).await.unwrap(), [0; 0]);
    }
}

#[tokio::test]
async fn a_new_title_takes_the_place_of_a_removed_one() {
    let ministry = Ministry::founded().await;
    redact(&ministry, FEBRUARY, 2, "w76x3").await;
    let renamed = Folder::only(&[MISSION]).edit(MISSION, "anchor = \"w76x3\"", "anchor = \"ttttt\"");
    assert_eq!(ministry.import(MARCH, &renamed).await.unwrap(), [2]);
    assert_eq!(ministry.get("/fr/mission").await.words("h1").len(), 1);
    let told = refused(&ministry, APRIL, &without(renamed, MISSION, "ttttt")).await;
    assert!(told.contains("needs a title"), "{told}");
}

#[tokio::test]
async fn no_date_moves_when_words_leave() {
    let ministry = Ministry::founded().await;
    let french = Folder::only(&[MISSION]).edit(MISSION, "diriger l’action internationale", "diriger l’action mondiale");
    ministry.import(FEBRUARY, &french).await.unwrap();
    let both = french.edit(
        MISSION,
        "the government’s international action",
        "the government’s worldwide action",
    );
    ministry.import(MARCH, &both).await.unwrap();
    // The title alone changes here: of the body, nothing.
    let title = both.edit(MISSION, "fr = \"Mission\"", "fr = \"La mission\"");
    ministry.import(APRIL, &title).await.unwrap();
    let before = dates(&ministry).await;
    assert_eq!(before, ["true true", "true false", "false true", "true false"]);
    redact(&ministry, "2026-05-01T15:00:00Z", 2, "k6x62").await;
    assert_eq!(dates(&ministry).await, before);
    // A later text that carries the trace says of it what the one before said.
    let next = without(title, MISSION, "k6x62").edit(MISSION, "La mission", "Notre mission");
    ministry.import("2026-06-01T15:00:00Z", &next).await.unwrap();
    let mut expected = before;
    expected.push("true false".to_owned());
    assert_eq!(dates(&ministry).await, expected);
}

async fn dates(ministry: &Ministry) -> Vec<String> {
    sqlx::query_scalar(
        "select concat_ws(' ', moves_fr::text, moves_en::text) from site.change where document_id = 2 order by at",
    )
    .fetch_all(&ministry.database.pools.site)
    .await
    .unwrap()
}
