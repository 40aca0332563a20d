//! Pools and roles, migrations, and the private PostgreSQL of a machine that has no `DATABASE_URL`.

pub mod archive;
pub mod embedded;

use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgConnection, PgPool};

use crate::error::{Error, Result};

/// Every migration, in order; the binary carries them.
pub static MIGRATOR: Migrator = sqlx::migrate!("./migrations");

/// The oldest PostgreSQL that Mandat speaks to, as `server_version_num` counts.
const OLDEST_SERVER: i32 = 150_000;

/// The name of a role, as PostgreSQL keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleName(String);

impl RoleName {
    /// The longest name in bytes: of a longer one PostgreSQL silently keeps the beginning.
    const LONGEST: usize = 63;

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RoleName {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        if text.is_empty() || text.len() > Self::LONGEST || text.contains('\0') {
            return Err(format!("the name of a role has 1 to {} bytes", Self::LONGEST));
        }
        if text.starts_with("pg_") || ["public", "none"].contains(&text) {
            return Err("PostgreSQL keeps this name for itself".to_owned());
        }
        Ok(Self(text.to_owned()))
    }
}

/// The two roles that everything but `migrate` works in. Roles belong to a whole cluster, so their names are settings.
#[derive(Debug, Clone)]
pub struct Roles {
    desk: RoleName,
    site: RoleName,
}

impl Roles {
    /// Two roles, which are never one: the site's would see what is not public yet.
    #[must_use]
    pub fn new(desk: RoleName, site: RoleName) -> Option<Self> {
        (desk != site).then_some(Self { desk, site })
    }

    /// Reads and writes the record; cannot change its schema.
    #[must_use]
    pub fn desk(&self) -> &str {
        self.desk.as_str()
    }

    /// Sees what has begun and was not cancelled, and nothing else.
    #[must_use]
    pub fn site(&self) -> &str {
        self.site.as_str()
    }
}

/// One pool for each role.
#[derive(Debug, Clone)]
pub struct Pools {
    /// Deeds, and reading what the public may not see.
    pub desk: PgPool,
    /// Everything that readers see.
    pub site: PgPool,
}

impl Pools {
    /// Opens both pools; connections are made when first needed.
    #[must_use]
    pub fn open(options: &PgConnectOptions, roles: &Roles) -> Self {
        Self {
            desk: pool(options, roles.desk(), 8, false),
            site: Self::readers(options, roles),
        }
    }

    /// The pool of readers alone: all that a replica is for.
    #[must_use]
    pub fn readers(options: &PgConnectOptions, roles: &Roles) -> PgPool {
        pool(options, roles.site(), 16, true)
    }
}

fn pool(options: &PgConnectOptions, role: &str, connections: u32, reads_only: bool) -> PgPool {
    let role = role.to_owned();
    // What readers ask takes longer to plan than to answer. The desk's questions may lack conditions, which only a plan of its
    // own makes use of; those of readers never do.
    let (forbids_writing, plans) = if reads_only {
        ("on", "force_generic_plan")
    } else {
        ("off", "auto")
    };
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(3))
        .after_connect(move |connection, _| {
            let role = role.clone();
            Box::pin(async move {
                // Compiling a plan takes longer than any of ours runs.
                sqlx::query!(
                    "select set_config(setting.name, setting.value, false)
                       from (values ('role', $1::text), ('search_path', 'public'), ('timezone', 'UTC'),
                                    ('statement_timeout', '10s'), ('jit', 'off'),
                                    ('default_transaction_read_only', $2::text), ('plan_cache_mode', $3::text))
                            as setting (name, value)",
                    role,
                    forbids_writing,
                    plans,
                )
                .fetch_all(connection)
                .await?;
                Ok(())
            })
        })
        .connect_lazy_with(options.clone())
}

/// Brings a database up to date, and gives the two roles their rights. The only part of Mandat that acts as owner.
///
/// # Errors
/// [`Error::Setup`] where the server is too old, where the login may not migrate, or where the administrator must
/// create the roles: the sentence then holds the SQL to run.
pub async fn migrate(options: &PgConnectOptions, roles: &Roles) -> Result<()> {
    let mut connection = connect(options).await?;
    if is_current(&mut connection).await? {
        return Ok(());
    }
    MIGRATOR
        .run(&mut connection)
        .await
        .map_err(|error| Error::Setup(format!("the database cannot be migrated: {error}")))?;
    for role in [roles.desk(), roles.site()] {
        let ensured = sqlx::query!("select ensure_role($1::text::name)", role)
            .execute(&mut connection)
            .await;
        ensured.map_err(|error| explain_role(error, roles))?;
    }
    sqlx::query!(
        "select grant_roles($1::text::name, $2::text::name), grant_readers($1::text::name, $2::text::name),
                grant_accounts($1::text::name), grant_drafting($1::text::name), grant_listeners($1::text::name)",
        roles.desk(),
        roles.site()
    )
    .execute(&mut connection)
    .await?;
    Ok(())
}

/// A database by its name and its server, for operators: never its password.
#[must_use]
pub fn named(options: &PgConnectOptions) -> String {
    let database = options.get_database().unwrap_or_else(|| options.get_username());
    match options.get_socket() {
        Some(socket) => format!("the database `{database}` at {}", socket.display()),
        None => format!(
            "the database `{database}` at {}:{}",
            options.get_host(),
            options.get_port()
        ),
    }
}

async fn connect(options: &PgConnectOptions) -> Result<PgConnection> {
    let mut connection = options
        .connect()
        .await
        .map_err(|error| Error::Setup(format!("{} cannot be reached: {error}", named(options))))?;
    // What was there already is no news at each start.
    sqlx::query!("select set_config('client_min_messages', 'warning', false)")
        .fetch_one(&mut connection)
        .await?;
    let version = server_version(&mut connection).await?;
    if version < OLDEST_SERVER {
        let reason = format!("PostgreSQL {} is too old: Mandat needs 15 or later", version / 10_000);
        return Err(Error::Setup(reason));
    }
    Ok(connection)
}

/// The server's version as it counts: 150004 for 15.4.
async fn server_version(connection: &mut PgConnection) -> Result<i32> {
    let version = sqlx::query_scalar!(r#"select current_setting('server_version_num')::int as "version!""#);
    Ok(version.fetch_one(connection).await?)
}

/// Whether this login may act as the owner of the schema; also where there is none yet.
async fn owns(connection: &mut PgConnection) -> Result<bool> {
    let owned = sqlx::query_scalar!(
        r#"select coalesce((select pg_has_role(current_user, relowner, 'usage') from pg_class
                             where oid = to_regclass('public._sqlx_migrations')), true) as "owned!""#,
    );
    Ok(owned.fetch_one(connection).await?)
}

/// Whether this login is not the owner and the schema is this program's: then there is nothing for it to do here.
async fn is_current(connection: &mut PgConnection) -> Result<bool> {
    if owns(connection).await? {
        return Ok(false);
    }
    let applied: Vec<i64> = sqlx::query_scalar!("select version from _sqlx_migrations where success order by version")
        .fetch_all(connection)
        .await?;
    let wanted: Vec<i64> = MIGRATOR.iter().map(|migration| migration.version).collect();
    if applied == wanted {
        Ok(true)
    } else {
        Err(Error::Setup(
            "the database is not of this version: run `mandat migrate` as its owner".to_owned(),
        ))
    }
}

/// Where the owner may not create roles, the administrator can: in these words.
fn explain_role(error: sqlx::Error, roles: &Roles) -> Error {
    let denied = error
        .as_database_error()
        .and_then(|error| error.code().map(|code| code == "42501"))
        .unwrap_or(false);
    if !denied {
        return error.into();
    }
    let (desk, site) = (roles.desk().replace('"', "\"\""), roles.site().replace('"', "\"\""));
    Error::Setup(format!(
        "this login may not create the roles that Mandat works in. As administrator of the cluster, run\n  \
         create role \"{desk}\" nologin; create role \"{site}\" nologin; grant \"{desk}\", \"{site}\" to <this login>;\n\
         and then `mandat migrate` again"
    ))
}
