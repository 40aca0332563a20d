//! A random walk of deeds beside a model that a child could check: after each step both say the same of every moment.

use crate::support::database::TestDatabase;
use crate::support::record::Record;

/// How many documents there are, each with a line of revisions that descend from one another.
const DOCUMENTS: u8 = 3;
const REVISIONS: u32 = 40;

/// A start of a text, or its withdrawal, on the model's clock of half minutes: deeds fall on odd ones, plans on even.
#[derive(Debug, Clone, Copy)]
struct Event {
    release: u32,
    document: u8,
    /// The revision that starts; none for a withdrawal.
    number: Option<u32>,
    at: u32,
}

/// What somebody tries. Times are absolute; none is now.
#[derive(Debug)]
enum Deed {
    Publish(Vec<(u8, u32)>, Option<u32>),
    Withdraw(u8, Option<u32>),
    Cancel(u32),
    Move(u32, u32),
}

impl Deed {
    fn sql(&self) -> String {
        let instant =
            |at: &Option<u32>| at.map_or("deed_instant()".to_owned(), |at| format!("sample.minute({at} / 2.0)"));
        match self {
            Self::Publish(texts, at) => {
                let starts: Vec<String> = texts
                    .iter()
                    .map(|(d, n)| format!("sample.start(r, {d}, {n})"))
                    .collect();
                format!("select {} from sample.release({}) r", starts.join(", "), instant(at))
            }
            Self::Withdraw(document, at) => format!("select sample.withdraw({document}, {})", instant(at)),
            Self::Cancel(release) => format!("select sample.cancel({release})"),
            Self::Move(release, to) => format!("select sample.move({release}, {})", instant(&Some(*to))),
        }
    }
}

/// What is planned and what has begun; what was cancelled is forgotten.
#[derive(Debug, Clone, Default)]
struct Model {
    events: Vec<Event>,
    /// Every release made, cancelled ones too.
    releases: Vec<u32>,
    now: u32,
}

impl Model {
    /// The model after a deed; none where it must be refused.
    fn after(&self, deed: &Deed) -> Option<Self> {
        let mut next = self.clone();
        let planned = |release: u32| {
            self.events
                .iter()
                .any(|event| event.release == release && event.at > self.now)
        };
        // The database gives the number; until then it is a new one's.
        let release = 0;
        match deed {
            Deed::Publish(texts, at) => {
                let at = at.unwrap_or(self.now);
                next.events.extend(texts.iter().map(|&(document, number)| Event {
                    release,
                    document,
                    number: Some(number),
                    at,
                }));
                (at >= self.now).then_some(())?;
            }
            &Deed::Withdraw(document, at) => {
                let at = at.unwrap_or(self.now);
                next.events.push(Event {
                    release,
                    document,
                    number: None,
                    at,
                });
                (at >= self.now).then_some(())?;
            }
            &Deed::Cancel(release) => {
                planned(release).then_some(())?;
                next.events.retain(|event| event.release != release);
            }
            &Deed::Move(release, to) => {
                (planned(release) && to >= self.now).then_some(())?;
                let moved = next.events.iter_mut().filter(|event| event.release == release);
                moved.for_each(|event| event.at = to);
            }
        }
        (1..=DOCUMENTS).all(|document| next.stands(document)).then_some(next)
    }

    fn of(&self, document: u8) -> Vec<Event> {
        let mut events: Vec<Event> = self
            .events
            .iter()
            .copied()
            .filter(|event| event.document == document)
            .collect();
        events.sort_by_key(|event| event.at);
        events
    }

    /// One change at a time, each text descends from the one before, and a withdrawal ends a text.
    fn stands(&self, document: u8) -> bool {
        let events = self.of(document);
        let numbers: Vec<u32> = events.iter().filter_map(|event| event.number).collect();
        events.first().is_none_or(|first| first.number.is_some())
            && events
                .windows(2)
                .all(|pair| pair[0].at < pair[1].at && (pair[0].number.is_some() || pair[1].number.is_some()))
            && numbers.is_sorted()
    }

    /// The revision in effect at each half minute up to an end.
    fn line(&self, document: u8, until: u32) -> String {
        let events = self.of(document);
        let at = |moment| {
            events
                .iter()
                .rev()
                .find(|event| event.at <= moment)
                .and_then(|event| event.number)
        };
        let words: Vec<String> = (0..=until)
            .map(|moment| at(moment).map_or("-".to_owned(), |number| number.to_string()))
            .collect();
        words.join(" ")
    }
}

/// Knuth's generator: the same walk on every machine.
struct Dice(u64);

impl Dice {
    /// A number below the limit.
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap() % limit
    }

    /// Now, or an even moment: usually ahead, sometimes just past.
    fn when(&mut self, now: u32) -> Option<u32> {
        (self.below(3) > 0).then(|| (now + 37 - self.below(40)) / 2 * 2)
    }

    fn deed(&mut self, model: &Model) -> Deed {
        let document = |dice: &mut Self| u8::try_from(1 + dice.below(DOCUMENTS.into())).unwrap();
        // Mostly a later revision than the last, sometimes an earlier one.
        let text = |dice: &mut Self| {
            let document = document(dice);
            let last = model
                .of(document)
                .iter()
                .rev()
                .find_map(|event| event.number)
                .unwrap_or(1);
            (
                document,
                (last + dice.below(3))
                    .saturating_sub(u32::from(dice.below(4) == 0))
                    .clamp(1, REVISIONS),
            )
        };
        let release = |dice: &mut Self| {
            let ahead: Vec<u32> = model
                .events
                .iter()
                .filter(|event| event.at > model.now)
                .map(|event| event.release)
                .collect();
            match (ahead.len(), dice.below(5)) {
                (0, _) | (_, 0) => model.releases[dice.below(u32::try_from(model.releases.len()).unwrap()) as usize],
                (found, _) => ahead[dice.below(u32::try_from(found).unwrap()) as usize],
            }
        };
        match self.below(if model.releases.is_empty() { 6 } else { 10 }) {
            0..=3 => {
                let mut texts = vec![text(self)];
                let other = text(self);
                if other.0 != texts[0].0 && self.below(2) == 0 {
                    texts.push(other);
                }
                Deed::Publish(texts, self.when(model.now))
            }
            4 | 5 => Deed::Withdraw(document(self), self.when(model.now)),
            6 | 7 => Deed::Cancel(release(self)),
            _ => Deed::Move(release(self), self.when(model.now).unwrap_or(model.now)),
        }
    }
}

/// Walks, and counts the deeds that were done and those that were refused.
async fn walk(seed: u64, steps: u32) -> (u32, u32) {
    let mut record = Record::new(&TestDatabase::empty().await).await;
    record
        .does(&format!(
            "select sample.document(d) from generate_series(1, {DOCUMENTS}) d;
             select sample.revise(d) from generate_series(1, {DOCUMENTS}) d, generate_series(1, {REVISIONS})"
        ))
        .await;
    let mut dice = Dice(seed);
    let mut model = Model::default();
    let mut begun = vec![String::new(); DOCUMENTS.into()];
    let (mut done, mut refused) = (0, 0);
    for step in 0..steps {
        model.now = model.now / 2 * 2 + 1 + 2 * (1 + dice.below(3));
        record.at(&format!("{} / 2.0", model.now)).await;
        let deed = dice.deed(&model);
        let outcome = record.attempt_deed(&deed.sql()).await;
        let expected = model.after(&deed);
        let said = format!("seed {seed}, step {step}: {deed:?} {outcome:?} after {model:?}");
        assert_eq!(outcome.is_ok(), expected.is_some(), "{said}");
        if let Some(after) = expected {
            model = after;
            done += 1;
            if matches!(deed, Deed::Publish(..) | Deed::Withdraw(..)) {
                let made: u32 = record.ask("select max(id) from release").await.parse().unwrap();
                model.releases.push(made);
                let new = model.events.iter_mut().filter(|event| event.release == 0);
                new.for_each(|event| event.release = made);
            }
        } else {
            refused += 1;
        }
        for document in 1..=DOCUMENTS {
            let until = model.now + 40;
            let line = record.ask(&in_effect(document, until)).await;
            assert_eq!(line, model.line(document, until), "document {document}, {said}");
            let history = &mut begun[usize::from(document - 1)];
            assert!(
                line.starts_with(history.as_str()),
                "document {document} rewrote its past, {said}"
            );
            *history = model.line(document, model.now);
            let public = "select coalesce(string_agg(version::text, ' ' order by period), '') from site.publication where document_id =";
            let versions: Vec<String> = (1..)
                .zip(
                    model
                        .of(document)
                        .iter()
                        .filter(|event| event.number.is_some() && event.at <= model.now),
                )
                .map(|(version, _): (u32, _)| version.to_string())
                .collect();
            assert_eq!(
                record.ask(&format!("{public} {document}")).await,
                versions.join(" "),
                "{said}"
            );
        }
    }
    (done, refused)
}

fn in_effect(document: u8, until: u32) -> String {
    format!(
        "select string_agg(coalesce(p.number::text, '-'), ' ' order by moment)
           from generate_series(0, {until}) moment
           left join publication p on p.document_id = {document} and p.cancelled_at is null
                                  and p.period @> sample.minute(moment / 2.0)"
    )
}

#[tokio::test]
async fn what_is_in_effect_is_what_was_done() {
    let (mut done, mut refused) = (0, 0);
    for seed in [20_260_301, 1867, 7] {
        let (did, not) = walk(seed, 70).await;
        done += did;
        refused += not;
    }
    assert!(done > 60 && refused > 30, "{done} done, {refused} refused");
}
