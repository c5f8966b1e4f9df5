-- A payment may be stopped while it is held, and let go again; who did it and why stays for good.
alter table campaign_settlement add column stopped boolean not null default false;
alter table campaign_settlement add constraint campaign_settlement_stopped_is_unpaid check (posted_at is null or not stopped);
drop index campaign_settlement_due;
create index campaign_settlement_due on campaign_settlement (due_at) where posted_at is null and not stopped;
create index campaign_settlement_unpaid on campaign_settlement (due_at) where posted_at is null;

create table campaign_settlement_event (
  event_no      bigint generated always as identity primary key,
  settlement_id text        not null references campaign_settlement,
  kind          text        not null check (kind in ('STOPPED', 'RELEASED')),
  actor         text        not null check (actor <> ''),
  reason        text        not null check (btrim(reason) <> ''),
  at            timestamptz not null
);
comment on column campaign_settlement_event.at is 'city time';
create index campaign_settlement_event_of on campaign_settlement_event (settlement_id, event_no);
create trigger campaign_settlement_event_append_only before update or delete on campaign_settlement_event
  for each row execute function refuse_change();
create trigger campaign_settlement_event_no_truncate before truncate on campaign_settlement_event
  for each statement execute function refuse_change();

-- What was earned stays as it was earned; once paid, nothing about it changes.
create function settlement_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.posted_at is not null
    or (new.settlement_id, new.enrolment_id, new.milestone, new.payee, new.amount_fen, new.due_at)
      is distinct from (old.settlement_id, old.enrolment_id, old.milestone, old.payee, old.amount_fen, old.due_at) then
    raise exception 'campaign_settlement stays as it was earned';
  end if;
  return new;
end $$;
create trigger campaign_settlement_stays before update or delete on campaign_settlement
  for each row execute function settlement_stays();

-- Riders may leave. One person takes part in a campaign once, whether to the end or not.
alter table campaign_enrolment drop constraint campaign_enrolment_state_check;
alter table campaign_enrolment add constraint campaign_enrolment_state_check check (state in
  ('APPLIED', 'RESERVED', 'VERIFIED', 'WEEK', 'COMPLETED', 'SETTLED', 'REJECTED', 'FAILED', 'WITHDRAWN'));

-- Managers save presets of their own, and newer versions of those there are.
alter table campaign_preset add column version integer not null default 1 check (version > 0);
alter table campaign_preset add column saved_at timestamptz;
alter table campaign_preset add column saved_by text;
alter table campaign_preset drop constraint campaign_preset_pkey;
alter table campaign_preset add primary key (preset, version);
comment on column campaign_preset.saved_at is 'city time; null for what came with the platform';
create trigger campaign_preset_immutable before update or delete on campaign_preset
  for each row execute function refuse_change();
