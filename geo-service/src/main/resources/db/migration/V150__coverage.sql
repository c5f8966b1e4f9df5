-- Demand by place and hour, as counts: where people asked, and what came of it. Hours are city time.
-- reason is SERVED, or why not; LATE_PROMISE counts beside the others, because such orders are
-- served as well.
create table coverage_demand (
    hour    timestamptz not null,
    cell    bigint      not null,
    area_id text        not null,
    reason  text        not null,
    orders  integer     not null check (orders > 0),
    primary key (hour, cell, area_id, reason)
);
