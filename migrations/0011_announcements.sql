-- What nodes are told, so that none keeps a page whose documents have changed (design §2.6, §4): which documents a deed
-- touched, in the order of deeds. Neither what changed nor when: nothing here tells of the future. NOTIFY only rings;
-- whoever missed it reads here what it missed.

create table announcement (
    number bigint constraint announcement_pkey primary key,
    -- A copy of the database that fell behind and went on by itself gives the same numbers to other deeds.
    token uuid not null default gen_random_uuid(),
    -- Whether every page may show what changed.
    everything boolean not null default false
);
insert into announcement (number) values (0);

create table announced (
    number bigint not null constraint announced_announcement references announcement on delete cascade,
    document_id bigint not null constraint announced_document references document,
    constraint announced_pkey primary key (number, document_id)
);

create index list_item_by_member on list_item (member_id);
create index representative_detail_by_successor on representative_detail (successor_id);
create index withdrawal_by_successor on withdrawal (successor_id);

-- The documents whose pages show this one beside their own text: the lists that hold it, the texts it came after.
create function showing(of_document bigint) returns setof bigint
    language sql stable as $$
    select i.document_id from list_item i where i.member_id = of_document
    union select d.document_id from representative_detail d where d.successor_id = of_document
    union select w.document_id from withdrawal w where w.successor_id = of_document
$$;

-- Announces a document with this transaction's deed. Of a thousand deeds before the last, nodes know the order; who missed
-- more starts afresh.
create function announce(of_document bigint) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    announced_as bigint := nullif(current_setting('mandat.announced', true), '');
begin
    if announced_as is null then
        perform hold_deeds();
        insert into announcement (number) select max(number) + 1 from announcement returning number into announced_as;
        delete from announcement where number < announced_as - 1000;
        perform set_config('mandat.announced', announced_as::text, true);
        perform pg_notify('mandat', announced_as::text);
    end if;
    -- What the program knows by name stands around every page.
    update announcement set everything = true
     where number = announced_as and not everything
       and exists (select from document where id = of_document and key is not null);
    insert into announced (number, document_id)
    select announced_as, of_document union select announced_as, showing(of_document)
        on conflict on constraint announced_pkey do nothing;
end
$$;

create function announce_document() returns trigger
    language plpgsql as $$
begin
    perform announce(new.document_id);
    return null;
end
$$;
create trigger publication_is_announced after insert or update on publication
    for each row execute function announce_document();
create trigger withdrawal_is_announced after insert or update on withdrawal
    for each row execute function announce_document();
create trigger redaction_is_announced after insert on redaction
    for each row execute function announce_document();

-- A release that moves takes withdrawals along whose own rows stay as they are.
create function announce_release() returns trigger
    language plpgsql as $$
begin
    perform announce(document_id) from withdrawal where release_id = new.id;
    return null;
end
$$;
create trigger release_is_announced after update on release
    for each row execute function announce_release();

-- When pages of these documents, or any page without them, next change on their own after a moment: a time, and nothing
-- else. The moment is that of the reading, or a change between reading and asking would be missed.
drop function next_change(bigint[]);
create function next_change(after timestamptz, documents bigint[] default null) returns timestamptz
    language sql stable
    return (
        select min(ahead.at)
          from (select lower(p.period) as at, p.document_id from publication p
                 where p.cancelled_at is null and lower(p.period) > after
                union all
                select r.at, w.document_id from withdrawal w join release r on r.id = w.release_id
                 where w.cancelled_at is null and r.at > after) ahead
          join document d on d.id = ahead.document_id
         where documents is null or d.key is not null or d.id = any (documents)
            or exists (select from showing(d.id) shown where shown = any (documents)));

-- Nodes listen as the desk; `migrate` calls this after `grant_roles`.
create function grant_listeners(desk name) returns void
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('mandat roles'));
    execute format('grant select on announcement, announced to %I', desk);
    execute format('revoke execute on function grant_listeners(name) from %I', desk);
end
$$;
