-- Deeds in a line of SQL each, for tests that try what the record refuses. Time is counted in minutes from `minute(0)`.

create schema sample;
grant usage on schema sample to public;

create function sample.minute(minutes numeric) returns timestamptz
    language sql immutable
    return timestamptz '2026-03-01 00:00:00+00' + minutes * interval '1 minute';

create function sample.minutes(instant timestamptz) returns numeric
    language sql immutable
    return trim_scale(extract(epoch from instant - sample.minute(0)) / 60);

-- The anchor of a document's title (t) or body (b); anchors have neither 0 nor 1.
create function sample.anchor(part text, of_document bigint) returns text
    language sql immutable
    return part || translate(to_char(of_document, 'FM0000'), '01', 'ol');

create function sample.slug(of_document bigint) returns text
    language sql stable
    return (select case when d.key is null then 'texte-' || d.id end from document d where d.id = of_document);

-- A document with its addresses and anchors, without a revision.
create function sample.document(id bigint, kind text default 'mandate') returns void
    language plpgsql as $$
declare
    known boolean := kind in ('institution', 'statement', 'list');
begin
    insert into document (id, kind, key) values (id, kind, case when known then 'cle-' || chr(96 + id::int) end);
    insert into anchor (anchor, document_id) select sample.anchor(part, id), id from unnest(array['t', 'b']) part;
    perform sample.claim(id);
end
$$;

-- What a text needs to go out, unless it has it.
create function sample.claim(of_document bigint) returns void
    language sql as $$
    insert into address (path, document_id, language, slug)
    select format('/%s/%s', language, coalesce(sample.slug(of_document), 'cle-' || chr(96 + of_document::int))), of_document,
           language, sample.slug(of_document)
      from unnest(array['fr', 'en']) language
        on conflict do nothing
$$;

-- An open revision, its title and its body.
create function sample.open(of_document bigint, parent integer default null, english text default 'present',
                            fr text default 'Un texte', en text default 'A text') returns integer
    language plpgsql as $$
declare
    opened integer := 1 + coalesce((select max(number) from revision where document_id = of_document), 0);
begin
    insert into revision (document_id, number, parent, slug_fr, slug_en, english, remark, author)
    values (of_document, opened, parent, sample.slug(of_document), sample.slug(of_document), english, 'secret', 1);
    insert into passage (document_id, number, part, position, anchor, fr, en, en_basis) values
        (of_document, opened, 'title', 1, sample.anchor('t', of_document), fr, en, case when en is not null then opened end),
        (of_document, opened, 'body', 1, sample.anchor('b', of_document), format('%s %s', fr, opened), format('%s %s', en, opened), opened);
    return opened;
end
$$;

create function sample.seal(of_document bigint, of_number integer) returns integer
    language sql as $$
    update revision set digest = revision_digest(document_id, number)
     where document_id = of_document and number = of_number returning number
$$;

-- A sealed revision that descends from the one before, or from the parent named.
create function sample.revise(of_document bigint, parent integer default null, english text default 'present',
                              fr text default 'Un texte', en text default 'A text') returns integer
    language sql as $$
    select sample.seal(of_document, sample.open(
        of_document, coalesce(parent, (select max(number) from revision where document_id = of_document)), english, fr, en))
$$;

-- A release, now or scheduled.
create function sample.release(at timestamptz default null) returns bigint
    language sql as $$
    insert into release (at, taken_at, author) values (coalesce(at, deed_instant()), deed_instant(), 1) returning id
$$;

create function sample.start(of_release bigint, of_document bigint, of_number integer) returns void
    language plpgsql as $$
begin
    perform sample.claim(of_document);
    set constraints publication_one_text_at_a_time deferred;
    insert into publication (document_id, number, period, release_id)
    select of_document, of_number, tstzrange(r.at, null), r.id from release r where r.id = of_release;
    perform settle(of_document);
end
$$;

create function sample.finish(of_release bigint, of_document bigint) returns void
    language plpgsql as $$
begin
    insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en)
    values (of_document, of_release, 'withdrawn', 'Caduc', 'Lapsed');
    perform settle(of_document);
end
$$;

create function sample.publish(of_document bigint, of_number integer, at timestamptz default null) returns bigint
    language plpgsql as $$
declare
    made bigint := sample.release(at);
begin
    perform sample.start(made, of_document, of_number);
    return made;
end
$$;

create function sample.withdraw(of_document bigint, at timestamptz default null) returns bigint
    language plpgsql as $$
declare
    made bigint := sample.release(at);
begin
    perform sample.finish(made, of_document);
    return made;
end
$$;

create function sample.settle_all(of_release bigint) returns void
    language sql as $$
    select settle(document_id) from (select document_id from publication where release_id = of_release
                                     union select document_id from withdrawal where release_id = of_release) touched
$$;

create function sample.cancel(of_release bigint) returns void
    language plpgsql as $$
begin
    set constraints publication_one_text_at_a_time deferred;
    update publication set cancelled_at = deed_instant() where release_id = of_release;
    update withdrawal set cancelled_at = deed_instant() where release_id = of_release;
    update release set cancelled_at = deed_instant() where id = of_release;
    perform sample.settle_all(of_release);
end
$$;

-- Moves a scheduled release; an end that would come before its start is left to settle().
create function sample.move(of_release bigint, to_instant timestamptz) returns void
    language plpgsql as $$
begin
    set constraints publication_one_text_at_a_time deferred;
    update release set at = to_instant where id = of_release;
    update publication set period = tstzrange(to_instant, null) where release_id = of_release;
    perform sample.settle_all(of_release);
end
$$;

-- The texts of a document: `number [from, until)` in minutes, in order.
create function sample.texts(of_document bigint) returns text
    language sql stable
    return (select string_agg(format('%s [%s,%s)', number, sample.minutes(lower(period)), sample.minutes(upper(period))), ' '
                              order by lower(period))
              from publication where document_id = of_document and cancelled_at is null);
