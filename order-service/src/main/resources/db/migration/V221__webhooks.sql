-- All instants here are wall time.

alter table webhook_endpoint
    -- What it is told, separated by commas.
    add column types text not null default 'order.status',
    add column state text not null default 'ENABLED' check (state in ('ENABLED', 'SWITCHED_OFF')),
    add column off_reason text,
    add column wall_off_since timestamptz,
    -- Since when every try has failed; null after a success.
    add column wall_failing_since timestamptz;

-- The secrets that sign; several while one is replaced by another.
create table webhook_secret (
    secret_id       text primary key,
    merchant_id     text        not null references webhook_endpoint on delete cascade,
    secret          text        not null,
    -- The key it is sealed under; null while it is plain.
    sealed_with     text,
    wall_created_at timestamptz not null,
    -- Signs until then; null for the present one.
    wall_expires_at timestamptz
);
create index webhook_secret_of_merchant on webhook_secret (merchant_id);
create index webhook_secret_sealed_with on webhook_secret (sealed_with);

insert into webhook_secret (secret_id, merchant_id, secret, wall_created_at)
select 'whk-' || merchant_id, merchant_id, secret, wall_changed_at from webhook_endpoint;
alter table webhook_endpoint drop column secret;

-- From when on the patience with a delivery counts: its making, or its last replay.
alter table webhook_delivery add column wall_patience_from timestamptz;
update webhook_delivery set wall_patience_from = wall_created_at;
alter table webhook_delivery alter column wall_patience_from set not null;

create index webhook_delivery_failed on webhook_delivery (merchant_id, wall_created_at)
    where state = 'FAILED';
create index webhook_delivery_ended on webhook_delivery (wall_ended_at)
    where state <> 'PENDING';

-- Each try of a delivery.
create table webhook_attempt (
    delivery_id text        not null references webhook_delivery on delete cascade,
    attempt     integer     not null,
    wall_at     timestamptz not null,
    millis      integer     not null,
    status      integer,
    error       text,
    -- The first 500 characters of what was answered.
    answer      text,
    primary key (delivery_id, attempt)
);
