//! A database whose views and functions for readers forget to filter: drafts, scheduled and cancelled texts count as begun.

use sqlx::AssertSqlSafe;

use crate::support::database::{TestDatabase, roles};

/// Every revision as if it had been published long ago, drafts too.
const UNFILTERED: &str = "
    -- The extension's library must be there before a function may name its settings.
    select show_trgm('');
    create schema twin;
    create view twin.publication as
    select id, document_id, number, tstzrange(timestamptz '2026-01-01 00:00:00Z' + number * interval '1 minute', null) as period,
           release_id, note_fr, note_en, minor, null::timestamptz as cancelled_at
      from publication
    union all
    select 100000 + row_number() over (), document_id, number,
           tstzrange(timestamptz '2026-01-01 00:00:00Z' + number * interval '1 minute', null), null, null, null, false, null
      from revision r
     where not exists (select from publication p where p.document_id = r.document_id and p.number = r.number);
    do $$ begin perform index_revision(document_id, number) from revision; end $$;";

/// Puts the unfiltered publications where the views and functions of readers look.
pub async fn unfilter(database: &TestDatabase) {
    let mut owner = database.as_owner().await;
    sqlx::raw_sql(UNFILTERED).execute(&mut owner).await.unwrap();
    let views: Vec<String> = sqlx::query_scalar(
        "select format('create or replace view %s with (security_barrier) as %s', oid::regclass,
                regexp_replace(pg_get_viewdef(oid), '([^.[:alnum:]_])publication ', '\\1twin.publication ', 'g'))
           from pg_class where relkind = 'v' and relnamespace = 'site'::regnamespace",
    )
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let functions: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!(
        "select regexp_replace(pg_get_functiondef(p.oid), '([^.[:alnum:]_])publication ', '\\1twin.publication ', 'g')
           from pg_proc p
          where p.prokind = 'f' and p.pronamespace in ('site'::regnamespace, 'public'::regnamespace)
            and has_function_privilege('{}', p.oid, 'execute')
            and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')",
        roles().site()
    )))
    .fetch_all(&mut owner)
    .await
    .unwrap();
    let mut replaced = 0;
    for definition in views.iter().chain(&functions) {
        if definition.contains("twin.publication") {
            replaced += 1;
            sqlx::raw_sql(AssertSqlSafe(definition.clone()))
                .execute(&mut owner)
                .await
                .unwrap();
        }
    }
    assert!(replaced >= 8, "only {replaced} views and functions read publications");
}
