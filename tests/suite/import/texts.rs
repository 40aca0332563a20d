//! What an edited text keeps: its anchors, its past, its dates; and what becomes of its English.

use super::{APRIL, FEBRUARY, FIRST, Folder, LEMIRE, MARCH, MISSION, Ministry, RELEASE};
use crate::support::visitor::css;

#[tokio::test]
async fn an_edited_passage_keeps_its_anchor_and_its_neighbours_theirs() {
    let ministry = Ministry::founded().await;
    let profile = "/fr/representants/jean-lemire";
    let before = ministry.get(profile).await.attributes("main .passage [id]", "id");
    let edited = Folder::only(&[LEMIRE]).edit(
        LEMIRE,
        "fr = \"M. Lemire continue à faire",
        "fr = \"M. Lemire persiste à faire",
    );
    assert_eq!(ministry.import(FEBRUARY, &edited).await.unwrap(), [17]);
    let page = ministry.get(profile).await;
    assert_eq!(page.attributes("main .passage [id]", "id"), before);
    assert!(page.words("#nbb25").concat().contains("persiste"));

    let between = "anchor = \"newer2\"\nfr = \"Un paragraphe entre deux.\"\nen = \"A paragraph between two.\"\n\n[[mandate]]\nanchor = \"nbb25\"";
    let edited = edited.edit(LEMIRE, "anchor = \"nbb25\"", between);
    assert_eq!(ministry.import(MARCH, &edited).await.unwrap(), [17]);
    let after = ministry.get(profile).await.attributes("main .passage [id]", "id");
    assert_eq!(after.len(), before.len() + 1);
    let kept: Vec<_> = after.into_iter().filter(|anchor| anchor != "newer2").collect();
    assert_eq!(kept, before);
}

#[tokio::test]
async fn the_first_release_is_untouched_underneath() {
    let ministry = Ministry::founded().await;
    let before = ministry.rows(true).await;
    assert!(before.len() > 150);
    let edited = Folder::silent()
        .edit(MISSION, "action internationale", "action mondiale")
        .edit(
            FIRST,
            "slug = { fr = \"representation-a-l-etranger\"",
            "slug = { fr = \"presence-a-l-etranger\"",
        )
        .edit(LEMIRE, "fr = \"M. Lemire continue", "fr = \"M. Lemire persiste");
    assert_eq!(ministry.import(FEBRUARY, &edited).await.unwrap(), [2, 5, 17]);
    ministry.import(MARCH, &Folder::silent()).await.unwrap();
    assert_eq!(ministry.rows(true).await, before);
}

#[tokio::test]
async fn english_lags_until_it_is_edited() {
    let ministry = Ministry::founded().await;
    let french = Folder::only(&[MISSION]).edit(MISSION, "diriger l’action internationale", "diriger l’action mondiale");
    ministry.import(MARCH, &french).await.unwrap();
    let english = ministry.get("/en/mission").await;
    let notice = english.words("main .lagging").concat().replace('\u{a0}', " ");
    assert!(notice.contains("March 1, 2026"), "{notice}");
    assert_eq!(english.attribute("main .translation a", "href"), "/fr/mission");
    assert!(!ministry.get("/fr/mission").await.has("main .lagging"));
    // Its own words have not changed; the French have.
    assert_eq!(ministry.day("/en/mission").await, "2026-01-05");
    assert_eq!(ministry.day("/fr/mission").await, "2026-03-01");

    let both = french.edit(
        MISSION,
        "the government’s international action",
        "the government’s worldwide action",
    );
    ministry.import(APRIL, &both).await.unwrap();
    assert!(!ministry.get("/en/mission").await.has("main .lagging"));
    assert_eq!(ministry.day("/en/mission").await, "2026-04-20");
    assert_eq!(ministry.day("/fr/mission").await, "2026-03-01");
    let bases: Vec<(i32, i32)> =
        sqlx::query_as("select number, en_basis from passage where anchor = 'k6x62' order by number")
            .fetch_all(&mut ministry.database.as_owner().await)
            .await
            .unwrap();
    assert_eq!(bases, [(1, 1), (2, 1), (3, 3)]);
    let titles: Vec<(i32, i32)> =
        sqlx::query_as("select number, en_basis from passage where anchor = 'w76x3' order by number")
            .fetch_all(&mut ministry.database.as_owner().await)
            .await
            .unwrap();
    assert_eq!(
        titles,
        [(1, 1), (2, 1), (3, 1)],
        "an English that did not change keeps its basis"
    );
}

#[tokio::test]
async fn a_french_that_goes_back_no_longer_lags() {
    let ministry = Ministry::founded().await;
    let french = Folder::only(&[MISSION]).edit(MISSION, "diriger l’action internationale", "diriger l’action mondiale");
    ministry.import(FEBRUARY, &french).await.unwrap();
    assert!(ministry.get("/en/mission").await.has("main .lagging"));
    ministry.import(MARCH, &Folder::only(&[MISSION])).await.unwrap();
    assert!(!ministry.get("/en/mission").await.has("main .lagging"));
}

#[tokio::test]
async fn a_note_goes_with_the_release_and_a_minor_one_moves_no_date() {
    let ministry = Ministry::founded().await;
    let note = "note = { fr = \"Coquille corrigée\", en = \"Typo corrected\" }\nminor = true\n";
    let minor = Folder::only(&[MISSION])
        .edit(MISSION, "action internationale", "action  internationale")
        .add(RELEASE, note);
    assert_eq!(ministry.import(FEBRUARY, &minor).await.unwrap(), [2]);
    // The citation alone names the day, since it is of this version.
    for (path, record) in [
        ("/fr/mission", ".aside dl"),
        ("/en/mission", ".aside dl"),
        ("/fr", "main"),
    ] {
        let page = ministry.get(path).await;
        let shown = page
            .html()
            .select(&css(record))
            .map(|shown| shown.html())
            .collect::<String>();
        assert!(!shown.is_empty() && !shown.contains("2026-02-10"), "{path}");
        assert!(!page.body.contains("\"dateModified\":\"2026-02-10\""), "{path}");
    }
    assert_eq!(
        ministry.get("/fr/mission").await.words(".aside dd")[1],
        "2",
        "it stays in the history"
    );
    let notes: Vec<(Option<String>, Option<String>, bool)> =
        sqlx::query_as("select note_fr, note_en, minor from site.publication where document_id = 2 order by version")
            .fetch_all(&mut ministry.database.as_owner().await)
            .await
            .unwrap();
    let said = |fr: &str, en: &str, minor| (Some(fr.to_owned()), Some(en.to_owned()), minor);
    let first = said("Publication initiale du site", "First publication of the site", false);
    assert_eq!(notes, [first, said("Coquille corrigée", "Typo corrected", true)]);
}

#[tokio::test]
async fn without_english_the_english_address_says_which() {
    let ministry = Ministry::founded().await;
    for (declared, words, instant) in [
        ("to-follow", "is to follow", FEBRUARY),
        ("none", "in French only", MARCH),
    ] {
        let folder = Folder::only(&[FIRST]).edit(FIRST, "english = \"present\"", &format!("english = \"{declared}\""));
        assert_eq!(ministry.import(instant, &folder).await.unwrap(), [5]);
        let page = ministry.get("/en/mandates/representation-abroad").await;
        page.is(200).speaks("en-CA");
        assert!(page.words("main").concat().contains(words), "{declared}");
        assert_eq!(
            page.attribute("main .onward", "href"),
            "/fr/mandats/representation-a-l-etranger"
        );
        assert_eq!(page.attribute("meta[name=robots]", "content"), "noindex");
        let french = ministry.get("/fr/mandats/representation-a-l-etranger").await;
        for page in [&page, &french] {
            assert!(!page.has("link[rel=alternate][hreflang]"), "{}", page.path);
        }
        let list = ministry.get("/en/mandates").await;
        assert!(
            list.words("ol.mandates [lang=fr-CA]")
                .concat()
                .contains("assurer la représentation"),
            "{declared}"
        );
    }
    ministry.import(APRIL, &Folder::silent()).await.unwrap();
    let page = ministry.get("/en/mandates/representation-abroad").await;
    assert!(
        page.words("main")
            .concat()
            .contains("ensuring that Québec is represented abroad")
    );
}

#[tokio::test]
async fn an_office_that_ended_stays_with_its_dates_and_its_successor() {
    let ministry = Ministry::founded().await;
    let profile = "number = 30\nkind = \"representative\"\nenglish = \"present\"\n\
                   slug = { fr = \"o-fictif\", en = \"o-fictif\" }\noffice = { from = 2026-03-02 }\n\
                   [[title]]\nanchor = \"ffff2\"\nfr = \"O Fictif\"\nen = \"O Fictif\"\n\
                   [[function]]\nanchor = \"ffff3\"\nfr = \"Représentant\"\nen = \"Representative\"\n";
    let ended = "english = \"present\"\noffice = { from = 2020-09-01, until = 2026-03-01, successor = 30 }";
    let folder = Folder::only(&[LEMIRE, "16-representatives.toml"])
        .edit(LEMIRE, "english = \"present\"", ended)
        .edit("16-representatives.toml", "members = [17]", "members = [17, 30]")
        .add("30-o-fictif.toml", profile);
    assert_eq!(ministry.import(APRIL, &folder).await.unwrap(), [16, 17, 30]);
    for (path, office, successor) in [
        (
            "/fr/representants/jean-lemire",
            "En fonction du 1er septembre 2020 au 1er mars 2026",
            "/fr/representants/o-fictif",
        ),
        (
            "/en/representatives/jean-lemire",
            "In office from September 1, 2020 to March 1, 2026",
            "/en/representatives/o-fictif",
        ),
    ] {
        let page = ministry.get(path).await;
        page.is(200);
        assert_eq!(page.words(".person .office")[0].replace('\u{a0}', " "), office);
        assert_eq!(page.attribute(".person .office a", "href"), successor);
    }
    let index = ministry.get("/fr/representants").await;
    assert_eq!(index.words("main .cards:not(.former) h3"), ["O Fictif"]);
    assert_eq!(index.words("main .former h3"), ["Jean Lemire"]);
    assert_eq!(
        index.attribute("main .former .office a", "href"),
        "/fr/representants/o-fictif"
    );
    assert_eq!(ministry.get("/fr").await.words("main .card h3"), ["O Fictif"]);
}
