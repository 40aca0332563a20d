-- The same words on texts that readers see: a draft of mandate 5, a scheduled text of mandate 6, a cancelled one of 7.
begin;
create temporary table revised on commit drop as
select * from (values (5::bigint, 'canaribrouillon'), (6, 'canarifutur'), (7, 'canariannule')) as v (number, word);
insert into revision (document_id, number, parent, slug_fr, slug_en, english, author, remark)
select r.document_id, 2, 1, r.slug_fr, r.slug_en, r.english, r.author, 'canariremarque'
  from revision r join revised v on v.number = r.document_id where r.number = 1;
insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
select p.document_id, 2, p.part, p.position, p.anchor, v.word || ' ' || p.fr, v.word || ' ' || p.en, 2
  from passage p join revised v on v.number = p.document_id where p.number = 1;
update revision set digest = revision_digest(document_id, number) where digest is null;
select take_instant(array[6, 7]);
set constraints publication_one_text_at_a_time deferred;
with r as (insert into release (at, taken_at, author)
           select deed_instant() + days * interval '1 day', deed_instant(), id from account, (values (1), (2)) as v (days)
            where program returning id, at)
insert into publication (document_id, number, period, release_id, note_fr, note_en)
select case rank() over (order by at) when 1 then 6 else 7 end, 2, tstzrange(at, null), id, 'canarinote', 'canarinote' from r;
select settle(6), settle(7);
commit;
begin;
select take_instant(array[7]);
update release set cancelled_at = deed_instant()
 where id = (select release_id from publication where document_id = 7 and number = 2);
update publication set cancelled_at = deed_instant() where document_id = 7 and number = 2;
select settle(7);
commit;
