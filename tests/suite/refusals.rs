//! Every name under which the database can refuse has its message for people, or is known to be met by programs alone.

use std::collections::BTreeSet;

use mandat::error::refusals::{MESSAGES, message_of};
use mandat::error::{Error, Refusal};
use mandat::i18n::Language;

use crate::support::database::TestDatabase;

/// What only a fault of ours can meet.
const INTERNAL: &[&str] = &[
    "account_is_kept",
    "account_language_known",
    "account_of_person",
    "account_password_hashed",
    "account_pkey",
    "account_program_name",
    "account_role_known",
    "address_document",
    "address_ends_with_slug",
    "address_in_its_language",
    "address_is_kept",
    "address_language_known",
    "anchor_document",
    "anchor_is_immutable",
    "anchor_is_kept",
    "announced_announcement",
    "announced_document",
    "announced_pkey",
    "announcement_pkey",
    "autosave_account",
    "autosave_pkey",
    "cancelled_text_frees_its_addresses",
    "deed_names_its_documents",
    "deed_reads_committed",
    "deed_takes_its_instant",
    "deed_takes_one_instant",
    "document_is_immutable",
    "document_is_kept",
    "document_kind_known",
    "journal_account",
    "journal_deed_form",
    "journal_document",
    "journal_is_immutable",
    "journal_is_kept",
    "journal_pkey",
    "journal_release",
    "journal_revision",
    "journal_stays",
    "kept_form_account",
    "kept_form_bounded",
    "kept_form_browser_digested",
    "kept_form_pkey",
    "known_browser_account",
    "known_browser_pkey",
    "known_browser_token_digested",
    "list_item_is_immutable",
    "list_item_is_kept",
    "list_item_pkey",
    "list_item_position_positive",
    "list_item_revision",
    "one_time_link_account",
    "one_time_link_newest_only",
    "one_time_link_pkey",
    "one_time_link_token_digested",
    "passage_basis_not_ahead",
    "passage_digest",
    "passage_digest_checks",
    "passage_en_basis",
    "passage_en_has_basis",
    "passage_is_immutable",
    "passage_is_immutable_in_words",
    "passage_is_kept",
    "passage_part_known",
    "passage_pkey",
    "passage_position_positive",
    "passage_redacted_whole",
    "passage_revision",
    "presence_account",
    "presence_pkey",
    "publication_is_announced",
    "publication_is_complete",
    "publication_is_kept",
    "publication_is_made_once",
    "publication_keeps_the_past",
    "publication_of_sealed_revision",
    "publication_period_half_open",
    "publication_pkey",
    "publication_release",
    "publication_revision",
    "publication_settled_at_commit",
    "published_pair_pkey",
    "published_vocabulary_pkey",
    "published_words_follow",
    "published_words_language_known",
    "published_words_leave",
    "published_words_passage",
    "published_words_pkey",
    "redaction_author",
    "redaction_drops_autosaves",
    "redaction_is_alone",
    "redaction_is_announced",
    "redaction_is_immutable",
    "redaction_is_kept",
    "redaction_is_taken_now",
    "redaction_pkey",
    "redaction_reaches_beside_texts",
    "redaction_stays",
    "release_at_finite",
    "release_author",
    "release_is_announced",
    "release_is_kept",
    "release_is_made_once",
    "release_is_taken_now",
    "release_keeps_the_past",
    "release_pkey",
    "release_settled_at_commit",
    "removed_words_leave_their_digests",
    "representative_detail_is_immutable",
    "representative_detail_is_kept",
    "representative_detail_pkey",
    "representative_detail_revision",
    "review_account",
    "review_is_immutable",
    "review_is_kept",
    "review_of_this_text",
    "review_pkey",
    "review_revision",
    "review_stays",
    "review_step_known",
    "revision_abandons",
    "revision_abandons_another",
    "revision_author",
    "revision_descends",
    "revision_english_declared",
    "revision_has_its_wording",
    "revision_is_kept",
    "revision_is_sealed",
    "revision_merged_parent",
    "revision_number_positive",
    "revision_numbers_follow",
    "revision_parent",
    "revision_stays",
    "session_account",
    "session_browser_bounded",
    "session_pkey",
    "session_token_digested",
    "session_token_unique",
    "setting_only_row",
    "setting_pkey",
    "throttle_failures_positive",
    "throttle_pkey",
    "throttle_subject_digested",
    "withdrawal_is_announced",
    "withdrawal_is_kept",
    "withdrawal_is_made_once",
    "withdrawal_keeps_the_past",
    "withdrawal_kind_known",
    "withdrawal_pkey",
    "withdrawal_release",
    "withdrawal_settled_at_commit",
    "wording_digest_pkey",
    "wording_digest_revision",
    "wording_is_immutable",
    "wording_is_kept",
    "wording_pkey",
    "wording_revision",
];

/// Constraints, unique indexes, triggers, and the names that functions give their refusals.
const NAMES: &str = r"
    select conname::text from pg_constraint c join pg_class t on t.oid = c.conrelid
     where t.relnamespace = 'public'::regnamespace and t.relname <> '_sqlx_migrations' and c.contype <> 'n'
    union select i.relname::text from pg_index x join pg_class i on i.oid = x.indexrelid
     where i.relnamespace = 'public'::regnamespace and x.indisunique and i.relname !~ '^_sqlx_'
    union select tgname::text from pg_trigger where not tgisinternal
    union select convert_from(rtrim(tgargs, '\x00'), 'UTF8') from pg_trigger
     where not tgisinternal and tgfoid = 'refuse_change()'::regprocedure
    union select name[1] from pg_proc p, regexp_matches(p.prosrc, '(?:refuse\(|constraint = )''([a-z_]+)''', 'g') name
     where p.pronamespace = 'public'::regnamespace";

#[tokio::test]
async fn each_name_is_mapped_or_known_to_be_internal() {
    let mut owner = TestDatabase::empty().await.as_owner().await;
    let names: Vec<String> = sqlx::query_scalar(NAMES).fetch_all(&mut owner).await.unwrap();
    assert!(names.len() > 140, "{}", names.len());
    let internal: BTreeSet<&str> = INTERNAL.iter().copied().collect();
    for name in &names {
        let is_mapped = message_of(name).is_some();
        assert!(is_mapped || internal.contains(name.as_str()), "{name} has no message");
        assert!(
            !is_mapped || !internal.contains(name.as_str()),
            "{name} is on both sides"
        );
    }
    let listed = MESSAGES.iter().map(|(name, _)| *name).chain(internal);
    let gone: Vec<_> = listed.filter(|name| !names.iter().any(|known| known == name)).collect();
    assert_eq!(gone, [""; 0], "no longer in the database");
}

#[tokio::test]
async fn a_refusal_is_told_in_both_languages() {
    let database = TestDatabase::empty().await;
    let refused: Error = sqlx::query("insert into account (name) values (' ')")
        .execute(&database.pools.desk)
        .await
        .unwrap_err()
        .into();
    assert_eq!(refused.to_string(), "An account has a name.");
    let Error::Refused(refusal) = refused else {
        panic!("refused by name")
    };
    assert_eq!(refusal.told(Language::French).unwrap(), "Un compte porte un nom.");
    let internal = Refusal {
        constraint: "revision_parent".to_owned(),
        detail: "for the log".to_owned(),
    };
    assert_eq!(internal.told(Language::French), None);
    assert_eq!(internal.to_string(), "for the log (revision_parent)");
}
