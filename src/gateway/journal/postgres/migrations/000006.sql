-- When the words of an exchange were taken out at the end of their time: what is left says which bytes they were, and what was found of their signatures.
alter table exchange add column trimmed_at timestamptz;
create index exchange_kept on exchange (home, sent_at, id) where trimmed_at is null and (request is not null or response is not null);
