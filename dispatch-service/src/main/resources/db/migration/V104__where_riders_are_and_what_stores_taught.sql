-- What the phone last told, and where the rider last was for certain.
alter table rider_work
  add column trusted_lat double precision,
  add column trusted_lon double precision,
  add column trusted_at timestamptz,
  add column trust integer,
  add column battery_percent integer;

-- From when on positions prove the present rider at the job's places.
alter table job
  add column seen_at_store_at timestamptz,
  add column seen_at_customer_at timestamptz;

create table learned_store (
  store_id        text primary key,
  pickup_lat      double precision not null,
  pickup_lon      double precision not null,
  visits          integer not null check (visits >= 0),
  kitchen_seconds integer not null check (kitchen_seconds >= 0),
  kitchens        integer not null check (kitchens >= 0),
  learned_at      timestamptz not null
);

create table no_go_zone (
  zone_id  text primary key,
  version  bigint not null,
  polygons text not null
);
