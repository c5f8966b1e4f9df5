-- Earnings in fen. Nothing here knows the score; base pay is what dispatch promised for the job.
create table earnings_line (
  line_id       text primary key,
  line_no       bigint      not null,
  rider_id      text        not null references rider,
  subject       text        not null,
  kind          text        not null check (kind in ('BASE')),
  amount_fen    bigint      not null check (amount_fen >= 0),
  business_date date        not null,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null,
  unique (rider_id, subject, kind),
  unique (rider_id, line_no)
);
comment on column earnings_line.subject is 'the job paid for';
comment on column earnings_line.recorded_at is 'city time';

create trigger earnings_line_append_only before update or delete on earnings_line
  for each row execute function refuse_change();
create trigger earnings_line_no_truncate before truncate on earnings_line
  for each statement execute function refuse_change();

create table earnings_account (
  rider_id    text primary key references rider,
  lines       bigint not null,
  balance_fen bigint not null check (balance_fen >= 0)
);
