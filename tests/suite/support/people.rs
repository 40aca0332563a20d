//! Who sits in front of the browsers: people with accounts, at nodes in this process.

use std::sync::Arc;

use axum::Router;
use mandat::i18n::Language;
use mandat::model::{AccountId, Role, account};
use mandat::web::{Desk, Site, desk, router};
use mandat::workflow::accounts::password::Password;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;

use super::browser::{Browser, PASSWORD};
use super::database::TestDatabase;
use super::visitor::ORIGIN;

/// Both halves of one node, over these pools.
fn node(site: PgPool, desk: PgPool, origin: &str) -> Router {
    let site = Arc::new(Site::new(site, origin.parse().unwrap(), false, Vec::new()));
    let desk = Arc::new(Desk::new(Arc::clone(&site), desk));
    router(site).merge(desk::router(&desk))
}

/// A pool whose database is gone.
fn gone() -> PgPool {
    PgPool::connect_lazy_with(PgConnectOptions::new_without_pgpass().socket("/nowhere"))
}

impl Browser {
    /// A browser in which nobody has signed in, in front of a node of its own.
    pub fn new(database: &TestDatabase) -> Self {
        Self::of(database, ORIGIN)
    }

    /// The same, in front of a node with another origin.
    pub fn of(database: &TestDatabase, origin: &str) -> Self {
        let pools = database.pools.clone();
        Self::to(node(pools.site, pools.desk, origin))
    }

    /// A browser in which somebody of this role has signed in, through the door.
    pub async fn signed_in(database: &TestDatabase, role: Role) -> Self {
        let browser = Self::new(database);
        let email = format!("{}@exemple.ca", role.word());
        if account::by_email(&database.pools.desk, &email).await.unwrap().is_none() {
            person(database, &email, role).await;
        }
        browser.sign_in(&email, PASSWORD).await.is(303);
        browser
    }

    /// The same browser, in front of a node whose database is gone.
    pub fn without_database(self) -> Self {
        self.before(node(gone(), gone(), ORIGIN))
    }

    /// The same browser, in front of a node that has no database for readers.
    pub fn without_readers(self, database: &TestDatabase) -> Self {
        self.before(node(gone(), database.pools.desk.clone(), ORIGIN))
    }
}

/// Opens an account with [`PASSWORD`].
pub async fn person(database: &TestDatabase, email: &str, role: Role) -> AccountId {
    let hash = Password::choose(PASSWORD, &[]).ok().unwrap().hash().await.unwrap();
    let name = format!("Personne {}", role.word());
    account::open(&database.pools.desk, email, &name, role, Language::French, Some(&hash))
        .await
        .unwrap()
}
