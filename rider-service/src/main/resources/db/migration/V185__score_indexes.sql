-- A row is taken back once. Most take nothing back, and need no place in an index.
alter table score_entry drop constraint score_entry_refers_to_key;
create unique index score_entry_taken_back_once on score_entry (refers_to) where refers_to is not null;

-- Which accounts have days to close is asked every few seconds; the accounts are big and nearly all are up to date.
create index score_account_closed on score_account ((coalesce(closed_on, date '-infinity')));
