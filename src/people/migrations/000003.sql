-- What a person set up for themselves at their desk: lists that they named and kept, and when they last looked at their list.
create table work_filter (
  id uuid primary key,
  staff text collate "C" not null,
  role text collate "C" not null,
  name text not null,
  filter jsonb not null,
  -- Of the machine's clock, in milliseconds since 1970.
  made_at bigint not null
);
create index work_filter_staff on work_filter (staff, role, made_at);

-- Both moments are the law's, in milliseconds since 1970: the list marks what came after `before`.
create table work_look (
  staff text collate "C" not null,
  role text collate "C" not null,
  last bigint not null,
  before bigint not null,
  primary key (staff, role)
);
