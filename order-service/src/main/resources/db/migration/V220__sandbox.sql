-- Orders that play a life on demand and never reach dispatch, Kafka or a real rider.
alter table orders add column sandbox boolean not null default false;

-- How far such an order's play has come. Instants are city time, as the play's steps are.
create table sandbox_play (
    order_id text primary key references orders on delete cascade,
    play     text    not null,
    pace     text    not null check (pace in ('REAL', 'FAST', 'INSTANT', 'BY_HAND')),
    -- The next step, counted from 0, and when it is due; null while nothing happens by itself.
    step     integer not null check (step >= 0),
    due_at   timestamptz,
    -- The made-up job as it was last told to the order.
    job      text    not null,
    -- The order has changed since the made-up dispatch last looked at it.
    heard    boolean not null,
    ended    boolean not null
);
create index sandbox_play_due on sandbox_play (due_at) where not ended;
create index sandbox_play_heard on sandbox_play (order_id) where heard and not ended;
