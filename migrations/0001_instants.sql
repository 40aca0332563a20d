-- One clock and one order of deeds (design §2.7): whoever asks "now" asks these functions, so that tests can set it.

create extension if not exists btree_gist;

-- The database's clock. Never now(), which is the start of the transaction and may be long past at commit.
create function instant() returns timestamptz
    language sql volatile
    return clock_timestamp();

-- The bin of a moment's second, the unit of public addresses: two changes of one document never share it. An address
-- rounds its moment up, so a bin holds the whole second that ends it and begins one microsecond after the one before.
create function second_of(moment timestamptz) returns timestamptz
    language sql immutable strict
    return date_bin('1 second', moment, timestamptz '2000-01-01 00:00:00.000001+00');

-- Whether there is nothing to read: btrim alone would take a line break or a no-break space for a word.
create function is_blank(words text) returns boolean
    language sql immutable
    return words is null or words !~ '[^[:space:]\u00a0\u202f]';

-- Refuses, under a name that the program translates as it does those of constraints.
create function refuse(name text, explanation text) returns void
    language plpgsql as $$
begin
    raise exception '%', explanation using errcode = 'check_violation', constraint = name;
end
$$;

-- The instant that this transaction's deed took, against which every guard measures.
create function deed_instant() returns timestamptz
    language plpgsql stable as $$
declare
    taken text := nullif(current_setting('mandat.deed_instant', true), '');
begin
    if taken is null then
        raise exception 'a deed takes its instant before it writes'
            using errcode = 'check_violation', constraint = 'deed_takes_its_instant';
    end if;
    return taken::timestamptz;
end
$$;

-- For tables whose rows are never changed: the trigger's first argument is the name of the refusal.
create function refuse_change() returns trigger
    language plpgsql as $$
begin
    perform refuse(tg_argv[0], format('%s is never changed: %s refused', tg_table_name, lower(tg_op)));
    return null;
end
$$;
