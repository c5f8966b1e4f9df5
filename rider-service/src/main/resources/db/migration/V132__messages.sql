-- More kinds of messages go down the line than there were; phones skip those they do not know.
alter table rider_message drop constraint rider_message_type_check;
alter table rider_message add constraint rider_message_type_check check (type ~ '^[a-z][a-z-]{0,31}$');

-- What people at the control room or a station told riders. City time.
create table told_message (
  message_id text primary key,
  sender     text        not null,
  audience   text        not null,
  text       text        not null check (char_length(text) between 1 and 500),
  urgent     boolean     not null,
  riders     integer     not null,
  sent_at    timestamptz not null
);
comment on column told_message.audience is 'RIDER r-1, STATION st-1, POOL CROWDSOURCED or ALL';
create index told_message_age on told_message (sent_at);
