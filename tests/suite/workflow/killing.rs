//! Whoever is killed at whatever moment: a release that was acknowledged is there whole, and any other is whole or absent.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mandat::database::embedded::Embedded;
use mandat::database::{Pools, migrate};
use mandat::error::{Denied, Error, Result};
use mandat::model::account::Role;
use mandat::model::manuscript::Manuscripts;
use mandat::model::{Bilingual, DocumentId, FormId, Slug, dossier, revision};
use mandat::stop::Stop;
use mandat::workflow::drafting::save;
use mandat::workflow::import::{Target, import};
use mandat::workflow::releasing::{Moment, Order, Outcome, publish};
use mandat::workflow::reviewing::{approve, submit};
use mandat::workflow::{Actor, Done};
use sqlx::{ConnectOptions, PgPool};

use crate::embedded::kept::{assert_none_left, eventually, kill, postmaster};
use crate::support::database::roles;
use crate::support::folder;
use crate::support::staff::{hire, writing};

/// Names the data directory to the process that publishes.
const DATA: &str = "MANDAT_SUITE_PUBLISHES";
/// From which release on, and to which.
const FROM: &str = "MANDAT_SUITE_FROM";
const RELEASES: i32 = 200;
/// Pairs of mandates, each published in its turn, since a document changes once a second at most.
const PAIRS: [[i64; 2]; 5] = [[5, 6], [7, 8], [9, 10], [11, 12], [13, 14]];

/// What the publishing process said: the releases that it began, and those that were acknowledged.
#[derive(Default)]
struct Promises {
    tried: BTreeSet<i32>,
    done: BTreeSet<i32>,
}

/// Not a test of its own: the process that is killed. It keeps the server and publishes, as `mandat serve` does.
#[tokio::test]
async fn publishing_process() {
    let Some(data) = std::env::var_os(DATA) else { return };
    let from: i32 = std::env::var(FROM).unwrap().parse().unwrap();
    let server = Embedded::start(Path::new(&data), &Stop::never()).await.unwrap();
    let options = server.connect_options();
    migrate(&options, &roles()).await.unwrap();
    let desk = Pools::open(&options, &roles()).desk;
    let founding = Manuscripts::read("migrations/founding".as_ref()).unwrap();
    import(&desk, &founding, Target::EmptyDatabase).await.unwrap();
    let mut owner = options.connect().await.unwrap();
    let author = hire(&mut owner, &format!("autrice{from}"), Role::Author).await;
    let editor = hire(&mut owner, &format!("approbatrice{from}"), Role::Editor).await;
    for release in from..=RELEASES {
        println!("\nTRIED {release}");
        let pair = PAIRS[usize::try_from(release).unwrap() % PAIRS.len()];
        let mut texts = Vec::new();
        for document in pair {
            let number =
                until_answered(async || prepare(&desk, [&author, &editor], document.into(), release).await).await;
            texts.push((document.into(), number));
        }
        let note = format!("Essai {release}");
        let order = Order {
            texts,
            moment: Moment::Now,
            note: Some(Bilingual {
                fr: note.clone(),
                en: note,
            }),
            minor: false,
            emergency: None,
            early: false,
        };
        let form = FormId::draw();
        until_answered(async || match publish(&desk, &editor, Some(form), &order).await? {
            Done::Again(_) | Done::Now(Outcome::Released(_)) => Ok(()),
            done @ Done::Now(_) => panic!("{done:?}"),
        })
        .await;
        println!("\nDONE {release}");
    }
    println!("\nALL");
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

/// Does something again until the database has answered, as somebody who sends a form again.
async fn until_answered<T>(mut work: impl AsyncFnMut() -> Result<T>) -> T {
    loop {
        match work().await {
            Ok(done) => return done,
            Err(Error::Unavailable(_) | Error::Internal(_)) => tokio::time::sleep(Duration::from_millis(50)).await,
            Err(other) => panic!("{other}"),
        }
    }
}

/// An approved text of a document for a release: a title, and an address of its own.
async fn prepare(desk: &PgPool, [author, editor]: [&Actor; 2], document: DocumentId, release: i32) -> Result<i32> {
    let mut connection = desk.acquire().await?;
    let base = dossier::read(&mut connection, document).await?.opening().unwrap();
    let mut text = writing(&revision::read(&mut connection, document, base).await?);
    drop(connection);
    text.passages[0].fr = format!("Essai {release}");
    text.slug.fr = Slug::try_from(format!("essai-{release}-{document}")).ok();
    text.slug.en = text.slug.fr.clone();
    let number = match save(desk, author, None, document, base, &text, false).await? {
        Done::Now(saved) => saved.number(),
        Done::Again(line) => line.subject.number.unwrap(),
    };
    submit(desk, author, None, document, number, None)
        .await
        .or_else(done_before)?;
    approve(desk, editor, None, document, number)
        .await
        .or_else(done_before)?;
    Ok(number)
}

/// A step that was taken before its answer was lost.
fn done_before(error: Error) -> Result<Done<()>> {
    match error {
        Error::Denied(Denied::State) => Ok(Done::Now(())),
        error => Err(error),
    }
}

/// The process that publishes, with what it said so far.
fn start(data: &Path, from: i32, promises: &Arc<Mutex<Promises>>) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["workflow::killing::publishing_process", "--exact", "--nocapture"])
        .env(DATA, data)
        .env(FROM, from.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let promises = Arc::clone(promises);
    std::thread::spawn(move || {
        for line in output.lines().map_while(std::result::Result::ok) {
            let mut promises = promises.lock().unwrap();
            match line.split_once(' ') {
                Some(("TRIED", release)) => promises.tried.insert(release.parse().unwrap()),
                Some(("DONE", release)) => promises.done.insert(release.parse().unwrap()),
                _ => false,
            };
        }
    });
    child
}

/// Sees that each release that was acknowledged is there whole, and each other whole or absent; how many are there.
async fn compare(data: &Path, promises: &Mutex<Promises>) -> usize {
    let server = Embedded::start(data, &Stop::never()).await.unwrap();
    let mut connection = server.connect_options().connect().await.unwrap();
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        let value: String = sqlx::query_scalar("select current_setting($1)")
            .bind(setting)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(value, "on", "{setting}");
    }
    let tried = promises.lock().unwrap().tried.clone();
    let mut there = 0;
    for release in tried {
        // Texts, with their revisions sealed and alive or past; addresses in two languages; the line of the journal.
        let found: (i64, i64, i64) = sqlx::query_as(
            "with it as (select p.document_id, p.number, p.release_id from publication p
                           join revision r on r.document_id = p.document_id and r.number = p.number and r.digest is not null
                           join passage a on a.document_id = p.document_id and a.number = p.number and a.fr = $1
                          where p.note_fr = $1)
             select (select count(*) from it),
                    (select count(*) from address where slug like $2),
                    (select count(*) from journal where deed = 'publish' and release_id in (select release_id from it))",
        )
        .bind(format!("Essai {release}"))
        .bind(format!("essai-{release}-%"))
        .fetch_one(&mut connection)
        .await
        .unwrap();
        assert!(
            found == (2, 4, 1) || found == (0, 0, 0),
            "release {release} is torn: {found:?}"
        );
        let is_done = promises.lock().unwrap().done.contains(&release);
        assert!(
            !is_done || found.0 == 2,
            "release {release} was acknowledged and is lost"
        );
        there += usize::from(found.0 == 2);
    }
    server.stop().await.unwrap();
    there
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: tests/bench/killing runs it"]
async fn two_hundred_releases_among_kills_are_whole_or_absent() {
    let folder = folder();
    let data = folder.path();
    let promises = Arc::new(Mutex::new(Promises::default()));
    let (mut kills, mut there) = ([0; 3], 0);
    for round in 0_u64.. {
        let from = promises.lock().unwrap().tried.last().map_or(1, |last| last + 1);
        if from > RELEASES {
            break;
        }
        assert!(round < 200, "it gets nowhere");
        let mut child = start(data, from, &promises);
        eventually("it publishes", || {
            promises.lock().unwrap().tried.range(from..).next().is_some()
        })
        .await;
        // Moments that follow no rhythm of the deeds.
        let moment = |salt: u64| Duration::from_millis(100 + (round * 7919 + salt * 104_729) % 2500);
        tokio::time::sleep(moment(1)).await;
        let victim = usize::try_from(round % 3).unwrap();
        kills[victim] += 1;
        match victim {
            0 => child.kill().unwrap(),
            1 => {
                kill(postmaster(data));
                // It is revived, and what was sent is sent again.
                tokio::time::sleep(moment(2)).await;
                child.kill().unwrap();
            }
            _ => {
                kill(postmaster(data));
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        there = compare(data, &promises).await;
        assert_none_left(data);
    }
    let promises = promises.lock().unwrap();
    let (tried, done) = (promises.tried.len(), promises.done.len());
    println!(
        "{tried} releases, {done} acknowledged, {there} there, each whole; kills of mandat {}, of PostgreSQL {}, of both {}",
        kills[0], kills[1], kills[2]
    );
    assert!(there >= done);
}
