-- Words that no reader may find, each in a text that is not in effect, is redacted or was never published.
create temporary table canary (number bigint, word text);
insert into canary values (901, 'canaribrouillon'), (902, 'canarifutur'), (903, 'canariannule'), (904, 'canarirature'), (905, 'canariretire');
insert into document (id, kind) select number, 'page' from canary;
insert into anchor select a.prefix || 'canar' || chr((64 + 33 + number - 901)::int), number from canary, (values ('t'), ('b')) a (prefix);
begin;
insert into revision (document_id, number, slug_fr, english, author, remark)
select c.number, 1, 'canari-' || c.number, 'present', a.id, 'canariremarque' from canary c, account a where a.program;
insert into passage (document_id, number, part, position, anchor, fr, en, en_basis)
select number, 1, part, 1, prefix || 'canar' || chr((64 + 33 + number - 901)::int), word || ' canari vole vers le fleuve', word || ' canari flies to the river', 1
  from canary, (values ('title', 't'), ('body', 'b')) a (part, prefix);
update revision set digest = revision_digest(document_id, number) where digest is null;
insert into review (document_id, number, digest, step, account_id, remark)
select r.document_id, r.number, r.digest, 'returned', a.id, 'canarirenvoi' from revision r join canary on r.document_id = canary.number, account a where a.program;
insert into journal (account_id, deed, document_id, number, detail) select a.id, 'return', number, 1, 'canarijournal' from canary, account a where a.program;
insert into autosave (account_id, document_id, form) select a.id, number, 'canarisaisie canari vole vers le fleuve' from canary, account a where a.program;
insert into address select '/' || l || '/canari-' || number, number, l, 'canari-' || number from canary, (values ('fr'), ('en')) v (l);
-- In effect: to be redacted and withdrawn. Ahead: scheduled, and to be cancelled.
select take_instant(array[902, 903, 904, 905]);
with r as (insert into release (at, taken_at, author) select deed_instant(), deed_instant(), id from account where program returning id, at)
insert into publication (document_id, number, period, release_id) select d, 1, tstzrange(at, null), id from r, (values (904), (905)) v (d);
with r as (insert into release (at, taken_at, author) select deed_instant() + interval '1 day', deed_instant(), id from account where program returning id, at)
insert into publication (document_id, number, period, release_id) select 902, 1, tstzrange(at, null), id from r;
with r as (insert into release (at, taken_at, author) select deed_instant() + interval '2 days', deed_instant(), id from account where program returning id, at)
insert into publication (document_id, number, period, release_id) select 903, 1, tstzrange(at, null), id from r;
commit;
begin;
select take_instant(array[903]);
update release set cancelled_at = deed_instant() where id = (select release_id from publication where document_id = 903);
update publication set cancelled_at = deed_instant() where document_id = 903;
commit;
begin;
select take_instant(array[904, 905]);
insert into redaction (document_id, anchor, author, ground) select 904, anchor, a.id, 'motif' from anchor, account a where document_id = 904 and program;
update passage set fr = null, en = null, salt = null where document_id = 904;
with r as (insert into release (at, taken_at, author) select deed_instant(), deed_instant(), id from account where program returning id)
insert into withdrawal (document_id, release_id, kind, reason_fr, reason_en) select 905, id, 'withdrawn', 'motif', 'ground' from r;
select settle(905);
commit;
