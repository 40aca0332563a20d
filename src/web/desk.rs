//! The editors' desk over HTTP. Its state, and with it the pool that may read what is not public, is its own: no handler
//! of the public site can reach it.

mod account;
mod accounts;
mod agent;
mod answer;
mod bring_back;
mod comparison;
mod compress;
mod cookies;
mod correction;
mod create;
mod document;
mod documents;
mod door;
mod editor;
mod fields;
mod hold;
mod invitation;
mod journal;
mod kept;
mod moment;
mod moving;
mod origin;
mod outcome;
mod overview;
pub mod paths;
mod person;
mod publish;
mod receipt;
mod redact;
mod releases;
mod render;
mod review;
mod revisions;
pub mod routes;
mod settings;
mod shell;
mod shown;
mod staff;
mod states;
mod view;
mod when;
mod whence;
mod withdraw;
mod words;

use std::sync::Arc;

use sqlx::PgPool;

use super::Site;

pub use invitation::path as invitation_path;
pub use routes::router;

/// What every request of the desk shares.
#[derive(Debug)]
pub struct Desk {
    /// The public site, for its settings.
    site: Arc<Site>,
    /// The role that reads and writes the record.
    pub(super) pool: PgPool,
    /// Room for forms that are not answered yet.
    forms: hold::Room,
}

impl Desk {
    /// The desk of a site.
    #[must_use]
    pub const fn new(site: Arc<Site>, pool: PgPool) -> Self {
        Self {
            site,
            pool,
            forms: hold::Room::new(),
        }
    }

    /// Whether a password may be sent here: over TLS, or without leaving this machine.
    fn may_sign_in(&self) -> bool {
        self.site.origin.is_secure() || self.site.origin.is_loopback()
    }
}
