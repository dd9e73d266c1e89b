-- People and organisations: a few thousand rows that every process holds in memory. They belong to no home; a sharded database keeps
-- them as reference tables.

-- Moved by every change, under its row lock: versions are handed out in the order of commits.
create table people_version (
  one boolean primary key default true check (one),
  version bigint not null
);
insert into people_version (version) values (0);

create table organisation (
  id text collate "C" primary key,
  version bigint not null,
  doc jsonb not null
);
create index organisation_version on organisation (version);

create table staff (
  id text collate "C" primary key,
  version bigint not null,
  login text collate "C" not null unique,
  iin text collate "C" unique,
  name jsonb not null,
  post jsonb not null,
  active boolean not null,
  grants jsonb not null
);
create index staff_version on staff (version);

-- Apart from `staff`, which is read as a whole into memory.
create table password (
  staff text collate "C" primary key,
  sealed text not null,
  must_change boolean not null
);

create table session (
  digest bytea primary key,
  kind text not null check (kind in ('page', 'token')),
  staff text collate "C" not null,
  grant_id text collate "C" not null,
  -- Of the machine's clock, in milliseconds since 1970.
  began_at bigint not null,
  seen_at bigint not null,
  ends_at bigint not null
);
create index session_staff on session (staff);
create index session_ends_at on session (ends_at);

create table sign_in_failure (
  subject bytea primary key,
  failures integer not null,
  last_at bigint not null
);
create index sign_in_failure_last_at on sign_in_failure (last_at);

create table people_event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  by jsonb not null,
  kind text not null,
  subject text collate "C" not null,
  data jsonb not null
);
create index people_event_subject on people_event (subject, id);

create function people_event_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'QZ001';
end
$$;
create trigger append_only before update or delete on people_event for each row execute function people_event_refuse_change();
create trigger append_only_whole before truncate on people_event for each statement execute function people_event_refuse_change();
