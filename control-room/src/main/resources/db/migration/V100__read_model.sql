-- The read model. Every *_state table holds the newest state of an aggregate as its event told it,
-- with the few columns that queries need; story_event holds what happened, one row an event.
-- business_date is part of every growing table so that they can be partitioned by day.

create table order_state (
  order_id      text primary key,
  version       bigint not null,
  business_date date   not null,
  store_id      text   not null,
  area_id       text,
  status        text   not null,
  doc           jsonb  not null
);
create index order_state_day on order_state (business_date);

create table job_state (
  job_id        text primary key,
  order_id      text   not null,
  version       bigint not null,
  business_date date   not null,
  store_id      text   not null,
  area_id       text,
  rider_id      text,
  status        text   not null,
  doc           jsonb  not null
);
create index job_state_order on job_state (order_id);
create index job_state_day on job_state (business_date);
create index job_state_live on job_state (status) where status not in ('DELIVERED', 'CANCELLED', 'RETURNED');
create index job_state_rider on job_state (rider_id, business_date);
create index job_state_store on job_state (store_id, business_date);

create table offer_state (
  offer_id      text primary key,
  version       bigint not null,
  business_date date   not null,
  rider_id      text   not null,
  status        text   not null,
  doc           jsonb  not null
);
create index offer_state_day on offer_state (business_date);
create index offer_state_rider on offer_state (rider_id, business_date);

create table rider_state (
  rider_id text primary key,
  version  bigint not null,
  doc      jsonb  not null
);

create table rider_work_state (
  rider_id text primary key,
  version  bigint not null,
  doc      jsonb  not null
);

-- Spans a rider was online, for orders per rider hour.
create table rider_online (
  rider_id     text        not null,
  online_since timestamptz not null,
  online_until timestamptz,
  primary key (rider_id, online_since)
);
create index rider_online_open on rider_online (rider_id) where online_until is null;

create table store_state (
  store_id text primary key,
  version  bigint not null,
  doc      jsonb  not null
);

create table area_state (
  area_id text primary key,
  version bigint not null,
  doc     jsonb  not null
);

create table weather_state (
  area_id text primary key,
  version bigint not null,
  doc     jsonb  not null
);

create table score_entry (
  entry_id      text primary key,
  rider_id      text not null,
  subject       text not null,
  business_date date not null,
  occurred_at   timestamptz not null,
  doc           jsonb not null
);
create index score_entry_subject on score_entry (subject);
create index score_entry_rider on score_entry (rider_id, occurred_at desc);

-- What happened, in the order's or the job's name. subject is an order id or a job id: offers and
-- receipts know only the job.
create table story_event (
  subject       text        not null,
  event_id      text        not null,
  business_date date        not null,
  kind          text        not null,
  version       bigint      not null,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null,
  actor         text,
  doc           jsonb       not null,
  primary key (subject, event_id, business_date)
);
