-- Where to look for a quotation, at any size of the record: by the rarest of its pairs of words. Rows of words were looked
-- for by their trigrams, whose lists grow with every version of every text.

-- Two words that follow each other, and the passages that have ever been published with them, each once whatever its
-- versions. No role of ours reads it.
create table published_pair (
    pair text not null,
    document_id bigint not null,
    anchor text not null,
    constraint published_pair_pkey primary key (pair, document_id, anchor)
);

create index published_words_by_anchor on published_words (document_id, anchor);
drop index published_words_by_trigram;

create function word_pairs(words text) returns setof text
    language sql immutable parallel safe as $$
    select distinct w.word || ' ' || w.following
      from (select word, lead(word) over (order by place) as following
              from unnest(string_to_array(words, ' ')) with ordinality as s (word, place)) w
     where w.following is not null
$$;

-- As before, and the pairs of its words.
create or replace function index_revision(of_document bigint, of_number integer) returns void
    language sql as $$
    with entered as (
        insert into published_words (document_id, number, language, part, position, anchor, words, vector)
        select a.document_id, a.number, w.language, a.part, a.position, a.anchor,
               unaccented(w.legible), search_vector(w.language, w.legible)
          from passage a
          join revision r on r.document_id = a.document_id and r.number = a.number
         cross join lateral (values ('fr', legible(a.fr)), ('en', case r.english when 'present' then legible(a.en) end))
                    as w (language, legible)
         where a.document_id = of_document and a.number = of_number and w.legible is not null
            on conflict do nothing
        returning document_id, anchor, part, words
    ), paired as (
        insert into published_pair (pair, document_id, anchor)
        select distinct pair, e.document_id, e.anchor from entered e, word_pairs(e.words) as pair
         where e.part <> 'summary'
            on conflict do nothing
    )
    insert into published_vocabulary (word)
    select distinct word from entered, unnest(string_to_array(words, ' ')) as word
     where word ~ '^[^0-9]{4,40}$'
        on conflict do nothing
$$;

insert into published_pair (pair, document_id, anchor)
select distinct pair, w.document_id, w.anchor from published_words w, word_pairs(w.words) as pair where w.part <> 'summary';

-- As before, and pairs that no other text of the passage has.
create or replace function published_words_follow() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    left_behind text[];
begin
    if tg_table_name = 'publication' then
        perform index_revision(new.document_id, new.number);
    else
        with gone as (
            delete from published_words w
             where w.document_id = new.document_id and w.number = new.number and w.anchor = new.anchor
            returning w.words
        )
        select coalesce(array_agg(distinct words), '{}') into left_behind from gone;
        delete from published_pair p
         using (select distinct pair from unnest(left_behind) as words, word_pairs(words) as pair) g
         where p.pair = g.pair and p.document_id = new.document_id and p.anchor = new.anchor
           and not exists (select from published_words w
                            where w.document_id = p.document_id and w.anchor = p.anchor
                              and ' ' || w.words || ' ' like '% ' || p.pair || ' %');
        delete from published_vocabulary v
         using (select distinct word from unnest(left_behind) as words, unnest(string_to_array(words, ' ')) as word) g
         where v.word = g.word
           and not exists (select from published_words w where w.vector @@ typed_query(v.word) and w.words ~ ('\m' || v.word || '\M'));
    end if;
    return null;
end
$$;

-- As before, by the rarest pairs of these word sequences: a passage that has them all has each of these.
create or replace function site.quoted_in(in_language text, sequences text[]) returns setof bigint
    language sql stable security definer
    set search_path = public, pg_temp as $$
    with asked as materialized (
        select distinct unaccented(legible(sequence)) as words from unnest(sequences) as sequence where legible(sequence) <> ''
    ), rarest as materialized (
        select q.pair
          from (select distinct pair from asked, word_pairs(asked.words) as pair) q
         cross join lateral (
               select count(*) as passages
                 from (select from published_pair p where p.pair = q.pair limit 100) few) known
         where known.passages > 0
         order by known.passages, q.pair limit 4
    ), likely as materialized (
        select distinct p.document_id, p.anchor from rarest join published_pair p on p.pair = rarest.pair
    ), held as (
        select distinct w.document_id, w.number, a.words
          from likely l
          join published_words w on w.document_id = l.document_id and w.anchor = l.anchor
          join asked a on w.words like '%' || a.words || '%'
         where w.language = in_language and w.part <> 'summary'
    )
    select h.document_id
      from held h
      join publication p on p.document_id = h.document_id and p.number = h.number
     where p.cancelled_at is null and lower(p.period) <= (select instant())
     group by h.document_id
     order by count(distinct h.words) desc, bool_or(p.period @> (select instant())) desc, h.document_id
     limit 24
$$;

-- Which of the versions of these documents that have begun say the same in a language: the same rank; null for no words.
create function site.wordings(of_documents bigint[], in_language text) returns table (publication_id bigint, wording bigint)
    language sql stable security definer
    set search_path = public, pg_temp as $$
    select p.id, case when s.same_as is not null then dense_rank() over (partition by p.document_id order by s.same_as) end
      from publication p
      join wording w on w.document_id = p.document_id and w.number = p.number
     cross join lateral (select case in_language when 'fr' then w.same_fr_as else w.same_en_as end as same_as) s
     where p.document_id = any (of_documents) and p.cancelled_at is null and lower(p.period) <= (select instant())
$$;

-- As before, among the passages that share most pairs of words with the quotation, rare pairs above all.
create or replace function site.nearest_passages(in_language text, quotation text)
    returns table (publication_id bigint, document_id bigint, anchor text)
    language sql stable security definer
    set search_path = public, pg_temp as $$
    with asked as materialized (
        select unaccented(legible(quotation)) as words
    ), sharing as materialized (
        select p.document_id, p.anchor, 1.0 / count(*) over (partition by q.pair) as weight
          from asked cross join lateral word_pairs(asked.words) as q (pair)
         cross join lateral (select * from published_pair p where p.pair = q.pair limit 100) p
    ), near as materialized (
        select s.document_id, s.anchor from sharing s
         group by s.document_id, s.anchor order by sum(s.weight) desc, s.document_id, s.anchor limit 24
    )
    select best.id, n.document_id, n.anchor
      from near n
     cross join asked
     cross join lateral (
           select p.id, word_similarity(asked.words, w.words) as likeness
             from published_words w
             join publication p on p.document_id = w.document_id and p.number = w.number
            where w.document_id = n.document_id and w.anchor = n.anchor and w.language = in_language and w.part <> 'summary'
              and p.cancelled_at is null and lower(p.period) <= (select instant())
            order by likeness desc, lower(p.period) desc limit 1) best
     order by best.likeness desc, n.document_id
     limit 5
$$;

-- Since when the record exists: its first start of all, which the view could not find through an index.
create function site.beginning() returns timestamptz
    language sql stable security definer
    set search_path = public, pg_temp as $$
    select min(lower(period)) from publication where cancelled_at is null and lower(period) <= (select instant())
$$;
