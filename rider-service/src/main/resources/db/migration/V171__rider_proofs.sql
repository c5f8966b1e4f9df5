-- Pictures a rider handed in: order-service keeps them, here is whose they are.
create table rider_proof (
  proof_id     text primary key,
  rider_id     text        not null,
  order_id     text        not null,
  handed_in_at timestamptz not null
);
comment on column rider_proof.handed_in_at is 'city time';
create index rider_proof_age on rider_proof (handed_in_at);
