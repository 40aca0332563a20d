-- A correction of the text in effect is written beside the draft: what is being typed into one is kept apart from the other.

alter table autosave
    add column correction boolean not null default false,
    drop constraint autosave_pkey,
    add constraint autosave_pkey primary key (account_id, document_id, correction);
