-- As before, but planned once for each connection: each answer that is kept asks it, and planning took nearly all of its time.
create or replace function next_change(after timestamptz, documents bigint[] default null) returns timestamptz
    language plpgsql stable
    set plan_cache_mode = force_generic_plan as $$
begin
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
end
$$;

-- How rare the words are decides how to look for them, which only a plan of each question's own knows: what else readers'
-- connections ask is planned once.
alter function site.search_texts(text, text[], text[], text[], timestamptz) set plan_cache_mode = force_custom_plan;
