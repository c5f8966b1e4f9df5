-- Arrival windows as they were given, and what came of them.
create table eta_window (
    job_id        text             not null,
    epoch         bigint           not null,
    stage         text             not null,
    area_id       text             not null,
    slot          smallint         not null,
    made_at       timestamptz      not null,
    planned_at    timestamptz      not null,
    earliest_at   timestamptz      not null,
    latest_at     timestamptz      not null,
    scale_seconds double precision not null,
    coverage      double precision not null,
    samples       integer          not null,
    outcome_at    timestamptz,
    primary key (job_id, epoch, stage)
);
create index eta_window_outcome on eta_window (outcome_at) where outcome_at is not null;
create index eta_window_made on eta_window (made_at);
