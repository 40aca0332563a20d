-- What the public may see (design §2.6): the schema `site`, whose views show what has begun and was not cancelled.
-- Security barriers, because a plain view leaks rows through a cast in its caller's WHERE; the clock in a sub-select,
-- or every row would ask it again.

create schema site;

create view site.publication with (security_barrier) as
select p.id, p.document_id,
       row_number() over (partition by p.document_id order by lower(p.period)) as version,
       -- An end still ahead is shown as open.
       tstzrange(lower(p.period), case when upper(p.period) <= (select instant()) then upper(p.period) end) as period,
       p.note_fr, p.note_en, p.minor, r.slug_fr, r.slug_en, r.english, r.digest
  from publication p join revision r on r.document_id = p.document_id and r.number = p.number
 where p.cancelled_at is null and lower(p.period) <= (select instant());

create function has_begun(of_document bigint) returns boolean
    language sql stable security definer set search_path = public, pg_temp
    return exists (select from publication p where p.document_id = of_document and p.cancelled_at is null
                    and lower(p.period) <= instant());

create view site.document with (security_barrier) as
select d.id, d.kind, d.key from document d where has_begun(d.id);

create view site.passage with (security_barrier) as
select p.id as publication_id, p.document_id, a.part, a.position, a.anchor, a.fr, a.en, a.salt is null as redacted,
       -- The French has changed since this English was made from it.
       a.en is not null and b.salt is not null and b.fr is distinct from a.fr as lagging, a.digest
  from publication p
  join passage a on a.document_id = p.document_id and a.number = p.number
  left join passage b on b.document_id = a.document_id and b.number = a.en_basis and b.anchor = a.anchor
 where p.cancelled_at is null and lower(p.period) <= (select instant());

create view site.list_item with (security_barrier) as
select p.id as publication_id, p.document_id, i.position, i.member_id
  from publication p
  join list_item i on i.document_id = p.document_id and i.number = p.number
 where p.cancelled_at is null and lower(p.period) <= (select instant()) and has_begun(i.member_id);

create view site.representative_detail with (security_barrier) as
select p.id as publication_id, p.document_id, d.office_from, d.office_until,
       case when has_begun(d.successor_id) then d.successor_id end as successor_id
  from publication p
  join representative_detail d on d.document_id = p.document_id and d.number = p.number
 where p.cancelled_at is null and lower(p.period) <= (select instant());

create view site.withdrawal with (security_barrier) as
select w.document_id, r.at, w.kind, w.reason_fr, w.reason_en,
       case when has_begun(w.successor_id) then w.successor_id end as successor_id
  from withdrawal w join release r on r.id = w.release_id
 where w.cancelled_at is null and r.at <= (select instant());

create view site.address with (security_barrier) as
select a.path, a.document_id, a.language, a.slug
  from address a
 where exists (select from publication p join revision r on r.document_id = p.document_id and r.number = p.number
                where p.document_id = a.document_id and p.cancelled_at is null and lower(p.period) <= (select instant())
                  and (a.slug is null
                       or a.slug = case a.language when 'fr' then r.slug_fr else coalesce(r.slug_en, r.slug_fr) end));

create view site.redaction with (security_barrier) as
select r.document_id, r.anchor, r.at, r.ground
  from redaction r
 where exists (select from publication p join passage a on a.document_id = p.document_id and a.number = p.number
                where p.document_id = r.document_id and p.cancelled_at is null and lower(p.period) <= (select instant())
                  and a.anchor = r.anchor);

-- When the public date of a document moved: not for a minor release, nor in a language whose words it leaves unchanged.
-- Order and details are words in both languages. Sub-selects, since a function would be called with its caller's rights.
create view site.change with (security_barrier) as
select c.document_id, c.publication_id, c.at,
       not c.minor and (c.words_fr || c.details) is distinct from lag(c.words_fr || c.details) over following as moves_fr,
       not c.minor and (c.words_en || c.details) is distinct from lag(c.words_en || c.details) over following as moves_en
  from (select p.document_id, p.id as publication_id, lower(p.period) as at, p.minor, w.words_fr, w.words_en,
               coalesce(i.members, '') || (d.office_from, d.office_until, d.successor_id)::text as details
          from publication p
          left join lateral (
               select string_agg(a.part || ':' || a.fr, e'\n' order by a.part collate "C", a.position) as words_fr,
                      string_agg(a.part || ':' || a.en, e'\n' order by a.part collate "C", a.position) as words_en
                 from passage a where a.document_id = p.document_id and a.number = p.number) w on true
          left join lateral (
               select string_agg(i.member_id::text, ',' order by i.position) as members
                 from list_item i where i.document_id = p.document_id and i.number = p.number) i on true
          left join representative_detail d on d.document_id = p.document_id and d.number = p.number
         where p.cancelled_at is null and lower(p.period) <= (select instant())) c
window following as (partition by c.document_id order by c.at);

-- Roles are cluster-wide, and another database may be creating them at this moment.
create function ensure_role(role name) returns void
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('mandat roles'));
    if not exists (select from pg_roles where rolname = role) then
        begin
            execute format('create role %I nologin', role);
        exception when duplicate_object or unique_violation then
            null;
        end;
    end if;
    -- From PostgreSQL 16 on, whoever creates a role is a member of it, but may not act as it.
    if not pg_has_role(current_user, role,
                       case when current_setting('server_version_num')::integer < 160000 then 'member' else 'set' end) then
        execute format('grant %I to %I', role, current_user);
    end if;
end
$$;

-- Gives the two roles their rights; `migrate` calls it after each run, so that it always says the whole of them.
create function grant_roles(desk name, site name) returns void
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
    execute format('grant execute on function instant(), has_begun(bigint) to %I', site);
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
