//! The names under which the database refuses, and the message of each that a person can meet (design §2.8).
//!
//! The other names guard against mistakes of programs; the suite lists them, so that a new one is put on either side.

/// The message of a constraint, trigger or guard; none for what only a fault of ours can meet.
#[must_use]
pub fn message_of(constraint: &str) -> Option<&'static str> {
    MESSAGES
        .iter()
        .find(|(name, _)| *name == constraint)
        .map(|(_, message)| *message)
}

/// Names of refusals, each with the key of its message.
pub const MESSAGES: &[(&str, &str)] = &[
    ("account_email_form", "refusal-email-form"),
    ("account_email_unique", "refusal-email-taken"),
    ("account_last_administrator", "refusal-last-administrator"),
    ("account_name_bounded", "refusal-account-name-long"),
    ("account_name_filled", "refusal-account-name"),
    ("address_is_for_ever", "refusal-address-kept"),
    ("address_never_changes_hands", "refusal-address-taken"),
    ("address_path_form", "refusal-address-form"),
    ("anchor_belongs", "refusal-anchor-taken"),
    ("anchor_form", "refusal-anchor-form"),
    ("anchor_pkey", "refusal-anchor-taken"),
    ("deed_after_the_last", "refusal-clock-behind"),
    ("deed_in_time", "refusal-too-slow"),
    ("document_changes_once_a_second", "refusal-same-second"),
    ("document_key_by_kind", "refusal-key-by-kind"),
    ("document_key_form", "refusal-key-form"),
    ("document_key_unique", "refusal-key-taken"),
    ("document_number_positive", "refusal-document-number"),
    ("document_pkey", "refusal-document-taken"),
    ("list_item_member", "refusal-no-such-document"),
    ("list_item_not_itself", "refusal-list-itself"),
    ("list_item_once", "refusal-list-once"),
    ("passage_anchor", "refusal-anchor-taken"),
    ("passage_anchor_once", "refusal-anchor-once"),
    ("passage_en_bounded", "refusal-passage-long"),
    ("passage_fr_bounded", "refusal-passage-long"),
    ("passage_repeats_redaction", "refusal-words-missing"),
    ("passage_stays_redacted", "refusal-words-removed"),
    ("publication_descends", "refusal-not-descended"),
    ("publication_end_is_met", "refusal-gap"),
    ("publication_has_address", "refusal-no-address"),
    ("publication_has_begun", "refusal-publication-begun"),
    ("publication_note_bilingual", "refusal-note-bilingual"),
    ("publication_note_en_one_line", "refusal-note-line"),
    ("publication_note_fr_one_line", "refusal-note-line"),
    ("publication_once_per_release", "refusal-once-per-release"),
    ("publication_one_start_per_second", "refusal-same-second"),
    ("publication_one_text_at_a_time", "refusal-overlap"),
    ("publication_period_not_empty", "refusal-period-empty"),
    ("publication_requires_english", "refusal-english-missing"),
    ("publication_requires_french", "refusal-french-missing"),
    ("redaction_anchor", "refusal-no-such-passage"),
    ("redaction_ground_filled", "refusal-ground-missing"),
    ("redaction_is_whole", "refusal-words-repeated"),
    ("release_cancelled_before_it_begins", "refusal-release-begun"),
    ("release_has_begun", "refusal-release-begun"),
    ("release_is_whole", "refusal-release-whole"),
    ("release_not_empty", "refusal-release-empty"),
    ("release_not_in_the_past", "refusal-release-past"),
    ("representative_detail_not_own_successor", "refusal-own-successor"),
    ("representative_detail_office_order", "refusal-office-order"),
    ("representative_detail_successor", "refusal-no-such-document"),
    ("revision_detail_by_kind", "refusal-detail-by-kind"),
    ("revision_document", "refusal-no-such-document"),
    ("revision_is_immutable", "refusal-revision-kept"),
    ("revision_is_open", "refusal-revision-kept"),
    ("revision_pkey", "refusal-revision-taken"),
    ("revision_slug_en_form", "refusal-slug-form"),
    ("revision_slug_fr_form", "refusal-slug-form"),
    ("revision_slug_reserved", "refusal-slug-reserved"),
    ("withdrawal_document", "refusal-no-such-document"),
    ("withdrawal_ends_a_text", "refusal-nothing-to-withdraw"),
    ("withdrawal_has_begun", "refusal-withdrawal-begun"),
    ("withdrawal_not_own_successor", "refusal-own-successor"),
    ("withdrawal_once_per_release", "refusal-withdrawn-once"),
    ("withdrawal_reason_en_filled", "refusal-reason-missing"),
    ("withdrawal_reason_fr_filled", "refusal-reason-missing"),
    ("withdrawal_successor", "refusal-no-such-document"),
];
