-- A dump must come back for an owner who is no superuser, also where an administrator brought the extensions first: then
-- the library is not loaded when the functions are made, and their SET of its parameters is refused. They set them
-- themselves, until the end of the transaction.

create or replace function near_query(in_language text, asked text) returns tsquery
    language sql stable as $$
    select set_config('pg_trgm.similarity_threshold', '0.45', true);
    select coalesce(string_agg(format('%L', v.word), ' | ')::tsquery, search_query(in_language, asked))
      from published_vocabulary v
     where asked ~ '^[^0-9 ]{4,40}$' and v.word % unaccented(asked)
$$;

create or replace function site.nearest_passages(in_language text, quotation text)
    returns table (publication_id bigint, document_id bigint, anchor text)
    language sql stable security definer
    set search_path = public, pg_temp as $$
    select set_config('pg_trgm.word_similarity_threshold', '0.4', true);
    select n.id, n.document_id, n.anchor
      from (select distinct on (w.document_id, w.anchor) p.id, w.document_id, w.anchor, word_similarity(q.words, w.words) as likeness
              from (select unaccented(legible(quotation)) as words) q
              join published_words w on q.words <% w.words
              join publication p on p.document_id = w.document_id and p.number = w.number
             where w.language = in_language and w.part <> 'summary' and p.cancelled_at is null and lower(p.period) <= (select instant())
             order by w.document_id, w.anchor, likeness desc, lower(p.period) desc) n
     order by n.likeness desc, n.document_id
     limit 5
$$;
