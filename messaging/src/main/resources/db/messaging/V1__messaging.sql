-- Events to be published, written in the transaction of the change they tell.
create table outbox (
    seq        bigint generated always as identity primary key,
    bucket     smallint    not null,
    topic      text        not null,
    key        text        not null,
    payload    text        not null,
    created_at timestamptz not null,
    sent_at    timestamptz
);
create index outbox_unsent on outbox (bucket, seq) where sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

-- Facts already taken, by event id.
create table inbox_event (
    event_id uuid primary key,
    taken_at timestamptz not null
);
create index inbox_event_taken on inbox_event (taken_at);

-- The newest version taken of each aggregate's state.
create table inbox_version (
    type    text   not null,
    key     text   not null,
    version bigint not null,
    primary key (type, key)
);

-- Messages that could not be taken, and those of the same aggregate behind them.
create table parked (
    id          bigint generated always as identity primary key,
    topic       text        not null,
    kafka_partition integer not null,
    kafka_offset bigint     not null,
    key         text        not null,
    type        text,
    payload     text,
    reason      text        not null,
    parked_at   timestamptz not null,
    replayed_at timestamptz,
    unique (topic, kafka_partition, kafka_offset)
);
create index parked_live on parked (key) where replayed_at is null;

-- Answers already given, by the caller's key.
create table idempotency (
    scope        text        not null,
    key          text        not null,
    request_hash text        not null,
    status       integer     not null,
    answer       text        not null,
    created_at   timestamptz not null,
    primary key (scope, key)
);
create index idempotency_created on idempotency (created_at);
