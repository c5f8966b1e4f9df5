-- Who published a rule set, and when.
alter table score_rule_set add column published_at timestamptz;
alter table score_rule_set add column published_by text;
comment on column score_rule_set.published_at is 'city time; null for what came with the platform';

-- Version 1 in full. It came with the platform and nobody was judged by the shorter one elsewhere; whatever is published from here on stays as it is.
alter table score_rule_set disable trigger score_rule_set_immutable;
update score_rule_set set document = '{
  "version": "v1",
  "startMilliPoints": 70000,
  "maxMilliPoints": 100000,
  "rewardAboveMilliPoints": 75000,
  "gainsCapMilliPoints": 30000,
  "bonusCapMilliPoints": 5000,
  "dailyOvertimeCapMilliPoints": 6000,
  "orderLossCapMilliPoints": 4000,
  "windowOrders": 300,
  "windowDays": 60,
  "severeWindowDays": 30,
  "newcomerOrders": 100,
  "newcomerWaivers": 3,
  "deductionWithinHours": 72,
  "complaintWithinHours": 168,
  "severeWithinHours": 720,
  "freeCancels": 3,
  "freeCancelDays": 7,
  "trainingEveryDays": 7,
  "trainingBelowMilliPoints": 60000,
  "rescueEveryDays": 7,
  "dispatchShareMillis": 30,
  "rewardOrdersPerDay": 50,
  "exemptWeather": ["ORANGE", "RED"],
  "rules": [
    {"rule": "SM1", "group": "SM1", "kind": "SMOOTH", "milliPoints": 100,
     "en": "Delivered on time, or exempt", "zh": "准时送达，或免责"},
    {"rule": "SM2", "group": "SM2", "kind": "BONUS", "milliPoints": 200,
     "en": "Verified praise", "zh": "核实的好评"},
    {"rule": "SM3", "group": "SM3", "kind": "BONUS", "milliPoints": 100,
     "en": "A published peak slot worked", "zh": "完成公布的高峰时段"},
    {"rule": "SM4", "group": "SM4", "kind": "BONUS", "milliPoints": 300,
     "en": "Took over a stranded order", "zh": "接手滞留订单"},
    {"rule": "TR1", "group": "TR1", "kind": "TRAINING", "milliPoints": 3000,
     "en": "Training passed while below 60", "zh": "低于60分时通过培训"},
    {"rule": "OT1", "group": "OT", "kind": "OVERTIME", "milliPoints": -1000, "lateUpToSeconds": 300,
     "en": "Late by up to 5 minutes", "zh": "超时5分钟以内"},
    {"rule": "OT2", "group": "OT", "kind": "OVERTIME", "milliPoints": -2000,
     "en": "Late by more than 5 minutes", "zh": "超时5分钟以上"},
    {"rule": "CX1", "group": "CX1", "kind": "ORDINARY", "milliPoints": -2000,
     "en": "Wrong, missing or spilled, rider''s fault upheld", "zh": "错送、漏送、洒漏，骑手责任成立"},
    {"rule": "CX2", "group": "CX2", "kind": "ORDINARY", "milliPoints": -2000,
     "en": "Upheld complaint about conduct", "zh": "服务态度投诉成立"},
    {"rule": "CX3", "group": "CX3", "kind": "ORDINARY", "milliPoints": -3000,
     "en": "\"Delivered\" that was not", "zh": "虚假送达"},
    {"rule": "FU1", "group": "FU1", "kind": "ORDINARY", "milliPoints": -1000,
     "en": "Cancelled before pickup, own fault", "zh": "取货前因自身原因取消"},
    {"rule": "FU2", "group": "FU2", "kind": "ORDINARY", "milliPoints": -4000,
     "en": "Abandoned after pickup", "zh": "取货后弃单"},
    {"rule": "SV1", "group": "SV1", "kind": "SEVERE", "milliPoints": -10000,
     "en": "Abuse, confirmed by a named person", "zh": "辱骂或暴力，经具名人员确认"},
    {"rule": "SV2", "group": "SV2", "kind": "SEVERE", "milliPoints": -20000,
     "en": "Fraud or rented account, confirmed by a named person", "zh": "欺诈或租借账号，经具名人员确认"},
    {"rule": "ZERO", "group": "ZERO", "kind": "ZERO", "milliPoints": 0,
     "en": "Decline, offline, rest, unproven low rating", "zh": "拒单、下线、休息、未证实的差评"}
  ],
  "ladder": [
    {"band": "REVIEW", "fromMilliPoints": 0, "rewardFen": 0, "waiversPerWeek": 0,
     "en": "A person looks at it with you; never an automatic suspension", "zh": "人工复核，绝不自动停权"},
    {"band": "SUPPORT", "fromMilliPoints": 40000, "rewardFen": 0, "waiversPerWeek": 0,
     "en": "Optional training, easier orders", "zh": "可选培训，优先派简单订单"},
    {"band": "STANDARD", "fromMilliPoints": 60000, "rewardFen": 0, "waiversPerWeek": 0,
     "en": "Standard", "zh": "标准"},
    {"band": "GOOD", "aboveMilliPoints": 75000, "rewardFen": 10, "waiversPerWeek": 0,
     "en": "0.10 yuan more for each order", "zh": "每单奖励0.10元"},
    {"band": "VERY_GOOD", "aboveMilliPoints": 85000, "rewardFen": 20, "waiversPerWeek": 1,
     "en": "0.20 yuan more for each order, one late order a week takes nothing", "zh": "每单奖励0.20元，每周免扣一次超时"},
    {"band": "BEST", "aboveMilliPoints": 95000, "rewardFen": 30, "waiversPerWeek": 2,
     "en": "0.30 yuan more for each order, two late orders a week take nothing", "zh": "每单奖励0.30元，每周免扣两次超时"}
  ]
}' where version = 'v1';
alter table score_rule_set enable trigger score_rule_set_immutable;

alter table score_entry add column order_id text;
alter table score_entry add column evidence text;
comment on column score_entry.order_id is 'the order a row is about, so that one order never loses more than the cap; null where the subject is the order, or there is none';
create index score_entry_loss on score_entry (rider_id, business_date) where kind in ('OVERTIME', 'ORDINARY', 'SEVERE');

-- What the formula needs of the newest orders, written in the transaction that writes the ledger: a score is read as one row. It can be made again from the ledger at any time.
alter table score_account add column win bytea;
alter table score_account add column closed_on date;
comment on column score_account.win is 'the newest orders and incidents, packed; null: make it from the ledger';
comment on column score_account.closed_on is 'the last business date whose level was closed';
alter table score_account alter column win set storage plain;
alter table score_account set (fillfactor = 50, toast_tuple_target = 8160);

-- What a rider is judged by: each delivery, and each ruling of a person or a rule, newest revision.
create table score_fact (
  rider_id    text        not null references rider,
  about       text        not null,
  source      text        not null,
  revision    bigint      not null,
  rule        text,
  area_id     text,
  accepted_at timestamptz not null,
  occurred_at timestamptz not null,
  facts       json        not null,
  primary key (rider_id, about, source)
);
comment on column score_fact.about is 'the order, else the incident';
comment on column score_fact.source is 'delivery, or the ruling''s id';
comment on column score_fact.accepted_at is 'city time whose rule set judges';
create index score_fact_area on score_fact (area_id, occurred_at) where area_id is not null;
create index score_fact_limited on score_fact (rider_id, rule) where rule in ('FU1', 'TR1', 'SM4');
create index score_fact_occurred on score_fact (occurred_at);
create index score_fact_ruling on score_fact (source) where source <> 'delivery';

drop table delivery_facts;

-- Cases with new facts, waiting to be judged. A case may wait more than once.
create table score_due (
  id         bigint generated always as identity primary key,
  rider_id   text        not null,
  about      text        not null,
  tries      integer     not null default 0,
  not_before timestamptz not null default '-infinity'
);
comment on column score_due.not_before is 'wall time';

-- Closing level scores, one when it changes; corrected upwards only.
create table score_level (
  rider_id      text        not null references rider,
  business_date date        not null,
  revision      integer     not null check (revision > 0),
  level_mp      integer     not null check (level_mp between 0 and 100000),
  score_mp      integer     not null check (score_mp between 0 and 100000),
  rule_set      text        not null references score_rule_set,
  recorded_at   timestamptz not null,
  primary key (rider_id, business_date, revision)
);
comment on column score_level.business_date is 'the day that closed; the level holds from the next one';
create trigger score_level_append_only before update or delete on score_level
  for each row execute function refuse_change();
create trigger score_level_no_truncate before truncate on score_level
  for each statement execute function refuse_change();

-- Deductions under appeal: they count in the score, and not in the level.
create table score_stay (
  rider_id text        not null references rider,
  subject  text        not null,
  grp      text        not null,
  from_at  timestamptz not null,
  until_at timestamptz check (until_at >= from_at),
  primary key (rider_id, subject, grp, from_at)
);
comment on column score_stay.from_at is 'city time';
create unique index score_stay_open on score_stay (rider_id, subject, grp) where until_at is null;
