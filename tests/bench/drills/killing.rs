//! Whoever is killed at whatever moment: what the desk acknowledged is there whole, and everything else is whole or absent.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mandat::model::Role;
use rustix::process::{Pid, Signal, kill_process};
use sqlx::PgConnection;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use crate::browser::Browser;
use crate::crowd::pick;
use crate::form::Form;
use crate::ledger::{Ledger, Sent};
use crate::processes::{kill, postmaster, processes};
use crate::site::Site;

const RELEASES: usize = 200;
/// Pairs of mandates, each published in its turn, since a document changes once a second at most.
const PAIRS: [[i64; 2]; 5] = [[5, 6], [7, 8], [9, 10], [11, 12], [13, 14]];
/// A kill comes after at most so many forms, or after at most so many that make a release: a slow machine is killed no more
/// often than a fast one.
const FORMS: usize = 40;
const ASKED: usize = 3;
/// Then within so many milliseconds.
const WITHIN: usize = 400;
/// How long a site may be away.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a page may show what was before.
const TURNING: Duration = Duration::from_secs(5);

/// Who is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Victim {
    Mandat,
    Server,
    Backend,
    Both,
}

impl Victim {
    const ALL: [Self; 4] = [Self::Mandat, Self::Server, Self::Backend, Self::Both];

    /// Sends `SIGKILL`; to the backend of this rank.
    fn strike(self, mandat: i32, data: &Path, rank: usize) {
        let server = postmaster(data);
        match self {
            Self::Mandat => kill(mandat),
            Self::Server => kill(server),
            Self::Both => {
                kill(server);
                kill(mandat);
            }
            Self::Backend => loop {
                let backends: Vec<i32> = processes(data).into_iter().filter(|pid| *pid != server).collect();
                let backend = Pid::from_raw(backends[rank % backends.len()]).unwrap();
                // One that ended by itself meanwhile is not the one.
                if kill_process(backend, Signal::KILL).is_ok() {
                    return;
                }
            },
        }
    }
}

/// Nobody answered, or the site said that it could not.
struct Lost;

/// Those who work at the desk, and somebody who reads.
struct Office {
    author: Browser,
    editor: Browser,
    reader: Browser,
    /// What waits until so many forms were sent, or so many that make a release.
    sent: Arc<Semaphore>,
    counts_releases_alone: bool,
}

impl Office {
    async fn open(site: &Site) -> Self {
        Self {
            author: site.newcomer("autrice", Role::Author).await,
            editor: site.newcomer("approbatrice", Role::Editor).await,
            reader: site.browser(),
            sent: Arc::new(Semaphore::new(0)),
            counts_releases_alone: false,
        }
    }

    /// Makes a release of two texts with new titles and new addresses.
    async fn release(&self, ledger: &mut Ledger, number: usize) -> Result<(), Lost> {
        let pair = PAIRS[number % PAIRS.len()];
        for document in pair {
            let slug = format!("essai-{number}-{document}");
            let (fr, en) = (format!("Essai {number}"), format!("Trial {number}"));
            let typed = [("fr-0", &*fr), ("en-0", &en), ("slug-fr", &slug), ("slug-en", &slug)];
            self.press(ledger, "save", document, &typed, &slug).await?;
            for step in ["submit", "approve"] {
                self.press(ledger, step, document, &[], &slug).await?;
            }
        }
        let note = format!("Essai {number}");
        let other = pair[1].to_string();
        let typed = [("include", &*other), ("note-fr", &note), ("note-en", &note)];
        self.press(ledger, "publish", pair[0], &typed, &note).await
    }

    /// Opens a page of a document, fills in its form and presses a button.
    async fn press(
        &self,
        ledger: &mut Ledger,
        deed: &'static str,
        document: i64,
        typed: &[(&str, &str)],
        subject: &str,
    ) -> Result<(), Lost> {
        let page = match deed {
            "save" => "modifier",
            "publish" => "publication",
            _ => "examen",
        };
        let page = self
            .who(deed)
            .get(&format!("/admin/fr/documents/{document}/{page}"))
            .await;
        if page.status.is_server_error() {
            return Err(Lost);
        }
        let form = Form::of(page.is(200), &format!("main form:has(button[value={deed}])"));
        let form = typed.iter().fold(form, |form, (name, value)| form.with(name, value));
        let sent = ledger.note(form, deed, subject.to_owned());
        if deed == "publish" || !self.counts_releases_alone {
            self.sent.add_permits(1);
        }
        self.send(sent).await
    }

    /// Sends a form, perhaps not for the first time.
    async fn send(&self, sent: &mut Sent) -> Result<(), Lost> {
        let answer = sent.form.send(self.who(sent.deed), sent.deed).await;
        if answer.status.is_server_error() {
            return Err(Lost);
        }
        let place = answer.is(303).header("location");
        assert!(
            place.contains("/documents/") || place.contains("/publications/"),
            "{place}"
        );
        sent.is_acknowledged = true;
        Ok(())
    }

    fn who(&self, deed: &str) -> &Browser {
        match deed {
            "save" | "submit" => &self.author,
            _ => &self.editor,
        }
    }

    /// Waits until readers and staff are answered, and tells how long that took.
    async fn answered(&self) -> Duration {
        let began = Instant::now();
        while self.reader.get("/fr").await.status != 200 || self.editor.get("/admin/fr").await.status != 200 {
            assert!(began.elapsed() < PATIENCE, "the site does not come back");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        began.elapsed()
    }

    /// Sees that each document's page shows its newest release in both languages.
    async fn shows(&self, newest: &BTreeMap<i64, String>) {
        for (document, number) in newest {
            for (place, title) in [("fr/mandats", "Essai"), ("en/mandates", "Trial")] {
                let (path, title) = (
                    format!("/{place}/essai-{number}-{document}"),
                    format!("{title} {number}"),
                );
                let began = Instant::now();
                loop {
                    let page = self.reader.get(&path).await;
                    if page.status == 200 && page.words("h1").concat().ends_with(&title) {
                        break;
                    }
                    assert!(
                        began.elapsed() < TURNING,
                        "{path}: {} {:?}",
                        page.status,
                        page.words("h1")
                    );
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }

    /// Sees that every address that a release gave leads to the document's newest one, and showed the release then.
    async fn remembers(&self, owner: &mut PgConnection, newest: &BTreeMap<i64, String>) {
        let published: Vec<(i64, String, String)> = sqlx::query_as(
            "select document_id, substr(note_fr, 7),
                    to_char(date_trunc('second', lower(period) + interval '999999 microseconds') at time zone 'UTC',
                            'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')
               from publication where note_fr like 'Essai %'",
        )
        .fetch_all(owner)
        .await
        .unwrap();
        for (document, number, at) in published {
            let old = self.reader.get(&format!("/fr/mandats/essai-{number}-{document}")).await;
            if newest[&document] != number {
                let now = format!("/fr/mandats/essai-{}-{document}", newest[&document]);
                assert_eq!(old.is(308).header("location"), now);
            }
            let then = self
                .reader
                .get(&format!("/fr/au/{at}/mandats/essai-{number}-{document}"))
                .await;
            let title = then.is(200).words("h1").concat();
            assert!(title.ends_with(&format!("Essai {number}")), "{}: {title}", then.path);
        }
    }
}

/// The newest release of each document, among those that are there in their order.
fn newest(notes: &[String]) -> BTreeMap<i64, String> {
    let mut newest = BTreeMap::new();
    for note in notes {
        let number = note.strip_prefix("Essai ").unwrap();
        let pair = PAIRS[number.parse::<usize>().unwrap() % PAIRS.len()];
        newest.extend(pair.map(|document| (document, number.to_owned())));
    }
    newest
}

async fn assert_durable(owner: &mut PgConnection) {
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        let value = sqlx::query_scalar::<_, String>("select current_setting($1)").bind(setting);
        assert_eq!(value.fetch_one(&mut *owner).await.unwrap(), "on", "{setting}");
    }
}

/// Kills once as many forms were sent as a round draws.
fn killer(
    office: &mut Office,
    site: &Site,
    victim: Victim,
    draw: impl Fn(&'static str, usize) -> usize,
) -> JoinHandle<()> {
    office.counts_releases_alone = draw("aimed", 2) == 0;
    office.sent = Arc::new(Semaphore::new(0));
    let forms = 1 + draw("forms", if office.counts_releases_alone { ASKED } else { FORMS });
    let forms = Arc::clone(&office.sent).acquire_many_owned(u32::try_from(forms).unwrap());
    let within = Duration::from_millis(u64::try_from(draw("within", WITHIN)).unwrap());
    let (mandat, data, rank) = (site.id(), site.data().to_owned(), draw("rank", 1000));
    tokio::spawn(async move {
        forms.await.unwrap().forget();
        tokio::time::sleep(within).await;
        victim.strike(mandat, &data, rank);
    })
}

/// Kills at moments that follow from the seed, until enough releases were acknowledged.
pub async fn drill(seed: u64) {
    println!("seed {seed}");
    let mut site = Site::start();
    let mut office = Office::open(&site).await;
    let (mut ledger, mut kills, mut repeated, mut longest) = (Ledger::default(), BTreeMap::new(), 0, Duration::ZERO);
    let mut number = 0;
    for round in 0.. {
        let draw = |what: &'static str, of| pick((seed, round, what), of);
        let victim = Victim::ALL[draw("victim", 4)];
        let killer = killer(&mut office, &site, victim, draw);
        while !killer.is_finished() {
            number += 1;
            // What was interrupted is left as it is: the next release of its texts goes on from there.
            office.release(&mut ledger, number).await.ok();
        }
        killer.await.unwrap();
        *kills.entry(victim).or_insert(0) += 1;
        if matches!(victim, Victim::Mandat | Victim::Both) {
            site.revive();
        }
        longest = longest.max(office.answered().await);
        let mut owner = site.owner().await;
        assert_durable(&mut owner).await;
        let (notes, _) = ledger.compare(&mut owner).await;
        office.shows(&newest(&notes)).await;
        if let Some(sent) = ledger.unanswered().filter(|_| draw("again", 2) == 0) {
            repeated += 1;
            while office.send(sent).await.is_err() {}
        }
        if ledger.acknowledged()[1] >= RELEASES {
            break;
        }
    }
    let mut owner = site.owner().await;
    let (notes, [there, absent]) = ledger.compare(&mut owner).await;
    office.remembers(&mut owner, &newest(&notes)).await;
    let [deeds, releases] = ledger.acknowledged();
    println!("kills: {kills:?}; longest absence {longest:?}");
    println!(
        "{deeds} deeds acknowledged, {releases} releases among them, each there whole; {repeated} sent again; of those that \
         nobody answered {there} are there whole and {absent} absent"
    );
}
