create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'restrict_violation';
end
$$;

-- Rule sets are data: immutable, dated. A delivery is judged by the one in force when it was accepted.
create table score_rule_set (
  version        text primary key,
  effective_from timestamptz not null unique,
  document       json        not null
);
comment on column score_rule_set.effective_from is 'city time, inclusive';
create trigger score_rule_set_immutable before update or delete on score_rule_set
  for each row execute function refuse_change();
create trigger score_rule_set_no_truncate before truncate on score_rule_set
  for each statement execute function refuse_change();

-- One row for each rider, locked while their ledger is written. sum_mp must equal the sum of the ledger's points; a job checks it.
create table score_account (
  rider_id text primary key references rider,
  account  text   not null,
  entries  bigint not null,
  orders   bigint not null,
  sum_mp   bigint not null
);
comment on column score_account.account is 'city/pool: the scope of a score';
comment on column score_account.orders is 'orders ever scored';

create table score_entry (
  entry_id      text primary key,
  entry_no      bigint      not null,
  rider_id      text        not null references rider,
  account       text        not null,
  subject       text        not null,
  subject_kind  text        not null check (subject_kind in ('ORDER', 'INCIDENT')),
  rule          text        not null,
  kind          text        not null check (kind in ('SMOOTH', 'BONUS', 'TRAINING', 'OVERTIME', 'ORDINARY', 'SEVERE', 'ZERO')),
  grp           text        not null,
  revision      integer     not null check (revision > 0),
  points_mp     integer     not null,
  rule_set      text        not null references score_rule_set,
  business_date date        not null,
  occurred_at   timestamptz not null,
  recorded_at   timestamptz not null,
  facts         json        not null,
  facts_hash    text        not null,
  exemption     text,
  actor         text        not null,
  refers_to     text        unique references score_entry,
  -- OT1 and OT2 are one group: they can never both stand.
  constraint score_entry_once unique (rider_id, subject, grp, revision),
  unique (rider_id, entry_no),
  -- Lateness takes at most 2 points; a reversal gives back at most as much.
  constraint score_entry_late_at_most_two check (kind <> 'OVERTIME' or points_mp between -2000 and 2000)
);
comment on column score_entry.refers_to is 'the row this one takes back; a row is taken back once';
comment on column score_entry.recorded_at is 'city time';
comment on column score_entry.facts_hash is 'SHA-256 of facts, hex';
create index score_entry_window on score_entry (rider_id, occurred_at desc, subject);

create trigger score_entry_append_only before update or delete on score_entry
  for each row execute function refuse_change();
create trigger score_entry_no_truncate before truncate on score_entry
  for each statement execute function refuse_change();

-- What was judged, so that it can be judged again when a fact comes in late.
create table delivery_facts (
  order_id     text primary key,
  rider_id     text        not null,
  area_id      text        not null,
  accepted_at  timestamptz not null,
  delivered_at timestamptz not null,
  facts        json        not null
);
create index delivery_facts_area on delivery_facts (area_id, delivered_at);

create table area_weather (
  area_id text        not null,
  version bigint      not null,
  level   text        not null check (level in ('NONE', 'YELLOW', 'ORANGE', 'RED')),
  from_at timestamptz not null,
  primary key (area_id, version)
);

insert into score_rule_set (version, effective_from, document) values ('v1', timestamptz '2020-01-01 00:00:00+08', '
{
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
    {"aboveMilliPoints": null, "rewardFen": 0, "waiversPerWeek": 0, "en": "human review; never an automatic suspension"},
    {"fromMilliPoints": 40000, "rewardFen": 0, "waiversPerWeek": 0, "en": "optional training, easier orders"},
    {"fromMilliPoints": 60000, "rewardFen": 0, "waiversPerWeek": 0, "en": "standard"},
    {"aboveMilliPoints": 75000, "rewardFen": 10, "waiversPerWeek": 0, "en": "reward"},
    {"aboveMilliPoints": 85000, "rewardFen": 20, "waiversPerWeek": 1, "en": "reward and a waiver"},
    {"aboveMilliPoints": 95000, "rewardFen": 30, "waiversPerWeek": 2, "en": "reward and two waivers"}
  ],
  "rewardOrdersPerDay": 50
}');
