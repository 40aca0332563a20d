//! No word that the law removed is left: not in any column of any table, not in any output of the site or of the desk.

use std::collections::BTreeSet;

use axum::http::Method;
use mandat::i18n::Language;
use mandat::model::kept::{self, Kept};
use mandat::model::secret::Secret;
use mandat::model::{Bilingual, Role, Withdrawn, autosave};
use mandat::web::desk::{paths, routes};
use mandat::workflow::redacting::redact;
use mandat::workflow::releasing::{Moment, Withdrawal, withdraw};
use mandat::workflow::reviewing::{approve, submit};
use sqlx::AssertSqlSafe;

use crate::canaries::Walk;
use crate::support::browser::Browser;
use crate::support::staff::{Staff, order};
use crate::support::visitor::Visitor;

/// The document whose title is removed, and others that say something of it.
const MANDATE: i64 = 6;
const IN_A_HURRY: i64 = 7;
const WITHDRAWN: i64 = 8;
const REDACTED_BEFORE: i64 = 9;

/// Where people's words are kept: in each, the removed ones stand before the deed.
const HELD: &[&str] = &[
    "autosave.form",
    "journal.detail",
    "passage.en",
    "passage.fr",
    "publication.note_en",
    "publication.note_fr",
    "published_pair.pair",
    "published_vocabulary.word",
    "published_words.vector",
    "published_words.words",
    "redaction.ground",
    "release.override_reason",
    "review.remark",
    "revision.remark",
    "withdrawal.reason_en",
    "withdrawal.reason_fr",
];

/// Columns that hold no words about a text: names of people and things, closed lists, addresses (which stay, as the form
/// says), digests and secrets. What `kept_form` seals nobody can read: its rows go.
const OTHERS: &[&str] = &[
    "account.email",
    "account.language",
    "account.name",
    "account.password",
    "account.role",
    "address.language",
    "address.path",
    "address.slug",
    "anchor.anchor",
    "document.key",
    "document.kind",
    "journal.deed",
    "kept_form.browser",
    "kept_form.path",
    "kept_form.sealed",
    "known_browser.token",
    "one_time_link.token",
    "passage.anchor",
    "passage.digest",
    "passage.part",
    "passage.salt",
    "published_pair.anchor",
    "published_words.anchor",
    "published_words.language",
    "published_words.part",
    "redaction.anchor",
    "release.moved_from",
    "review.digest",
    "review.step",
    "revision.digest",
    "revision.english",
    "revision.slug_en",
    "revision.slug_fr",
    "session.browser",
    "session.network",
    "session.token",
    "throttle.subject",
    "withdrawal.kind",
    "wording_digest.en",
    "wording_digest.fr",
];

/// Every column that can hold words, whatever its type is called: numbers, moments and truths cannot.
async fn columns(staff: &Staff) -> BTreeSet<String> {
    let columns = "
        select c.table_name || '.' || c.column_name
          from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
         where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> '_sqlx_migrations'
           and c.data_type not in ('bigint', 'integer', 'double precision', 'boolean', 'uuid', 'date', 'tstzrange',
                                   'timestamp with time zone', 'timestamp without time zone')";
    let found: Vec<String> = sqlx::query_scalar(columns)
        .fetch_all(&mut staff.database.as_owner().await)
        .await
        .unwrap();
    found.into_iter().collect()
}

/// The columns in which any row says the removed words.
async fn holding(staff: &Staff) -> Vec<String> {
    let mut owner = staff.database.as_owner().await;
    let mut holding = Vec::new();
    for column in columns(staff).await {
        let (table, name) = column.split_once('.').unwrap();
        let says = format!("select exists (select from {table} where {name}::text ilike '%zanzibar%')");
        if sqlx::query_scalar(AssertSqlSafe(says))
            .fetch_one(&mut owner)
            .await
            .unwrap()
        {
            holding.push(column);
        }
    }
    holding
}

fn both(fr: &str, en: &str) -> Bilingual<String> {
    Bilingual {
        fr: fr.to_owned(),
        en: en.to_owned(),
    }
}

/// Says the words of a title wherever people can say anything.
async fn planted() -> Staff {
    let staff = Staff::new().await;
    let base = staff.dossier(MANDATE).await.opening().unwrap();
    let saved = staff.save(&staff.author, MANDATE, base, |writing| {
        "Conseil zanzibarois".clone_into(&mut writing.passages[0].fr);
        "Zanzibari advice".clone_into(&mut writing.passages[0].en);
        writing.remark = Some("Le Zanzibarois est nommé".to_owned());
    });
    let number = saved.await.number();
    let remark = Some("À relire : « Zanzibarois »");
    submit(staff.desk(), &staff.author, None, MANDATE.into(), number, remark)
        .await
        .unwrap();
    approve(staff.desk(), &staff.editor, None, MANDATE.into(), number)
        .await
        .unwrap();
    let mut text = order(MANDATE, number);
    text.note = Some(both("Ajout du Zanzibarois", "Zanzibari added"));
    staff.publish(&text).await;
    let mut hurry = order(IN_A_HURRY, staff.draft(IN_A_HURRY, "Autre titre").await);
    hurry.emergency = Some("Le Zanzibarois l’exige".to_owned());
    staff.publish(&hurry).await;
    let withdrawal = Withdrawal {
        document: WITHDRAWN.into(),
        kind: Withdrawn::Withdrawn,
        reason: both("Remplacé par le zanzibarois", "Replaced by Zanzibari advice"),
        successor: None,
        moment: Moment::Now,
    };
    withdraw(staff.desk(), &staff.editor, None, &withdrawal).await.unwrap();
    remove(&staff, REDACTED_BEFORE, "Comme le Zanzibarois, art. 1").await;
    keep(&staff).await;
    staff
}

/// Typing and kept forms: of this document, of another that quotes it, and of others that do not.
async fn keep(staff: &Staff) {
    for (document, form) in [
        (MANDATE, "fr=Zanzibarois"),
        (10, "fr=Un+%C2%AB%C2%A0z%C3%A1nzibarois%C2%A0%C2%BB"),
        (11, "fr=Un+autre+texte"),
    ] {
        autosave::keep(staff.desk(), staff.colleague.account, document.into(), false, form)
            .await
            .unwrap();
    }
    let mut connection = staff.desk().acquire().await.unwrap();
    let browser = Secret::draw().unwrap();
    for path in [
        "/admin/fr/documents/6/modifier",
        "/admin/en/documents/6/edit?beside=1",
        "/admin/fr/documents/66/modifier",
        "/admin/fr/comptes/6",
    ] {
        let form = Kept {
            path: path.to_owned(),
            body: b"fr=Zanzibarois".to_vec(),
        };
        kept::keep(&mut connection, &browser, staff.author.account, &form)
            .await
            .unwrap();
    }
}

/// Removes the words of a document's title.
async fn remove(staff: &Staff, document: i64, ground: &str) {
    let number = staff.dossier(document).await.opening().unwrap();
    let anchor = staff.text(document, number).await.passages[0].anchor.clone();
    redact(
        staff.desk(),
        &staff.administrator,
        None,
        document.into(),
        &[anchor],
        ground,
    )
    .await
    .unwrap();
}

async fn list(staff: &Staff, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql)
        .fetch_all(&mut staff.database.as_owner().await)
        .await
        .unwrap()
}

#[tokio::test]
async fn no_column_of_any_table_holds_removed_words() {
    let staff = planted().await;
    let known: BTreeSet<String> = HELD.iter().chain(OTHERS).map(|column| (*column).to_owned()).collect();
    assert_eq!(
        columns(&staff).await,
        known,
        "say of a new column what becomes of removed words in it"
    );
    let held = holding(&staff).await;
    assert_eq!(held, HELD);
    remove(&staff, MANDATE, "Loi, art. 1").await;
    assert_eq!(holding(&staff).await, [""; 0]);
    assert_eq!(list(&staff, "select form from autosave").await, ["fr=Un+autre+texte"]);
    assert_eq!(
        list(&staff, "select path from kept_form order by 1").await,
        ["/admin/fr/comptes/6", "/admin/fr/documents/66/modifier"]
    );
    let torn = "select format('%s/%s', document_id, number) from revision where digest <> revision_digest(document_id, number)";
    assert_eq!(list(&staff, torn).await, [""; 0]);
    let lines = "select deed from journal where detail like U&'\\2588 20%' order by id";
    assert_eq!(list(&staff, lines).await, ["submit", "publish", "redact"]);
}

/// Whether an output says the removed words, in either language.
fn removed_words(text: &str) -> BTreeSet<String> {
    let says = text.to_lowercase().contains("zanzibar");
    says.then(|| "zanzibar".to_owned()).into_iter().collect()
}

#[tokio::test]
async fn no_output_says_removed_words() {
    let staff = planted().await;
    let before = Walk::of(&staff.database, removed_words).await;
    let heard = before.heard.get("zanzibar").map_or(0, BTreeSet::len);
    assert!(heard >= 20, "{heard} outputs said the words");
    remove(&staff, MANDATE, "Loi, art. 1").await;
    let walk = Walk::of(&staff.database, removed_words).await;
    assert!(walk.heard.is_empty(), "{:#?}", walk.heard);
    let visitor = Visitor::new(&staff.database);
    for (path, trace) in [
        ("/fr/mandats/conseil-et-politiques/historique", "Texte retiré le"),
        ("/fr/mandats/relations-internationales", "Texte retiré le"),
        ("/en/mandates/international-relations", "Text removed on"),
        ("/api/v1/documents/6/versions", "Texte retiré le"),
    ] {
        let page = visitor.get(path).await;
        assert!(page.body.contains(trace), "{path}: {}", page.body);
    }
}

#[tokio::test]
async fn no_page_of_the_desk_says_removed_words() {
    let staff = planted().await;
    remove(&staff, MANDATE, "Loi, art. 1").await;
    let browser = Browser::signed_in(&staff.database, Role::Administrator).await;
    let shown = routes::table().into_iter().filter(|route| route.method == Method::GET);
    let mut traces = 0;
    for route in shown {
        for language in Language::ALL {
            for number in 1..=REDACTED_BEFORE {
                let path = paths::path_of(route.page, language, number);
                let page = browser.get(&path).await;
                assert!(removed_words(&page.body).is_empty(), "{path}");
                assert!(!page.body.contains('\u{2588}'), "{path} shows a trace as it is kept");
                traces += usize::from(
                    page.body
                        .contains(["Texte retiré le", "Text removed on"][language as usize]),
                );
                if path == paths::path(route.page, language) {
                    break;
                }
            }
        }
    }
    // Journal and its table, document, review, revisions, releases, in both languages.
    assert!(traces >= 14, "{traces} pages show a trace");
}
