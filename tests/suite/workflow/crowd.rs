//! Many people at once on the same documents: every sentence that anybody saved is in the newest draft, and nobody is asked
//! about a passage that nobody else touched. Without merging the same check fails.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use mandat::error::Error;
use mandat::i18n::Language;
use mandat::model::{FormId, Part, Text};
use mandat::text::merge::{Answer, Conflict};
use mandat::workflow::drafting::{Question, Saved, Writing, bring_together, save};
use mandat::workflow::{Actor, Done};
use tokio::sync::Semaphore;

use crate::support::staff::{Staff, paragraph, writing};

/// Three mandates, and the passages that each has in all.
const DOCUMENTS: [i64; 3] = [5, 6, 7];
const PASSAGES: usize = 12;

/// What the crowd met.
#[derive(Debug, Default)]
struct Tally {
    forward: AtomicUsize,
    merged: AtomicUsize,
    asked: AtomicUsize,
    repeated: AtomicUsize,
}

/// One simulated editor.
struct Editor {
    staff: Arc<Staff>,
    tally: Arc<Tally>,
    actor: Actor,
    name: usize,
    /// Whether what others saved meanwhile is brought together with one's own, or overwritten.
    merges: bool,
    /// As many turns as the desk has connections: whoever has none waits, as a browser does.
    turns: Arc<Semaphore>,
}

/// Where a sentence was added.
struct Change {
    document: i64,
    passage: usize,
    language: Language,
    sentence: String,
}

/// One of so many, always the same for the same reason.
fn pick(reason: impl Hash, of: usize) -> usize {
    let mut hasher = DefaultHasher::new();
    reason.hash(&mut hasher);
    usize::try_from(hasher.finish() % 1_000_003).unwrap() % of
}

fn count(counter: &AtomicUsize) {
    counter.fetch_add(1, Ordering::Relaxed);
}

impl Editor {
    /// Saves so many sentences, each on the text that was there when the editor began to type.
    async fn work(self, sentences: usize) -> Vec<(i64, String)> {
        let mut said = Vec::new();
        for turn in 0..sentences {
            let change = Change {
                document: DOCUMENTS[pick((self.name, turn, "document"), DOCUMENTS.len())],
                passage: pick((self.name, turn, "passage"), PASSAGES),
                language: Language::ALL[pick((self.name, turn, "language"), 2)],
                sentence: format!("s{}x{turn}.", self.name),
            };
            let (base, mut changed) = self.open(change.document).await;
            add(&mut changed, &change);
            // Somebody else saves while this one types.
            tokio::time::sleep(std::time::Duration::from_millis(
                pick((self.name, turn, "pause"), 40) as u64
            ))
            .await;
            let base = if self.merges {
                base
            } else {
                self.open(change.document).await.0
            };
            let mut saved = self.post(&change, base, &changed).await;
            while let Saved::Asked(question) = saved {
                saved = self.answer(&change, &question).await;
            }
            said.push((change.document, change.sentence));
        }
        said
    }

    /// The draft and its form.
    async fn open(&self, document: i64) -> (i32, Writing) {
        let _turn = self.turns.acquire().await.unwrap();
        let base = self.staff.dossier(document).await.opening().unwrap();
        (base, writing(&self.staff.text(document, base).await))
    }

    /// Posts the form, again where no answer came.
    async fn post(&self, change: &Change, base: i32, changed: &Writing) -> Saved {
        let _turn = self.turns.acquire().await.unwrap();
        let form = Some(FormId::draw());
        loop {
            let done = save(
                self.staff.desk(),
                &self.actor,
                form,
                change.document.into(),
                base,
                changed,
                false,
            )
            .await;
            match done {
                Err(Error::Unavailable(_)) => count(&self.tally.repeated),
                Ok(Done::Again(line)) => {
                    return Saved::Forward {
                        number: line.subject.number.unwrap(),
                    };
                }
                done => {
                    let Ok(Done::Now(saved)) = done else { panic!("{done:?}") };
                    match saved {
                        Saved::Merged { .. } => count(&self.tally.merged),
                        Saved::Asked(_) => count(&self.tally.asked),
                        _ => count(&self.tally.forward),
                    }
                    return saved;
                }
            }
        }
    }

    /// Keeps both sides of what is asked: theirs, and one's own sentence after it.
    async fn answer(&self, change: &Change, question: &Question) -> Saved {
        let _turn = self.turns.acquire().await.unwrap();
        let base = self.staff.text(change.document, question.base).await;
        let theirs = self.staff.text(change.document, question.theirs).await;
        let mut answers = BTreeMap::new();
        for conflict in &question.merge.conflicts {
            let Conflict::Words { anchor, language, said } = conflict else {
                panic!("{conflict:?}")
            };
            let words = |text: &Text| text.passage(anchor).unwrap().words(*language).map(str::to_owned);
            assert_ne!(
                words(&base),
                words(&theirs),
                "asked about a passage that nobody else touched"
            );
            let both = format!("{} {}", said.theirs.as_deref().unwrap_or_default(), change.sentence);
            answers.insert(conflict.name(), Answer::Own(both));
        }
        let form = Some(FormId::draw());
        loop {
            let (document, mine, theirs) = (change.document.into(), question.mine, question.theirs);
            match bring_together(self.staff.desk(), &self.actor, form, document, mine, theirs, &answers).await {
                Err(Error::Unavailable(_)) => count(&self.tally.repeated),
                Ok(Done::Now(saved)) => return saved,
                done => panic!("{done:?}"),
            }
        }
    }
}

/// Adds a sentence to a form.
fn add(writing: &mut Writing, change: &Change) {
    let passage = &mut writing.passages[change.passage];
    let words = match change.language {
        Language::French => &mut passage.fr,
        Language::English => &mut passage.en,
    };
    words.push(' ');
    words.push_str(&change.sentence);
}

/// Lets a crowd work, and gives the sentences that were saved and are not in the newest drafts.
async fn lost(editors: usize, each: usize, merges: bool) -> Vec<String> {
    let staff = Arc::new(Staff::new().await);
    for document in DOCUMENTS {
        let lengthen = |writing: &mut Writing| {
            let paragraphs = (writing.passages.len()..PASSAGES).map(|_| paragraph("Un passage.", "A passage."));
            writing.passages.extend(paragraphs);
        };
        staff.save(&staff.author, document, 1, lengthen).await;
    }
    let tally = Arc::new(Tally::default());
    let turns_at_once = Arc::new(Semaphore::new(8));
    let work = (0..editors).map(|name| {
        let editor = Editor {
            staff: Arc::clone(&staff),
            tally: Arc::clone(&tally),
            actor: [staff.author, staff.colleague][name % 2],
            name,
            merges,
            turns: Arc::clone(&turns_at_once),
        };
        tokio::spawn(editor.work(each))
    });
    let work: Vec<_> = work.collect();
    let mut said = Vec::new();
    for editor in work {
        said.extend(editor.await.unwrap());
    }
    let mut drafts = BTreeMap::new();
    for document in DOCUMENTS {
        let dossier = staff.dossier(document).await;
        assert_eq!(dossier.lineage.beside(), [0; 0], "nothing waits for an answer");
        let text = staff.text(document, dossier.lineage.draft().unwrap()).await;
        assert!(
            text.passages
                .iter()
                .all(|passage| [Part::Title, Part::Body].contains(&passage.part))
        );
        let words: String = text
            .passages
            .iter()
            .flat_map(|passage| [passage.fr.clone(), passage.en.clone()])
            .flatten()
            .map(|words| words + " ")
            .collect();
        drafts.insert(document, words);
    }
    let is_lost =
        |(document, sentence): &(i64, String)| !drafts[document].split_whitespace().any(|word| word == sentence);
    let sentences = said.len();
    let lost: Vec<String> = said.into_iter().filter(is_lost).map(|(_, sentence)| sentence).collect();
    println!(
        "{editors} editors, {sentences} saves, merging {merges}: {tally:?}; {} sentences lost",
        lost.len()
    );
    lost
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_few_editors_lose_nothing() {
    assert_eq!(lost(6, 10, true).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_merging_the_check_finds_what_is_lost() {
    assert_ne!(lost(6, 10, false).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: tests/bench/editors runs it"]
async fn fifty_editors_make_five_thousand_saves_and_lose_nothing() {
    assert_eq!(lost(50, 100, true).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: tests/bench/editors runs it"]
async fn fifty_editors_without_merging_lose_what_they_wrote() {
    assert_ne!(lost(50, 100, false).await.len(), 0);
}
