-- Search and quote check: the words of what was published, apart from the record that they were taken from, because
-- barrier views switch off the indexes of operators that are not leakproof. No role of ours reads this table; definer
-- functions do, and apply themselves the conditions of the views of the schema `site`.

-- Empty queries, which are meant, are remarked upon.
set local client_min_messages = warning;

create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- Words alone, in lower case, one space between them. Addresses of links go; apostrophes of every kind part words, which
-- PostgreSQL's parser does for two of them only; soft hyphens join them; œ is oe. The ICU collation knows É everywhere,
-- the database's own may be C.
create function legible(markdown text) returns text
    language sql immutable parallel safe
    return btrim(regexp_replace(
        replace(replace(lower(translate(
            regexp_replace(regexp_replace(normalize(markdown, NFKC), '\]\([^()\s]*\)', ' ', 'g'), ':(fr|en)\[', ' ', 'g'),
            U&'\00AD\200B\200C\200D\2060\FEFF', '') collate "und-x-icu"), 'œ', 'oe'), 'æ', 'ae') collate "und-x-icu",
        '[^[:alnum:]]+', ' ', 'g'));

-- Immutable, which unaccent() with a dictionary of one's choice is not declared to be. It turns some letters into signs
-- (ʼ into an apostrophe, ː into a colon), which mean something in a query: those go.
create function unaccented(words text) returns text
    language sql immutable parallel safe
    return regexp_replace(public.unaccent('public.unaccent'::regdictionary, words), '[^[:alnum:] ]', '', 'g');

-- Accents off the lexemes of a vector or a query: letter for letter, so that its quoting stays whole.
create function bare_lexemes(written text) returns text
    language sql immutable parallel safe
    return translate(written, 'àâäáãåçéèêëíìîïñóòôöõúùûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy');

create function stemmer(in_language text) returns regconfig
    language sql immutable parallel safe
    return case in_language when 'fr' then 'pg_catalog.french'::regconfig else 'pg_catalog.english'::regconfig end;

-- Stems, stems without accents, and whole words without accents: unaccenting before the stemmer would break stop words
-- and participles, stemming alone would miss who types no accents.
create function search_vector(in_language text, words text) returns tsvector
    language sql immutable parallel safe
    return to_tsvector(stemmer(in_language), words)
        || bare_lexemes(to_tsvector(stemmer(in_language), words)::text)::tsvector
        || to_tsvector('pg_catalog.simple', unaccented(words));

-- The same of what is asked, its words following each other; empty for stop words alone (« les » is not in the list).
create function search_query(in_language text, words text) returns tsquery
    language sql immutable parallel safe
    return case when numnode(phraseto_tsquery(stemmer(in_language), words)) = 0 or (in_language, words) = ('fr', 'les')
                     then ''::tsquery
                else phraseto_tsquery(stemmer(in_language), words)
                     || bare_lexemes(phraseto_tsquery(stemmer(in_language), words)::text)::tsquery
                     || phraseto_tsquery('pg_catalog.simple', unaccented(words)) end;

-- The words as they were typed, accents apart: texts that hold these come first.
create function typed_query(words text) returns tsquery
    language sql immutable parallel safe
    return phraseto_tsquery('pg_catalog.simple', unaccented(words));

-- Words that begin so: from three letters on, and never numbers, which are typed whole.
create function prefix_query(in_language text, words text) returns tsquery
    language sql immutable parallel safe
    return case when unaccented(words) ~ '^[^0-9 ]{3,}$' then search_query(in_language, words) || (unaccented(words) || ':*')::tsquery
                else search_query(in_language, words) end;

create table published_words (
    document_id bigint not null,
    number integer not null,
    language text not null constraint published_words_language_known check (language in ('fr', 'en')),
    part text not null,
    position integer not null,
    anchor text not null,
    words text not null,
    vector tsvector not null,
    constraint published_words_pkey primary key (document_id, number, language, part, position),
    constraint published_words_passage foreign key (document_id, number, part, position) references passage
);
-- A deed has five seconds: what it publishes waits in a short list, which a search reads whole, until it fills.
create index published_words_by_vector on published_words using gin (vector) with (gin_pending_list_limit = 256);
create index published_words_by_trigram on published_words using gin (words gin_trgm_ops) with (gin_pending_list_limit = 256);

-- Each word of it once, to find those nearly so. Words of texts not in effect only widen a question, and find nothing.
create table published_vocabulary (
    word text not null constraint published_vocabulary_pkey primary key
);
create index published_vocabulary_by_trigram on published_vocabulary using gin (word gin_trgm_ops) with (gin_pending_list_limit = 256);

-- A revision's words enter when it is first to be published: drafts never do. English that is not declared present is
-- shown to nobody.
create function index_revision(of_document bigint, of_number integer) returns void
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
        returning words
    )
    insert into published_vocabulary (word)
    select distinct word from entered, unnest(string_to_array(words, ' ')) as word
     where word ~ '^[^0-9]{4,40}$'
        on conflict do nothing
$$;

-- Definer, because no role may touch the table.
create function published_words_follow() returns trigger
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
        select coalesce(array_agg(distinct word), '{}') into left_behind
          from gone, unnest(string_to_array(gone.words, ' ')) as word;
        delete from published_vocabulary v
         where v.word = any (left_behind)
           and not exists (select from published_words w where w.vector @@ typed_query(v.word) and w.words ~ ('\m' || v.word || '\M'));
    end if;
    return null;
end
$$;
create trigger published_words_follow after insert on publication
    for each row execute function published_words_follow();
create trigger published_words_leave after update on passage
    for each row when (new.salt is null) execute function published_words_follow();

select index_revision(document_id, number) from (select distinct document_id, number from publication) p;

-- The extension's library must be there before a function may name its settings.
select show_trgm('');

-- Published words that are nearly so, from four letters on.
create function near_query(in_language text, asked text) returns tsquery
    language sql stable
    set pg_trgm.similarity_threshold = 0.45 as $$
    select coalesce(string_agg(format('%L', v.word), ' | ')::tsquery, search_query(in_language, asked))
      from published_vocabulary v
     where asked ~ '^[^0-9 ]{4,40}$' and v.word % unaccented(asked)
$$;

-- The texts in effect at an instant that hold all that is asked: whole words first; if there are none, words that begin
-- so; if there are none, words that are nearly so. Of each, the passage that holds most. Never words: only where they are.
create function site.search_texts(in_language text, asked text[], phrases text[], excluded text[], at timestamptz)
    returns table (document_id bigint, anchor text, closeness text)
    language plpgsql stable security definer
    set search_path = public, pg_temp
    set client_min_messages = warning as $$
declare
    -- A clock that runs ahead sees no further.
    moment timestamptz := least(at, instant());
    barred tsquery := ''::tsquery;
    queries tsquery[];
    literal tsquery := ''::tsquery;
    found_closeness text;
    written text;
begin
    for written in select legible(term) from unnest(excluded) as term loop
        barred := barred || search_query(in_language, written);
    end loop;
    for written in select legible(term) from unnest(asked || phrases) as term loop
        literal := literal || typed_query(written);
    end loop;
    foreach found_closeness in array array['whole', 'begins', 'near'] loop
        select coalesce(array_agg(q.query) filter (where numnode(q.query) > 0), '{}') into queries
          from (select case found_closeness when 'begins' then prefix_query(in_language, legible(word))
                                            else search_query(in_language, legible(word)) end as query
                  from unnest(asked) as word
                 where found_closeness <> 'near'
                union all
                select near_query(in_language, word) from unnest(asked) as term, unnest(string_to_array(legible(term), ' ')) as word
                 where found_closeness = 'near' and numnode(search_query(in_language, word)) > 0
                union all
                select search_query(in_language, legible(phrase)) from unnest(phrases) as phrase) as q;
        return query
        -- Materialized, or the planner would rather walk every publication than the index.
        with hit as materialized (
            select w.document_id, w.number, w.part, w.anchor, q.term,
                   ts_rank(w.vector, q.query) * case when w.vector @@ literal then 6 else 1 end as likeness
              from unnest(queries) with ordinality as q (query, term)
              join published_words w on w.vector @@ q.query
             where w.language = in_language and w.part <> 'summary'
        ), shown as (
            select h.*, p.id as publication_id,
                   h.likeness * case h.part when 'title' then 4 when 'function' then 2 else 1 end as weight
              from hit h
             -- Of each revision at most one publication is in effect; the limit keeps the lookup by revision.
             cross join lateral (
                   select p.id from publication p
                    where p.document_id = h.document_id and p.number = h.number and p.cancelled_at is null
                      and p.period @> moment limit 1) p
        ), passages as (
            select s.document_id, s.publication_id, s.anchor, s.part,
                   row_number() over (partition by s.publication_id
                                      order by s.part = 'title', count(distinct s.term) desc, sum(s.likeness) desc, s.anchor) as place
              from shown s group by s.document_id, s.publication_id, s.anchor, s.part
        ), texts as (
            select t.document_id, t.publication_id, sum(t.weight) as weight
              from (select s.document_id, s.publication_id, s.term, max(s.weight) as weight
                      from shown s group by s.document_id, s.publication_id, s.term) t
             group by t.document_id, t.publication_id
            having count(*) = cardinality(queries)
        )
        select t.document_id, f.anchor, found_closeness
          from texts t join passages f on f.publication_id = t.publication_id and f.place = 1
         where numnode(barred) = 0
            or not exists (select from published_words x join publication p on p.document_id = x.document_id and p.number = x.number
                            where p.id = t.publication_id and x.language = in_language and x.part <> 'summary'
                              and x.vector @@ barred)
         order by t.weight desc, t.document_id;
        if found then
            return;
        end if;
    end loop;
end
$$;

-- Which of these words answer what was asked, to be marked.
create function site.matching_words(in_language text, asked text[], closeness text, candidates text[]) returns setof text
    language sql stable security definer
    set search_path = public, pg_temp
    set client_min_messages = warning as $$
    with term as materialized (
        select distinct word, prefix_query(in_language, word) as begins, search_query(in_language, word) as whole
          from unnest(asked) as term, unnest(string_to_array(legible(term), ' ')) as word
         where numnode(search_query(in_language, word)) > 0
    ), candidate as materialized (
        select c as written, legible(c) as word, search_vector(in_language, legible(c)) as vector from unnest(candidates) as c
    )
    select c.written from candidate c
     where exists (select from term t
                    where case closeness when 'whole' then c.vector @@ t.whole
                                         when 'begins' then c.vector @@ t.begins
                                         else c.vector @@ t.whole
                                              or t.word ~ '^[^0-9]{4,}$'
                                                 and similarity(unaccented(t.word), unaccented(c.word)) >= 0.45 end)
$$;

-- The documents of which a text that has begun holds one of these word sequences: where to look for a quotation. Those that
-- hold most of them come first, then those in effect.
create function site.quoted_in(in_language text, sequences text[]) returns setof bigint
    language sql stable security definer
    set search_path = public, pg_temp as $$
    select w.document_id
      from (select distinct w.document_id, w.number, s.place
              from unnest(sequences) with ordinality as s (words, place)
              join published_words w on w.words like '%' || unaccented(legible(s.words)) || '%'
             where w.language = in_language and w.part <> 'summary' and legible(s.words) <> '') w
      join publication p on p.document_id = w.document_id and p.number = w.number
     where p.cancelled_at is null and lower(p.period) <= (select instant())
     group by w.document_id
     order by count(distinct w.place) desc, bool_or(p.period @> (select instant())) desc, w.document_id
     limit 24
$$;

-- The published passages that are most like a quotation, each in the last version that has it so.
create function site.nearest_passages(in_language text, quotation text)
    returns table (publication_id bigint, document_id bigint, anchor text)
    language sql stable security definer
    set search_path = public, pg_temp
    set pg_trgm.word_similarity_threshold = 0.4 as $$
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

-- What stands in the schema `site` is for readers, functions as well as views: a migration that puts something there needs
-- no grant of its own. `migrate` calls this after `grant_roles`.
create function grant_readers(desk name, site name) returns void
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('mandat roles'));
    revoke execute on all functions in schema site from public;
    execute format('grant execute on all functions in schema site to %I, %I', desk, site);
    execute format('revoke execute on function grant_readers(name, name) from %I', desk);
end
$$;
