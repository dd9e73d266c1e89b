-- Whose page a form came from, also when its session is over: by the token that the form carries. Outlives the session by half a day.
create table form_owner (
  digest bytea primary key,
  staff text collate "C" not null,
  until bigint not null
);
create index form_owner_until on form_owner (until);
