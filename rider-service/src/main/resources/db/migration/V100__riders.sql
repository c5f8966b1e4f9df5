-- Riders as operators onboarded them. Name and phone never leave this table by Kafka.
create table rider (
  rider_id       text primary key,
  city_id        text        not null,
  version        bigint      not null check (version > 0),
  label          text        not null,
  name           text        not null,
  phone          text        not null,
  pool           text        not null check (pool in ('DEDICATED', 'CROWDSOURCED', 'PREFERRED')),
  capacity_units integer     not null check (capacity_units between 1 and 64),
  equipment      text        not null,
  prior_orders   integer     not null check (prior_orders >= 0),
  level_mp       integer     not null check (level_mp between 0 and 100000),
  active         boolean     not null,
  secret_hash    text        not null,
  created_at     timestamptz not null
);
comment on column rider.equipment is 'sorted, separated by blanks';
comment on column rider.prior_orders is 'orders proven to have been carried before joining; the newcomer waiver counts on from here';
comment on column rider.level_mp is 'closing level score of the day before, thousandths';
comment on column rider.created_at is 'city time';
