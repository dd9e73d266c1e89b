-- What the administrator asks: who read whose data, what lies with a person, what is open at an organisation.

-- What a reading of the journal itself was about: `who:<staff id>`, `case:<number>`, `day:<date>`; null for every other reading.
alter table read_journal add column about text;
create index read_journal_reader on read_journal (home, who, at desc, id);
create index read_journal_at on read_journal (home, at desc, id);

create index work_item_given on work_item (assignee, organisation, role) where assignee is not null;
create index custody_item_keeper on custody_item (holder_person, since, home, case_number, key) where holder_person is not null;
create index case_view_open_branch on case_view (branch) where open and branch <> '';

-- Whoever took a paper keeps it: until now the view named the role alone. Taken from the events, as a replay would.
update custody_item as i
set holder_person = (
  select e.body::jsonb #>> '{actor,id}'
  from event as e
  where e.home = i.home and e.case_number = i.case_number
    and case e.body::jsonb ->> 'type'
      when 'CustodyTaken' then e.body::jsonb #>> '{data,what}' = i.what
      when 'DocumentsHandedIn' then i.what = 'package'
      when 'AnswerPrepared' then i.what = 'answer'
      else false
    end
  order by e.seq desc
  limit 1
)
where i.holder_kind <> 'applicant' and exists (
  select
  from event as e
  where e.home = i.home and e.case_number = i.case_number and e.body::jsonb #>> '{actor,kind}' = 'staff'
    and case e.body::jsonb ->> 'type'
      when 'CustodyTaken' then e.body::jsonb #>> '{data,what}' = i.what and e.body::jsonb #>> '{data,to,role}' = e.body::jsonb #>> '{actor,role}'
      when 'DocumentsHandedIn' then i.what = 'package'
      when 'AnswerPrepared' then i.what = 'answer'
      else false
    end
);
