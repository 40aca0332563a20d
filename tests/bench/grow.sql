-- Grows a founded record: pages until there are :documents documents, and :versions versions of each, a day apart. Twenty
-- documents go out at a time, a minute apart. For tests/bench/grow, as owner, through the same guards as every deed.

select set_config('bench.documents', :'documents', false), set_config('bench.versions', :'versions', false),
       set_config('bench.now', '2024-01-01 12:00:00+00', false);
create or replace function instant() returns timestamptz
    language sql volatile
    return current_setting('bench.now')::timestamptz;

-- The deeds of a round, a minute apart.
create function pg_temp.set_clock(round integer, deed bigint) returns void
    language sql as $$
    select set_config('bench.now',
                      (timestamptz '2024-01-01 12:00:00+00' + round * interval '1 day' + deed * interval '1 minute')::text, false)
$$;

-- Anchors have no figures 0 and 1.
create function pg_temp.anchor(prefix text, id bigint) returns text
    language sql immutable
    return prefix || translate(to_char(id, 'FM000000'), '0123456789', 'abcdefghij');

create function pg_temp.publish(documents bigint[]) returns void
    language plpgsql as $$
declare
    made bigint;
begin
    update revision set digest = revision_digest(document_id, number) where document_id = any (documents) and digest is null;
    insert into release (at, taken_at, author) values (deed_instant(), deed_instant(), 1) returning id into made;
    set constraints publication_one_text_at_a_time deferred;
    insert into publication (document_id, number, period, release_id, note_fr, note_en)
    select document_id, max(number), tstzrange(deed_instant(), null), made, 'Un essai', 'A test'
      from revision where document_id = any (documents) group by document_id;
    perform settle(id) from unnest(documents) id;
end
$$;

create function pg_temp.add_pages(added bigint[]) returns void
    language plpgsql as $$
begin
    perform take_instant(added);
    insert into document (id, kind) select id, 'page' from unnest(added) id;
    insert into anchor (anchor, document_id)
    select pg_temp.anchor(prefix, id), id from unnest(added) id, unnest(array['zt', 'zx', 'zy']) prefix;
    insert into address (path, document_id, language, slug)
    select format('/%s/page-%s', language, id), id, language, 'page-' || id
      from unnest(added) id, unnest(array['fr', 'en']) language;
    insert into revision (document_id, number, slug_fr, english, author)
    select id, 1, 'page-' || id, 'present', 1 from unnest(added) id;
    insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
    select id, 1, p.part, p.position, pg_temp.anchor(p.prefix, id), p.fr, p.en, 1
      from unnest(added) id
     cross join lateral (values
           ('title', 1, 'zt', 'Page ' || id, 'Page ' || id),
           ('body', 1, 'zx', 'Une phrase de la page ' || id || '.', 'A sentence of page ' || id || '.'),
           ('body', 2, 'zy', repeat('Des mots qui ne changent pas. ', 12), repeat('Words that do not change. ', 12)))
           as p (part, position, prefix, fr, en);
    perform pg_temp.publish(added);
end
$$;

-- One more version of these documents: its second passage says which.
create function pg_temp.revise(documents bigint[], round integer) returns void
    language plpgsql as $$
begin
    perform take_instant(documents);
    insert into revision (document_id, number, parent, slug_fr, slug_en, english, author)
    select document_id, round, number, slug_fr, slug_en, english, 1
      from revision where document_id = any (documents) and number = round - 1;
    insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
    select document_id, round, part, position, anchor,
           fr || case when part <> 'title' and position = 1 then format(' Ajout %s.', round) else '' end,
           en || case when part <> 'title' and position = 1 then format(' Addition %s.', round) else '' end,
           case when en is not null then round end
      from passage where document_id = any (documents) and number = round - 1;
    insert into list_item
    select document_id, round, position, member_id from list_item where document_id = any (documents) and number = round - 1;
    insert into representative_detail
    select document_id, round, office_from, office_until, successor_id
      from representative_detail where document_id = any (documents) and number = round - 1;
    perform pg_temp.publish(documents);
end
$$;

do $$
declare
    missing constant integer := current_setting('bench.documents')::integer - (select count(*) from document);
    chosen bigint[];
begin
    for deed in 0..(missing - 1) / 20 loop
        exit when missing <= 0;
        perform pg_temp.set_clock(1, deed);
        perform pg_temp.add_pages(array(select 1001 + n from generate_series(deed * 20, least(missing, deed * 20 + 20) - 1) n));
        commit;
    end loop;
    for round in 2..current_setting('bench.versions')::integer loop
        for deed in 0..((select count(*) from document) - 1) / 20 loop
            chosen := array(select id from document order by id offset deed * 20 limit 20);
            perform pg_temp.set_clock(round, deed);
            perform pg_temp.revise(chosen, round);
            commit;
        end loop;
    end loop;
end
$$;
