//! How long a save takes, few and many revisions after the first.

use std::time::{Duration, Instant};

use mandat::workflow::drafting::save;

use crate::support::staff::{Staff, now, writing};

const MANDATE: i64 = 6;
/// How many saves are timed.
const SAVES: usize = 41;
/// How much longer a save may take for each revision before it, unoptimized: comparing their words took five times as long.
const LONGEST: Duration = Duration::from_micros(40);

/// Writes revisions until there are so many.
async fn write(staff: &Staff, revisions: usize) {
    staff
        .database
        .run(&format!(
            "do $$
             declare
                 last integer := (select max(number) from revision where document_id = {MANDATE});
             begin
                 for made in last + 1..{revisions} loop
                     insert into revision (document_id, number, parent, slug_fr, slug_en, english, author)
                     select document_id, made, number, slug_fr, slug_en, english, author
                       from revision where document_id = {MANDATE} and number = made - 1;
                     insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
                     select document_id, made, part, position, anchor, case part when 'title' then 'Titre ' || made else fr end,
                            en, en_basis
                       from passage where document_id = {MANDATE} and number = made - 1;
                     update revision set digest = revision_digest(document_id, number)
                      where document_id = {MANDATE} and number = made;
                 end loop;
             end
             $$; analyze"
        ))
        .await;
}

/// The median of the time that a save takes on that many revisions.
async fn median(staff: &Staff, revisions: usize) -> Duration {
    write(staff, revisions).await;
    let mut base = staff.dossier(MANDATE).await.opening().unwrap();
    let mut times = Vec::new();
    for turn in 0..SAVES {
        let mut writing = writing(&staff.text(MANDATE, base).await);
        writing.passages[0].fr = format!("Un titre {revisions} {turn}");
        let began = Instant::now();
        let saved = save(staff.desk(), &staff.author, None, MANDATE.into(), base, &writing, false).await;
        times.push(began.elapsed());
        base = now(saved.unwrap()).number();
    }
    times.sort_unstable();
    times[SAVES / 2]
}

#[tokio::test]
#[ignore = "a measurement: tests/bench/saves"]
async fn a_save_costs_little_for_each_revision_before() {
    let staff = Staff::new().await;
    let [few, many] = [median(&staff, 20).await, median(&staff, 3000).await];
    let each = many.saturating_sub(few) / 3000;
    println!("a save takes {few:.1?} on 20 revisions, {many:.1?} on 3,000: {each:.1?} for each");
    // How they descend from each other is read whole; their words are not.
    assert!(each < LONGEST, "{each:?}");
}
