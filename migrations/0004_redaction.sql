-- The one lawful exception to immutability (design §2.4): words that the law removes leave every revision; a trace stays.

create table redaction (
    id bigint generated always as identity constraint redaction_pkey primary key,
    document_id bigint not null,
    anchor text not null,
    author bigint not null constraint redaction_author references account,
    at timestamptz not null default deed_instant(),
    ground text not null constraint redaction_ground_filled check (not is_blank(ground)),
    constraint redaction_anchor foreign key (document_id, anchor) references anchor (document_id, anchor)
);

create trigger redaction_is_immutable before update or delete on redaction
    for each row execute function refuse_change('redaction_is_immutable');
create trigger redaction_is_kept before truncate on redaction execute function refuse_change('redaction_is_immutable');

-- A passage's words and salt may become null in the transaction that wrote the redaction, and nothing else may change.
-- xmin, since a stored transaction id would repeat after a restore; so a deed that redacts uses no savepoint.
create function passage_is_immutable() returns trigger
    language plpgsql as $$
begin
    if new.fr is null and new.en is null and new.salt is null
       and (new.document_id, new.number, new.part, new.position, new.anchor, new.en_basis, new.digest)
           is not distinct from
           (old.document_id, old.number, old.part, old.position, old.anchor, old.en_basis, old.digest)
       and exists (select from redaction r where r.document_id = old.document_id and r.anchor = old.anchor
                    and r.xmin = pg_current_xact_id()::xid) then
        return new;
    end if;
    perform refuse('passage_is_immutable',
        format('passage %s of document %s is immutable', old.anchor, old.document_id));
    return null;
end
$$;
create trigger passage_is_immutable_in_words before update on passage
    for each row execute function passage_is_immutable();

create function redaction_is_taken_now() returns trigger
    language plpgsql as $$
begin
    if new.at <> deed_instant() then
        perform refuse('redaction_is_taken_now', 'a redaction is taken at the instant of its deed');
    end if;
    return new;
end
$$;
create trigger redaction_is_taken_now before insert on redaction
    for each row execute function redaction_is_taken_now();

-- At commit: words that the law removes from one revision stay under the same anchor in no other.
create function redaction_is_whole() returns trigger
    language plpgsql as $$
begin
    if exists (select from passage p where p.document_id = old.document_id and p.anchor = old.anchor
                and (p.fr = old.fr or p.en = old.en)) then
        perform refuse('redaction_is_whole', format('a revision still repeats the words removed from passage %s', old.anchor));
    end if;
    return null;
end
$$;
create constraint trigger redaction_is_whole after update on passage
    deferrable initially deferred for each row execute function redaction_is_whole();

-- A new revision carries on what was redacted, and nothing else may come without its words: it would pass for whole.
create function passage_repeats_redaction() returns trigger
    language plpgsql as $$
begin
    if not exists (select from passage p where p.document_id = new.document_id and p.part = new.part
                    and p.anchor = new.anchor and p.salt is null and p.digest = new.digest) then
        perform refuse('passage_repeats_redaction',
            format('passage %s of document %s was not redacted', new.anchor, new.document_id));
    end if;
    return new;
end
$$;
create trigger passage_repeats_redaction before insert on passage
    for each row when (new.salt is null) execute function passage_repeats_redaction();
