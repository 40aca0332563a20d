//! `backup` while others read and write, and the site that `restore` makes of it.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use mandat::database::Pools;
use mandat::model::manuscript::Manuscripts;
use mandat::workflow::import::{Target, import};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};

use super::program::{Running, mandat, run};
use super::{assert_refused, url, url_of};
use crate::migrations::{contents, filled, shape};
use crate::public::crawl::Crawl;
use crate::support::database::{TestDatabase, roles};
use crate::support::folder;
use crate::support::processes::assert_none_left;
use crate::support::visitor::{Visitor, asking};
use crate::traces;

/// What no link of a page leads to.
const UNLINKED: [&str; 5] = [
    "/",
    "/sitemap.xml",
    "/robots.txt",
    "/api/v1/documents",
    "/api/v1/releases",
];

/// A command on a database of one's own.
pub fn on(options: &PgConnectOptions, command: &str, file: &Path) -> Command {
    let mut program = mandat(&[command]);
    program.arg(file).env("DATABASE_URL", url_of(options));
    program
}

/// Publishes a new page, as one release.
async fn publish(database: &TestDatabase, number: u32) {
    let letters: String = number
        .to_string()
        .bytes()
        .map(|digit| char::from(digit - b'0' + b'a'))
        .collect();
    let page = format!(
        "number = {number}\nkind = \"page\"\nenglish = \"present\"\n\
         slug = {{ fr = \"page-{number}\", en = \"page-{number}\" }}\n\
         [[title]]\nanchor = \"zz{letters}\"\nfr = \"Page {number}\"\nen = \"Page {number}\"\n"
    );
    let page = Manuscripts::parse([("page.toml".into(), page)]).unwrap();
    import(&database.pools.desk, &page, Target::AnyDatabase).await.unwrap();
}

/// A record with versions, removed words, ended texts and awkward ones, whose clock runs.
async fn rich() -> TestDatabase {
    let database = traces::redacted().await;
    let runs =
        "create or replace function instant() returns timestamptz language sql volatile return clock_timestamp()";
    database.run(runs).await;
    let awkward = Manuscripts::read("tests/data/awkward".as_ref()).unwrap();
    import(&database.pools.desk, &awkward, Target::AnyDatabase)
        .await
        .unwrap();
    database.withdraw(5, "withdrawn", Some(6)).await;
    database.withdraw(7, "removed", None).await;
    database
}

async fn one(connection: &mut PgConnection, question: &'static str) -> String {
    sqlx::query_scalar(question).fetch_one(connection).await.unwrap()
}

/// Every public output, as a crawler and a machine find them.
async fn outputs(database: &TestDatabase) -> Crawl {
    let visitor = Visitor::new(database);
    let mut asked: Vec<String> = UNLINKED.map(str::to_owned).into();
    asked.push(asking("/fr/recherche", &[("q", "relations internationales")]));
    asked.push(asking("/en/search", &[("q", "mandate")]));
    Crawl::from(&visitor, asked).await
}

/// Sees that two sites are one, byte for byte.
fn assert_same(one: &Crawl, other: &Crawl) {
    let paths = |crawl: &Crawl| crawl.answers().keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(one), paths(other));
    assert!(one.answers().len() > 200, "{} outputs", one.answers().len());
    for (path, answer) in one.answers() {
        let same = &other.answers()[path];
        assert_eq!((answer.status, &answer.headers), (same.status, &same.headers), "{path}");
        assert_eq!(answer.body, same.body, "{path}");
    }
}

#[tokio::test]
async fn a_backup_under_load_restores_to_the_same_site() {
    let database = rich().await;
    let folder = folder();
    let file = folder.path().join("charge.mandat");
    publish(&database, 900).await;
    let program = on(&database.owner, "backup", &file);
    let backup = tokio::task::spawn_blocking(move || run(program));
    let mut published = 1;
    while !backup.is_finished() {
        publish(&database, 900 + published).await;
        published += 1;
    }
    let ended = backup.await.unwrap();
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    publish(&database, 900 + published).await;

    let owner = TestDatabase::bare().await;
    let ended = run(on(&owner, "restore", &file));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let pools = Pools::open(&owner, &roles());
    let restored = TestDatabase { owner, pools };
    let mut connection = restored.as_owner().await;
    let counts = "select concat(count(distinct r.*), ' revisions and ', count(p.*) filter (where p.salt is not null), ' passages')
                    from revision r left join passage p on (p.document_id, p.number) = (r.document_id, r.number)";
    let counts = one(&mut connection, counts).await;
    assert!(
        ended.stdout.contains(&format!("{counts} checked")),
        "{counts}: {}",
        ended.stdout
    );
    let pages: u32 = one(&mut connection, "select count(*)::text from document where id >= 900")
        .await
        .parse()
        .unwrap();
    assert!(
        (1..=published).contains(&pages),
        "{pages} of {published}: it was taken between two releases"
    );

    // A public page follows from the record and the instant, and no later release shows at the last one of the backup.
    let last = "select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from release";
    let last = one(&mut connection, last).await;
    database.set_clock(&last).await;
    restored.set_clock(&last).await;
    assert_same(&outputs(&database).await, &outputs(&restored).await);

    // It goes on where it was: its numbers follow.
    publish(&restored, 990).await;
    Visitor::new(&restored).get("/fr/page-990").await.is(200);
}

#[tokio::test]
async fn every_table_comes_back_as_it_was_with_its_guards() {
    let full = filled().await;
    let folder = folder();
    let file = folder.path().join("tout.mandat");
    let ended = run(on(&full, "backup", &file));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let empty = TestDatabase::bare().await;
    let mut restored = empty.connect().await.unwrap();
    // An administrator may have brought the extensions already.
    sqlx::raw_sql("create extension pg_trgm; create extension unaccent; create extension btree_gist")
        .execute(&mut restored)
        .await
        .unwrap();
    let ended = run(on(&empty, "restore", &file));
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let mut full = full.connect().await.unwrap();
    let shape = shape(&mut full).await;
    assert_eq!(contents(&mut restored, &shape).await, contents(&mut full, &shape).await);
    let refused = sqlx::raw_sql("update revision set slug_fr = 'autre'")
        .execute(&mut restored)
        .await
        .unwrap_err();
    assert_eq!(crate::support::record::name(&refused), "revision_is_immutable");
}

#[test]
fn an_embedded_site_is_backed_up_while_it_serves_and_restored_elsewhere() {
    let (kept, fresh) = (folder(), folder());
    let file = kept.path().join("site.mandat");
    let origin = [("MANDAT_ORIGIN", "https://mandat.example")];
    let mut served = Running::serve(kept.path(), &origin);
    let backup = |file: &Path| {
        let mut program = mandat(&["backup"]);
        program.arg(file).arg("--data").arg(kept.path());
        run(program)
    };
    let ended = backup(&file);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stdout.contains("site.mandat"), "{}", ended.stdout);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);

    // Nothing is written over, not even a link that leads nowhere.
    let whole = std::fs::read(&file).unwrap();
    assert_refused(&backup(&file), 1, &["site.mandat", "exists already"]);
    assert_eq!(std::fs::read(&file).unwrap(), whole);
    let link = kept.path().join("lien");
    std::os::unix::fs::symlink(kept.path().join("ailleurs"), &link).unwrap();
    assert_refused(&backup(&link), 1, &["exists already"]);
    assert!(!kept.path().join("ailleurs").exists());
    assert_refused(&backup(&kept.path().join("nulle/part")), 1, &["cannot be written"]);

    let restore = |data: &Path| {
        let mut program = mandat(&["restore"]);
        program.arg(&file).arg("--data").arg(data);
        run(program)
    };
    assert_refused(&restore(kept.path()), 1, &["is not empty", "--data"]);
    let ended = restore(fresh.path());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert_none_left(fresh.path());
    let mut restored = Running::serve(fresh.path(), &origin);
    let body = |served: &mut Running| served.get("/fr/mandats").split_once("\r\n\r\n").unwrap().1.to_owned();
    assert_eq!(body(&mut restored), body(&mut served));
}

#[tokio::test]
async fn a_password_travels_in_the_environment_alone() {
    let database = TestDatabase::empty().await;
    let folder = folder();
    for program in ["pg_dump", "pg_restore"] {
        let path = folder.path().join(program);
        let script = "#!/bin/sh\n[ \"$1\" = --version ] && { echo 'pg_dump (PostgreSQL) 99.1'; exit; }\n\
                      echo \"$PGPASSWORD in $PGDATABASE: $*\"\n";
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let file = folder.path().join("secret.mandat");
    let mut program = on(&database.owner, "backup", &file);
    let with_password = url(&database).replace("@localhost", ":can%40ri@localhost");
    program.env("DATABASE_URL", with_password).env("PG_BIN", folder.path());
    let ended = run(program);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let said = std::fs::read_to_string(&file).unwrap();
    let name = database.owner.get_database().unwrap();
    assert!(said.starts_with(&format!("can@ri in {name}: ")), "{said}");
    assert_eq!(said.matches("can").count(), 1, "{said}");
}
