-- Besides the base pay: tips, and trips and waits that came to nothing. A job may have several
-- lines of a kind: a tip that rises after it was paid brings the difference.
alter table earnings_line drop constraint earnings_line_kind_check;
alter table earnings_line add constraint earnings_line_kind_check
  check (kind in ('BASE', 'TIP', 'WASTED_TRIP', 'WAIT', 'RETURN'));
comment on column earnings_line.subject is
  'what is paid for, once for each kind: the job; job#epoch for extra pay; job#fen for a tip, by what it has risen to';
create index earnings_line_of_job on earnings_line (rider_id, split_part(subject, '#', 1), kind);
