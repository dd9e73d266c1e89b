-- Which messages were taken, and what was said to them: for every server process, and after a restart. Digests of what a sender names its messages by; nothing of what they say.
create table message_seen (
  -- seen: a call that was answered once; taken: a message with its receipt.
  kind text not null,
  key bytea not null,
  -- null: still at work, until then nobody else takes it.
  done_at timestamptz,
  held_until timestamptz not null,
  receipt jsonb,
  primary key (kind, key)
);
create index message_seen_held on message_seen (held_until);
