-- Buildings known to the platform: learned from delivered orders, or told by a manager. Nothing
-- personal: down to the building, never a floor, a room, a name or a telephone number.
create table known_building (
    building_id  text primary key,
    district     text,
    estate       text,
    road         text,
    number       text,
    building     text,
    -- What the above are looked up by: uniform, empty when there is none.
    estate_key   text             not null,
    road_key     text             not null,
    building_key text             not null,
    -- Pairs of neighbouring characters of the estate's key, for names that are mistyped.
    grams        text[]           not null,
    lat          double precision not null check (lat between -90 and 90),
    lon          double precision not null check (lon between -180 and 180),
    -- Delivered orders that agreed with the place, and those since that did not.
    lessons       integer not null check (lessons >= 0),
    disagreements integer not null check (disagreements >= 0),
    imported     boolean          not null,
    changed_at   timestamptz      not null,
    check (estate_key <> '' or road_key <> '')
);
create index known_building_estate on known_building (estate_key) where estate_key <> '';
create index known_building_road on known_building (road_key) where road_key <> '';
create index known_building_grams on known_building using gin (grams);
create index known_building_place on known_building (lat, lon);

-- Delivered orders whose address has not been learned from yet.
create table building_lesson (
    order_id text primary key references orders
);
