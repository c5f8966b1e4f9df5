-- Where riders were, raw: one row for some minutes of a rider's readings, packed. Times are city
-- time, epoch milliseconds.
create table track_chunk (
    chunk_id bigint generated always as identity primary key,
    rider_id text    not null,
    first_ms bigint  not null,
    last_ms  bigint  not null,
    points   integer not null,
    data     bytea   not null
);
create index track_chunk_of_rider on track_chunk (rider_id, last_ms);
create index track_chunk_by_age on track_chunk (last_ms);

-- The same once it is old: in which H3 cell of resolution 8 a rider was from when to when.
create table track_cell (
    rider_id text    not null,
    first_ms bigint  not null,
    cell     bigint  not null,
    last_ms  bigint  not null,
    points   integer not null,
    primary key (rider_id, first_ms, cell)
);
create index track_cell_by_age on track_cell (last_ms);
