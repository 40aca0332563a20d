//! The moment of a release, as a form asks for it: now, or a date and a time of Québec. An hour that the change of clocks
//! skips or repeats is asked about.

use jiff::civil::{Date, DateTime, Time};

use super::fields::Fields;
use crate::i18n::{self, Language};
use crate::model::Instant;
use crate::web::folio;
use crate::web::speech::rich;
use crate::web::view::Html;
use crate::workflow::local_time::{self, Fold, LocalTime};
use crate::workflow::releasing;

/// What was typed.
#[derive(Debug, Clone, Default)]
pub struct TypedMoment {
    /// Whether the form offers to do it now.
    pub may_be_now: bool,
    /// Whether a date and a time were chosen.
    pub later: bool,
    /// The date.
    pub day: String,
    /// The time.
    pub time: String,
    /// Which of the two instants of an hour that is skipped or repeated.
    pub fold: String,
}

/// What was meant.
#[derive(Debug, Clone)]
pub enum Meant {
    /// A moment.
    Moment(releasing::Moment),
    /// One of two instants: somebody must say which.
    Asked(Question),
    /// Nothing that can be done, by the key of the words that say why: no date or no time, or one beside « now ».
    Unclear(&'static str),
}

/// Which of two instants was meant.
#[derive(Debug, Clone)]
pub struct Question {
    /// The key of its heading.
    pub heading: &'static str,
    /// What the clocks do on that day.
    pub told: Html,
    /// The value of each answer, and its words.
    pub choices: [(&'static str, Html); 2],
}

/// The names of the two answers.
const FOLDS: [(&str, Fold); 2] = [("earlier", Fold::Earlier), ("later", Fold::Later)];

impl TypedMoment {
    /// A form that has not been filled in.
    pub fn new(may_be_now: bool) -> Self {
        Self {
            may_be_now,
            ..Self::default()
        }
    }

    /// The same, at an instant.
    pub fn at(self, instant: Instant) -> Self {
        let local = i18n::local(instant.timestamp());
        Self {
            later: true,
            day: local.date().to_string(),
            time: local.time().strftime("%H:%M:%S").to_string(),
            ..self
        }
    }

    /// What a form sent.
    pub fn read(fields: &Fields, may_be_now: bool) -> Self {
        Self {
            may_be_now,
            later: !may_be_now || fields.get("when") == "later",
            day: fields.typed("day"),
            time: fields.typed("time"),
            fold: fields.typed("fold"),
        }
    }

    /// What it means.
    pub fn meant(&self, language: Language) -> Meant {
        if !self.later {
            // Whoever wrote a date meant it, whatever stands before it.
            return if self.day.is_empty() && self.time.is_empty() {
                Meant::Moment(releasing::Moment::Now)
            } else {
                Meant::Unclear("publish-moment-both")
            };
        }
        let (Ok(day), Ok(time)) = (self.day.parse::<Date>(), self.time.parse::<Time>()) else {
            return Meant::Unclear("publish-moment-fault");
        };
        let local = day.to_datetime(time);
        let Some(read) = local_time::read(local) else {
            return Meant::Unclear("publish-moment-fault");
        };
        let fold = FOLDS.iter().find(|(name, _)| *name == self.fold);
        match (read.chosen(fold.map(|(_, fold)| *fold)), read) {
            (Some(instant), _) | (None, LocalTime::Once(instant)) => {
                Meant::Moment(releasing::Moment::At { at: instant, local })
            }
            (None, LocalTime::Skipped { before, after }) => {
                Meant::Asked(question(local, false, [after, before], language))
            }
            (None, LocalTime::Doubled { first, second }) => {
                Meant::Asked(question(local, true, [first, second], language))
            }
        }
    }
}

fn question(local: DateTime, is_doubled: bool, instants: [Instant; 2], language: Language) -> Question {
    let time = |time: Time| Html::from_text(&i18n::time(time, language));
    let day = folio::day(local.date(), language).words;
    let arguments = [("day", &day), ("time", &time(local.time()))];
    let [earlier, later] = instants.map(|instant| time(i18n::local(instant.timestamp()).time()));
    let key = |doubled, skipped| if is_doubled { doubled } else { skipped };
    let choice = |key, time: &Html| rich(language, key, &[("time", time)]);
    Question {
        heading: key("publish-hour-doubled", "publish-hour-skipped"),
        told: rich(
            language,
            key("publish-hour-doubled-text", "publish-hour-skipped-text"),
            &arguments,
        ),
        choices: [
            (
                FOLDS[0].0,
                choice(key("publish-hour-earlier", "publish-hour-at"), &earlier),
            ),
            (FOLDS[1].0, choice(key("publish-hour-later", "publish-hour-at"), &later)),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(day: &str, time: &str, fold: &str) -> Meant {
        let moment = TypedMoment {
            later: true,
            day: day.to_owned(),
            time: time.to_owned(),
            fold: fold.to_owned(),
            ..TypedMoment::default()
        };
        moment.meant(Language::French)
    }

    fn instant(meant: &Meant) -> String {
        match meant {
            Meant::Moment(releasing::Moment::At { at, .. }) => at.timestamp().to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_moment_is_of_quebec() {
        assert_eq!(instant(&typed("2026-07-01", "14:00", "")), "2026-07-01T18:00:00Z");
        assert_eq!(instant(&typed("2026-12-01", "14:00:30", "")), "2026-12-01T19:00:30Z");
        for (day, time) in [
            ("", "14:00"),
            ("2026-07-01", ""),
            ("demain", "midi"),
            ("2026-02-30", "14:00"),
        ] {
            assert!(
                matches!(typed(day, time, ""), Meant::Unclear("publish-moment-fault")),
                "{day} {time}"
            );
        }
        assert!(matches!(
            TypedMoment::new(true).meant(Language::English),
            Meant::Moment(releasing::Moment::Now)
        ));
    }

    #[test]
    fn a_date_beside_now_is_asked_about() {
        for (day, time) in [("2026-07-01", ""), ("", "14:00"), ("2026-07-01", "14:00")] {
            let moment = TypedMoment {
                day: day.to_owned(),
                time: time.to_owned(),
                ..TypedMoment::new(true)
            };
            assert!(matches!(
                moment.meant(Language::French),
                Meant::Unclear("publish-moment-both")
            ));
        }
    }

    #[test]
    fn what_clocks_skip_or_repeat_is_asked_about() {
        for (day, time, answers) in [
            ("2026-03-08", "02:30", ["2026-03-08T06:30:00Z", "2026-03-08T07:30:00Z"]),
            ("2026-11-01", "01:30", ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"]),
        ] {
            let Meant::Asked(question) = typed(day, time, "") else {
                panic!("{day} {time} is not asked about");
            };
            for ((name, _), answer) in question.choices.iter().zip(answers) {
                assert_eq!(instant(&typed(day, time, name)), answer);
            }
        }
    }
}
