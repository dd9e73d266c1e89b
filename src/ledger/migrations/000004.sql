-- What a scan was found to be when it was laid in; null of signatures and of what was laid in before.
alter table file add column type text;
alter table file add column pages integer;

-- Forms that were typed and not yet sent, or sent when their session was over: one a person and form. Derived from nothing, in no backup,
-- destroyed with the case. `case_number` is '' and `home` 0 where a form is about no case; then `wrapped` is its own key.
create table saved_form (
  home integer not null,
  case_number text collate "C" not null,
  staff text collate "C" not null,
  action text collate "C" not null,
  wrapped bytea,
  sealed bytea not null,
  -- Of the machine's clock, in milliseconds since 1970.
  saved_at bigint not null,
  until bigint not null,
  primary key (home, case_number, staff, action)
);
create index saved_form_staff on saved_form (staff, saved_at);
create index saved_form_until on saved_form (until);
