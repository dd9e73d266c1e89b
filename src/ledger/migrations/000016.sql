-- Lists of work are asked home by home (docs/scale.md): every index of theirs begins with it.
drop index work_item_mine, work_item_free, work_item_awaiting, work_item_place;
create index work_item_mine on work_item (home, assignee, organisation, role, unit, step, due_at, case_number, key) where assignee is not null;
create index work_item_free on work_item (home, organisation, role, unit, step, due_at, case_number, key) where assignee is null;
create index work_item_awaiting on work_item (home, organisation, role, unit, due_at, case_number, key) where doc @> '{"awaiting": true}';
create index work_item_place on work_item (home, organisation, role, unit, due_at, case_number, key);
-- An organisation lies in one home: without this the planner takes the two for independent, and expects a twentieth of what is there.
create statistics work_item_home (dependencies) on home, organisation, assignee from work_item;
