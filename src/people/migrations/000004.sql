-- How a session was opened: whoever signed in by a key of their own needs neither a second factor nor another password.
alter table session add column way text not null default 'password' check (way in ('password', 'key', 'oneClick'));

-- Challenges that a key has answered: each opens one session, whichever process is asked. Rows of the last minutes only.
create table used_challenge (
  digest bytea primary key,
  -- Drawn for each use: a statement that is repeated after a lost connection knows its own row.
  use text not null,
  -- Of the machine's clock, in milliseconds since 1970, as everywhere below.
  until bigint not null
);
create index used_challenge_until on used_challenge (until);

-- The second factor of a password: one-time codes by time (RFC 6238).
create table second_factor (
  staff text collate "C" primary key,
  -- The secret under the installation's key; null: none is set up.
  wrapped bytea,
  set_at bigint,
  -- The time step of the last code that was taken: neither it nor an earlier one is taken again.
  last_step bigint not null default -1,
  -- Who took it away, when and why: told at the next sign-in.
  taken jsonb
);

-- Each lets its owner in once, without the telephone. Digests of 80 random bits.
create table recovery_code (
  staff text collate "C" not null,
  digest bytea not null,
  used_at bigint,
  primary key (staff, digest)
);

-- Wrong codes after a right password, by the sign-in to which they belonged: those of others are told at the next one.
create table wrong_code (
  staff text collate "C" not null,
  half text not null,
  codes integer not null,
  last_at bigint not null,
  primary key (staff, half)
);
