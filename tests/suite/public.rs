//! The public pages, through the front door: the real router, in process.

use crate::support::database::TestDatabase;
use crate::support::visitor::Visitor;

#[tokio::test]
async fn the_root_answers_in_french_whatever_the_browser_prefers() {
    let database = TestDatabase::founded().await;
    let answer = Visitor::new(&database).preferring("en-CA,en").get("/").await;
    answer.is(200).speaks("fr-CA");
    assert_eq!(
        answer.attribute("link[rel=canonical]", "href"),
        "https://mandat.example/fr"
    );
}
