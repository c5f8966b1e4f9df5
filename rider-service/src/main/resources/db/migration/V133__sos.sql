-- Riders' calls for help. City time.
create table sos_alarm (
  sos_id          text primary key,
  rider_id        text        not null references rider,
  version         bigint      not null check (version > 0),
  status          text        not null check (status in ('OPEN', 'ACKNOWLEDGED', 'CLOSED')),
  words           text,
  jobs            text        not null,
  lat             double precision,
  lon             double precision,
  place_at        timestamptz,
  place_trusted   boolean     not null,
  raised_at       timestamptz not null,
  acknowledged_by text,
  acknowledged_at timestamptz,
  closed_by       text,
  closed_at       timestamptz,
  outcome         text
);
comment on column sos_alarm.jobs is 'job ids in hand, separated by blanks';
create unique index sos_alarm_live on sos_alarm (rider_id) where status <> 'CLOSED';
create index sos_alarm_newest on sos_alarm (raised_at desc);
