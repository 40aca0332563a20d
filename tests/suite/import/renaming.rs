//! An anchor that changes under the same words breaks links: the file is told which one to keep.

use super::{FEBRUARY, Folder, LEMIRE, MARCH, MISSION, Ministry};

#[tokio::test]
async fn words_that_stay_keep_their_anchor() {
    let ministry = Ministry::founded().await;
    let before = ministry.rows(false).await;
    let renamed = Folder::only(&[MISSION]).edit(MISSION, "\"k6x62\"", "\"nouve\"");
    let french_changes = renamed
        .clone()
        .edit(MISSION, "diriger l’action internationale", "diriger l’action mondiale");
    let english_changes = renamed
        .clone()
        .edit(MISSION, "the government’s international", "the government’s worldwide");
    for folder in [renamed.clone(), french_changes.clone(), english_changes] {
        let told = ministry.import(MARCH, &folder).await.unwrap_err().to_string();
        assert_eq!(
            told,
            format!("{MISSION}:12: these are the words of `k6x62`: they keep that anchor, since links lead to it")
        );
    }
    assert_eq!(ministry.rows(false).await, before);
    // Other words in both languages are another passage.
    let other = french_changes.edit(MISSION, "the government’s international", "the government’s worldwide");
    assert_eq!(ministry.import(MARCH, &other).await.unwrap(), [2]);
}

#[tokio::test]
async fn the_same_words_twice_are_two_passages() {
    let ministry = Ministry::founded().await;
    let heading = "[[mandate]]\nanchor = \"m8fg9\"";
    let fr = "## Mandat du représentant aux changements climatiques";
    let again = format!("[[mandate]]\nanchor = \"encor\"\nfr = \"{fr}\"\nen = \"## Again\"\n\n{heading}");
    let twice = Folder::only(&[LEMIRE]).edit(LEMIRE, heading, &again);
    assert_eq!(ministry.import(FEBRUARY, &twice).await.unwrap(), [17]);
}
