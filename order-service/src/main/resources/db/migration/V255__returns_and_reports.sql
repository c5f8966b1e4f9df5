-- Goods a merchant wants back while they are on their way, and what it last reported.
alter table orders
    add column return_requested_at timestamptz,
    add column reported_reason text,
    add column reported_version bigint;
