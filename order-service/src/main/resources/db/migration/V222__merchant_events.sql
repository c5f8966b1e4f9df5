-- What merchants that listen are told, for streams to go on from. All instants are wall time.

-- Only for a merchant that listens is anything stored: one that never does costs nothing.
create table merchant_stream (
    merchant_id      text primary key references merchant,
    last_seq         bigint      not null check (last_seq >= 0),
    listening        boolean     not null,
    wall_listened_at timestamptz not null
);

-- An event is written without its number, in the transaction of the change, so that no two changes
-- of a merchant wait for each other. A single writer numbers what is committed, in the order of the
-- ids: a reader who sees a number sees all before it.
create table merchant_event (
    event_id    bigint generated always as identity primary key,
    -- No foreign key: its row lock would be taken by every change of a busy merchant's orders.
    merchant_id text        not null,
    seq         bigint,
    type        text        not null,
    body        text        not null,
    wall_at     timestamptz not null,
    unique (merchant_id, seq)
);
create index merchant_event_fresh on merchant_event (event_id) where seq is null;
create index merchant_event_age on merchant_event (wall_at);
