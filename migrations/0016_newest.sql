-- What feeds tell, found by its start whatever the size of the record: the view ranks every version before it sorts them.

-- The publications that began last and are not minor, the newest first, each with the one before it of its document.
create function site.newest(until timestamptz, passed bigint, wanted bigint)
    returns table (publication_id bigint, document_id bigint, at timestamptz, before bigint)
    language sql stable security definer
    set search_path = public, pg_temp as $$
    select p.id, p.document_id, p.at, b.id
      from (select id, document_id, lower(period) as at
              from publication
             -- A clock that runs ahead sees no further.
             where cancelled_at is null and not minor and lower(period) <= least(until, (select instant()))
             order by lower(period) desc, document_id limit wanted offset passed) p
      left join lateral (
           select q.id from publication q
            where q.document_id = p.document_id and q.cancelled_at is null and lower(q.period) < p.at
            order by lower(q.period) desc limit 1) b on true
     order by p.at desc, p.document_id
$$;
