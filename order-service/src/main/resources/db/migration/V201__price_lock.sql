-- Quotes whose price and promise are honoured. created_at and expires_at are city time.
-- ask and conditions are JSON: they are only ever read together, and checked in one place.
create table price_lock (
    quote_id        text primary key,
    merchant_id     text        not null references merchant,
    ask             text        not null,
    conditions      text        not null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    -- The order made of it: of two at once, one.
    order_id        text,
    wall_created_at timestamptz not null
);
create index price_lock_age on price_lock (wall_created_at);
