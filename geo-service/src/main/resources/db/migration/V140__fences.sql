-- Who carries what, from job.state: one row for every epoch in which a rider had the job. Replicas
-- share a consumer group, so each reads here what the others took in: rows whose changed_in is not
-- below the oldest transaction that was open at the last look.
create table fence_job (
    job_id       text             not null,
    epoch        bigint           not null,
    version      bigint           not null,
    rider_id     text             not null,
    area_id      text             not null,
    store_id     text             not null,
    pickup_lat   double precision not null,
    pickup_lon   double precision not null,
    dropoff_lat  double precision not null,
    dropoff_lon  double precision not null,
    accepted_at  timestamptz      not null,
    picked_up_at timestamptz,
    ended_at     timestamptz,
    changed_in   bigint           not null,
    primary key (job_id, epoch)
);
create index fence_job_changed on fence_job (changed_in);
create index fence_job_live on fence_job (accepted_at) where ended_at is null;
create index fence_job_ended on fence_job (ended_at);

-- What positions prove, once for each job, epoch and kind.
create table fence_event (
    job_id       text             not null,
    epoch        bigint           not null,
    kind         text             not null,
    rider_id     text             not null,
    at           timestamptz      not null,
    lat          double precision not null,
    lon          double precision not null,
    first_metres integer          not null,
    metres       integer          not null,
    readings     integer          not null,
    trust        integer          not null,
    learned      boolean          not null,
    primary key (job_id, epoch, kind)
);
create index fence_event_at on fence_event (at);
