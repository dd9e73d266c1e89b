-- One question that fails again and again says nothing of its service: only failures of different exchanges, one after another, open a breaker.
alter table service_breaker add column last_failed text collate "C";
