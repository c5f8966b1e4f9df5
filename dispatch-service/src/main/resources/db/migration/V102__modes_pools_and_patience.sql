-- How jobs find their riders, as data that operators change while the city works.
alter table area add column outline text;

create table area_mode (
  area_id      text primary key,
  mode         text not null check (mode in ('ASSIGN', 'GRAB', 'MIXED')),
  hall_seconds integer not null check (hall_seconds >= 0),
  set_by       text not null,
  set_at       timestamptz not null
);

create table pool_rule (
  city_id text not null,
  pool    text not null,
  rules   text not null,
  set_by  text not null,
  set_at  timestamptz not null,
  primary key (city_id, pool)
);

create table patience (
  city_id text primary key,
  steps   text not null,
  set_by  text not null,
  set_at  timestamptz not null
);

-- Since when somebody is wanted for the job and nobody came; how far the steps against that went.
alter table job
  add column sought_since timestamptz,
  add column unclaimed text check (unclaimed in
    ('PAY_RAISED', 'NEIGHBOURS_ASKED', 'OPERATOR_CALLED', 'FREE_CANCEL')),
  add column step_pay_fen bigint not null default 0 check (step_pay_fen >= 0),
  add column grabbed boolean not null default false;
create index job_sought on job (coalesce(sought_since, open_since))
  where status in ('OPEN', 'OFFERED');

alter table rider_work add column started_on date;
