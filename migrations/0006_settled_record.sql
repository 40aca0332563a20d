-- What the record had still to keep: words that the law removed stay away, and neither they nor what is ahead move a
-- public date; a cancelled text leaves its address; the public's views read few rows whatever the size of the record.

-- Words that the law removed (design §2.4).

-- What a revision says in each language, for comparison; a trace counts by the digest that it carries on. English counts
-- once it is declared whole: until then its readers are shown the French.
create view revision_words as
select r.document_id, r.number, w.fr, case when r.english = 'present' then w.en end as en
  from revision r
 cross join lateral (
       select string_agg(a.part || ':' || coalesce(a.fr, case when a.salt is null then '#' || encode(a.digest, 'hex') end),
                         e'\n' order by a.part collate "C", a.position) as fr,
              string_agg(a.part || ':' || coalesce(a.en, case when a.salt is null then '#' || encode(a.digest, 'hex') end),
                         e'\n' order by a.part collate "C", a.position) as en
         from passage a where a.document_id = r.document_id and a.number = r.number) w;

-- Which revisions of a document say the same, known once for all when each is sealed: words that leave later move no
-- date of change. Equality alone, nothing of the words.
create table wording (
    document_id bigint not null,
    number integer not null,
    -- The first revision with this French, and with this English; null where there is none.
    same_fr_as integer,
    same_en_as integer,
    constraint wording_pkey primary key (document_id, number),
    constraint wording_revision foreign key (document_id, number) references revision
);

create function remember_wording(of_document bigint, of_number integer) returns void
    language sql as $$
    insert into wording (document_id, number, same_fr_as, same_en_as)
    select said.document_id, said.number,
           case when said.fr is not null then coalesce((
               select e.same_fr_as from wording e join revision_words w using (document_id, number)
                where e.document_id = said.document_id and e.number < said.number and w.fr = said.fr
                order by e.number desc limit 1), said.number) end,
           case when said.en is not null then coalesce((
               select e.same_en_as from wording e join revision_words w using (document_id, number)
                where e.document_id = said.document_id and e.number < said.number and w.en = said.en
                order by e.number desc limit 1), said.number) end
      from revision_words said where said.document_id = of_document and said.number = of_number
$$;

do $$
declare
    sealed record;
begin
    for sealed in select document_id, number from revision order by document_id, number loop
        perform remember_wording(sealed.document_id, sealed.number);
    end loop;
end
$$;

create function revision_has_its_wording() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform remember_wording(new.document_id, new.number);
    return null;
end
$$;
create trigger revision_has_its_wording after update of digest on revision
    for each row execute function revision_has_its_wording();

create trigger wording_is_immutable before update or delete on wording
    for each row execute function refuse_change('wording_is_immutable');
create trigger wording_is_kept before truncate on wording execute function refuse_change('wording_is_immutable');

-- A revision being saved holds this shared, a redaction alone: neither misses the other. Whoever saves and publishes in
-- one transaction holds deeds first, as a redaction does.
create function hold_words(alone boolean) returns void
    language sql
    return case when alone then pg_advisory_xact_lock(hashtext('mandat words'))
                else pg_advisory_xact_lock_shared(hashtext('mandat words')) end;

create function redaction_is_alone() returns trigger
    language plpgsql as $$
begin
    perform hold_words(true);
    return new;
end
$$;
create trigger redaction_is_alone before insert on redaction for each row execute function redaction_is_alone();

-- Under an anchor with a redaction no words come in, but those that a revision still has: they were not removed. Nobody
-- can tell whether others are, since nobody keeps what was.
create function passage_stays_redacted() returns trigger
    language plpgsql as $$
begin
    perform hold_words(false);
    if exists (select from redaction r where r.document_id = new.document_id and r.anchor = new.anchor)
       and not exists (select from passage p where p.document_id = new.document_id and p.anchor = new.anchor
                        and p.salt is not null and p.fr is not distinct from new.fr and p.en is not distinct from new.en) then
        perform refuse('passage_stays_redacted',
            format('the words of passage %s of document %s were removed by law', new.anchor, new.document_id));
    end if;
    return new;
end
$$;
create trigger passage_stays_redacted before insert on passage
    for each row when (new.salt is not null) execute function passage_stays_redacted();

create function fresh_salt() returns bytea
    language sql volatile
    return uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());

-- Addresses and deeds (design §2.3, 2.6, 2.7).

-- A path that no text uses, used or will use is free again: at commit, when the whole deed is known.
create function cancelled_text_frees_its_addresses() returns trigger
    language plpgsql as $$
begin
    delete from address a
     where a.document_id = new.document_id and not address_is_used(a.document_id, a.language, a.slug);
    return null;
end
$$;
create constraint trigger cancelled_text_frees_its_addresses after update of cancelled_at on publication
    deferrable initially deferred for each row when (new.cancelled_at is not null)
    execute function cancelled_text_frees_its_addresses();

-- When one of these documents, or any without an argument, next changes on its own: a time, and nothing else.
create function next_change(documents bigint[] default null) returns timestamptz
    language sql stable
    return (
        select min(ahead.at)
          from (select lower(p.period) as at from publication p
                 where p.cancelled_at is null and lower(p.period) > (select instant())
                   and (documents is null or p.document_id = any (documents))
                union all
                select r.at from withdrawal w join release r on r.id = w.release_id
                 where w.cancelled_at is null and r.at > (select instant())
                   and (documents is null or w.document_id = any (documents))) ahead);

-- As before, and a list of documents that is none, or holds none, is refused: no guard could measure against it.
create or replace function take_instant(documents bigint[]) returns timestamptz
    language plpgsql as $$
declare
    taken timestamptz;
    last_change timestamptz;
    waits integer := 0;
begin
    if documents is null or array_position(documents, null) is not null then
        perform refuse('deed_names_its_documents', 'a deed says which documents it touches');
    end if;
    if current_setting('transaction_isolation') <> 'read committed' then
        perform refuse('deed_reads_committed', 'a deed must see what the deed before it committed');
    end if;
    -- A second instant would make an old one look fresh at commit.
    if nullif(current_setting('mandat.deed_instant', true), '') is not null then
        perform refuse('deed_takes_one_instant', 'a transaction holds one deed, which takes one instant');
    end if;
    perform hold_deeds();
    loop
        taken := instant();
        -- A start taken "now" has begun even if this clock has since gone back.
        select max(r.at) into last_change
          from release r
         where r.cancelled_at is null and (r.at <= taken or r.at = r.taken_at)
           and (exists (select from publication p where p.release_id = r.id and p.document_id = any (documents))
                or exists (select from withdrawal w where w.release_id = r.id and w.document_id = any (documents)));
        exit when last_change is null or second_of(last_change) < second_of(taken);
        if waits >= 3 or last_change - taken > interval '5 seconds' then
            perform refuse('deed_after_the_last', 'the clock is behind the last change of what this deed touches');
        end if;
        waits := waits + 1;
        perform pg_sleep(extract(epoch from second_of(last_change) + interval '1 second' - taken));
    end loop;
    perform set_config('mandat.deed_instant', taken::text, true);
    perform set_config('mandat.deed_documents', documents::text, true);
    return taken;
end
$$;

-- What the public may see (design §2.6). A text is found by its start, through an index, at any size of the record.

create index publication_by_start on publication (document_id, lower(period)) where cancelled_at is null;
create index publication_in_order on publication (lower(period)) where cancelled_at is null;

-- `since` can be compared below the barrier, which the bounds of a period cannot; no window, which would bar more.
create or replace view site.publication with (security_barrier) as
select p.id, p.document_id,
       (select count(*) from publication b
         where b.document_id = p.document_id and b.cancelled_at is null and lower(b.period) <= lower(p.period)) as version,
       -- An end still ahead is shown as open.
       tstzrange(lower(p.period), case when upper(p.period) <= (select instant()) then upper(p.period) end) as period,
       p.note_fr, p.note_en, p.minor, r.slug_fr, r.slug_en, r.english, r.digest,
       d.kind, d.key, lower(p.period) as since
  from publication p
  join revision r on r.document_id = p.document_id and r.number = p.number
  join document d on d.id = p.document_id
 where p.cancelled_at is null and lower(p.period) <= (select instant());

-- English that is not declared present is shown to nobody, whatever its passages hold already.
create or replace view site.passage with (security_barrier) as
select p.id as publication_id, p.document_id, a.part, a.position, a.anchor, a.fr,
       case r.english when 'present' then a.en end as en, a.salt is null as redacted,
       r.english = 'present' and a.en is not null and b.salt is not null and b.fr is distinct from a.fr as lagging, a.digest
  from publication p
  join revision r on r.document_id = p.document_id and r.number = p.number
  join passage a on a.document_id = p.document_id and a.number = p.number
  left join passage b on b.document_id = a.document_id and b.number = a.en_basis and b.anchor = a.anchor
 where p.cancelled_at is null and lower(p.period) <= (select instant());

create or replace view site.document with (security_barrier) as
select d.id, d.kind, d.key
  from document d
 where exists (select from publication b where b.document_id = d.id and b.cancelled_at is null
                and lower(b.period) <= (select instant()));

create or replace view site.list_item with (security_barrier) as
select p.id as publication_id, p.document_id, i.position, i.member_id
  from publication p
  join list_item i on i.document_id = p.document_id and i.number = p.number
 where p.cancelled_at is null and lower(p.period) <= (select instant())
   and exists (select from publication b where b.document_id = i.member_id and b.cancelled_at is null
                and lower(b.period) <= (select instant()));

create or replace view site.representative_detail with (security_barrier) as
select p.id as publication_id, p.document_id, d.office_from, d.office_until,
       case when exists (select from publication b where b.document_id = d.successor_id and b.cancelled_at is null
                          and lower(b.period) <= (select instant()))
            then d.successor_id end as successor_id
  from publication p
  join representative_detail d on d.document_id = p.document_id and d.number = p.number
 where p.cancelled_at is null and lower(p.period) <= (select instant());

create or replace view site.withdrawal with (security_barrier) as
select w.document_id, r.at, w.kind, w.reason_fr, w.reason_en,
       case when exists (select from publication b where b.document_id = w.successor_id and b.cancelled_at is null
                          and lower(b.period) <= (select instant()))
            then w.successor_id end as successor_id
  from withdrawal w join release r on r.id = w.release_id
 where w.cancelled_at is null and r.at <= (select instant());

-- The order of a list and the details of a representative, and since when each of them shows: a member or a successor
-- once it has begun.
create view revision_fact as
select i.document_id, i.number, i.position, i.member_id::text as fact, m.since
  from list_item i
 cross join lateral (select min(lower(p.period)) as since from publication p
                      where p.document_id = i.member_id and p.cancelled_at is null) m
union all
select d.document_id, d.number, 1, format('from %s until %s', d.office_from, d.office_until), timestamptz '-infinity'
  from representative_detail d
union all
select d.document_id, d.number, 2, d.successor_id::text, s.since
  from representative_detail d
 cross join lateral (select min(lower(p.period)) as since from publication p
                      where p.document_id = d.successor_id and p.cancelled_at is null) s;

-- When the public date of a document moved: with the first words in a language, and then wherever readers of that
-- language see what they did not see a moment before, but for a minor release. Order and details are words in both
-- languages. Views, since a function would be called with its caller's rights.
create or replace view site.change with (security_barrier) as
select c.document_id, c.id as publication_id, lower(c.period) as at,
       s.same_fr_as is not null and e.same_fr_as is null
           or not c.minor and (s.same_fr_as is distinct from e.same_fr_as or s.same_fr_as is not null and f.moved) as moves_fr,
       s.same_en_as is not null and e.same_en_as is null
           or not c.minor and (s.same_en_as is distinct from e.same_en_as or s.same_en_as is not null and f.moved) as moves_en
  from publication c
  join document d on d.id = c.document_id
  join wording s on s.document_id = c.document_id and s.number = c.number
  left join lateral (
       select q.number from publication q
        where q.document_id = c.document_id and q.cancelled_at is null and lower(q.period) < lower(c.period)
        order by lower(q.period) desc limit 1) b on true
  left join wording e on e.document_id = c.document_id and e.number = b.number
 cross join lateral (
       select case when d.kind in ('list', 'representative') then
                  (select string_agg(f.fact, ' ' order by f.position) from revision_fact f
                    where f.document_id = c.document_id and f.number = c.number and f.since <= lower(c.period))
                  is distinct from
                  (select string_agg(f.fact, ' ' order by f.position) from revision_fact f
                    where f.document_id = c.document_id and f.number = b.number and f.since <= lower(c.period))
              else false end as moved) f
 where c.cancelled_at is null and lower(c.period) <= (select instant());
