-- What is agreed at intake beside price and promise. release_at is city time.
alter table orders add column promise_tier text not null default 'STANDARD';
alter table orders add column quote_id text;
-- Parts of the fee as JSON; null for orders from before there were parts.
alter table orders add column fee_parts text;
alter table orders add column road_metres integer check (road_metres >= 0);
alter table orders add column release_at timestamptz;
alter table orders add column longest_carry_seconds integer check (longest_carry_seconds > 0);
alter table orders add column perishable boolean not null default false;
-- Of AGE_18, PRESCRIPTION, IDENTITY, comma-separated.
alter table orders add column checks text not null default '';
alter table orders add column drop_point boolean not null default false;
update orders set promise_tier = 'DIRECT' where direct;
