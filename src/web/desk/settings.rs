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
use crate::model::setting;
use crate::web::lives;
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
    /// What is kept, and how long.
    lives: Vec<(String, String)>,
}

impl Settings {
    fn new(staff: &Staff, four_eyes: bool, told: Told) -> Self {
        Self {
            shell: Shell::new(staff, message(staff.language, "settings-title", &[])),
            told,
            four_eyes,
            lives: lives::told(staff.language),
        }
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
