//! What readers' role may see: what has begun and was not cancelled, and nothing else.

use sqlx::{AssertSqlSafe, PgConnection};

use crate::support::database::{TestDatabase, roles};
use crate::support::record::{NO_RIGHT, Record, name};

/// Every view of the schema `site`, and how many rows the scene below shows in it.
const VIEWS: [(&str, i64); 10] = [
    ("address", 10),
    ("change", 5),
    ("document", 5),
    ("list_item", 2),
    ("passage", 10),
    ("publication", 5),
    ("redaction", 1),
    ("release", 6),
    ("representative_detail", 1),
    ("withdrawal", 1),
];

/// All that readers must not know says `secret`, or is about document 5 (a draft) or 6 (cancelled).
/// Document 1 has a text scheduled for minute 60, document 7 a withdrawal.
async fn scene(database: &TestDatabase) -> Record {
    let mut record = Record::new(database).await;
    record
        .does(
            "select sample.document(1), sample.document(2, 'list'), sample.document(3, 'representative'), sample.document(4),
                    sample.document(5, 'representative'), sample.document(6), sample.document(7);
             select sample.revise(1), sample.revise(4), sample.revise(7);
             select sample.revise(5, null, 'present', 'secret', 'secret'), sample.revise(6, null, 'present', 'secret', 'secret');
             select sample.open(2); insert into list_item values (2, 1, 1, 5), (2, 1, 2, 1), (2, 1, 3, 6), (2, 1, 4, 3);
             select sample.seal(2, 1);
             select sample.open(3); insert into representative_detail values (3, 1, '2024-01-01', '2026-01-01', 5);
             select sample.seal(3, 1);
             select sample.start(r, d, 1) from sample.release() r, unnest(array[1, 2, 3, 4, 7]) d",
        )
        .await;
    record.at("5").await;
    record
        .does(
            "insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en, successor_id)
             values (4, sample.release(), 'withdrawn', 'Caduc', 'Lapsed', 6);
             select settle(4);
             select sample.publish(6, 1, sample.minute(60))",
        )
        .await;
    record.at("6").await;
    record
        .does(
            "select sample.cancel((select max(id) from release));
             insert into anchor values ('neuve', 1);
             insert into address (path, document_id, language, slug) values
                 ('/fr/secret', 1, 'fr', 'secret'), ('/en/secret', 1, 'en', 'secret');
             insert into revision (document_id, number, parent, slug_fr, english, author) values (1, 2, 1, 'secret', 'present', 1);
             insert into passage (document_id, number, part, position, anchor, fr, en, en_basis) values
                 (1, 2, 'title', 1, 'neuve', 'secret', 'secret', 2);
             select sample.seal(1, 2);
             set constraints publication_one_text_at_a_time deferred;
             insert into publication (document_id, number, period, release_id, note_fr, note_en)
             values (1, 2, tstzrange(sample.minute(60), null), sample.release(sample.minute(60)), 'secret', 'secret');
             select settle(1);
             select sample.revise(1, 2, 'present', 'secret', 'secret');
             insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en)
             values (7, sample.release(sample.minute(60)), 'removed', 'secret', 'secret');
             select settle(7);
             insert into redaction (document_id, anchor, author, ground) values
                 (1, 'boool', 1, 'Loi'), (1, 'neuve', 1, 'secret'), (6, 'booo6', 1, 'secret')",
        )
        .await;
    record.at("10").await;
    record
}

async fn site(database: &TestDatabase) -> sqlx::pool::PoolConnection<sqlx::Postgres> {
    database.pools.site.acquire().await.unwrap()
}

async fn run(connection: &mut PgConnection, sql: &str) -> Result<(), String> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut *connection)
        .await;
    done.map(|_| ()).map_err(|error| format!("{}: {error}", name(&error)))
}

async fn list(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned()))
        .fetch_all(connection)
        .await
        .unwrap()
}

#[tokio::test]
async fn nothing_ahead_is_seen() {
    let database = TestDatabase::empty().await;
    let _scene = scene(&database).await;
    let mut site = site(&database).await;
    for (view, rows) in VIEWS {
        let shown = list(&mut site, &format!("select to_jsonb(v)::text from site.{view} v")).await;
        assert_eq!(i64::try_from(shown.len()), Ok(rows), "{view}: {shown:#?}");
        for row in shown {
            assert!(!row.contains("secret"), "{view}: {row}");
            let value: serde_json::Value = serde_json::from_str(&row).unwrap();
            for key in ["document_id", "member_id", "successor_id", "id"] {
                // A publication's own number says nothing of a document.
                let apart = key == "id" && view == "publication";
                assert!(apart || !matches!(value[key].as_i64(), Some(5 | 6)), "{view}: {row}");
            }
        }
    }
    let ends = list(
        &mut site,
        "select document_id::text from site.publication where not upper_inf(period)",
    )
    .await;
    assert_eq!(ends, ["4"], "only what has ended has an end");
}

#[tokio::test]
async fn a_text_shows_exactly_at_its_instant() {
    let database = TestDatabase::empty().await;
    let _scene = scene(&database).await;
    let mut site = site(&database).await;
    let shown =
        "select concat_ws(' ', p.version, p.slug_fr, to_char(upper(p.period), 'HH24:MI:SS.US')) from site.publication p
                  where document_id in (1, 7) order by document_id, version";
    let addresses = "select path from site.address where slug = 'secret' order by path";
    let withdrawn = "select reason_fr from site.withdrawal where document_id = 7";
    for (clock, texts, ahead) in [
        ("2026-03-01T00:59:59.999999Z", vec!["1 texte-1", "1 texte-7"], 0),
        (
            "2026-03-01T01:00:00Z",
            vec!["1 texte-1 01:00:00.000000", "2 secret", "1 texte-7 01:00:00.000000"],
            1,
        ),
        (
            "2026-03-01T01:00:00.000001Z",
            vec!["1 texte-1 01:00:00.000000", "2 secret", "1 texte-7 01:00:00.000000"],
            1,
        ),
    ] {
        database.set_clock(clock).await;
        assert_eq!(list(&mut site, shown).await, texts, "{clock}");
        assert_eq!(list(&mut site, addresses).await.len(), 2 * ahead, "{clock}");
        assert_eq!(list(&mut site, withdrawn).await.len(), ahead, "{clock}");
        let passages = list(&mut site, "select anchor from site.passage where fr = 'secret'").await;
        assert_eq!(passages.len(), ahead, "{clock}");
    }
}

#[tokio::test]
async fn the_site_has_no_right_but_to_look() {
    let database = TestDatabase::empty().await;
    let mut owner = database.as_owner().await;
    let roles = roles();
    let role = roles.site();
    let own = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'";
    let relations = |rights: &str| {
        format!(
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where {own} and c.relkind in ('r', 'p', 'v', 'm', 'f') and ({rights}) order by c.relname"
        )
    };
    let everything = relations("n.nspname = 'site'");
    let readable = relations(&format!("has_any_column_privilege('{role}', c.oid, 'select')"));
    let views = VIEWS.map(|(view, _)| format!("site.{view}"));
    assert_eq!(list(&mut owner, &everything).await, views, "each has its line in VIEWS");
    assert_eq!(list(&mut owner, &readable).await, views);
    let writable = relations(&format!(
        "has_table_privilege('{role}', c.oid, 'delete, truncate, trigger')
         or has_any_column_privilege('{role}', c.oid, 'insert, update, references')"
    ));
    assert_eq!(list(&mut owner, &writable).await, [""; 0]);
    let without_barrier = relations(
        "n.nspname = 'site' and (c.relkind <> 'v' or not coalesce(c.reloptions, '{}') @> '{security_barrier=true}'
         or c.reloptions @> '{security_invoker=true}')",
    );
    assert_eq!(list(&mut owner, &without_barrier).await, [""; 0]);
    let sequences = format!(
        "select c.relname::text from pg_class c where case when c.relkind = 'S' then has_sequence_privilege('{role}', c.oid, 'usage, select, update') end"
    );
    assert_eq!(list(&mut owner, &sequences).await, [""; 0]);
    let schemas = format!(
        "select n.nspname::text from pg_namespace n where {own} and has_schema_privilege('{role}', n.oid, 'create')"
    );
    assert_eq!(list(&mut owner, &schemas).await, [""; 0]);
    let functions = format!(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
          where {own} and has_function_privilege('{role}', p.oid, 'execute')
            and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
          order by p.proname"
    );
    let expected = [
        "site.beginning()",
        "site.begun(timestamp with time zone,bigint,text,bigint)",
        "site.holds_announcement(bigint,text)",
        "instant()",
        "site.matching_words(text,text[],text,text[])",
        "site.nearest_passages(text,text)",
        "site.newest(timestamp with time zone,bigint,bigint)",
        "site.quoted_in(text,text[])",
        "site.release_instants(timestamp with time zone,bigint)",
        "site.search_texts(text,text[],text[],text[],timestamp with time zone)",
        "site.wordings(bigint[],text)",
    ];
    assert_eq!(list(&mut owner, &functions).await, expected);
    // Whoever runs a function with its owner's rights must not choose where that finds its tables.
    let unsafe_definers = format!(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
          where {own} and p.prosecdef and not coalesce(p.proconfig, '{{}}') @> array['search_path=public, pg_temp']"
    );
    assert_eq!(list(&mut owner, &unsafe_definers).await, [""; 0]);
}

#[tokio::test]
async fn the_site_can_neither_write_nor_reach_a_table() {
    let database = TestDatabase::empty().await;
    let _scene = scene(&database).await;
    let mut owner = database.as_owner().await;
    let mut site = site(&database).await;
    let tables = list(
        &mut owner,
        "select oid::regclass::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
    )
    .await;
    for table in tables {
        let read = run(&mut site, &format!("select from {table}")).await.unwrap_err();
        assert!(read.starts_with(NO_RIGHT), "{table}: {read}");
    }
    for (view, _) in VIEWS {
        for write in [
            format!("insert into site.{view} default values"),
            format!("delete from site.{view}"),
            format!("truncate site.{view}"),
        ] {
            let written = run(&mut site, &write).await.unwrap_err();
            // What can never be written is refused before rights are asked.
            assert!(
                [NO_RIGHT, "25006", "42809", "55000"]
                    .iter()
                    .any(|code| written.starts_with(code)),
                "{write}: {written}"
            );
            let insisted = run(&mut site, &format!("begin read write; {write}")).await.unwrap_err();
            assert!(!insisted.starts_with("25006"), "{write}: {insisted}");
            run(&mut site, "rollback").await.unwrap();
        }
    }
    for call in [
        "take_instant('{1}')",
        "settle(1)",
        "deed_instant()",
        "address_is_used(1, 'fr', 'secret')",
        "revision_digest(1, 2)",
    ] {
        let called = run(&mut site, &format!("select {call}")).await.unwrap_err();
        assert!(called.starts_with(NO_RIGHT), "{call}: {called}");
    }
}

/// Tries to hear of hidden rows from a function that tells whatever it is given, and is cheap enough to be asked first.
async fn overheard(site: &mut PgConnection) -> Vec<String> {
    run(
        site,
        "begin read write;
         create function pg_temp.tells(words text) returns boolean language plpgsql cost 0.0000001 as $$
             begin
                 if words ~ 'secret' then raise exception 'heard %', words; end if;
                 return true;
             end $$",
    )
    .await
    .unwrap();
    let mut heard = Vec::new();
    for (view, _) in VIEWS {
        let columns: Vec<String> = list(
            site,
            &format!("select attname::text from pg_attribute where attrelid = 'site.{view}'::regclass and attnum > 0"),
        )
        .await;
        for column in columns {
            let asked = format!("savepoint here; select from site.{view} v where pg_temp.tells(v.{column}::text)");
            if let Err(told) = run(site, &asked).await {
                heard.push(format!("{view}.{column}: {told}"));
            }
            run(site, "rollback to here").await.unwrap();
        }
    }
    let cast = "select from site.passage where (case when fr like 'Un%' then '0' else fr end)::integer = 0";
    if let Err(told) = run(site, &format!("savepoint here; {cast}")).await {
        heard.push(told);
    }
    run(site, "rollback").await.unwrap();
    heard
}

#[tokio::test]
async fn no_function_of_the_asker_hears_of_hidden_rows() {
    let database = TestDatabase::empty().await;
    let _scene = scene(&database).await;
    let mut site = site(&database).await;
    assert_eq!(overheard(&mut site).await, [""; 0]);
    // That it would, were the barrier not there.
    let mut owner = database.as_owner().await;
    run(&mut owner, "alter view site.withdrawal set (security_barrier = false)")
        .await
        .unwrap();
    assert!(overheard(&mut site).await.iter().any(|heard| heard.contains("secret")));
}
