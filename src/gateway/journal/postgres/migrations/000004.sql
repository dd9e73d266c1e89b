-- The receiver's word on a message of which the gateway's own answer is not written down yet, or never came: the receiver may be faster.
create table exchange_settled (
  answer_id text collate "C" primary key,
  outcome text collate "C" not null,
  at timestamptz not null,
  kept_at timestamptz not null default now()
);
create index exchange_settled_kept on exchange_settled (kept_at);
