-- A draft that nobody wants any more: a revision says again what is scheduled last or in effect, in the place of the draft
-- that it names, which stays in the history. None was abandoned before.

alter table revision
    add column abandons integer,
    add constraint revision_abandons foreign key (document_id, abandons) references revision,
    add constraint revision_abandons_another check (
        abandons is null or (abandons < number and abandons <> parent and merged_parent is null));

-- As before, of this too.
create or replace function revision_is_immutable() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.digest is null and new.digest = revision_digest(old.document_id, old.number)
       and (new.document_id, new.number, new.parent, new.merged_parent, new.slug_fr, new.slug_en, new.english, new.remark,
            new.author, new.created_at, new.correction, new.abandons)
           is not distinct from
           (old.document_id, old.number, old.parent, old.merged_parent, old.slug_fr, old.slug_en, old.english, old.remark,
            old.author, old.created_at, old.correction, old.abandons) then
        return new;
    end if;
    perform refuse('revision_is_immutable', format('revision %s of document %s is immutable', old.number, old.document_id));
    return null;
end
$$;
