-- Parts of the city with a rule of their own, as zone.state.v1 tells them. Removed ones stay, so that
-- their versions go on when they come back.
create table zone (
    zone_id text primary key,
    version bigint not null,
    state   jsonb  not null
);

-- What a zone was, from changed_at (city time) on; the newest hundred of each.
create table zone_version (
    zone_id    text        not null references zone (zone_id),
    version    bigint      not null,
    state      jsonb       not null,
    changed_at timestamptz not null,
    changed_by text        not null,
    primary key (zone_id, version)
);

insert into revision (kind, value) values ('zone', 1);
