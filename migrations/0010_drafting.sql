-- From draft to public: who did what, what was asked of whom, and what nobody has saved yet (design §2, "deed", "journal").

-- Holds one document's drafts until the end of the transaction: whoever saves or reviews there waits.
create function hold_document(of_document bigint) returns void
    language sql
    return pg_advisory_xact_lock(hashtext('mandat document'), of_document::integer);

-- Holds one form: of two identical ones that arrive together, the second finds what the first did.
create function hold_form(form uuid) returns void
    language sql
    return pg_advisory_xact_lock(hashtextextended(form::text, 0));

-- A new anchor: letters and digits that are not taken for others. The key of `anchor` refuses what two draw at once.
create function draw_anchor() returns text
    language plpgsql volatile as $$
declare
    drawn text;
begin
    loop
        drawn := translate(substr(encode(uuid_send(gen_random_uuid()), 'hex'), 1, 8), '0123456789', 'ghjkmnpqrs');
        exit when not exists (select from anchor a where a.anchor = drawn);
    end loop;
    return drawn;
end
$$;

-- Who did which deed when, in the deed's own transaction. The words of texts are never here.
create table journal (
    id bigint generated always as identity constraint journal_pkey primary key,
    at timestamptz not null default instant(),
    account_id bigint not null constraint journal_account references account,
    deed text not null constraint journal_deed_form check (deed ~ '^[a-z]+(-[a-z]+)*$'),
    document_id bigint constraint journal_document references document,
    number integer,
    release_id bigint constraint journal_release references release,
    -- What a person gave as a reason, or whom the deed was about.
    detail text constraint journal_detail_bounded check (length(detail) <= 2000),
    -- The form that asked for it: a second one does nothing.
    form_id uuid constraint journal_form_once unique,
    constraint journal_revision foreign key (document_id, number) references revision
);
create index journal_by_document on journal (document_id, id);
create index journal_by_release on journal (release_id);
create trigger journal_is_immutable before update or delete on journal
    for each row execute function refuse_change('journal_is_immutable');
create trigger journal_is_kept before truncate on journal execute function refuse_change('journal_is_immutable');

-- The way of one revision to the public. It is bound to the digest of both languages, so that no other text is approved.
create table review (
    id bigint generated always as identity constraint review_pkey primary key,
    document_id bigint not null,
    number integer not null,
    digest bytea not null,
    step text not null constraint review_step_known check (step in ('submitted', 'approved', 'returned', 'taken-back')),
    account_id bigint not null constraint review_account references account,
    at timestamptz not null default instant(),
    remark text constraint review_remark_bounded check (length(remark) <= 2000),
    constraint review_revision foreign key (document_id, number) references revision,
    constraint review_returned_with_remark check (step <> 'returned' or not is_blank(remark))
);
create index review_by_revision on review (document_id, number, id);

create function review_of_this_text() returns trigger
    language plpgsql as $$
begin
    if new.digest is distinct from (select r.digest from revision r
                                     where r.document_id = new.document_id and r.number = new.number) then
        perform refuse('review_of_this_text', format('revision %s of document %s is another text', new.number, new.document_id));
    end if;
    return new;
end
$$;
create trigger review_of_this_text before insert on review for each row execute function review_of_this_text();
create trigger review_is_immutable before update or delete on review
    for each row execute function refuse_change('review_is_immutable');
create trigger review_is_kept before truncate on review execute function refuse_change('review_is_immutable');

-- What one person is typing: private, until it is saved, dropped or a month old.
create table autosave (
    account_id bigint not null constraint autosave_account references account,
    document_id bigint not null constraint autosave_document references document,
    -- The form as it would have been posted.
    form text not null constraint autosave_bounded check (length(form) <= 600000),
    saved_at timestamptz not null default instant(),
    constraint autosave_pkey primary key (account_id, document_id)
);
create index autosave_by_age on autosave (saved_at);

-- The words that the law removes from a document leave what is being typed there too, which nobody can search for them.
create function redaction_drops_autosaves() returns trigger
    language plpgsql as $$
begin
    delete from autosave where document_id = new.document_id;
    return null;
end
$$;
create trigger redaction_drops_autosaves after insert on redaction
    for each row execute function redaction_drops_autosaves();

-- Who has which document open: shown to the others, and locks nobody.
create table presence (
    account_id bigint not null constraint presence_account references account,
    document_id bigint not null constraint presence_document references document,
    seen_at timestamptz not null default instant(),
    constraint presence_pkey primary key (account_id, document_id)
);

-- What an administrator may set, in one row.
create table setting (
    id boolean not null default true constraint setting_pkey primary key constraint setting_only_row check (id),
    -- Whoever wrote a text does not approve it.
    four_eyes boolean not null default true
);
insert into setting default values;

-- The desk's rights on all this; readers have none. `migrate` calls this after `grant_roles`.
create function grant_drafting(desk name) returns void
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('mandat roles'));
    execute format('grant select on journal, review, autosave, presence, setting to %I', desk);
    execute format('grant insert on journal, review, autosave, presence to %I', desk);
    execute format('grant update (form, saved_at), delete on autosave to %I', desk);
    execute format('grant update (seen_at), delete on presence to %I', desk);
    execute format('grant update (four_eyes) on setting to %I', desk);
    execute format('revoke execute on function grant_drafting(name) from %I', desk);
end
$$;
