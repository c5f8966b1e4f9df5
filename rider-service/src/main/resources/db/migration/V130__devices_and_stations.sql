-- Stations (站点): riders, areas and who leads them. A station's people act for its riders only.
create table station (
  station_id text primary key,
  name       text        not null,
  areas      text        not null,
  changed_by text        not null,
  changed_at timestamptz not null
);
comment on column station.areas is 'area ids, sorted, separated by blanks';
comment on column station.changed_at is 'city time';

create table station_staff (
  station_id text not null references station,
  operator   text not null,
  role       text not null check (role in ('STATION_MANAGER', 'LEAD_RIDER')),
  primary key (station_id, operator)
);
create index station_staff_operator on station_staff (operator);

create table station_rider (
  rider_id   text primary key references rider,
  station_id text        not null references station,
  since      timestamptz not null
);
create index station_rider_station on station_rider (station_id);

-- The one phone of each account. Of its key only a hash is kept.
create table rider_device (
  rider_id      text primary key references rider,
  device_hash   text        not null,
  name          text,
  bound_at      timestamptz not null,
  offset_millis bigint
);
comment on column rider_device.bound_at is 'city time';
comment on column rider_device.offset_millis is 'what the phone''s clock lacks to wall time, as last seen';
create index rider_device_hash on rider_device (device_hash);

create table device_event (
  event_no  bigint generated always as identity primary key,
  rider_id  text        not null references rider,
  kind      text        not null check (kind in ('BOUND', 'REFUSED', 'RELEASED')),
  device_id text        not null,
  actor     text        not null,
  reason    text,
  at        timestamptz not null
);
comment on column device_event.at is 'city time';
create index device_event_rider on device_event (rider_id, event_no);
create trigger device_event_append_only before update or delete on device_event
  for each row execute function refuse_change();
create trigger device_event_no_truncate before truncate on device_event
  for each statement execute function refuse_change();

-- Sessions: an access token dies by itself, the refresh token is changed at each use. All wall time.
create table rider_session (
  session_id   text primary key,
  rider_id     text        not null references rider,
  device_hash  text        not null,
  refresh_hash text        not null unique,
  former_hash  text,
  former_until timestamptz,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz,
  ended_why    text
);
create index rider_session_former on rider_session (former_hash) where former_hash is not null;
create index rider_session_live on rider_session (rider_id) where ended_at is null;
create index rider_session_age on rider_session (expires_at);
