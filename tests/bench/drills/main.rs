//! Drills: whether anything is lost by many people at once, or by kills, and whether a long history slows a save down.
//!
//! `drills editors` lets 50 simulated editors save 5,000 times on three documents, and 500 times without merging.
//! `drills killing [SEED]` kills mandat and PostgreSQL while 200 releases go out.
//! `drills saves` saves on 20 revisions, and on 3,000.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a drill fails by panicking")]

// What drives a browser, with the suite.
#[path = "../../suite/support/answer.rs"]
#[expect(dead_code, reason = "the suite uses the rest")]
mod answer;
#[path = "../../suite/support/browser.rs"]
#[expect(dead_code, reason = "the suite uses the rest")]
mod browser;
#[path = "../../suite/support/crowd.rs"]
mod crowd;
#[path = "../../suite/support/form.rs"]
#[expect(dead_code, reason = "the suite uses the rest")]
mod form;
#[path = "../../suite/support/processes.rs"]
#[expect(dead_code, reason = "the suite uses the rest")]
mod processes;

mod killing;
mod ledger;
mod saves;
mod site;
mod wire;

use mandat::model::Role;

use crate::site::Site;

/// How many editors work, and how often each saves: with merging, and without. Where forms overwrite, everybody is asked about
/// everything, again and again, and few saves tell what is lost.
const EDITORS: usize = 50;
const EACH: [(bool, usize); 2] = [(true, 100), (false, 10)];

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["editors"] => editors().await,
        ["killing"] => killing::drill(u64::from(std::process::id())).await,
        ["killing", seed] => killing::drill(seed.parse().unwrap()).await,
        ["saves"] => saves::drill().await,
        _ => panic!("drills editors | killing [SEED] | saves"),
    }
}

/// Nothing may be lost with merging; without, the same check must find what is.
async fn editors() {
    for (merges, each) in EACH {
        let site = Site::start();
        let mut browsers = Vec::new();
        for editor in 0..EDITORS {
            browsers.push(site.newcomer(&format!("redaction{editor}"), Role::Author).await);
        }
        let lost = crowd::lost(browsers, each, merges).await;
        assert_eq!(lost.is_empty(), merges, "{lost:?}");
    }
}
