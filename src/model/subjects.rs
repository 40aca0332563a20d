//! What an answer shows, noted while it is read: so that whoever keeps the answer knows when it dies. Snapshots note it in
//! the task that makes the answer, so that no handler can forget to pass it on.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Duration;

use super::{DocumentId, Instant};

/// What an answer shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subjects {
    documents: BTreeSet<DocumentId>,
    everything: bool,
    since: Option<Instant>,
    reading: Option<Duration>,
}

impl Subjects {
    /// The documents whose changes change the answer, a list's members by their list; none where any change may, as when
    /// nothing was noted.
    #[must_use]
    pub fn documents(&self) -> Option<Vec<DocumentId>> {
        let told_apart = !self.everything && !self.documents.is_empty();
        told_apart.then(|| self.documents.iter().copied().collect())
    }

    /// The earliest moment at which it was read; none where no record was read.
    #[must_use]
    pub const fn since(&self) -> Option<Instant> {
        self.since
    }

    /// For how long the record was read; none where it was not.
    #[must_use]
    pub const fn reading(&self) -> Option<Duration> {
        self.reading
    }
}

tokio::task_local! {
    static NOTED: RefCell<Subjects>;
}

/// Makes an answer, and tells what it shows.
pub async fn noted<T>(making: impl Future<Output = T>) -> (T, Subjects) {
    NOTED
        .scope(RefCell::default(), async {
            let made = making.await;
            (made, NOTED.with(RefCell::take))
        })
        .await
}

/// Notes that the answer was read at a moment.
pub(super) fn read_at(now: Instant) {
    note(|subjects| subjects.since = Some(subjects.since.map_or(now, |since| since.min(now))));
}

/// Notes that the record was read for this long.
pub(super) fn read_for(duration: Duration) {
    note(|subjects| subjects.reading = Some(subjects.reading.unwrap_or_default() + duration));
}

/// Notes that the answer shows these documents.
pub(super) fn shows(documents: &[DocumentId]) {
    note(|subjects| subjects.documents.extend(documents));
}

/// Notes that any change may change the answer.
pub(super) fn shows_everything() {
    note(|subjects| subjects.everything = true);
}

/// Nobody asked for what is read outside of [`noted`].
fn note(change: impl FnOnce(&mut Subjects)) {
    let _ = NOTED.try_with(|subjects| change(&mut subjects.borrow_mut()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_noted_belongs_to_one_answer() {
        let document = |number| DocumentId::from(number);
        shows(&[document(9)]);
        let (told, subjects) = noted(async {
            shows(&[document(2)]);
            tokio::task::yield_now().await;
            shows(&[document(1), document(2)]);
            "told"
        })
        .await;
        assert_eq!(told, "told");
        assert_eq!(subjects.documents(), Some(vec![document(1), document(2)]));
        let ((), everything) = noted(async {
            shows(&[document(2)]);
            shows_everything();
        })
        .await;
        assert_eq!(everything.documents(), None);
        assert_eq!(noted(async {}).await.1.documents(), None, "nothing noted is no promise");
    }

    #[tokio::test]
    async fn what_was_read_at_several_moments_is_as_old_as_the_first() {
        let moment = |second| Instant::from(jiff::Timestamp::from_second(second).unwrap());
        let reading = async { [2, 1, 3].map(moment).map(read_at) };
        assert_eq!(noted(reading).await.1.since(), Some(moment(1)));
    }
}
