-- What explains a decision is kept for a while, and found by its age when that is over.
create index receipt_by_time on receipt (at);
create index declined_by_end on declined (until_at);
create index delay_by_end on delay (ended_at);
create index wave_log_by_time on wave_log (at);

-- A wave as the engine got it, compressed, with what it answered: enough to run it again.
create table wave_input (
  wave_id        text primary key references wave_log (wave_id) on delete cascade,
  at             timestamptz not null,
  engine_version text not null,
  steps          integer not null,
  digest         text not null,
  failed         boolean not null,
  body           bytea not null
);
create index wave_input_by_time on wave_input (at);
-- The body is compressed already.
alter table wave_input alter column body set storage external;
