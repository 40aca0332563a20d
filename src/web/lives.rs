//! How long the software keeps what people leave with it, told by what it does: true whatever a text says.

use crate::i18n::{Language, message};
use crate::model::{autosave, browser, kept, session, throttle};

/// What is kept, and how long, in words.
pub fn told(language: Language) -> Vec<(String, String)> {
    let words = |key: &str| message(language, key, &[]);
    let sessions = [
        ("minutes", session::IDLE_MINUTES.into()),
        ("hours", session::LONGEST_HOURS.into()),
        ("kept", session::KNOWN_HOURS.into()),
    ];
    vec![
        (
            words("lives-sessions"),
            message(language, "lives-sessions-life", &sessions),
        ),
        (
            words("lives-browsers"),
            message(language, "lives-browsers-life", &[("days", browser::DAYS.into())]),
        ),
        (
            words("lives-forms"),
            message(language, "lives-forms-life", &[("hours", kept::HOURS.into())]),
        ),
        (
            words("lives-autosaves"),
            message(language, "lives-autosaves-life", &[("days", autosave::DAYS.into())]),
        ),
        (
            words("lives-attempts"),
            message(language, "lives-attempts-life", &[("hours", throttle::HOURS.into())]),
        ),
        (words("lives-log"), words("lives-log-life")),
        (words("lives-journal"), words("lives-journal-life")),
    ]
}
