-- A work list is read by lanes: one index range for each step at a place, what nobody has taken apart from what one person has. So a person's
-- page never reads over the work of their colleagues, and a list of one step never over the others.
create index work_item_free on work_item (organisation, role, unit, step, due_at, home, case_number, key) where assignee is null;
create index work_item_mine on work_item (assignee, organisation, role, unit, step, due_at, home, case_number, key) where assignee is not null;
drop index work_item_assignee;

-- What waits for an outside system: few, but in an outage all of a hall.
create index work_item_awaiting on work_item (organisation, role, unit, due_at, home, case_number, key) where doc @> '{"awaiting": true}';
