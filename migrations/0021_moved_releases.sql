-- A release that is moved forgets no instant at which it was to begin: whoever reads the journal sees from when it was moved.

-- In their order. None of a release that was never moved, or before this was kept.
alter table release add column moved_from timestamptz[] not null default '{}';

create or replace function release_keeps_the_past() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.taken_at <> deed_instant() or new.cancelled_at is not null then
            perform refuse('release_is_taken_now', 'a release is taken at the instant of its deed');
        end if;
        new.moved_from := '{}';
        return new;
    end if;
    if tg_op = 'DELETE' or old.cancelled_at is not null or old.at <= deed_instant()
       or (new.id, new.taken_at, new.author, new.override_reason)
          is distinct from (old.id, old.taken_at, old.author, old.override_reason)
       or new.at < deed_instant() or new.cancelled_at <> deed_instant() then
        perform refuse('release_has_begun',
            format('release %s has begun or was cancelled: it is never rewritten', old.id));
    end if;
    -- It is moved or cancelled, each by a deed of its own.
    new.moved_from := case when new.cancelled_at is null then old.moved_from || old.at else old.moved_from end;
    return new;
end
$$;
