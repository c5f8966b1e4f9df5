-- Appeals: one for each row of the score ledger, however often it is sent. All times are city time.
create table appeal (
  appeal_id          text primary key,
  rider_id           text        not null references rider,
  entry_id           text        not null,
  subject            text        not null,
  grp                text        not null,
  rule               text        not null,
  points_mp          integer     not null check (points_mp < 0),
  ruled_by           text        not null,
  grounds            text        not null,
  state              text        not null check (state in ('FILED', 'REJECTED', 'PANEL', 'ACCEPTED', 'DISMISSED')),
  filed_at           timestamptz not null,
  due_at             timestamptz,
  first_by           text,
  first_reasons      text,
  first_at           timestamptz,
  escalation_grounds text,
  escalated_at       timestamptz,
  seated_by          text,
  decided_by         text,
  decided_how        text check (decided_how in ('PERSON', 'OVERDUE', 'CORRECTED', 'PANEL', 'NOT_ESCALATED')),
  reasons            text,
  decided_at         timestamptz,
  constraint appeal_once unique (entry_id),
  -- A machine may accept; a rejection has a person's name and reasons.
  constraint appeal_rejection_has_a_name check (
    state not in ('REJECTED', 'PANEL', 'DISMISSED')
    or (first_by is not null and length(btrim(first_reasons)) >= 10 and first_at is not null)),
  constraint appeal_dismissal_is_the_panels_or_the_riders check (
    state <> 'DISMISSED' or decided_how in ('PANEL', 'NOT_ESCALATED')),
  constraint appeal_decided_or_due check ((decided_at is null) = (due_at is not null))
);
comment on column appeal.due_at is 'until when the present step may be taken; after it FILED and PANEL are accepted, REJECTED stays so for good';
comment on column appeal.ruled_by is 'who wrote the row: never judge of it again';
create index appeal_due on appeal (due_at) where due_at is not null;
create index appeal_rider on appeal (rider_id, filed_at desc);

create table appeal_evidence (
  appeal_id   text        not null references appeal,
  evidence_no integer     not null check (evidence_no between 1 and 20),
  words       text,
  proof_id    text,
  added_at    timestamptz not null,
  primary key (appeal_id, evidence_no),
  check (words is not null or proof_id is not null)
);

-- The second instance: three named persons, at least one of them a rider.
create table appeal_seat (
  appeal_id text    not null references appeal,
  seat      integer not null check (seat between 1 and 3),
  kind      text    not null check (kind in ('OPERATOR', 'RIDER')),
  person    text    not null,
  vote      text    check (vote in ('UPHOLD', 'REJECT')),
  reasons   text,
  voted_at  timestamptz,
  primary key (appeal_id, seat),
  unique (appeal_id, kind, person),
  check (vote is distinct from 'REJECT' or length(btrim(reasons)) >= 10)
);
create index appeal_seat_person on appeal_seat (kind, person, appeal_id);

-- What was done, in order, for whoever asks later.
create table appeal_event (
  appeal_id text        not null references appeal,
  event_no  bigint      generated always as identity,
  kind      text        not null,
  actor     text        not null,
  reasons   text,
  at        timestamptz not null,
  primary key (appeal_id, event_no)
);
create trigger appeal_event_append_only before update or delete on appeal_event
  for each row execute function refuse_change();
create trigger appeal_event_no_truncate before truncate on appeal_event
  for each statement execute function refuse_change();
