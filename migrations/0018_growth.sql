-- What a large record must not cost: saving compares with one index, not with every revision before; the release of a text
-- that the program knows by name turns over the pages that show it, not the whole site; a page of a list reads no other
-- page's items.

-- What each revision says in each language, digested, by which those that say the same are found. Of words that the law
-- removes a digest would tell a guesser: it is made again of what stays.
create table wording_digest (
    document_id bigint not null,
    number integer not null,
    fr bytea,
    en bytea,
    constraint wording_digest_pkey primary key (document_id, number),
    constraint wording_digest_revision foreign key (document_id, number) references revision
);

create view wording_digested as
select document_id, number, sha256(convert_to(fr, 'UTF8')) as fr, sha256(convert_to(en, 'UTF8')) as en from revision_words;

insert into wording_digest select document_id, number, fr, en from wording_digested;
create index wording_digest_by_french on wording_digest (document_id, fr, number);
create index wording_digest_by_english on wording_digest (document_id, en, number);

create or replace function remember_wording(of_document bigint, of_number integer) returns void
    language sql as $$
    with said as (
        insert into wording_digest
        select document_id, number, fr, en from wording_digested where document_id = of_document and number = of_number
        returning *)
    insert into wording (document_id, number, same_fr_as, same_en_as)
    select said.document_id, said.number,
           case when said.fr is not null then coalesce((
               select e.same_fr_as from wording_digest d join wording e using (document_id, number)
                where d.document_id = said.document_id and d.fr = said.fr and d.number < said.number
                order by d.number desc limit 1), said.number) end,
           case when said.en is not null then coalesce((
               select e.same_en_as from wording_digest d join wording e using (document_id, number)
                where d.document_id = said.document_id and d.en = said.en and d.number < said.number
                order by d.number desc limit 1), said.number) end
      from said
$$;

create function removed_words_leave_their_digests() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update wording_digest d set fr = w.fr, en = w.en
      from (select distinct document_id, number from removed) r
     cross join lateral (select fr, en from wording_digested v
                          where v.document_id = r.document_id and v.number = r.number) w
     where d.document_id = r.document_id and d.number = r.number;
    return null;
end
$$;
create trigger removed_words_leave_their_digests after update on passage
    referencing new table as removed for each statement execute function removed_words_leave_their_digests();

-- Whether a document stands around every page as such: in the menus, whatever it says.
create function is_known_by_name(of_document bigint) returns boolean
    language sql stable
    return exists (select from document where id = of_document and key is not null);

-- Whether a text, from its start on, changes what stands around every page: the name of the institution and the notice of
-- English pages by their words, the menus by an address that they lacked or that moved. A withdrawal always does.
create function changes_every_page(of_document bigint, of_number integer, starts timestamptz) returns boolean
    language sql stable
    return exists (
        select from document d
          join revision r on r.document_id = d.id and r.number = of_number
          left join lateral (
               select lower(p.period) as starts, e.slug_fr, e.slug_en
                 from publication p join revision e on e.document_id = p.document_id and e.number = p.number
                where p.document_id = d.id and p.cancelled_at is null and lower(p.period) < changes_every_page.starts
                order by lower(p.period) desc limit 1) b on true
         where d.id = of_document and d.key is not null
           and (d.key in ('institution', 'charter') or b.starts is null
                or (r.slug_fr, r.slug_en) is distinct from (b.slug_fr, b.slug_en)
                or exists (select from withdrawal w join release x on x.id = w.release_id
                            where w.document_id = d.id and w.cancelled_at is null
                              and x.at > b.starts and x.at <= changes_every_page.starts)));

-- As before, but the caller tells whether every page may show the change.
drop function announce(bigint);
create function announce(of_document bigint, on_every_page boolean) returns void
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
    if on_every_page then
        update announcement set everything = true where number = announced_as and not everything;
    end if;
    insert into announced (number, document_id)
    select announced_as, of_document union select announced_as, showing(of_document)
        on conflict on constraint announced_pkey do nothing;
end
$$;

create or replace function announce_document() returns trigger
    language plpgsql as $$
begin
    perform announce(new.document_id, is_known_by_name(new.document_id));
    return null;
end
$$;

-- An end moves with another text's start or with a withdrawal, which speak for themselves.
create function announce_publication() returns trigger
    language plpgsql as $$
begin
    perform announce(new.document_id,
        (tg_op = 'INSERT' or lower(new.period) <> lower(old.period) or new.cancelled_at is distinct from old.cancelled_at)
        and changes_every_page(new.document_id, new.number, lower(new.period)));
    return null;
end
$$;
drop trigger publication_is_announced on publication;
create trigger publication_is_announced after insert or update on publication
    for each row execute function announce_publication();

create or replace function announce_release() returns trigger
    language plpgsql as $$
begin
    perform announce(document_id, is_known_by_name(document_id)) from withdrawal where release_id = new.id;
    return null;
end
$$;

-- As before, but for pages without it a text that the program knows by name counts where it changes every page.
create or replace function next_change(after timestamptz, documents bigint[] default null) returns timestamptz
    language sql stable
    return (
        select min(ahead.at)
          from (select lower(p.period) as at, p.document_id,
                       changes_every_page(p.document_id, p.number, lower(p.period)) as on_every_page
                  from publication p
                 where p.cancelled_at is null and lower(p.period) > after
                union all
                select r.at, w.document_id, is_known_by_name(w.document_id)
                  from withdrawal w join release r on r.id = w.release_id
                 where w.cancelled_at is null and r.at > after) ahead
         where documents is null or ahead.on_every_page or ahead.document_id = any (documents)
            or exists (select from showing(ahead.document_id) shown where shown = any (documents)));

-- Lists of the API, found in their order: the views join every text before they sort them. A clock that runs ahead sees no
-- further.

-- The instants at which something began or ended, the latest first.
create function site.release_instants(until timestamptz, wanted bigint) returns setof timestamptz
    language sql stable security definer
    set search_path = public, pg_temp as $$
    select distinct r.at
      from release r
     cross join lateral (
           select from publication p where p.release_id = r.id and p.cancelled_at is null
           union all
           select from withdrawal w where w.release_id = r.id and w.cancelled_at is null
           limit 1) something
     where r.cancelled_at is null and r.at <= least(until, (select instant()))
     order by r.at desc limit wanted
$$;

-- The documents whose first text had begun at an instant, by number, from after a number on.
create function site.begun(until timestamptz, passed bigint, of_kind text, wanted bigint) returns setof bigint
    language sql stable security definer
    set search_path = public, pg_temp as $$
    select d.id from document d
     where d.id > passed and (of_kind is null or d.kind = of_kind)
       and exists (select from publication p
                    where p.document_id = d.id and p.cancelled_at is null
                      and lower(p.period) <= least(until, (select instant())))
     order by d.id limit wanted
$$;
