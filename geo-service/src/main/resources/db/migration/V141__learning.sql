-- Finished stops of riders, from job.state: what everything is learned from.
create table rider_stop (
    job_id        text             not null,
    epoch         bigint           not null,
    kind          text             not null,
    rider_id      text             not null,
    area_id       text             not null,
    store_id      text             not null,
    building      bigint           not null,
    lat           double precision not null,
    lon           double precision not null,
    accepted_at   timestamptz      not null,
    created_at    timestamptz      not null,
    ready_at      timestamptz,
    tapped_at     timestamptz,
    left_at       timestamptz      not null,
    travel_factor double precision not null,
    primary key (job_id, kind, epoch)
);
create index rider_stop_left on rider_stop (left_at);
create index rider_stop_rider on rider_stop (rider_id, left_at);
create index rider_stop_store on rider_stop (store_id, left_at) where kind = 'AT_STORE';
create index rider_stop_building on rider_stop (building, left_at) where kind = 'AT_CUSTOMER';

-- Where the rider stood as the goods were taken over, from readings.
create table pickup_stand (
    job_id   text             not null,
    epoch    bigint           not null,
    lat      double precision not null,
    lon      double precision not null,
    readings integer          not null,
    primary key (job_id, epoch)
);

-- What must be learned anew, and from when on. seq tells whether more came while it was learned.
create table learn_due (
    kind         text        not null,
    key          text        not null,
    due_at       timestamptz not null,
    seq          bigint      not null,
    leased_until timestamptz,
    primary key (kind, key)
);
create index learn_due_at on learn_due (due_at);

create table store_lesson (
    store_id             text primary key,
    version              bigint           not null,
    pickup_lat           double precision not null,
    pickup_lon           double precision not null,
    visits               integer          not null,
    kitchen_seconds      double precision not null,
    kitchen_p80_seconds  double precision not null,
    kitchens             integer          not null,
    handover_seconds     double precision not null,
    handover_p80_seconds double precision not null,
    handovers            integer          not null,
    learned_at           timestamptz      not null,
    told                 jsonb
);

-- Buildings are H3 cells of resolution 11, about 50 m across; 0 is the whole city.
create table building_lesson (
    building    bigint primary key,
    seconds     double precision not null,
    p80_seconds double precision not null,
    samples     integer          not null
);

-- Rides by the half hour they began in and the H3 cell (resolution 8) they began in: how often which
-- ratio of real to expected time was seen.
create table leg_sketch (
    began_at timestamptz not null,
    cell     bigint      not null,
    bin      smallint    not null,
    count    integer     not null,
    primary key (began_at, cell, bin)
);

-- What became of the rides of a half hour.
create table leg_verdict (
    began_at timestamptz not null,
    verdict  text        not null,
    count    integer     not null,
    primary key (began_at, verdict)
);

insert into revision (kind, value) values ('lesson', 1), ('leg', 1);
