-- What was claimed about deliveries, and signals for people to look at. City time but for wall_….
-- No telephone, no name: who is the same is asked of order_contact, and forgotten with it.
create table claim (
    claim_id text primary key,
    order_id text        not null references orders,
    kind     text        not null,
    by_whom  text        not null check (by_whom in ('MERCHANT', 'CUSTOMER')),
    at       timestamptz not null,
    unique (order_id, kind, by_whom)
);

-- What is still to be looked at, and what came of it.
create table fraud_look (
    order_id text        not null references orders,
    kind     text        not null,
    rider_id text,
    since    timestamptz not null,
    due_at   timestamptz not null,
    tries    integer     not null default 0,
    -- Null while it waits; then whether what was looked for was seen; UNKNOWN when nobody could tell.
    outcome  text check (outcome in ('SEEN', 'NOTHING', 'UNKNOWN')),
    primary key (order_id, kind)
);
create index fraud_look_due on fraud_look (due_at) where outcome is null;
create index fraud_look_of_rider on fraud_look (rider_id, since) where rider_id is not null;
create index fraud_look_since on fraud_look (kind, since);

create sequence fraud_signal_place;
create table fraud_signal (
    signal_id   text primary key,
    revision    bigint      not null check (revision > 0),
    place       bigint      not null unique,
    kind        text        not null,
    merchant_id text,
    rider_id    text,
    weight      integer     not null check (weight between 1 and 100),
    order_ids   text        not null,
    evidence    text        not null,
    at          timestamptz not null
);

-- What people made of it; never changed.
create table fraud_decision (
    signal_id       text        not null references fraud_signal,
    revision        bigint      not null,
    outcome         text        not null,
    reason          text        not null,
    decided_by      text        not null,
    at              timestamptz not null,
    wall_at         timestamptz not null,
    primary key (signal_id, revision, wall_at)
);
