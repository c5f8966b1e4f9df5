-- City time everywhere but in area_lease, replica and the columns named wall_*.

create table job (
  id                  text primary key,
  order_id            text not null unique,
  city_id             text not null,
  area_id             text not null,
  store_id            text not null,
  merchant_id         text not null,
  version             bigint not null,
  status              text not null check (status in ('OPEN', 'OFFERED', 'ASSIGNED', 'AT_STORE',
                        'PICKED_UP', 'AT_CUSTOMER', 'DELIVERED', 'CANCELLED', 'RETURNING',
                        'RETURNED', 'EXCEPTION')),
  epoch               bigint not null,
  rider_id            text,
  offer_id            text,
  pickup_lat          double precision not null,
  pickup_lon          double precision not null,
  dropoff_lat         double precision not null,
  dropoff_lon         double precision not null,
  load_units          integer not null check (load_units > 0),
  weight_grams        integer not null,
  needs               text not null,
  direct              boolean not null,
  base_pay_fen        bigint not null check (base_pay_fen >= 0),
  promise_start       timestamptz not null,
  promise_end         timestamptz not null,
  promised_ready_at   timestamptz,
  expected_ready_at   timestamptz,
  ready_at            timestamptz,
  rider_deadline      timestamptz,
  compensation_millis bigint not null check (compensation_millis >= 0),
  planned_pickup_at   timestamptz,
  planned_delivery_at timestamptz,
  hold_until          timestamptz,
  created_at          timestamptz not null,
  open_since          timestamptz,
  accepted_at         timestamptz,
  arrived_store_at    timestamptz,
  picked_up_at        timestamptz,
  arrived_customer_at timestamptz,
  step_at             timestamptz,
  ended_at            timestamptz,
  reason              text,
  fault               text not null,
  cancel_asked        boolean not null,
  cancel_refused      boolean not null,
  declines            integer not null,
  -- Whoever has a job has a name, and nobody has an open or a cancelled one.
  check ((status in ('OPEN', 'CANCELLED')) = (rider_id is null))
);
create index job_open on job (area_id, created_at) where status = 'OPEN';
create index job_of_rider on job (rider_id)
  where status in ('OFFERED', 'ASSIGNED', 'AT_STORE', 'PICKED_UP', 'AT_CUSTOMER', 'RETURNING', 'EXCEPTION');
create index job_by_area on job (area_id, status, created_at);

create table offer (
  id              text primary key,
  city_id         text not null,
  area_id         text not null,
  rider_id        text not null,
  version         bigint not null,
  status          text not null check (status in ('OPEN', 'ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN')),
  wave_id         text not null,
  route           text not null,
  pay_fen         bigint not null check (pay_fen >= 0),
  created_at      timestamptz not null,
  expires_at      timestamptz not null,
  decided_wall_ms bigint not null,
  why             text not null,
  reason          text not null
);
-- A rider looks at one offer at a time.
create unique index offer_one_open on offer (rider_id) where status = 'OPEN';
create index offer_expiry on offer (expires_at) where status = 'OPEN';

create table offer_job (
  offer_id text not null references offer (id),
  job_id   text not null references job (id),
  epoch    bigint not null,
  primary key (offer_id, job_id)
);
create index offer_job_by_job on offer_job (job_id);

create table assignment (
  job_id      text not null references job (id),
  epoch       bigint not null,
  rider_id    text not null,
  offer_id    text not null,
  accepted_at timestamptz not null,
  ended_at    timestamptz,
  outcome     text,
  primary key (job_id, epoch)
);
-- A job is never with two riders, whatever the code above believes.
create unique index assignment_one_live on assignment (job_id) where ended_at is null;
create index assignment_by_rider on assignment (rider_id) where ended_at is null;

create table rider_work (
  rider_id        text primary key,
  city_id         text not null,
  version         bigint not null,
  active          boolean not null,
  label           text,
  pool            text not null,
  capacity_units  integer not null check (capacity_units >= 0),
  equipment       text not null,
  level_mp        integer not null,
  online          boolean not null,
  online_since    timestamptz,
  load_units      integer not null check (load_units >= 0),
  route           text not null check (jsonb_typeof(cast(route as jsonb)) = 'array'),
  open_offer_id   text,
  unanswered      integer not null,
  paused_until    timestamptz,
  rest_from       timestamptz,
  duty_ends       timestamptz,
  duty_date       date,
  online_millis   bigint not null,
  delivered_count integer not null,
  place_lat       double precision,
  place_lon       double precision,
  last_seen_at    timestamptz
);

-- No-fault delays that a rider met; every job in hand during one is compensated for it.
create table delay (
  rider_id   text not null,
  job_id     text not null references job (id),
  cause      text not null,
  started_at timestamptz not null,
  ended_at   timestamptz not null check (ended_at > started_at),
  primary key (rider_id, job_id, cause, started_at)
);

create table declined (
  job_id   text not null references job (id),
  rider_id text not null,
  until_at timestamptz not null,
  why      text not null,
  primary key (job_id, rider_id)
);

create table area (
  area_id text primary key,
  city_id text not null,
  name    text not null,
  paused  boolean not null
);

create table weather (
  area_id text primary key,
  level   text not null
);

create table area_lease (
  area_id    text primary key,
  holder     text not null,
  fence      bigint not null,
  expires_at timestamptz not null
);

create table replica (
  holder     text primary key,
  expires_at timestamptz not null
);

create table receipt (
  seq        bigint generated always as identity primary key,
  job_id     text not null references job (id),
  wave_id    text not null,
  at         timestamptz not null,
  outcome    text not null,
  decided_by text not null,
  chosen     text,
  body       text not null
);
create index receipt_by_job on receipt (job_id, seq desc);

create table wave_log (
  wave_id        text primary key,
  area_id        text not null,
  fence          bigint not null,
  at             timestamptz not null,
  jobs           integer not null,
  couriers       integer not null,
  offers         integer not null,
  holds          integer not null,
  nobody         integer not null,
  conflicts      integer not null,
  seed           bigint not null,
  steps          integer not null,
  cost           bigint not null,
  wall_millis    bigint not null,
  solve_micros   bigint not null,
  failure        text
);
create index wave_log_by_area on wave_log (area_id, at desc);
