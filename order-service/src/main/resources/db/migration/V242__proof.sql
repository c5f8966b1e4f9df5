-- Pictures riders took where they left the goods; sealed, and gone with the customer's data. What
-- was proved stays. at is city time.
create table proof (
    proof_id         text primary key,
    order_id         text        not null references orders,
    rider_id         text        not null,
    job_epoch        bigint      not null,
    media_type       text        not null,
    width            integer     not null check (width > 0),
    height           integer     not null check (height > 0),
    sealed           bytea,
    sealed_with      text,
    -- How far from the door the rider's positions say it was taken; null when nobody knows.
    metres_from_door integer,
    at               timestamptz not null,
    wall_at          timestamptz not null,
    check ((sealed is null) = (sealed_with is null))
);
-- What is sealed does not compress.
alter table proof alter column sealed set storage external;
create index proof_of_order on proof (order_id, proof_id);

-- How goods changed hands.
create table handover_record (
    order_id  text        not null references orders,
    kind      text        not null check (kind in ('PICKUP', 'DELIVERY')),
    way       text        not null check (way in ('CODE', 'DROP_POINT')),
    proof_id  text references proof,
    rider_id  text        not null,
    job_epoch bigint      not null,
    checked   text        not null,
    at        timestamptz not null,
    primary key (order_id, kind)
);
