-- Releases that put a stamp on every passage of some texts, in both languages, now or at an instant: what readers see of a
-- change, and when.
create schema stamp;

-- A sealed revision of each document with the stamp at the head of its passages.
create function stamp.revise(documents bigint[], stamp text) returns void
    language sql as $$
    insert into revision (document_id, number, parent, slug_fr, slug_en, english, author)
    select r.document_id, r.number + 1, r.number, r.slug_fr, r.slug_en, r.english, r.author
      from revision r
     where r.document_id = any (documents)
       and r.number = (select max(n.number) from revision n where n.document_id = r.document_id);
    insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
    select p.document_id, p.number + 1, p.part, p.position, p.anchor,
           stamp || ' ' || regexp_replace(p.fr, '^stamp\d+ ', ''), stamp || ' ' || regexp_replace(p.en, '^stamp\d+ ', ''),
           case when p.en is not null then p.number + 1 end
      from passage p join revision r on r.document_id = p.document_id and r.number = p.number + 1
     where r.digest is null;
    insert into list_item (document_id, number, position, member_id)
    select i.document_id, i.number + 1, i.position, i.member_id
      from list_item i join revision r on r.document_id = i.document_id and r.number = i.number + 1
     where r.digest is null;
    insert into representative_detail (document_id, number, office_from, office_until, successor_id)
    select d.document_id, d.number + 1, d.office_from, d.office_until, d.successor_id
      from representative_detail d join revision r on r.document_id = d.document_id and r.number = d.number + 1
     where r.digest is null
$$;

-- Seals what was revised, and publishes it; the number of the release.
create function stamp.publish(documents bigint[], at timestamptz default null) returns bigint
    language plpgsql as $$
declare
    released bigint;
begin
    update revision set digest = revision_digest(document_id, number) where digest is null;
    perform take_instant(documents);
    set constraints publication_one_text_at_a_time deferred;
    insert into release (at, taken_at, author)
    select coalesce(publish.at, deed_instant()), deed_instant(), id from account where name = 'importer' returning id into released;
    insert into publication (document_id, number, period, release_id)
    select r.document_id, max(r.number), tstzrange(coalesce(publish.at, deed_instant()), null), released
      from revision r where r.document_id = any (documents) group by r.document_id;
    perform settle(id) from unnest(documents) id;
    return released;
end
$$;

create function stamp.release(documents bigint[], stamp text, at timestamptz default null) returns bigint
    language plpgsql as $$
begin
    perform stamp.revise(documents, stamp);
    return stamp.publish(documents, at);
end
$$;

-- Cancels what is scheduled of a document.
create function stamp.cancel(of_document bigint) returns void
    language plpgsql as $$
declare
    scheduled bigint;
begin
    perform take_instant(array[of_document]);
    select release_id into scheduled from publication
     where document_id = of_document and cancelled_at is null and lower(period) > deed_instant();
    set constraints publication_one_text_at_a_time deferred;
    update publication set cancelled_at = deed_instant() where release_id = scheduled;
    update release set cancelled_at = deed_instant() where id = scheduled;
    perform settle(of_document);
end
$$;

-- A new mandate, last in the list of mandates, which is published at once; the mandate itself comes at an instant.
create function stamp.newcomer(member bigint, stamp text, at timestamptz) returns void
    language plpgsql as $$
declare
    list bigint := (select id from document where key = 'mandates');
begin
    insert into document (id, kind) values (member, 'mandate');
    insert into anchor values ('newcomer', member);
    insert into address values ('/fr/mandats/nouveau-venu', member, 'fr', 'nouveau-venu'),
                               ('/en/mandates/newcomer', member, 'en', 'newcomer');
    insert into revision (document_id, number, slug_fr, slug_en, english, author)
    select member, 1, 'nouveau-venu', 'newcomer', 'present', id from account where name = 'importer';
    insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
    values (member, 1, 'title', 1, 'newcomer', stamp || ' Nouveau venu', stamp || ' Newcomer', 1);
    perform stamp.revise(array[list], 'stamp0');
    insert into list_item select list, max(number), max(position) + 1, member from list_item where document_id = list
     group by number order by number desc limit 1;
    update revision set digest = revision_digest(document_id, number) where digest is null;
    perform take_instant(array[list, member]);
    set constraints publication_one_text_at_a_time deferred;
    with present as (insert into release (at, taken_at, author)
                 select deed_instant(), deed_instant(), id from account where name = 'importer' returning id),
         coming as (insert into release (at, taken_at, author)
                  select newcomer.at, deed_instant(), id from account where name = 'importer' returning id)
    insert into publication (document_id, number, period, release_id)
    select list, (select max(number) from revision where document_id = list), tstzrange(deed_instant(), null), id from present
    union all select member, 1, tstzrange(newcomer.at, null), id from coming;
    perform settle(list), settle(member);
end
$$;
