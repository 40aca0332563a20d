-- Releases as the public may see them: what began or ended at which instant, and what the public was told of it. Neither
-- numbers nor authors of releases, which would tell of those scheduled and cancelled.

create index release_by_instant on release (at) where cancelled_at is null;
create index publication_by_release on publication (release_id);
create index withdrawal_by_release on withdrawal (release_id);

-- A join above the union, because a barrier whose whole query is a union is none: PostgreSQL takes such a view apart, and
-- functions of the asker then hear of hidden rows.
create view site.release with (security_barrier) as
select r.at, c.document_id, c.publication_id, c.withdrawn, c.note_fr, c.note_en, c.minor
  from release r
  cross join lateral (
       select p.document_id, p.id as publication_id, null::text as withdrawn, p.note_fr, p.note_en, p.minor
         from publication p where p.release_id = r.id and p.cancelled_at is null
       union all
       select w.document_id, null, w.kind, w.reason_fr, w.reason_en, false
         from withdrawal w where w.release_id = r.id and w.cancelled_at is null) c
 where r.cancelled_at is null and r.at <= (select instant());
