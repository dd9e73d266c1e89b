-- An outage of an outside system stands beside every term in whose life it lay, also the term of the service; open work says since when an answer is waited for.
comment on column due.doc is 'outages: spans in which an outside system did not answer while the term ran';
comment on column work_item.doc is 'waits: for whom and since when an answer is waited for, and since when it is an outage';
-- Rows that are there already hold nothing of this: they are built anew from the events at the next start.
insert into setting (name, value) select 'viewsStale', 'true' where exists (select from case_head)
on conflict (name) do update set value = excluded.value;
