-- Leave that riders ask for, and welfare that is paid. Nothing here knows points.
create table rider_leave (
  leave_id    text primary key,
  rider_id    text        not null references rider,
  kind        text        not null check (kind in ('FAMILY', 'HARVEST')),
  first_day   date        not null,
  last_day    date        not null check (last_day >= first_day),
  words       text,
  state       text        not null check (state in ('ASKED', 'GRANTED', 'REFUSED', 'WITHDRAWN')),
  asked_at    timestamptz not null,
  decided_at  timestamptz,
  decided_by  text,
  reasons     text,
  check ((state in ('GRANTED', 'REFUSED')) = (decided_by is not null))
);
create index rider_leave_rider on rider_leave (rider_id, first_day);
create index rider_leave_asked on rider_leave (asked_at) where state = 'ASKED';

create table welfare_scheme (
  scheme_id    text primary key,
  document     json        not null,
  from_month   date        not null unique,
  published_at timestamptz,
  published_by text
);
create trigger welfare_scheme_immutable before update or delete on welfare_scheme
  for each row execute function refuse_change();
comment on column welfare_scheme.from_month is 'the first day of the first month it holds for';

create table welfare_month (
  rider_id       text        not null references rider,
  month          date        not null,
  scheme_id      text        not null references welfare_scheme,
  eligible_weeks integer     not null check (eligible_weeks >= 0),
  amount_fen     bigint      not null check (amount_fen >= 0),
  recorded_at    timestamptz not null,
  primary key (rider_id, month)
);
create trigger welfare_month_append_only before update or delete on welfare_month
  for each row execute function refuse_change();

insert into welfare_scheme (scheme_id, document, from_month) values ('social-insurance-1',
  '{"minDays": 5, "minOrders": 60, "leaveCounts": true,
    "steps": [{"weeks": 2, "amountFen": 10000}, {"weeks": 3, "amountFen": 20000}, {"weeks": 4, "amountFen": 30000}]}',
  date '2020-01-01');
