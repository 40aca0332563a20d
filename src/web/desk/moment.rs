//! When something happened, as the desk tells it.

use crate::i18n::{self, Language};
use crate::model::Instant;
use crate::web::folio;
use crate::web::speech::rich;
use crate::web::view::{Day, Html};

/// Day and time of Québec to the minute, for machines too.
pub fn moment(language: Language, instant: Instant) -> Day {
    let local = i18n::local(instant.timestamp());
    let day = folio::day(local.date(), language);
    let time = Html::from_text(&i18n::time(local.time(), language));
    Day {
        machine: instant.timestamp().to_string(),
        words: rich(language, "day-and-time", &[("day", &day.words), ("time", &time)]),
    }
}
