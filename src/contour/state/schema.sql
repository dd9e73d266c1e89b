-- What the contour remembers, in one file that a restart finds as it was left. Times are RFC 3339 by the contour's clock; *_ms are
-- milliseconds of the machine's clock, for waiting.
create table if not exists settings (name text primary key, value text not null) strict, without rowid;

create table if not exists participants (
  sender text primary key,
  card text not null -- JSON, see shep/participants.ts; the password only as a salted hash
) strict, without rowid;

create table if not exists talks (
  correlation text primary key,
  service text not null,
  requester text not null,
  server text not null,
  begun_at text not null
) strict;

create table if not exists messages (
  seq integer primary key autoincrement,
  id text not null unique,
  correlation text not null,
  service text not null,
  type text not null,
  sender text not null,
  receiver text not null,
  message_date text not null,
  data text not null, -- the children of messageData/data, as they came
  state text not null,
  code text,
  reason text,
  changed_at text not null,
  tries integer not null default 0,
  due_ms integer not null, -- not offered before
  told integer not null default 0, -- the sender was told of its end
  copies integer not null default 1
) strict;
create index if not exists messages_waiting on messages (receiver, service, due_ms) where state = 'ON_DELIVERY';
create index if not exists messages_untold on messages (seq) where told = 0 and state <> 'ON_DELIVERY';
create index if not exists messages_of_talk on messages (correlation);

create table if not exists seen (
  sender text not null,
  message text not null,
  sha256 text not null,
  primary key (sender, message)
) strict;

create table if not exists faults (
  id integer primary key autoincrement,
  rule text not null, -- JSON, see faults/rule.ts
  met integer not null default 0,
  struck integer not null default 0
) strict;

create table if not exists watch (
  id integer primary key autoincrement,
  at text not null,
  direction text not null,
  channel text not null,
  operation text not null,
  service text,
  sender text,
  receiver text,
  message text,
  correlation text,
  outcome text not null,
  code text,
  told text not null, -- JSON: notes, faults
  ms real not null,
  request blob,
  request_size integer not null,
  request_sha256 text not null,
  response blob,
  response_size integer not null,
  response_sha256 text not null
) strict;
create index if not exists watch_by_service on watch (service, id);
create index if not exists watch_by_outcome on watch (outcome, id);
create index if not exists watch_by_sender on watch (sender, id);
create index if not exists watch_by_correlation on watch (correlation, id);

create table if not exists consents (
  id integer primary key autoincrement,
  asker text not null,
  iin text not null,
  access text not null,
  asked text not null, -- JSON, what was asked
  state text not null,
  token text unique,
  asked_at text not null,
  answered_at text,
  valid_until text
) strict;
create index if not exists consents_of on consents (iin, asker, access);

create table if not exists files (
  id text primary key,
  owner text not null,
  name text not null,
  mime text not null,
  content blob not null,
  size integer not null,
  sha256 text not null,
  laid_at text not null,
  until text not null,
  until_ms integer not null,
  fetched integer not null default 0,
  confirmed integer not null default 0
) strict;
create index if not exists files_by_end on files (until_ms);

create table if not exists intake (
  correlation text primary key,
  number text not null,
  service text not null,
  sender text not null,
  state text not null,
  taken_at text not null,
  request text not null,
  said text not null -- JSON: what was sent back
) strict;
