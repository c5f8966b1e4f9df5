-- Earnings of every kind. A subject and kind may be topped up: the next revision, never a change.
alter table earnings_line add column revision integer not null default 0 check (revision >= 0);
alter table earnings_line drop constraint earnings_line_kind_check;
alter table earnings_line add constraint earnings_line_kind_check check (kind in
  ('BASE', 'DISTANCE', 'TIP', 'WASTED_TRIP', 'WAIT', 'RETURN', 'WEATHER', 'LEVEL_REWARD', 'CAMPAIGN', 'WELFARE'));
alter table earnings_line drop constraint earnings_line_rider_id_subject_kind_key;
alter table earnings_line add constraint earnings_line_once unique (rider_id, subject, kind, revision);
comment on column earnings_line.revision is '0 first; a top-up is the next';
comment on column earnings_line.subject is
  'what is paid for: the job; job#epoch for extra pay; job#fen for a tip, by what it has risen to; enrolment#milestone; scheme#month';

-- Every order carried to its door, as what rewards, weeks of campaigns and welfare count. Its day is that of its
-- acceptance, so that being late moves nothing to another day.
create table carried_order (
  job_id        text primary key,
  rider_id      text        not null references rider,
  area_id       text        not null,
  business_date date        not null,
  accepted_at   timestamptz not null,
  delivered_at  timestamptz not null,
  rewards_at    timestamptz default '-infinity'
);
comment on column carried_order.business_date is 'of the acceptance';
comment on column carried_order.rewards_at is
  'city time from which its rider''s level and the weather have to be looked at; null: nothing to do';
create index carried_order_rider on carried_order (rider_id, business_date);
create index carried_order_due on carried_order (rewards_at) where rewards_at is not null;

-- A closing that is written or raised later changes what the days after it bring; so does weather told late.
create function rewards_after_closing() returns trigger language plpgsql as $$
begin
  update carried_order set rewards_at = '-infinity'
    where rider_id = new.rider_id and business_date > new.business_date;
  return null;
end $$;
create trigger score_level_rewards after insert on score_level
  for each row execute function rewards_after_closing();

create index carried_order_area on carried_order (area_id, accepted_at);
create function rewards_after_weather() returns trigger language plpgsql as $$
begin
  update carried_order set rewards_at = '-infinity'
    where area_id = new.area_id and accepted_at >= new.from_at;
  return null;
end $$;
create trigger area_weather_rewards after insert on area_weather
  for each row execute function rewards_after_weather();
