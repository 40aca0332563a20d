//! Many people at once at the same texts, through the pages of the desk: every sentence that anybody saved is in the newest
//! draft, and nobody is asked about a passage that nobody else touched.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use scraper::{ElementRef, Node};

use super::answer::{Answer, css};
use super::browser::Browser;
use super::form::Form;

/// Three mandates, and the passages that each has at least.
const DOCUMENTS: [i64; 3] = [5, 6, 7];
const PASSAGES: usize = 12;

/// How long somebody waits before sending again what was not answered, or what the desk had no time for.
const PAUSE: Duration = Duration::from_millis(200);

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
    browser: Arc<Browser>,
    tally: Arc<Tally>,
    name: usize,
    /// Whether a form says on which text it was filled in; otherwise it claims the newest, and overwrites that.
    merges: bool,
}

/// One of so many, always the same for the same reason.
pub fn pick(reason: impl Hash, of: usize) -> usize {
    let mut hasher = DefaultHasher::new();
    reason.hash(&mut hasher);
    usize::try_from(hasher.finish() % 1_000_003).unwrap() % of
}

fn count(counter: &AtomicUsize) {
    counter.fetch_add(1, Ordering::Relaxed);
}

impl Editor {
    /// Saves so many sentences, each on the text that was there when the editor began to type: each with its document.
    async fn work(self, sentences: usize) -> Vec<(i64, String)> {
        let mut said = Vec::new();
        for turn in 0..sentences {
            let document = DOCUMENTS[pick((self.name, turn, "document"), DOCUMENTS.len())];
            let sentence = format!("s{}x{turn}.", self.name);
            let form = self.open(document).await;
            let passages = passages(&form);
            let passage = passages[pick((self.name, turn, "passage"), PASSAGES)];
            let field = format!("{}-{passage}", ["fr", "en"][pick((self.name, turn, "language"), 2)]);
            let words = format!("{} {sentence}", form.get(&field));
            let form = form.with(&field, &words);
            // Somebody else saves while this one types.
            let pause = pick((self.name, turn, "pause"), 40);
            tokio::time::sleep(Duration::from_millis(u64::try_from(pause).unwrap())).await;
            let form = if self.merges {
                form
            } else {
                form.with("base", self.open(document).await.get("base"))
            };
            self.save(&form, &sentence).await;
            said.push((document, sentence));
        }
        said
    }

    /// The form of a document's newest text.
    async fn open(&self, document: i64) -> Form {
        Form::of(&self.get(&path(document)).await, "form.sheet")
    }

    /// Saves a form, and keeps both sides of whatever is asked.
    async fn save(&self, form: &Form, sentence: &str) {
        let base: i32 = form.get("base").parse().unwrap();
        let mut answer = self.send(form, "save").await;
        loop {
            let place = answer.header("location").to_owned();
            if let Some((_, number)) = place.split_once("?saved=") {
                let next = number.parse::<i32>().unwrap() == base + 1;
                count(if next { &self.tally.forward } else { &self.tally.merged });
                return;
            }
            count(&self.tally.asked);
            let settled = settle(&self.get(&place).await, sentence);
            answer = self.send(&settled, "merge").await;
        }
    }

    /// Asks for a page, again where no answer comes.
    async fn get(&self, path: &str) -> Answer {
        loop {
            let answer = self.browser.get(path).await;
            if !self.must_wait(&answer).await {
                answer.is(200);
                return answer;
            }
        }
    }

    /// Sends a form that does its deed, again where no answer comes.
    async fn send(&self, form: &Form, button: &str) -> Answer {
        loop {
            let answer = form.send(&self.browser, button).await;
            if !self.must_wait(&answer).await {
                answer.is(303);
                return answer;
            }
        }
    }

    async fn must_wait(&self, answer: &Answer) -> bool {
        let is_lost = answer.status.is_server_error();
        if is_lost {
            count(&self.tally.repeated);
            tokio::time::sleep(PAUSE).await;
        }
        is_lost
    }
}

/// The page on which a document is written.
fn path(document: i64) -> String {
    format!("/admin/fr/documents/{document}/modifier")
}

/// The rows of a form that hold a passage.
fn passages(form: &Form) -> Vec<usize> {
    let rows = form.names().into_iter().filter_map(|name| name.strip_prefix("anchor-"));
    let rows = rows.filter(|row| !form.get(&format!("anchor-{row}")).is_empty());
    rows.map(|row| row.parse().unwrap()).collect()
}

/// Answers every question with their words and one's own sentence after them.
fn settle(page: &Answer, sentence: &str) -> Form {
    let (html, questions) = (page.html(), css(".question"));
    html.select(&questions)
        .fold(Form::of(page, "main form"), |form, question| {
            let mine = format!("{} {sentence}", theirs(question));
            let name = question
                .select(&css("textarea"))
                .next()
                .and_then(|own| own.attr("name"));
            let own = name.unwrap_or_else(|| panic!("asked about something else than words: {}", page.body));
            form.with(own.strip_suffix("-own").unwrap(), "own").with(own, &mine)
        })
}

/// Their words in a question, which differ from those that both found.
fn theirs(question: ElementRef<'_>) -> String {
    let shown = css(".choice:has(input[value=theirs]) p");
    let shown = question.select(&shown).next().unwrap();
    let is_touched = shown.select(&css("ins, del")).next().is_some();
    assert!(is_touched, "asked about a passage that nobody else touched");
    let mut words = String::new();
    for part in shown.children() {
        match part.value() {
            Node::Text(same) => words.push_str(same),
            // What it is called to those who cannot see it is in an element of its own.
            Node::Element(change) if change.name() == "ins" => {
                words.extend(
                    part.children()
                        .filter_map(|child| child.value().as_text().map(|text| &**text)),
                );
            }
            _ => {}
        }
    }
    words
}

/// Gives each document its passages: what is pasted whole is cut at its blank lines.
async fn lengthen(editor: &Editor, document: i64) {
    let form = editor.open(document).await;
    let rows = passages(&form);
    let last = rows.last().unwrap();
    let form = ["fr", "en"].iter().fold(form, |form, language| {
        let field = format!("{language}-{last}");
        let more = "\n\nPassage.".repeat(PASSAGES.saturating_sub(rows.len()));
        let words = format!("{}{more}", form.get(&field));
        form.with(&field, &words)
    });
    editor.send(&form, "save").await;
}

/// Lets one editor work in each browser, and gives the sentences that were saved and are not in the newest drafts.
pub async fn lost(browsers: Vec<Browser>, each: usize, merges: bool) -> Vec<String> {
    let tally = Arc::new(Tally::default());
    let browsers: Vec<_> = browsers.into_iter().map(Arc::new).collect();
    let editor = |name: usize, merges| Editor {
        browser: Arc::clone(&browsers[name]),
        tally: Arc::clone(&tally),
        name,
        merges,
    };
    let reader = editor(0, true);
    for document in DOCUMENTS {
        lengthen(&reader, document).await;
    }
    let work = (0..browsers.len()).map(|name| tokio::spawn(editor(name, merges).work(each)));
    let work: Vec<_> = work.collect();
    let mut said = Vec::new();
    for editor in work {
        said.extend(editor.await.unwrap());
    }
    let mut drafts = BTreeMap::new();
    for document in DOCUMENTS {
        let form = reader.open(document).await;
        let languages =
            ["fr", "en"].map(|language| passages(&form).into_iter().map(move |row| format!("{language}-{row}")));
        let words: Vec<String> = languages
            .into_iter()
            .flatten()
            .map(|field| form.get(&field).to_owned())
            .collect();
        drafts.insert(document, words.join(" "));
    }
    let is_lost =
        |(document, sentence): &(i64, String)| !drafts[document].split_whitespace().any(|word| word == sentence);
    let sentences = said.len();
    let lost: Vec<String> = said.into_iter().filter(is_lost).map(|(_, sentence)| sentence).collect();
    println!(
        "{} editors, {sentences} saves, merging {merges}: {tally:?}; {} sentences lost",
        browsers.len(),
        lost.len()
    );
    lost
}
