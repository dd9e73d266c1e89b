-- The channel log: one row for each notice on each channel. Address and words lie sealed under the key of the case (file `said`): what stands here
-- says nothing of the person once that key is gone.
create table notice (
  home integer not null,
  case_number text collate "C" not null,
  key text collate "C" not null,
  channel text not null,
  kind text not null,
  language text not null,
  state text not null,
  code text,
  tries integer not null,
  asked integer not null,
  segments integer not null,
  said bytea not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  next_at timestamptz,
  primary key (home, case_number, key, channel)
);
