//! The first page of the desk.

use askama::Template;

use super::answer::Answer;
use super::shell::Shell;
use super::staff::Staff;
use crate::i18n::message;

/// `/admin/fr`, `/admin/en`
#[derive(Debug, Template)]
#[template(path = "desk/home.html")]
struct Home {
    shell: Shell,
}

/// What waits for whoever asks.
pub async fn page(staff: Staff) -> Answer {
    let shell = Shell::new(&staff, message(staff.language, "desk-home", &[]));
    Answer::page(staff.language, Home { shell })
}
