-- Planned slots (班次): published, signed up for, and closed with who worked them. City time.
create table slot (
  slot_id      text primary key,
  area_id      text        not null,
  station_id   text references station,
  pool         text        not null check (pool in ('DEDICATED', 'CROWDSOURCED', 'PREFERRED')),
  starts_at    timestamptz not null,
  ends_at      timestamptz not null check (ends_at > starts_at),
  places       integer     not null check (places > 0),
  taken        integer     not null default 0 check (taken between 0 and places),
  peak         boolean     not null,
  published_by text        not null,
  published_at timestamptz not null,
  closed_at    timestamptz
);
create index slot_by_time on slot (starts_at);
create index slot_due on slot (ends_at) where closed_at is null;

create table slot_signup (
  slot_id        text not null references slot,
  rider_id       text not null references rider,
  signed_at      timestamptz not null,
  online_seconds integer,
  worked         boolean,
  primary key (slot_id, rider_id)
);
comment on column slot_signup.worked is 'null until the slot is closed';
create index slot_signup_rider on slot_signup (rider_id);
