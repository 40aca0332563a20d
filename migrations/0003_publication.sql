-- Publication in time (design §2.1–2.3, 2.5, 2.7): what is in effect is what the clock says, and what has begun stays.

-- One deed at one instant: it starts or ends the publications of one or more documents, all together or not at all.
create table release (
    id bigint generated always as identity constraint release_pkey primary key,
    at timestamptz not null constraint release_at_finite check (isfinite(at)),
    taken_at timestamptz not null,
    -- The date and time of Québec that was asked for, when the release was scheduled.
    local_time timestamp,
    author bigint not null constraint release_author references account,
    override_reason text,
    cancelled_at timestamptz,
    constraint release_not_in_the_past check (at >= taken_at),
    constraint release_cancelled_before_it_begins check (cancelled_at < at)
);

create table publication (
    id bigint generated always as identity constraint publication_pkey primary key,
    document_id bigint not null,
    number integer not null,
    period tstzrange not null constraint publication_period_half_open check (
        isempty(period)
        or lower_inc(period) and not upper_inc(period) and isfinite(lower(period))
           and (upper_inf(period) or isfinite(upper(period)))),
    release_id bigint not null constraint publication_release references release,
    note_fr text constraint publication_note_fr_one_line check (note_fr !~ '[\r\n]' and length(note_fr) <= 300),
    note_en text constraint publication_note_en_one_line check (note_en !~ '[\r\n]' and length(note_en) <= 300),
    minor boolean not null default false,
    cancelled_at timestamptz,
    constraint publication_revision foreign key (document_id, number) references revision,
    constraint publication_once_per_release unique (release_id, document_id),
    constraint publication_period_not_empty check (not isempty(period)),
    constraint publication_note_bilingual check ((note_fr is null) = (note_en is null)),
    -- Deferrable, or moving two periods in one statement would fail row by row.
    constraint publication_one_text_at_a_time
        exclude using gist (document_id with =, period with &&) where (cancelled_at is null)
        deferrable initially immediate,
    constraint publication_one_start_per_second
        exclude using gist (document_id with =, second_of(lower(period)) with =) where (cancelled_at is null)
        deferrable initially immediate
);
create index publication_by_revision on publication (document_id, number);

create table withdrawal (
    id bigint generated always as identity constraint withdrawal_pkey primary key,
    document_id bigint not null constraint withdrawal_document references document,
    release_id bigint not null constraint withdrawal_release references release,
    -- withdrawn: the page stays, under a banner; removed: 410, with an explanation.
    kind text not null constraint withdrawal_kind_known check (kind in ('withdrawn', 'removed')),
    reason_fr text not null constraint withdrawal_reason_fr_filled check (not is_blank(reason_fr)),
    reason_en text not null constraint withdrawal_reason_en_filled check (not is_blank(reason_en)),
    successor_id bigint constraint withdrawal_successor references document
        constraint withdrawal_not_own_successor check (successor_id <> document_id),
    cancelled_at timestamptz,
    constraint withdrawal_once_per_release unique (release_id, document_id)
);
create index withdrawal_by_document on withdrawal (document_id);

-- A public path belongs to its document for ever; the document that wants another's is refused by this key's name.
create table address (
    path text constraint address_never_changes_hands primary key
        constraint address_path_form check (path ~ '^/(fr|en)(/[a-z0-9]+(-[a-z0-9]+)*)*$'),
    document_id bigint not null constraint address_document references document,
    language text not null constraint address_language_known check (language in ('fr', 'en')),
    -- The slug whose publication makes the path show; null for documents that the program knows by name.
    slug text,
    constraint address_in_its_language check (path ~ ('^/' || language || '(/|$)')),
    constraint address_ends_with_slug check (path like '%/' || slug)
);
create index address_by_document on address (document_id, language);

-- The one order of deeds.

-- Waits until every deed before this one has ended, and holds those after it.
create function hold_deeds() returns void
    language sql
    return pg_advisory_xact_lock(hashtext('mandat deeds'));

-- Takes the instant of a deed that touches these documents: one deed at a time, never in a second in which one of them
-- already changed, never before its last change. Kept for the transaction; guards measure against it.
create function take_instant(documents bigint[]) returns timestamptz
    language plpgsql as $$
declare
    taken timestamptz;
    last_change timestamptz;
    waits integer := 0;
begin
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

-- The instant was measured against the documents that the deed named, and against no others.
create function deed_names_its_documents(of_document bigint) returns void
    language plpgsql as $$
begin
    if of_document <> all (nullif(current_setting('mandat.deed_documents', true), '')::bigint[]) then
        perform refuse('deed_names_its_documents', format('the deed took no instant for document %s', of_document));
    end if;
end
$$;

-- The past settles: nobody may learn later of a change that readers have already been told did not happen.
create function deed_is_in_time() returns void
    language plpgsql as $$
begin
    if instant() - deed_instant() > interval '5 seconds' then
        perform refuse('deed_in_time', 'the deed took more than five seconds from its instant to its commit');
    end if;
end
$$;

-- Moves the ends still ahead of a document's texts to its next start or withdrawal, or opens them.
create function settle(of_document bigint) returns void
    language sql as $$
    with boundary as (
        select lower(period) as at from publication where document_id = of_document and cancelled_at is null
        union
        select r.at from withdrawal w join release r on r.id = w.release_id
         where w.document_id = of_document and w.cancelled_at is null
    ), settled as (
        select p.id, tstzrange(lower(p.period), min(b.at)) as period
          from publication p left join boundary b on b.at > lower(p.period)
         where p.document_id = of_document and p.cancelled_at is null
           and (upper_inf(p.period) or upper(p.period) > deed_instant())
         group by p.id
    )
    update publication p set period = s.period from settled s where s.id = p.id and s.period <> p.period
$$;

-- Guards of the moment: what has begun is never rewritten.

create function release_keeps_the_past() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if new.taken_at <> deed_instant() or new.cancelled_at is not null then
            perform refuse('release_is_taken_now', 'a release is taken at the instant of its deed');
        end if;
        return new;
    end if;
    if tg_op = 'DELETE' or old.cancelled_at is not null or old.at <= deed_instant()
       or (new.id, new.taken_at, new.author, new.override_reason)
          is distinct from (old.id, old.taken_at, old.author, old.override_reason)
       or new.at < deed_instant() or new.cancelled_at <> deed_instant() then
        perform refuse('release_has_begun',
            format('release %s has begun or was cancelled: it is never rewritten', old.id));
    end if;
    return new;
end
$$;
create trigger release_keeps_the_past before insert or update or delete on release
    for each row execute function release_keeps_the_past();

create function publication_keeps_the_past() returns trigger
    language plpgsql as $$
declare
    taken timestamptz := deed_instant();
begin
    if tg_op = 'INSERT' then
        if lower(new.period) < taken or new.cancelled_at is not null then
            perform refuse('publication_has_begun', 'a publication never starts in the past');
        end if;
        perform deed_names_its_documents(new.document_id);
        return new;
    end if;
    if tg_op = 'DELETE' or old.cancelled_at is not null
       or (new.id, new.document_id, new.number, new.release_id, new.note_fr, new.note_en, new.minor)
          is distinct from
          (old.id, old.document_id, old.number, old.release_id, old.note_fr, old.note_en, old.minor)
       -- The start, while it is ahead; the end, while it is ahead.
       or (lower(new.period) <> lower(old.period) and (lower(old.period) <= taken or lower(new.period) < taken))
       or (upper(new.period) is distinct from upper(old.period) and (upper(old.period) <= taken or upper(new.period) < taken))
       or (new.cancelled_at is not null and (lower(old.period) <= taken or new.cancelled_at <> taken)) then
        perform refuse('publication_has_begun',
            format('publication %s of document %s: what has begun is never rewritten', old.id, old.document_id));
    end if;
    perform deed_names_its_documents(new.document_id);
    return new;
end
$$;
create trigger publication_keeps_the_past before insert or update or delete on publication
    for each row execute function publication_keeps_the_past();

create function withdrawal_keeps_the_past() returns trigger
    language plpgsql as $$
declare
    starts timestamptz;
begin
    select at into starts from release where id = (case when tg_op = 'DELETE' then old.release_id else new.release_id end);
    if tg_op = 'INSERT' then
        if starts < deed_instant() or new.cancelled_at is not null then
            perform refuse('withdrawal_has_begun', 'a withdrawal never starts in the past');
        end if;
        perform deed_names_its_documents(new.document_id);
        return new;
    end if;
    if tg_op = 'DELETE' or old.cancelled_at is not null or starts <= deed_instant() or new.cancelled_at <> deed_instant()
       or (new.id, new.document_id, new.release_id, new.kind, new.reason_fr, new.reason_en, new.successor_id)
          is distinct from
          (old.id, old.document_id, old.release_id, old.kind, old.reason_fr, old.reason_en, old.successor_id) then
        perform refuse('withdrawal_has_begun',
            format('withdrawal %s of document %s: what has begun is never rewritten', old.id, old.document_id));
    end if;
    perform deed_names_its_documents(new.document_id);
    return new;
end
$$;
create trigger withdrawal_keeps_the_past before insert or update or delete on withdrawal
    for each row execute function withdrawal_keeps_the_past();

create trigger release_is_kept before truncate on release execute function refuse_change('release_has_begun');
create trigger publication_is_kept before truncate on publication execute function refuse_change('publication_has_begun');
create trigger withdrawal_is_kept before truncate on withdrawal execute function refuse_change('withdrawal_has_begun');

-- What a text must be to go out: French whole; English whole, or declared to follow, or declared none (design §2.5).
create function publication_is_complete() returns trigger
    language plpgsql as $$
declare
    text_published revision;
begin
    select * into text_published from revision r where r.document_id = new.document_id and r.number = new.number;
    if text_published.digest is null then
        perform refuse('publication_of_sealed_revision', 'a revision is sealed before it is published');
    end if;
    if exists (select from passage p where p.document_id = new.document_id and p.number = new.number
                and p.salt is not null and is_blank(p.fr))
       or not exists (select from passage p where p.document_id = new.document_id and p.number = new.number
                       and p.part = 'title') then
        perform refuse('publication_requires_french',
            format('document %s cannot be published: its French is incomplete', new.document_id));
    end if;
    if text_published.english = 'present'
       and exists (select from passage p where p.document_id = new.document_id and p.number = new.number
                    and p.salt is not null and is_blank(p.en)) then
        perform refuse('publication_requires_english',
            format('document %s cannot be published: its English is incomplete and not declared otherwise', new.document_id));
    end if;
    return new;
end
$$;
create trigger publication_is_complete before insert on publication
    for each row execute function publication_is_complete();

-- Addresses.

-- Whether a publication that was not cancelled uses, used or will use this address.
create function address_is_used(of_document bigint, in_language text, with_slug text) returns boolean
    language sql stable
    return exists (
        select from publication p join revision r using (document_id, number)
         where p.document_id = of_document and p.cancelled_at is null
           and (with_slug is null
                or with_slug = case in_language when 'fr' then r.slug_fr else coalesce(r.slug_en, r.slug_fr) end));

create function address_is_for_ever() returns trigger
    language plpgsql as $$
begin
    if tg_op = 'DELETE' and not address_is_used(old.document_id, old.language, old.slug) then
        -- In the order of deeds, or one that relies on the address could commit meanwhile.
        perform deed_instant();
        return old;
    end if;
    perform refuse('address_is_for_ever', format('%s belongs to document %s for ever', old.path, old.document_id));
    return null;
end
$$;
create trigger address_is_for_ever before update or delete on address
    for each row execute function address_is_for_ever();
create trigger address_is_kept before truncate on address execute function refuse_change('address_is_for_ever');

-- At commit: the whole of each document touched must stand.

create function document_is_settled(of_document bigint) returns void
    language plpgsql as $$
begin
    if exists (select from publication p join release r on r.id = p.release_id
                where p.document_id = of_document
                  and (lower(p.period) <> r.at or p.cancelled_at is distinct from r.cancelled_at))
       or exists (select from withdrawal w join release r on r.id = w.release_id
                   where w.document_id = of_document and w.cancelled_at is distinct from r.cancelled_at) then
        perform refuse('release_is_whole', format('document %s: a release moves and is cancelled whole', of_document));
    end if;
    if exists (select from publication p
                where p.document_id = of_document and p.cancelled_at is null and not upper_inf(p.period)
                  and not exists (select from publication s where s.document_id = of_document
                                   and s.cancelled_at is null and lower(s.period) = upper(p.period))
                  and not exists (select from withdrawal w join release r on r.id = w.release_id
                                   where w.document_id = of_document and w.cancelled_at is null and r.at = upper(p.period))) then
        perform refuse('publication_end_is_met',
            format('document %s: an end meets a successor''s start or a withdrawal, never a gap', of_document));
    end if;
    if exists (select from withdrawal w join release r on r.id = w.release_id
                where w.document_id = of_document and w.cancelled_at is null
                  and not exists (select from publication p where p.document_id = of_document
                                   and p.cancelled_at is null and upper(p.period) = r.at)) then
        perform refuse('withdrawal_ends_a_text', format('document %s: a withdrawal ends a text in effect', of_document));
    end if;
    if exists (select from (select lower(period) as at from publication
                             where document_id = of_document and cancelled_at is null
                            union all
                            select r.at from withdrawal w join release r on r.id = w.release_id
                             where w.document_id = of_document and w.cancelled_at is null) change
                group by second_of(change.at) having count(*) > 1) then
        perform refuse('document_changes_once_a_second',
            format('document %s: two starts or withdrawals never share a second', of_document));
    end if;
    if exists (select from publication p
                cross join (values ('fr'), ('en')) as l (language)
                join revision r on r.document_id = p.document_id and r.number = p.number
                join document d on d.id = p.document_id
                where p.document_id = of_document and p.cancelled_at is null
                  and not exists (select from address a where a.document_id = of_document and a.language = l.language
                                   and (d.key is not null and a.slug is null and r.slug_fr is null
                                        or a.slug = case l.language when 'fr' then r.slug_fr
                                                                    else coalesce(r.slug_en, r.slug_fr) end))) then
        perform refuse('publication_has_address', format('document %s: a text goes out with an address', of_document));
    end if;
    if exists (
        with recursive following as (
            select number, lag(number) over (order by lower(period)) as before
              from publication where document_id = of_document and cancelled_at is null
        ), ancestry as (
            select f.number as text_following, f.before, f.number as ancestor from following f where f.before is not null
            union
            select a.text_following, a.before, p.parent
              from ancestry a
              join revision r on r.document_id = of_document and r.number = a.ancestor
              cross join lateral (values (r.parent), (r.merged_parent)) as p (parent)
             where a.ancestor > a.before and p.parent is not null
        )
        select from following f where f.before is not null
           and not exists (select from ancestry a where a.text_following = f.number and a.before = f.before
                            and a.ancestor = f.before)) then
        perform refuse('publication_descends',
            format('document %s: a published text descends from the one it follows', of_document));
    end if;
end
$$;

create function settled_at_commit() returns trigger
    language plpgsql as $$
begin
    perform deed_is_in_time();
    perform document_is_settled(new.document_id);
    return null;
end
$$;
create constraint trigger publication_settled_at_commit after insert or update on publication
    deferrable initially deferred for each row execute function settled_at_commit();
create constraint trigger withdrawal_settled_at_commit after insert or update on withdrawal
    deferrable initially deferred for each row execute function settled_at_commit();

create function release_at_commit() returns trigger
    language plpgsql as $$
declare
    of_document bigint;
    touched integer := 0;
begin
    perform deed_is_in_time();
    for of_document in
        select document_id from publication where release_id = new.id
        union select document_id from withdrawal where release_id = new.id
    loop
        touched := touched + 1;
        perform document_is_settled(of_document);
    end loop;
    if touched = 0 then
        perform refuse('release_not_empty', 'a release starts or ends at least one publication');
    end if;
    return null;
end
$$;
create constraint trigger release_settled_at_commit after insert or update on release
    deferrable initially deferred for each row execute function release_at_commit();
