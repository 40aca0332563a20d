//! What a node keeps of its answers: each coding byte for byte, no longer than it is true, no more than there is room for.

mod codings;
mod instants;
mod outage;
mod room;
mod turning;

use crate::support::database::TestDatabase;

/// A page of each kind that the second mandate, which is document 6, is on.
const SHOWING: [&str; 12] = [
    "/fr/mandats/conseil-et-politiques",
    "/en/mandates/advice-and-policies",
    "/fr/mandats/conseil-et-politiques/historique",
    "/fr/mandats/conseil-et-politiques.atom",
    "/fr/mandats",
    "/en/mandates",
    "/fr",
    "/",
    "/fr/plan-du-site",
    "/sitemap.xml",
    "/fr/fil.atom",
    "/api/v1/documents/6",
];

/// Pages that it is not on.
const OTHERS: [&str; 4] = [
    "/fr/mission",
    "/en/vision",
    "/fr/representants/jean-lemire",
    "/fr/accessibilite",
];

/// The founding content, in a database that can stamp texts.
async fn stamped() -> TestDatabase {
    let database = TestDatabase::founded().await;
    database.run(include_str!("../data/stamp.sql")).await;
    database
}
