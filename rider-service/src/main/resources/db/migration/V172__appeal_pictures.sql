-- Pictures a rider sends for an appeal itself: of a screen, of a place gone back to. Erased some time after the last word.
create table appeal_picture (
  appeal_id  text        not null references appeal,
  proof_id   text        not null,
  media_type text        not null check (media_type in ('image/jpeg', 'image/png')),
  document   bytea,
  sent_at    timestamptz not null,
  primary key (appeal_id, proof_id)
);
comment on column appeal_picture.document is 'null once erased';
comment on column appeal_picture.sent_at is 'city time';
create index appeal_picture_kept on appeal_picture (appeal_id) where document is not null;
