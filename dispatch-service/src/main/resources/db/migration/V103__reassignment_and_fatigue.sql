-- How often dispatch itself took the job from one rider for another.
alter table job add column reassigned integer not null default 0;

-- Work without a rest of 20 minutes: since when, and until when the last of it went.
alter table rider_work
  add column streak_since timestamptz,
  add column worked_until timestamptz;
