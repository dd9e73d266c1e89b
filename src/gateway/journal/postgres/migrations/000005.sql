-- Tokens of consent, sealed under the key of the case: a question that is asked again after a restart, or by another process, must not send the person a
-- second SMS. A token ends by its own time, which stands beside it; what is over goes once a day.
create table consent_token (
  home integer not null,
  case_number text collate "C" not null,
  query text collate "C" not null,
  until timestamptz not null,
  sealed bytea not null,
  primary key (home, case_number, query)
);
create index consent_token_until on consent_token (home, until);
