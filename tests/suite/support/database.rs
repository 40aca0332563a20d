//! A database for each test, cloned from one that was migrated once.

use std::sync::atomic::{AtomicU32, Ordering};

use mandat::database::{Pools, Roles, migrate};
use mandat::model::manuscript::Manuscripts;
use mandat::workflow::import::{Target, import};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use tokio::sync::{Mutex, OnceCell};

use super::server;

/// The database that the others are cloned from.
const TEMPLATE: &str = "template_mandat";

static MIGRATED: OnceCell<()> = OnceCell::const_new();
static CLONED: AtomicU32 = AtomicU32::new(0);
/// PostgreSQL refuses to clone a database twice at the same time.
static CLONING: Mutex<()> = Mutex::const_new(());

/// A migrated database of one test.
pub struct TestDatabase {
    /// How to connect as its owner.
    pub owner: PgConnectOptions,
    /// The pools of the desk and of the site.
    pub pools: Pools,
}

/// The roles of every test database; they belong to the test server's cluster.
pub fn roles() -> Roles {
    named_roles("mandat_desk", "mandat_site")
}

/// Roles of other names.
pub fn named_roles(desk: &str, site: &str) -> Roles {
    Roles::new(desk.parse().unwrap(), site.parse().unwrap()).unwrap()
}

impl TestDatabase {
    /// An empty database, migrated.
    pub async fn empty() -> Self {
        MIGRATED
            .get_or_init(async || {
                create(TEMPLATE, "template0").await;
                migrate(&owner(TEMPLATE).await, &roles()).await.unwrap();
            })
            .await;
        let name = format!("test_{}", CLONED.fetch_add(1, Ordering::Relaxed));
        create(&name, TEMPLATE).await;
        let owner = owner(&name).await;
        let pools = Pools::open(&owner, &roles());
        Self { owner, pools }
    }

    /// A database that was never migrated, in a cluster that has the roles: how to connect as its owner.
    pub async fn bare() -> PgConnectOptions {
        Self::empty().await;
        let name = format!("bare_{}", CLONED.fetch_add(1, Ordering::Relaxed));
        create(&name, "template0").await;
        owner(&name).await
    }

    /// A database with the founding content.
    pub async fn founded() -> Self {
        let database = Self::empty().await;
        let founding = Manuscripts::read("migrations/founding".as_ref()).unwrap();
        import(&database.pools.desk, &founding, Target::EmptyDatabase)
            .await
            .unwrap();
        database
    }

    /// The same, with the awkward cases on top.
    pub async fn awkward() -> Self {
        let database = Self::founded().await;
        let awkward = Manuscripts::read("tests/data/awkward".as_ref()).unwrap();
        import(&database.pools.desk, &awkward, Target::AnyDatabase)
            .await
            .unwrap();
        database
    }

    /// Runs SQL as owner, in one transaction.
    pub async fn run(&self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(format!("begin; {sql}; commit")))
            .execute(&mut self.as_owner().await)
            .await
            .unwrap();
    }

    /// Ends a document's text without another, as the desk will: `removed`, or `withdrawn`.
    pub async fn withdraw(&self, document: i64, kind: &str, successor: Option<i64>) {
        let successor = successor.map_or("null".to_owned(), |successor| successor.to_string());
        self.run(&format!(
            "select take_instant(array[{document}]);
             with begun as (insert into release (at, taken_at, author)
                            select deed_instant(), deed_instant(), id from account where name = 'importer' returning id)
             insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en, successor_id)
             select {document}, id, '{kind}', 'Le motif d’essai.', 'The reason of a test.', {successor} from begun;
             select settle({document})"
        ))
        .await;
    }

    /// A connection as owner, for what no pool of ours may do.
    pub async fn as_owner(&self) -> PgConnection {
        self.owner.connect().await.unwrap()
    }

    /// Stops the database's clock at an instant such as `2026-03-01T12:00:00Z`.
    pub async fn set_clock(&self, instant: &str) {
        let stopped = format!(
            "create or replace function instant() returns timestamptz language sql volatile return timestamptz '{instant}'"
        );
        self.run(&stopped).await;
    }
}

async fn owner(name: &str) -> PgConnectOptions {
    server::shared().await.connect_options().database(name)
}

async fn create(name: &str, template: &str) {
    let _cloning = CLONING.lock().await;
    let mut administrator = server::administrator().await.connect().await.unwrap();
    let create = format!("create database {name} template {template} owner mandat");
    sqlx::raw_sql(AssertSqlSafe(create))
        .execute(&mut administrator)
        .await
        .unwrap();
    administrator.close().await.unwrap();
}
