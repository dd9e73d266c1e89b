-- A ledger of a million cases: what is read must not grow with what has ended, and what nothing reads is not written.

-- A search begins at an office's own words: those of a whole region with the commonest surname are tens of thousands, and most are not the reader's.
drop index search_key_word;
create index search_key_provider on search_key (home, provider, word, case_number, key);
create index search_key_branch on search_key (home, branch, word, case_number, key) where branch <> '';

-- The status stood in this index and moves with every step: without it a case's row is rewritten on its own page, and no index is touched.
drop index case_view_open;
create index case_view_open on case_view (provider) where open;

-- work_item_mine begins with the same columns.
drop index work_item_given;

-- The view of papers holds those of open cases; where the papers of an ended case lie is told by its events. What is offered is a few of them.
delete from custody_item as i using case_view as c
where c.home = i.home and c.case_number = i.case_number and not c.open;
drop index custody_item_holder;
create index custody_item_offered on custody_item (holder_organisation, holder_unit, holder_kind, since, home, case_number, key)
where (doc ->> 'offeredTo') is not null;

-- Terms that were not kept are few among those that ended, and are what supervision asks for.
create index due_broken on due (home, ended_at, case_number, key) where state in ('missed', 'metLate') and ended_at is not null;

-- How the terms that ended on a day were kept: reckoned once, when the day is over. Derived, in no backup; nothing in it is anybody's data.
create table kept_day (
  home integer not null,
  day date not null,
  -- [{provider, step, role, clause, kind, sha256, …}], one entry a clause and provider
  kept jsonb not null,
  primary key (home, day)
);
