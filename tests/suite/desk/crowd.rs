//! A few people at once; `tests/bench/editors` lets fifty work.

use mandat::model::Role;

use crate::support::browser::{Browser, PASSWORD};
use crate::support::crowd::lost;
use crate::support::database::TestDatabase;
use crate::support::people::person;

/// The sentences that a few editors lose.
async fn lost_by_a_few(merges: bool) -> Vec<String> {
    let database = TestDatabase::founded().await;
    let mut browsers = Vec::new();
    for editor in 0..6 {
        let email = format!("redaction{editor}@exemple.ca");
        person(&database, &email, Role::Author).await;
        let browser = Browser::new(&database);
        browser.sign_in(&email, PASSWORD).await.is(303);
        browsers.push(browser);
    }
    lost(browsers, 10, merges).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_few_editors_lose_nothing() {
    assert_eq!(lost_by_a_few(true).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_merging_the_check_finds_what_is_lost() {
    assert_ne!(lost_by_a_few(false).await.len(), 0);
}
