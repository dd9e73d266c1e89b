-- What ended at one office in one step: a page of it reads as many rows as it shows.
create index due_ended_step on due (home, provider, step, ended_at, case_number, key) where ended_at is not null;
