//! What an administrator decides for everybody, and how long things are kept.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use super::Desk;
use super::answer::Answer;
use super::fields::Fields;
use super::shell::Shell;
use super::staff::Staff;
use super::view::Told;
use crate::error::Result;
use crate::i18n::message;
use crate::model::{browser, session, setting};
use crate::web::speech::Speaks as _;
use crate::workflow::settings;

/// `/admin/fr/parametres`, `/admin/en/settings`
#[derive(Debug, Template)]
#[template(path = "desk/settings.html")]
struct Settings {
    shell: Shell,
    told: Told,
    /// Whether whoever wrote a text does not approve it.
    four_eyes: bool,
}

impl Settings {
    fn new(staff: &Staff, four_eyes: bool, told: Told) -> Self {
        Self {
            shell: Shell::new(staff, message(staff.language, "settings-title", &[])),
            told,
            four_eyes,
        }
    }

    /// What is kept, and how long, in words.
    fn lives(&self) -> [(&'static str, String); 7] {
        let sessions = [
            ("minutes", session::IDLE_MINUTES),
            ("hours", session::LONGEST_HOURS),
            ("kept", session::KNOWN_HOURS),
        ];
        let browsers = [("days", browser::DAYS)];
        [
            (
                "settings-sessions",
                self.shell.with("settings-sessions-life", &sessions),
            ),
            (
                "settings-browsers",
                self.shell.with("settings-browsers-life", &browsers),
            ),
            ("settings-forms", self.shell.t("settings-forms-life")),
            ("settings-autosaves", self.shell.t("settings-autosaves-life")),
            ("settings-attempts", self.shell.t("settings-attempts-life")),
            ("settings-log", self.shell.t("settings-log-life")),
            ("settings-journal", self.shell.t("settings-journal-life")),
        ]
    }
}

/// The page.
pub async fn page(State(desk): State<Arc<Desk>>, staff: Staff) -> Result<Answer> {
    let four_eyes = setting::four_eyes(&desk.pool).await?;
    Ok(Answer::page(
        staff.language,
        Settings::new(&staff, four_eyes, Told::default()),
    ))
}

/// Sets what was decided.
pub async fn save(State(desk): State<Arc<Desk>>, staff: Staff, fields: Fields) -> Result<Answer> {
    let language = staff.language;
    let four_eyes = fields.get("four-eyes") == "yes";
    if fields.deed().is_none() {
        return Ok(Answer::page(
            language,
            Settings::new(&staff, four_eyes, Told::default()),
        ));
    }
    match settings::set_four_eyes(&desk.pool, &staff.actor, fields.form(), four_eyes).await {
        Ok(_) => {
            let told = Told::done(message(language, "settings-done", &[]));
            Ok(Answer::page(language, Settings::new(&staff, four_eyes, told)))
        }
        Err(error) => {
            let told = Told::refused(error, language)?;
            let page = Settings::new(&staff, four_eyes, told);
            Ok(Answer::page(language, page).under(StatusCode::CONFLICT))
        }
    }
}
