-- What an order may ask for besides being carried, and what became of it.
alter table job
  add column tip_fen bigint not null default 0 check (tip_fen >= 0),
  add column release_at timestamptz,
  add column longest_carry_seconds integer not null default 0 check (longest_carry_seconds >= 0),
  add column perishable boolean not null default false,
  add column change_no bigint,
  add column change_refused boolean,
  add column redispatch_at timestamptz,
  add column redispatched integer not null default 0,
  add column goods text check (goods in ('STAY_AT_STORE', 'RETURN', 'DISPOSE', 'REDELIVER')),
  add column extra_pays text not null default '[]',
  -- Straight metres from where its rider last was for certain to the store, when it was accepted.
  add column accepted_metres integer;

-- How long jobs wait for a rider is read from those that lately found one.
create index job_accepted on job (area_id, accepted_at) where accepted_at is not null;

-- What riders reported about a job in hand; once for each assignment and reason.
create table job_exception (
  job_id      text not null references job (id),
  epoch       bigint not null,
  reason      text not null,
  rider_id    text not null,
  happened_at timestamptz not null,
  reported_at timestamptz not null,
  -- Until when the clock stood still because of it; null while it does, or never did.
  closed_at   timestamptz,
  evidence    text,
  primary key (job_id, epoch, reason)
);
