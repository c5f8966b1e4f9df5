-- How long each rider has worked: counted from the assignments whenever a job begins or ends, so that every wave can
-- read it from the rider's row.
alter table rider_work
  add column busy_since    timestamptz,
  add column shift_since   timestamptz,
  add column worked_day    date,
  add column worked_millis bigint not null default 0 check (worked_millis >= 0),
  add column held_jobs     integer not null default 0 check (held_jobs >= 0),
  add column confirmed_day date,
  add column fatigue_state text not null default 'FIT'
    check (fatigue_state in ('FIT', 'REST', 'CONFIRM', 'DAY_OVER', 'NIGHT_REST')),
  add column fatigue_due   timestamptz;
comment on column rider_work.busy_since is 'since when there has been something in hand without a gap; null when there is nothing';
comment on column rider_work.shift_since is 'the first work after the last long rest';
comment on column rider_work.worked_millis is 'worked on worked_day, but for what is under way';
comment on column rider_work.fatigue_due is 'when the state changes by itself';
create index rider_work_fatigue on rider_work (fatigue_due) where online and fatigue_due is not null;
create index assignment_of_rider on assignment (rider_id, ended_at);
