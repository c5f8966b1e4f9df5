-- A rider wants no more orders of a customer (拉黑顾客). The customer is a keyed hash and nothing else; it is told with
-- the order, and goes when the order's contact is erased. City time.
alter table job add column customer_key text;
create table rider_block (
  id           text primary key,
  rider_id     text        not null,
  job_id       text        not null references job (id),
  customer_key text        not null,
  until_at     timestamptz not null
);
comment on column rider_block.job_id is 'the job the rider named; with its key the block goes too';
create index rider_block_customer on rider_block (customer_key);
create index rider_block_rider on rider_block (rider_id);
create index rider_block_job on rider_block (job_id);
create index rider_block_until on rider_block (until_at);
