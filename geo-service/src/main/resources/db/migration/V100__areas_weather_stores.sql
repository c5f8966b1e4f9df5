-- Business districts. The outline is a list of {lat, lon}, not closed, counter-clockwise.
create table area (
    area_id    text primary key,
    city_id    text        not null,
    version    bigint      not null,
    name       text        not null,
    outline    jsonb       not null,
    paused     boolean     not null,
    changed_at timestamptz not null
);

-- The weather an operator set; an area without a row has none.
create table weather (
    area_id               text primary key references area (area_id),
    city_id               text             not null,
    version               bigint           not null,
    level                 text             not null,
    travel_factor         double precision not null,
    promise_extra_seconds integer          not null,
    set_from              timestamptz      not null,
    set_by                text             not null
);

-- What order-service said of its stores.
create table store (
    store_id text primary key,
    city_id  text   not null,
    version  bigint not null,
    state    jsonb  not null
);

-- Raised in the transaction of every change of its kind: a replica that sees another number reads
-- that kind anew.
create table revision (
    kind  text primary key,
    value bigint not null
);
insert into revision (kind, value) values ('area', 1), ('weather', 1), ('store', 1);
