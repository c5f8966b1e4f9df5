-- A rider gives a job to another one (转单): asked, and taken by the other's own hand. City time.
create table hand_over (
  id           text primary key,
  job_id       text        not null references job (id),
  epoch        bigint      not null,
  from_rider   text        not null,
  to_rider     text        not null check (to_rider <> from_rider),
  state        text        not null check (state in ('ASKED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED')),
  face_to_face boolean     not null,
  code         text,
  wrong_codes  integer     not null default 0,
  asked_at     timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz
);
comment on column hand_over.code is 'what the one who gives shows, and the other one scans; gone once it is over';
create unique index hand_over_open on hand_over (job_id) where state = 'ASKED';
-- A job changes hands this way once.
create unique index hand_over_once on hand_over (job_id) where state = 'ACCEPTED';
create index hand_over_to on hand_over (to_rider) where state = 'ASKED';
create index hand_over_from on hand_over (from_rider) where state = 'ASKED';
