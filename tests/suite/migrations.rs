//! Each migration, on a database full of what the one before allowed.

use mandat::database::{MIGRATOR, Pools, migrate};
use mandat::error::Error;
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};

use crate::support::database::{TestDatabase, named_roles, roles};
use crate::support::server;

/// Rows for every table that each migration adds.
const SAMPLES: &[&str] = &[
    "",
    "begin;
     insert into account (name) values ('Rédactrice');
     insert into document (id, kind, key) values (1, 'statement', 'mission'), (2, 'list', 'mandates'),
         (3, 'representative', null);
     insert into anchor values ('titre', 1), ('liste', 2), ('homme', 3);
     insert into revision (document_id, number, parent, slug_fr, english, author) values
         (1, 1, null, null, 'present', 2), (1, 2, 1, null, 'to-follow', 2), (2, 1, null, null, 'present', 1),
         (3, 1, null, 'jean', 'none', 1);
     insert into passage (document_id, number, part, position, anchor, fr, en, en_basis) values
         (1, 1, 'title', 1, 'titre', 'Mission', 'Mission', 1), (1, 2, 'title', 1, 'titre', 'La mission', null, null),
         (2, 1, 'title', 1, 'liste', 'Mandats', 'Mandates', 1), (3, 1, 'title', 1, 'homme', 'Jean', 'Jean', 1);
     insert into list_item values (2, 1, 1, 3);
     insert into representative_detail values (3, 1, '2024-01-01', null, null);
     update revision set digest = revision_digest(document_id, number);
     commit",
    "begin;
     insert into address (path, document_id, language, slug) values
         ('/fr/mission', 1, 'fr', null), ('/en/mission', 1, 'en', null), ('/fr/mandats', 2, 'fr', null),
         ('/en/mandates', 2, 'en', null), ('/fr/jean', 3, 'fr', 'jean'), ('/en/jean', 3, 'en', 'jean');
     select take_instant('{1,2,3}');
     insert into release (at, taken_at, author) values
         (deed_instant(), deed_instant(), 1), (deed_instant() + interval '1 day', deed_instant(), 2),
         (deed_instant() + interval '2 days', deed_instant(), 2), (deed_instant() + interval '3 days', deed_instant(), 2);
     set constraints publication_one_text_at_a_time deferred;
     insert into publication (document_id, number, period, release_id, note_fr, note_en)
     select p.document_id, p.number, tstzrange(r.at, null), r.id, 'Début', 'Start'
       from (values (1, 1, 1), (2, 1, 1), (3, 1, 1), (1, 2, 2), (1, 2, 4)) as p (document_id, number, release_id)
       join release r on r.id = p.release_id;
     insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en) values (2, 3, 'withdrawn', 'Caduc', 'Lapsed');
     select settle(id) from document;
     update publication set cancelled_at = deed_instant() where release_id = 4;
     update release set cancelled_at = deed_instant() where id = 4;
     select settle(1);
     commit",
    "begin;
     select take_instant('{}');
     insert into redaction (document_id, anchor, author, ground) values (3, 'homme', 1, 'Loi');
     update passage set fr = null, en = null, salt = null where anchor = 'homme';
     commit",
    "",
    "begin;
     select take_instant('{}');
     insert into redaction (document_id, anchor, author, ground) values (2, 'liste', 1, 'Loi');
     update passage set fr = null, en = null, salt = null where anchor = 'liste';
     commit",
    "",
    "",
    "begin;
     insert into account (name, email, role, password) values
         ('Administratrice', 'admin@exemple.ca', 'administrator', '$argon2id$'), ('Autrice', 'autrice@exemple.ca', 'author', null);
     insert into session (token, account_id, browser) values (sha256('a'), 3, 'Firefox');
     insert into one_time_link (token, account_id, expires_at) values (sha256('b'), 4, instant()), (sha256('c'), null, instant());
     insert into throttle (subject, failures, last_at) values (sha256('d'), 2.5, instant());
     insert into known_browser (token, account_id) values (sha256('e'), 3);
     insert into kept_form (browser, account_id, path, sealed) values (sha256('f'), 3, '/admin/fr', 'x');
     commit",
    "begin;
     insert into journal (account_id, deed, document_id, number, release_id, form_id) values
         (4, 'submit', 1, 2, null, gen_random_uuid()), (3, 'publish', null, null, 1, null);
     insert into review (document_id, number, digest, step, account_id, remark)
     select document_id, number, digest, 'returned', 3, 'À revoir' from revision where document_id = 1 and number = 2;
     insert into autosave (account_id, document_id, form) values (4, 1, 'fr=Mission');
     insert into presence (account_id, document_id) values (4, 1);
     commit",
    "begin;
     select take_instant('{3}');
     insert into release (at, taken_at, author) values (deed_instant() + interval '4 days', deed_instant(), 1);
     insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en, successor_id)
     select 3, max(id), 'withdrawn', 'Départ', 'Departure', 1 from release;
     select settle(3);
     commit",
    "",
    "",
    "",
    "",
    "begin;
     insert into anchor values ('corps', 1);
     insert into revision (document_id, number, parent, english, author) values (1, 3, 2, 'to-follow', 2);
     insert into passage (document_id, number, part, position, anchor, fr) values
         (1, 3, 'title', 1, 'titre', 'La mission'), (1, 3, 'body', 1, 'corps', 'À Zanzibar');
     update revision set digest = revision_digest(document_id, number) where digest is null;
     insert into journal (account_id, deed, document_id, number, detail) values (3, 'return', 1, 3, 'Sans Zanzibar');
     select take_instant('{}');
     insert into redaction (document_id, anchor, author, ground) values (1, 'corps', 1, 'Loi');
     update passage set fr = null, en = null, salt = null where anchor = 'corps';
     insert into autosave (account_id, document_id, form) values (4, 2, 'fr=Mandats');
     commit",
    "",
    "begin;
     insert into revision (document_id, number, parent, english, author, correction) values (1, 4, 2, 'none', 2, true);
     insert into passage (document_id, number, part, position, anchor, fr) values (1, 4, 'title', 1, 'titre', 'La mission');
     update revision set digest = revision_digest(document_id, number) where digest is null;
     commit",
    "insert into autosave (account_id, document_id, correction, form) values (4, 2, true, 'fr=Les mandats')",
    "begin;
     select take_instant('{3}');
     update release set at = at + interval '1 day' where id = (select max(id) from release);
     select settle(3);
     commit",
    "begin;
     insert into revision (document_id, number, parent, english, author, abandons) values (1, 5, 2, 'none', 2, 3);
     insert into passage (document_id, number, part, position, anchor, fr) values (1, 5, 'title', 1, 'titre', 'La mission');
     update revision set digest = revision_digest(document_id, number) where digest is null;
     commit",
    "",
];

async fn run(connection: &mut PgConnection, sql: &str) {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await;
    if let Err(error) = done {
        panic!("{error}: {sql}");
    }
}

async fn list(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
        .fetch_all(connection)
        .await
        .unwrap()
}

/// Every table of ours with its columns, in a select that digests its rows.
pub async fn shape(connection: &mut PgConnection) -> Vec<String> {
    let tables =
        "select format('select concat(''%1$s '', count(*), '' '', md5(string_agg(t::text, '' '' order by t::text)))
                                   from (select %2$s from %1$s) t', relname, string_agg(attname, ', ' order by attnum))
                    from pg_class join pg_attribute on attrelid = pg_class.oid
                   where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> '_sqlx_migrations'
                     and attnum > 0 and not attisdropped
                   group by relname order by relname";
    list(connection, tables).await
}

/// The rows of tables of this shape, digested.
pub async fn contents(connection: &mut PgConnection, shape: &[String]) -> Vec<String> {
    let mut contents = Vec::new();
    for rows in shape {
        contents.extend(list(connection, rows).await);
    }
    contents
}

/// Brings a database through the first migrations.
pub async fn apply(connection: &mut PgConnection, migrations: usize) {
    let migrations = MIGRATOR.iter().take(migrations).cloned().collect();
    Migrator::with_migrations(migrations).run(connection).await.unwrap();
}

/// A database in whose every table the samples of each migration stand.
pub async fn filled() -> PgConnectOptions {
    let options = TestDatabase::bare().await;
    let mut owner = options.connect().await.unwrap();
    for (applied, samples) in (1..).zip(SAMPLES.iter().copied()) {
        apply(&mut owner, applied).await;
        run(&mut owner, samples).await;
    }
    options
}

async fn migrate_twice_at_once(options: &PgConnectOptions) {
    let roles = roles();
    let (one, other) = tokio::join!(migrate(options, &roles), migrate(options, &roles));
    one.and(other).unwrap();
}

#[tokio::test]
async fn each_migration_keeps_what_was_there() {
    let options = TestDatabase::bare().await;
    let mut owner = options.connect().await.unwrap();
    assert_eq!(MIGRATOR.iter().count(), SAMPLES.len(), "each migration has its samples");
    for (applied, samples) in (1..).zip(SAMPLES.iter().copied()) {
        let columns = shape(&mut owner).await;
        let before = contents(&mut owner, &columns).await;
        apply(&mut owner, applied).await;
        let after = contents(&mut owner, &columns).await;
        assert_eq!(before, after, "migration {applied} changes what was there");
        run(&mut owner, samples).await;
        let columns = shape(&mut owner).await;
        for table in contents(&mut owner, &columns).await {
            assert!(
                !table.contains(" 0 "),
                "migration {applied} adds a table without a sample: {table}"
            );
        }
    }
    let columns = shape(&mut owner).await;
    let before = contents(&mut owner, &columns).await;
    for _ in 0..2 {
        migrate(&options, &roles()).await.unwrap();
    }
    migrate_twice_at_once(&options).await;
    assert_eq!(contents(&mut owner, &columns).await, before);
    let pools = Pools::open(&options, &roles());
    let mut site = pools.site.acquire().await.unwrap();
    let shown = "select document_id::text from site.publication order by document_id";
    assert_eq!(list(&mut site, shown).await, ["1", "2", "3"]);
}

#[tokio::test]
async fn two_may_migrate_a_new_database_at_once() {
    let options = TestDatabase::bare().await;
    migrate_twice_at_once(&options).await;
}

/// Options that connect as a login of this name, which may not create roles and owns the database.
async fn plain_owner(name: &str) -> (PgConnectOptions, PgConnection) {
    let options = TestDatabase::bare().await;
    let mut administrator = server::administrator().await.connect().await.unwrap();
    let database = options.get_database().unwrap();
    let create = format!(
        "create role {name} nologin nocreaterole; grant {name} to mandat; alter database {database} owner to {name}"
    );
    run(&mut administrator, &create).await;
    (options.options([("role", name)]), administrator)
}

#[tokio::test]
async fn an_owner_who_may_not_create_roles_is_told_what_to_ask_for() {
    let (options, mut administrator) = plain_owner("plain_owner").await;
    let roles = named_roles("plain-desk", "plain-site");
    let Err(Error::Setup(sentence)) = migrate(&options, &roles).await else {
        panic!("the roles cannot be there");
    };
    // The administrator does what the sentence says.
    let sql = sentence.lines().find(|line| line.contains("create role")).unwrap();
    run(&mut administrator, &sql.replace("<this login>", "plain_owner")).await;
    migrate(&options, &roles).await.unwrap();
    let pools = Pools::open(&options, &roles);
    let mut site = pools.site.acquire().await.unwrap();
    assert_eq!(list(&mut site, "select current_user::text").await, ["plain-site"]);
    // Whoever is not the owner has nothing to do where all is done.
    let desk = options.options([("role", "plain-desk")]);
    migrate(&desk, &roles).await.unwrap();
}

#[tokio::test]
async fn everything_that_can_refuse_has_a_chosen_name() {
    let mut owner = TestDatabase::empty().await.as_owner().await;
    let written: String = MIGRATOR.iter().map(|migration| migration.sql.as_str()).collect();
    let words: Vec<&str> = written
        .split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .collect();
    let chosen = "
        select conname::text from pg_constraint c join pg_class t on t.oid = c.conrelid
         where t.relnamespace = 'public'::regnamespace and t.relname <> '_sqlx_migrations' and c.contype <> 'n'
        union select i.relname::text from pg_index x join pg_class i on i.oid = x.indexrelid
         where i.relnamespace = 'public'::regnamespace and i.relname !~ '^_sqlx_'
        union select tgname::text from pg_trigger where not tgisinternal";
    let names = list(&mut owner, chosen).await;
    assert!(names.len() > 80, "{}", names.len());
    let unchosen: Vec<_> = names.iter().filter(|name| !words.contains(&name.as_str())).collect();
    assert_eq!(unchosen, [""; 0]);
}
