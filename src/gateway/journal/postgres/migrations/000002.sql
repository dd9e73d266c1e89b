-- Cases that an outage kept waiting: also those of which no attempt was made, since the service was known to be out.
create table outage_case (
  home integer not null,
  case_number text collate "C" not null,
  service text collate "C" not null,
  began_at timestamptz not null,
  primary key (home, service, began_at, case_number)
);
