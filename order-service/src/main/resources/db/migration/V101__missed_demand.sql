-- Marks of demand that was told as missed: the same refusal asked for again is not demand again.
-- Hashes, because a merchant's own number is none of anybody else's business. Wall time, swept.
create table missed_demand (
    mark    text primary key,
    wall_at timestamptz not null
);
create index missed_demand_age on missed_demand (wall_at);
