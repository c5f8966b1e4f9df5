-- What operators said of the weather, as long as they did not take it back.
create table weather_setting (
    area_id               text primary key references area (area_id),
    level                 text             not null,
    travel_factor         double precision not null,
    promise_extra_seconds integer          not null,
    set_from              timestamptz      not null,
    set_until             timestamptz,
    set_by                text             not null
);
insert into weather_setting
    select area_id, level, travel_factor, promise_extra_seconds, set_from, null, set_by from weather;

-- What the feed said last, line by line.
create table weather_feed (
    place bigint primary key,
    line  jsonb not null
);

-- What was told of each area; the newest two hundred.
create table weather_history (
    area_id               text             not null references area (area_id),
    city_id               text             not null,
    version               bigint           not null,
    level                 text             not null,
    travel_factor         double precision not null,
    promise_extra_seconds integer          not null,
    set_from              timestamptz      not null,
    set_until             timestamptz,
    set_by                text             not null,
    primary key (area_id, version)
);
insert into weather_history
    select area_id, city_id, version, level, travel_factor, promise_extra_seconds, set_from, null,
           set_by from weather;
