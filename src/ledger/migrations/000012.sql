-- The open step of a case is one row that every step rewrites, where each used to delete the row of the last one and insert its own.
update work_item set key = 'open';
comment on column work_item.key is 'open: a case has one open step at most';
