-- Business instants (created_at of orders, promises, status times) are city time.
-- Columns named wall_… are real time: locks, retries, claims, records of secrets.

create table merchant (
    merchant_id     text primary key,
    name            text        not null,
    client_id       text        not null unique,
    secret_hash     text        not null,
    wall_created_at timestamptz not null
);

create table store (
    store_id            text primary key,
    merchant_id         text             not null references merchant,
    area_id             text             not null,
    name                text             not null,
    lat                 double precision not null check (lat between -90 and 90),
    lon                 double precision not null check (lon between -180 and 180),
    range_metres        integer          not null check (range_metres > 0),
    preparation_seconds integer          not null check (preparation_seconds >= 0),
    open                boolean          not null,
    version             bigint           not null check (version > 0)
);
create index store_by_merchant on store (merchant_id, store_id);

-- The last weather heard of each area.
create table area_weather (
    area_id               text primary key,
    version               bigint  not null,
    level                 text    not null,
    promise_extra_seconds integer not null check (promise_extra_seconds >= 0)
);

create table orders (
    order_id            text primary key,
    merchant_id         text             not null references merchant,
    store_id            text             not null references store,
    area_id             text             not null,
    merchant_order_no   text,
    version             bigint           not null check (version > 0),
    status              text             not null,
    reason              text,
    fault               text,
    status_at           timestamptz      not null,
    pickup_lat          double precision not null,
    pickup_lon          double precision not null,
    dropoff_lat         double precision not null,
    dropoff_lon         double precision not null,
    distance_metres     integer          not null check (distance_metres >= 0),
    items               text             not null,
    load_units          integer          not null check (load_units between 1 and 8),
    weight_grams        integer          not null check (weight_grams >= 0),
    needs               text             not null,
    direct              boolean          not null,
    goods_value_fen     bigint           not null check (goods_value_fen >= 0),
    delivery_fee_fen    bigint           not null check (delivery_fee_fen >= 0),
    created_at          timestamptz      not null,
    promise_start       timestamptz      not null,
    promise_end         timestamptz      not null check (promise_end >= promise_start),
    expected_ready_at   timestamptz      not null,
    ready_at            timestamptz,
    cancel_requested_at timestamptz,
    cancel_reason       text,
    cancel_outcome      text,
    return_received_at  timestamptz,
    -- The job as last heard from dispatch-service; job_version 0 until it is heard of.
    job_version         bigint           not null default 0,
    job_epoch           bigint           not null default 0,
    rider_id            text,
    planned_pickup_at   timestamptz,
    planned_delivery_at timestamptz,
    -- Codes shown to the merchant, checked against what the rider types in.
    pickup_code              text        not null,
    pickup_tries             integer     not null default 0,
    wall_pickup_locked_until timestamptz,
    delivery_code            text        not null,
    delivery_tries           integer     not null default 0,
    wall_delivery_locked_until timestamptz
);
create unique index orders_merchant_number on orders (merchant_id, merchant_order_no)
    where merchant_order_no is not null;
-- Order ids sort by the time they were made: the newest first is the listing merchants page through.
create index orders_by_merchant on orders (merchant_id, order_id desc);

-- Personal data, apart from the order so that it can be sealed and erased on its own.
create table order_contact (
    order_id text primary key references orders,
    name     text not null,
    phone    text not null,
    address  text not null
);

-- What happened to an order, one row for each of its versions.
create table order_entry (
    entry_id text primary key,
    order_id text        not null references orders,
    version  bigint      not null,
    kind     text        not null,
    status   text        not null,
    reason   text,
    fault    text,
    rider_id text,
    at       timestamptz not null,
    unique (order_id, version)
);

create table webhook_endpoint (
    merchant_id       text primary key references merchant,
    url               text        not null,
    secret            text        not null,
    failures_in_row   integer     not null default 0,
    wall_paused_until timestamptz,
    wall_changed_at   timestamptz not null
);

create table webhook_delivery (
    delivery_id          text primary key,
    merchant_id          text        not null references merchant,
    order_id             text        not null references orders,
    order_version        bigint      not null,
    event_type           text        not null,
    payload              text        not null,
    state                text        not null check (state in ('PENDING', 'DELIVERED', 'FAILED')),
    attempts             integer     not null default 0,
    wall_created_at      timestamptz not null,
    wall_next_attempt_at timestamptz not null,
    claim                text,
    wall_claimed_until   timestamptz,
    wall_ended_at        timestamptz,
    last_status          integer,
    last_error           text,
    unique (order_id, order_version)
);
create index webhook_delivery_due on webhook_delivery (merchant_id, wall_next_attempt_at)
    where state = 'PENDING';
create index webhook_delivery_of_order on webhook_delivery (order_id, order_version)
    where state = 'PENDING';
create index webhook_delivery_log on webhook_delivery (merchant_id, delivery_id desc);
