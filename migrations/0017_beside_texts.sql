-- Words that the law removes leave what was said beside the texts too (design §2.4), and a dated trace stays in each place.
--
-- Where people write: passages, removed by their anchors; remarks on revisions and reviews, public notes, reasons of
-- withdrawals and of emergencies, grounds, details of the journal: a trace; what is being typed, and forms that were kept:
-- dropped; words for search and quotation: gone with their passage. What is left are slugs and backups.

-- The instant that this transaction's deed took, if it took one. As deed_instant(), which the planner must not ask: it
-- estimates with what a stable function gives, and that one refuses.
create function instant_taken() returns timestamptz
    language sql stable
    return nullif(current_setting('mandat.deed_instant', true), '')::timestamptz;

-- What stays in the place of what was said: a black bar and the instant, for both languages.
create function redaction_trace() returns text
    language sql stable
    return U&'\2588 ' || to_char(instant_taken() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- Whether a change of a row does nothing but leave traces in these columns, in the transaction of a redaction.
create function leaves_a_trace(before jsonb, after jsonb, variadic said text[]) returns boolean
    language sql stable as $$
    select case when before <> after and before - said = after - said
                     and exists (select from redaction r
                                  where r.xmin = pg_current_xact_id()::xid and r.at = instant_taken())
                then not exists (select from unnest(said) as s (name)
                                  where after -> name is distinct from before -> name
                                    and after ->> name is distinct from redaction_trace())
                else false end
$$;

-- As before, and by a redaction of this deed: a trace in an older one makes it no newer.
create or replace function passage_is_immutable() returns trigger
    language plpgsql as $$
begin
    if new.fr is null and new.en is null and new.salt is null
       and (new.document_id, new.number, new.part, new.position, new.anchor, new.en_basis, new.digest)
           is not distinct from
           (old.document_id, old.number, old.part, old.position, old.anchor, old.en_basis, old.digest)
       and exists (select from redaction r where r.document_id = old.document_id and r.anchor = old.anchor
                    and r.xmin = pg_current_xact_id()::xid and r.at = instant_taken()) then
        return new;
    end if;
    perform refuse('passage_is_immutable',
        format('passage %s of document %s is immutable', old.anchor, old.document_id));
    return null;
end
$$;

-- The guards, as before but for traces. A condition on the new row needs a trigger of its own for updates.

create or replace trigger revision_is_immutable before update on revision
    for each row when (not leaves_a_trace(to_jsonb(old), to_jsonb(new), 'remark')) execute function revision_is_immutable();
create trigger revision_stays before delete on revision
    for each row execute function revision_is_immutable();

create or replace trigger review_is_immutable before update on review
    for each row when (not leaves_a_trace(to_jsonb(old), to_jsonb(new), 'remark'))
    execute function refuse_change('review_is_immutable');
create trigger review_stays before delete on review
    for each row execute function refuse_change('review_is_immutable');

create or replace trigger journal_is_immutable before update on journal
    for each row when (not leaves_a_trace(to_jsonb(old), to_jsonb(new), 'detail'))
    execute function refuse_change('journal_is_immutable');
create trigger journal_stays before delete on journal
    for each row execute function refuse_change('journal_is_immutable');

create or replace trigger redaction_is_immutable before update on redaction
    for each row when (not leaves_a_trace(to_jsonb(old), to_jsonb(new), 'ground'))
    execute function refuse_change('redaction_is_immutable');
create trigger redaction_stays before delete on redaction
    for each row execute function refuse_change('redaction_is_immutable');

create or replace trigger release_keeps_the_past before update on release
    for each row when (not leaves_a_trace(to_jsonb(old), to_jsonb(new), 'override_reason'))
    execute function release_keeps_the_past();
create trigger release_is_made_once before insert or delete on release
    for each row execute function release_keeps_the_past();

create or replace trigger publication_keeps_the_past before update on publication
    for each row when (not leaves_a_trace(to_jsonb(old), to_jsonb(new), 'note_fr', 'note_en'))
    execute function publication_keeps_the_past();
create trigger publication_is_made_once before insert or delete on publication
    for each row execute function publication_keeps_the_past();

create or replace trigger withdrawal_keeps_the_past before update on withdrawal
    for each row when (not leaves_a_trace(to_jsonb(old), to_jsonb(new), 'reason_fr', 'reason_en'))
    execute function withdrawal_keeps_the_past();
create trigger withdrawal_is_made_once before insert or delete on withdrawal
    for each row execute function withdrawal_keeps_the_past();

-- What tells of removed words.

-- Of what is said, what tells something by itself: a word of four letters or more, two words in a row that are as long or
-- hold a figure.
create function telling_words(words text) returns setof text
    language sql immutable parallel safe as $$
    select word from unnest(string_to_array(words, ' ')) as word where word ~ '^[^0-9]{4,40}$'
    union
    select pair from word_pairs(words) as pair where pair ~ '^([^ ]{4,}|[^ ]*[0-9][^ ]*) ([^ ]{4,}|[^ ]*[0-9][^ ]*)$'
$$;

-- The words of a form as it is posted; null where they cannot be read.
create function posted_words(form text) returns text
    language plpgsql immutable parallel safe as $$
begin
    return (select convert_from(string_agg(case when piece[1] ~ '^%[0-9A-Fa-f]{2}$' then decode(substr(piece[1], 2), 'hex')
                                                else convert_to(piece[1], 'UTF8') end, '' order by place), 'UTF8')
              from regexp_matches(replace(form, '+', ' '), '%[0-9A-Fa-f]{2}|[^%]+|%', 'g') with ordinality as p (piece, place));
exception when character_not_in_repertoire or untranslatable_character then
    return null;
end
$$;

-- Everything that people say beside texts: in which table, in which row.
create view beside_texts as
select 'redaction' as place, ctid as line, ground as said from redaction
union all select 'revision', ctid, remark from revision where remark is not null
union all select 'review', ctid, remark from review where remark is not null
union all select 'journal', ctid, detail from journal where detail is not null
union all select 'release', ctid, override_reason from release where override_reason is not null
union all select 'publication', ctid, note_fr || ' ' || note_en from publication where note_fr is not null
union all select 'withdrawal', ctid, reason_fr || ' ' || reason_en from withdrawal
-- What cannot be read is told by nothing.
union all select 'autosave', ctid, posted_words(form) from autosave;

-- Leaves a trace in the place of whatever repeats what is gone, or a removed passage whole. Pairs and passages are looked
-- for where a word is said with which one begins. Definer, because no role may change what was said.
create function leave_traces(gone text[], passages text[]) returns void
    language sql security definer set search_path = public, pg_temp as $$
    with said as materialized (
        select place, line, unaccented(legible(said)) as words from beside_texts
    ), head as materialized (
        select array_agg(split_part(several, ' ', 1)) as words from unnest(gone || passages) as several where several like '% %'
    ), found as materialized (
        select s.place, s.line from said s cross join head h
         where s.words is null or string_to_array(s.words, ' ') && gone
            or string_to_array(s.words, ' ') && h.words
               and (array(select word_pairs(s.words)) && gone
                    or exists (select from unnest(passages) as passage
                                where position(' ' || passage || ' ' in ' ' || s.words || ' ') > 0))
    ), grounds as (
        update redaction set ground = redaction_trace() where ctid in (select line from found where place = 'redaction')
    ), revisions as (
        update revision set remark = redaction_trace() where ctid in (select line from found where place = 'revision')
    ), reviews as (
        update review set remark = redaction_trace() where ctid in (select line from found where place = 'review')
    ), lines as (
        update journal set detail = redaction_trace() where ctid in (select line from found where place = 'journal')
    ), releases as (
        update release set override_reason = redaction_trace() where ctid in (select line from found where place = 'release')
    ), notes as (
        update publication set note_fr = redaction_trace(), note_en = redaction_trace()
         where ctid in (select line from found where place = 'publication')
    ), reasons as (
        update withdrawal set reason_fr = redaction_trace(), reason_en = redaction_trace()
         where ctid in (select line from found where place = 'withdrawal')
    )
    delete from autosave where ctid in (select line from found where place = 'autosave')
$$;

-- What is said beside texts goes where it repeats what no published text says any more; not the ground of this very deed.
create function redaction_reaches_beside_texts() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    passages text[];
    gone text[];
begin
    select array_agg(distinct w.words) into passages
      from words_before b join words_after a using (document_id, number, part, position)
     cross join lateral unnest(array[b.fr, b.en]) as s (said)
     cross join lateral (select unaccented(legible(s.said)) as words) w
     where a.salt is null and w.words <> '';
    if passages is null then
        return null;
    end if;
    select coalesce(array_agg(distinct t.telling), '{}') into gone
      from unnest(passages) as p (words), telling_words(p.words) as t (telling)
     where not exists (select from published_vocabulary v where v.word = t.telling)
       and not exists (select from published_pair q where q.pair = t.telling);
    -- One word alone, which other texts say too, repeats nothing.
    passages := array(select passage from unnest(passages) as passage where passage like '% %');
    perform leave_traces(gone, passages);
    if exists (select from redaction r where r.at = instant_taken() and r.ground = redaction_trace()) then
        perform refuse('redaction_ground_repeats', 'the ground repeats words that it removes');
    end if;
    return null;
end
$$;
create trigger redaction_reaches_beside_texts after update on passage
    referencing old table as words_before new table as words_after
    for each statement execute function redaction_reaches_beside_texts();

-- As before, and forms kept for that document's pages, which nobody can read but the browser that sent them.
create or replace function redaction_drops_autosaves() returns trigger
    language plpgsql as $$
begin
    delete from autosave where document_id = new.document_id;
    delete from kept_form where path ~ format('/documents/%s([/?]|$)', new.document_id);
    return null;
end
$$;

-- Names by which pages know the programs. Not looked for in the rows of before.
alter table account add constraint account_name_of_program
    check (program or name not in ('importer', 'operator')) not valid;

-- Nothing asks it since 0006: its right goes, and it goes.
create or replace function grant_roles(desk name, site name) returns void
    language plpgsql as $$
declare
    routine regprocedure;
begin
    -- Two grants on one object at once fail.
    perform pg_advisory_xact_lock(hashtext('mandat roles'));
    for routine in
        select p.oid::regprocedure from pg_proc p
         where p.pronamespace = 'public'::regnamespace and p.proowner = current_user::regrole
    loop
        execute format('revoke execute on function %s from public', routine);
        execute format('grant execute on function %s to %I', routine, desk);
    end loop;
    execute format('revoke execute on function ensure_role(name), grant_roles(name, name) from %I', desk);
    execute format('grant usage on schema public, site to %I, %I', desk, site);
    execute format('grant execute on function instant() to %I', site);
    execute format('grant select on all tables in schema site to %I, %I', desk, site);
    execute format('grant select on _sqlx_migrations, account, document, anchor, revision, passage, representative_detail, list_item, release, '
                   'publication, withdrawal, address, redaction to %I', desk);
    execute format('grant insert on account, document, anchor, revision, passage, representative_detail, list_item, release, '
                   'publication, withdrawal, address, redaction to %I', desk);
    execute format('grant update (digest) on revision to %I', desk);
    execute format('grant update (fr, en, salt) on passage to %I', desk);
    execute format('grant update (at, local_time, cancelled_at) on release to %I', desk);
    execute format('grant update (period, cancelled_at) on publication to %I', desk);
    execute format('grant update (cancelled_at) on withdrawal to %I', desk);
    execute format('grant delete on address to %I', desk);
    execute format('grant update on sequence document_id_seq to %I', desk);
end
$$;
drop function has_begun(bigint);
