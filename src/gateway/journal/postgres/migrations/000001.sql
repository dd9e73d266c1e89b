-- The journal of exchanges with systems outside: one row an attempt, written before its bytes leave; while `outcome` is null no answer is known. The
-- messages lie redacted and sealed under the key of the case (files `request`, `response`, salted): what stands here says nothing of the person once that
-- key is gone, so no digest of a message stands here either.
create table exchange (
  home integer not null,
  id uuid not null,
  case_number text collate "C" not null,
  key text collate "C" not null,
  attempt integer not null,
  service text collate "C" not null,
  direction text not null,
  message_id text,
  answer_id text,
  correlation_id text,
  sent_at timestamptz not null,
  answered_at timestamptz,
  took_ms integer,
  outcome text collate "C",
  request bytea,
  response bytea,
  primary key (home, id)
);
create index exchange_case on exchange (home, case_number, key, attempt);
create index exchange_sent on exchange (home, sent_at desc, id);
create index exchange_answer on exchange (answer_id) where answer_id is not null;
create index exchange_open on exchange (home, sent_at) where outcome is null;

-- Breakers, one row a service, for all server processes: `open_until` and `trying_since` in ms since 1970 by the clock of the machine that wrote them.
create table service_breaker (
  service text collate "C" primary key,
  failures integer not null,
  open_until bigint,
  trying_since bigint,
  changed_at timestamptz not null
);

-- When a service was out: from the first attempt that failed to the first that was answered, by the law's clock.
create table service_outage (
  service text collate "C" not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  code text not null,
  failures integer not null,
  primary key (service, began_at)
);
create unique index service_outage_open on service_outage (service) where ended_at is null;
