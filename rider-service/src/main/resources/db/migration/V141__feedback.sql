-- What customers say of a rider's deliveries, without who they are. All times are city time.
create table rider_feedback (
  feedback_id text primary key,
  revision    bigint      not null,
  rider_id    text        not null references rider,
  order_id    text        not null,
  kind        text        not null check (kind in ('RATING', 'PRAISE', 'COMPLAINT')),
  stars       integer     check (stars between 1 and 5),
  tags        text        not null,
  verified    boolean     not null,
  said_at     timestamptz not null,
  shown_at    timestamptz not null,
  shown       boolean     not null default false
);
comment on column rider_feedback.tags is 'sorted, separated by blanks';
comment on column rider_feedback.shown_at is 'from when the rider may see it: a later day, at a time that tells nothing';
create index rider_feedback_due on rider_feedback (shown_at) where not shown and kind <> 'COMPLAINT';
create index rider_feedback_rider on rider_feedback (rider_id, shown_at desc) where shown;

-- A complaint is a case until a named person decides it; only then can it take anything.
create table complaint (
  complaint_id text primary key references rider_feedback,
  rider_id     text        not null references rider,
  order_id     text        not null,
  state        text        not null default 'OPEN' check (state in ('OPEN', 'UPHELD', 'DISMISSED')),
  opened_at    timestamptz not null,
  finding      text,
  excuse       text,
  evidence     text,
  decided_by   text,
  reasons      text,
  decided_at   timestamptz,
  constraint complaint_decision_has_a_name check (
    state = 'OPEN'
    or (decided_by is not null and length(btrim(reasons)) >= 10 and decided_at is not null)),
  constraint complaint_upheld_for_something check (state <> 'UPHELD' or finding is not null)
);
create index complaint_open on complaint (opened_at) where state = 'OPEN';
create index complaint_order on complaint (order_id);

-- What speaks against those around an order: read by people, never judged by a machine.
create table fraud_note (
  signal_id text        not null,
  order_id  text        not null,
  revision  bigint      not null,
  kind      text        not null,
  weight    integer     not null,
  evidence  text        not null,
  at        timestamptz not null,
  primary key (signal_id, order_id)
);
create index fraud_note_order on fraud_note (order_id);
