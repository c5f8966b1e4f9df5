-- Campaigns: their terms as published, never changed; their places; who takes part and how far they are.
create table campaign_preset (
  preset   text primary key,
  document json not null
);
comment on column campaign_preset.document is 'terms to begin with: a manager sets areas and dates and publishes';

create table campaign (
  campaign_id     text primary key,
  document        json        not null,
  sign_up_from    timestamptz not null,
  sign_up_until   timestamptz not null check (sign_up_until > sign_up_from),
  salt            text        not null,
  published_at    timestamptz not null,
  published_by    text        not null
);
comment on column campaign.sign_up_until is 'city time, not included';
comment on column campaign.salt is 'of the hashes by which a person is known in this campaign, and in no other';
create trigger campaign_immutable before update or delete on campaign
  for each row execute function refuse_change();

create table campaign_places (
  campaign_id text primary key references campaign,
  quota       integer not null check (quota > 0),
  used        integer not null default 0 check (used between 0 and quota),
  waiting     integer not null default 0 check (waiting >= 0)
);

create table campaign_enrolment (
  enrolment_id text primary key,
  queue_no     bigint generated always as identity,
  campaign_id  text        not null references campaign,
  rider_id     text        not null references rider,
  person       text        not null,
  payout_hash  text        not null,
  device_hash  text,
  inviter_id   text references rider check (inviter_id <> rider_id),
  state        text        not null check (state in
    ('APPLIED', 'RESERVED', 'VERIFIED', 'WEEK', 'COMPLETED', 'SETTLED', 'REJECTED', 'FAILED')),
  weeks_met    integer     not null default 0 check (weeks_met >= 0),
  next_monday  date,
  applied_at   timestamptz not null,
  reserved_at  timestamptz,
  reason       text,
  unique (campaign_id, person),
  unique (campaign_id, payout_hash),
  unique (campaign_id, rider_id)
);
create unique index campaign_enrolment_device on campaign_enrolment (campaign_id, device_hash) where device_hash is not null;
create index campaign_enrolment_waiting on campaign_enrolment (campaign_id, queue_no) where state = 'APPLIED';
create index campaign_enrolment_rider on campaign_enrolment (rider_id);
create index campaign_enrolment_weeks on campaign_enrolment (next_monday) where state in ('VERIFIED', 'WEEK');
create index campaign_enrolment_reserved on campaign_enrolment (reserved_at) where state = 'RESERVED';
comment on column campaign_enrolment.next_monday is 'the week that is ridden now, or will be first';

create table campaign_event (
  event_no     bigint generated always as identity primary key,
  enrolment_id text        not null references campaign_enrolment,
  state        text        not null,
  actor        text        not null,
  reason       text,
  at           timestamptz not null
);
create index campaign_event_enrolment on campaign_event (enrolment_id, event_no);
create trigger campaign_event_append_only before update or delete on campaign_event
  for each row execute function refuse_change();

-- A proof is kept until somebody has decided; then only the decision is.
create table campaign_proof (
  enrolment_id   text primary key references campaign_enrolment,
  media_type     text        not null,
  document       bytea,
  claimed_orders integer     not null check (claimed_orders >= 0),
  handed_in_at   timestamptz not null,
  decided_at     timestamptz,
  decided_by     text,
  accepted       boolean,
  counted_orders integer,
  reasons        text,
  check ((decided_at is null) = (document is not null))
);
create index campaign_proof_open on campaign_proof (handed_in_at) where decided_at is null;

create table campaign_week (
  enrolment_id text        not null references campaign_enrolment,
  monday       date        not null,
  days         integer     not null,
  orders       integer     not null,
  outcome      text        not null check (outcome in ('MET', 'FROZEN', 'MISSED')),
  why          text,
  recorded_at  timestamptz not null,
  primary key (enrolment_id, monday)
);
create trigger campaign_week_append_only before update or delete on campaign_week
  for each row execute function refuse_change();

create table campaign_settlement (
  settlement_id text primary key,
  enrolment_id  text        not null references campaign_enrolment,
  milestone     text        not null,
  payee         text        not null references rider,
  amount_fen    bigint      not null check (amount_fen > 0),
  due_at        timestamptz not null,
  posted_at     timestamptz,
  constraint campaign_settlement_once unique (enrolment_id, milestone, payee)
);
create index campaign_settlement_due on campaign_settlement (due_at) where posted_at is null;

insert into campaign_preset (preset, document) values
('A', '{"titleZh": "跳槽奖：一周140单，四周得3000元", "titleEn": "More than 140 orders elsewhere in a week, then four weeks here: 3000 yuan",
  "areas": [], "pools": ["CROWDSOURCED", "PREFERRED"],
  "signUpFrom": "2025-12-25T16:00:00Z", "signUpUntil": "2025-12-28T16:00:00Z", "places": 500,
  "proof": {"moreThanOrders": 140, "from": "2025-12-15", "until": "2025-12-21"}, "proofWithinDays": 7, "newcomersOnly": true,
  "weeks": 4, "minDays": 6, "minOrders": 140, "minOrdersADay": 1,
  "weeklyRewardFen": 0, "rewardFen": 300000, "inviterFen": 100000, "holdDays": 7}'),
('B', '{"titleZh": "跑单王：十一月720单，六周得2888元", "titleEn": "More than 720 orders elsewhere in November, then six weeks here: 2888 yuan",
  "areas": [], "pools": ["CROWDSOURCED", "PREFERRED"],
  "signUpFrom": "2025-11-30T16:00:00Z", "signUpUntil": "2025-12-14T16:00:00Z", "places": 500,
  "proof": {"moreThanOrders": 720, "from": "2025-11-01", "until": "2025-11-30"}, "proofWithinDays": 7, "newcomersOnly": true,
  "weeks": 6, "minDays": 6, "minOrders": 140, "minOrdersADay": 1,
  "weeklyRewardFen": 0, "rewardFen": 288800, "inviterFen": 0, "holdDays": 7}'),
('C', '{"titleZh": "熟手新人：每天20单，每周1200元", "titleEn": "Experienced and new to us: 20 orders a day, 1200 yuan a week",
  "areas": [], "pools": ["CROWDSOURCED", "PREFERRED"],
  "signUpFrom": "2025-11-30T16:00:00Z", "signUpUntil": "2025-12-30T16:00:00Z", "places": 200,
  "proof": {"moreThanOrders": 0, "from": "2025-06-01", "until": "2025-11-30"}, "proofWithinDays": 7, "newcomersOnly": true,
  "weeks": 4, "minDays": 6, "minOrders": 120, "minOrdersADay": 20,
  "weeklyRewardFen": 120000, "rewardFen": 0, "inviterFen": 0, "holdDays": 7}');
