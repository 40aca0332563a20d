//! How long a save takes through the desk, few and many revisions after the first.

use std::time::{Duration, Instant};

use mandat::model::Role;
use sqlx::AssertSqlSafe;

use crate::browser::Browser;
use crate::form::Form;
use crate::site::Site;

const MANDATE: i64 = 6;
const PAGE: &str = "/admin/fr/documents/6/modifier";
/// How many saves are timed.
const SAVES: usize = 41;
const FEW: i32 = 20;
const MANY: i32 = 3000;
/// How many times as long a save may take on many revisions as on few: how they descend from each other is read whole, their
/// words are not.
const MOST: f64 = 6.0;

/// Times saves on few revisions and on many.
pub async fn drill() {
    let site = Site::start();
    let author = site.newcomer("autrice", Role::Author).await;
    let few = median(&site, &author, FEW).await;
    let many = median(&site, &author, MANY).await;
    let ratio = many.as_secs_f64() / few.as_secs_f64();
    println!("a save takes {few:.1?} on {FEW} revisions, {many:.1?} on {MANY}: {ratio:.2} times as long");
    assert!(ratio < MOST, "more than {MOST} times");
}

/// The median of the time that a save takes on that many revisions.
async fn median(site: &Site, author: &Browser, revisions: i32) -> Duration {
    write(site, revisions).await;
    let mut times = Vec::new();
    for turn in 0..SAVES {
        let form = Form::of(&author.get(PAGE).await, "form.sheet");
        let form = form.with("fr-0", &format!("Un titre {revisions} {turn}"));
        let began = Instant::now();
        let saved = form.send(author, "save").await;
        times.push(began.elapsed());
        saved.is(303);
    }
    times.sort_unstable();
    times[SAVES / 2]
}

/// Writes revisions until there are so many.
async fn write(site: &Site, revisions: i32) {
    let sql = format!(
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
    );
    let mut owner = site.owner().await;
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut owner).await.unwrap();
}
