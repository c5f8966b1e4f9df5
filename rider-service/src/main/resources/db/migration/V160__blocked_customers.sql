-- Customers whose orders riders do not want any more (拉黑顾客), named by an order. Nothing of the customer is in it, not
-- even a hash: dispatch-service knows the job. City time.
create table rider_block (
  block_id  text primary key,
  rider_id  text        not null references rider,
  job_id    text        not null,
  order_id  text        not null,
  day       date        not null,
  reason    text        not null check (reason in ('ABUSE', 'HARASSMENT', 'THREAT', 'UNSAFE_PLACE', 'OTHER')),
  version   bigint      not null check (version > 0),
  set_at    timestamptz not null,
  until_at  timestamptz not null check (until_at > set_at),
  lifted_at timestamptz,
  unique (rider_id, job_id)
);
comment on column rider_block.day is 'the business date on which the job was last heard of';
create index rider_block_standing on rider_block (rider_id, until_at) where lifted_at is null;
