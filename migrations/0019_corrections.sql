-- A correction of the text in effect stands beside the line of drafts on purpose, and goes out before it: nothing else tells
-- it from a text that waits to be brought into the line. No revision before was made as one through the desk.

alter table revision add column correction boolean not null default false;

-- As before, of this too.
create or replace function revision_is_immutable() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.digest is null and new.digest = revision_digest(old.document_id, old.number)
       and (new.document_id, new.number, new.parent, new.merged_parent, new.slug_fr, new.slug_en, new.english, new.remark,
            new.author, new.created_at, new.correction)
           is not distinct from
           (old.document_id, old.number, old.parent, old.merged_parent, old.slug_fr, old.slug_en, old.english, old.remark,
            old.author, old.created_at, old.correction) then
        return new;
    end if;
    perform refuse('revision_is_immutable', format('revision %s of document %s is immutable', old.number, old.document_id));
    return null;
end
$$;
