-- Every action a phone reported: when it happened by the phone's own clock, when it came, and when we take it to have
-- happened. The first time a key comes decides; the same key again finds this row.
create table rider_action (
  rider_id       text        not null,
  action_key     text        not null,
  kind           text        not null,
  job_id         text,
  offer_id       text,
  epoch          bigint,
  request_hash   text        not null,
  device_at      timestamptz,
  device_sent_at timestamptz,
  clock_by       text        not null check (clock_by in ('NONE', 'AGO', 'SENT_AT', 'KNOWN_OFFSET', 'CITY_TIME')),
  happened_at    timestamptz not null,
  received_at    timestamptz not null,
  received_wall  timestamptz not null,
  outcome        text        not null check (outcome in ('TAKEN', 'DONE', 'REFUSED', 'LATER')),
  problem        text,
  tries          integer     not null,
  primary key (rider_id, action_key)
);
comment on column rider_action.device_at is 'the phone''s clock, right or wrong';
comment on column rider_action.device_sent_at is 'the phone''s clock when it sent';
comment on column rider_action.clock_by is 'what the phone''s time was brought into ours with';
comment on column rider_action.happened_at is 'city time, as we take it';
comment on column rider_action.received_at is 'city time of the first time it came';
comment on column rider_action.problem is 'type of the last refusal';
create index rider_action_job on rider_action (job_id, happened_at) where job_id is not null;
create index rider_action_age on rider_action (received_wall);
