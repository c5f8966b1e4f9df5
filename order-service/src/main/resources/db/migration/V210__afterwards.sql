-- What a merchant asked for after the order, and how its job went. Instants are city time.
alter table orders
    add column cancel_fault            text,
    add column cancel_fee_fen          bigint check (cancel_fee_fen >= 0),
    add column tip_fen                 bigint  not null default 0 check (tip_fen >= 0),
    add column change_no               bigint  not null default 0,
    add column change_state            text,
    add column change_fen              bigint  not null default 0,
    add column change_asked_fen        bigint,
    add column asked_lat               double precision check (asked_lat between -90 and 90),
    add column asked_lon               double precision check (asked_lon between -180 and 180),
    add column redispatch_requested_at timestamptz,
    add column redispatch_epoch        bigint,
    add column redispatches            integer not null default 0,
    add column false_ready             boolean not null default false,
    add column job_unclaimed           text,
    add column job_goods               text,
    -- The bill, once the order has ended.
    add column charges                 text;

-- Exceptions of an order, each reason once for each kind of reporter.
create table order_exception (
    order_id    text        not null references orders,
    reason      text        not null,
    reporter    text        not null,
    merchant_id text        not null,
    store_id    text        not null,
    stage       text        not null,
    at          timestamptz not null,
    primary key (order_id, reason, reporter)
);
create index order_exception_by_store on order_exception (store_id, reason, at);

-- How often, and when last, the merchant asked where an order stays.
create table order_nudge (
    order_id text primary key references orders,
    nudges   integer     not null check (nudges > 0),
    last_at  timestamptz not null
);
