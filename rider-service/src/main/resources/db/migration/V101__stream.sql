-- One counter for each receiver. Its row lock is held until the writer commits, so numbers appear to readers in order and without holes.
create table rider_stream (
  rider_id text primary key,
  last_seq bigint not null
);

create table rider_message (
  rider_id   text        not null,
  seq        bigint      not null,
  type       text        not null check (type in ('offer', 'work', 'score')),
  body       text        not null,
  created_at timestamptz not null,
  primary key (rider_id, seq)
);
comment on column rider_message.created_at is 'wall time';
create index rider_message_age on rider_message (created_at);

-- The newest state of each offer, for the list of open offers and for phones that come new.
create table rider_offer (
  offer_id   text primary key,
  rider_id   text        not null,
  version    bigint      not null,
  status     text        not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  body       text        not null
);
create index rider_offer_open on rider_offer (rider_id, created_at) where status = 'OPEN';
create index rider_offer_age on rider_offer (expires_at);

-- The newest work of each rider, as dispatch told it.
create table rider_work (
  rider_id text primary key,
  version  bigint not null,
  body     text   not null
);

-- Who has which job, as dispatch told it: nobody may try codes on, or see the customer of, somebody else's job.
create table rider_job (
  job_id     text primary key,
  order_id   text        not null,
  rider_id   text,
  version    bigint      not null,
  epoch      bigint      not null,
  status     text        not null,
  changed_at timestamptz not null
);
create index rider_job_age on rider_job (changed_at) where status in ('DELIVERED', 'CANCELLED', 'RETURNED');

-- When riders were online, city time.
create table rider_shift (
  rider_id   text        not null,
  started_at timestamptz not null,
  ended_at   timestamptz check (ended_at >= started_at),
  primary key (rider_id, started_at)
);
create unique index rider_shift_open on rider_shift (rider_id) where ended_at is null;
