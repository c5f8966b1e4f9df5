-- Numbers (隐私号) that stand in for a real one while an order is under way. The real one is sealed
-- and goes with the release. Wall time: telephones know no city clock.
create table number_lease (
    lease_id         text primary key,
    order_id         text        not null references orders,
    audience         text        not null check (audience in ('RIDER', 'CUSTOMER')),
    number           text        not null,
    sealed           text,
    sealed_with      text,
    wall_leased_at   timestamptz not null,
    wall_until       timestamptz not null,
    wall_released_at timestamptz,
    check ((sealed is null) = (sealed_with is null)),
    check ((sealed is null) = (wall_released_at is not null))
);
create unique index number_lease_held on number_lease (order_id, audience)
    where wall_released_at is null;
create unique index number_lease_number on number_lease (number) where wall_released_at is null;
create index number_lease_due on number_lease (wall_until) where wall_released_at is null;

-- Calls made through leased numbers: evidence that a customer was tried. No telephone is in it.
create table number_call (
    call_id   text primary key,
    order_id  text        not null references orders,
    rider_id  text,
    job_epoch bigint      not null,
    audience  text        not null,
    at        timestamptz not null,
    seconds   integer     not null check (seconds >= 0),
    answered  boolean     not null
);
create index number_call_of_order on number_call (order_id, at);
