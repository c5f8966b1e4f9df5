-- Courses are data: an operator writes them.
create table course (
  course_id  text primary key,
  document   json        not null,
  active     boolean     not null,
  changed_by text        not null,
  changed_at timestamptz not null
);
comment on column course.changed_at is 'city time';

-- What riders answered; passed ones became rulings of the score.
create table course_attempt (
  attempt_id   text primary key,
  rider_id     text        not null references rider,
  course_id    text        not null references course,
  answers      text        not null,
  percent      integer     not null check (percent between 0 and 100),
  passed       boolean     not null,
  attempted_at timestamptz not null
);
comment on column course_attempt.answers is 'the choices, from 0, separated by blanks';
comment on column course_attempt.attempted_at is 'city time';
create index course_attempt_rider on course_attempt (rider_id, attempted_at desc);

-- People who looked at a low score together with its rider. Nothing follows from it by itself.
create table score_review (
  review_id   text primary key,
  rider_id    text        not null references rider,
  score_mp    integer     not null,
  outcome     text        not null check (outcome in ('TALKED', 'TRAINING_ADVISED', 'DEDUCTIONS_DOUBTED', 'NO_ACTION')),
  note        text        not null check (length(btrim(note)) >= 10),
  reviewed_by text        not null,
  reviewed_at timestamptz not null
);
comment on column score_review.reviewed_at is 'city time';
create index score_review_rider on score_review (rider_id, reviewed_at desc);
create trigger score_review_append_only before update or delete on score_review
  for each row execute function refuse_change();
create trigger score_review_no_truncate before truncate on score_review
  for each statement execute function refuse_change();

insert into course (course_id, document, active, changed_by, changed_at) values
('safe-riding', '{
  "titleEn": "Riding safely and still on time", "titleZh": "安全骑行也能准时",
  "minutes": 15, "passPercent": 80,
  "questions": [
    {"en": "Your route would need 30 km/h. What do you do?", "zh": "按路线需要骑到30公里每小时，你怎么办？",
     "choices": [{"en": "Ride at most 25 km/h; the platform''s plan is wrong, not you", "zh": "最高25公里每小时，错在平台的计划"}, {"en": "Ride faster this once", "zh": "就快这一次"}, {"en": "Take the lane against traffic", "zh": "逆行"}], "right": 0},
    {"en": "The gate of the compound is locked. What first?", "zh": "小区大门锁着，先做什么？",
     "choices": [{"en": "Leave the goods at the gate and tap delivered", "zh": "放门口点送达"}, {"en": "Report it in the app with a picture: the clock stops counting against you", "zh": "在应用里拍照上报，超时不算你的"}, {"en": "Wait without a word", "zh": "一声不响地等"}], "right": 1},
    {"en": "You feel dizzy in the heat with two orders aboard.", "zh": "天热头晕，手上还有两单。",
     "choices": [{"en": "Finish both quickly", "zh": "赶紧送完"}, {"en": "Switch the phone off", "zh": "关机"}, {"en": "Stop in the shade and ask for reassignment or help", "zh": "在阴凉处停下，申请转单或求助"}], "right": 2},
    {"en": "A red weather alert comes.", "zh": "发布红色天气预警。",
     "choices": [{"en": "No lateness counts; end safely what you carry", "zh": "超时不计，安全送完手上的"}, {"en": "Hurry before it gets worse", "zh": "趁没变坏赶快送"}], "right": 0},
    {"en": "After four hours without a break", "zh": "连续工作四小时后",
     "choices": [{"en": "there are no offers for 20 minutes, and it costs nothing", "zh": "20分钟不派单，不扣任何分"}, {"en": "the score falls", "zh": "会扣分"}], "right": 0}
  ]}', true, 'platform', timestamptz '2020-01-01 00:00:00+08'),
('handing-over', '{
  "titleEn": "Handing over well", "titleZh": "交付好每一单",
  "minutes": 10, "passPercent": 75,
  "questions": [
    {"en": "The customer does not answer.", "zh": "顾客不接电话。",
     "choices": [{"en": "Tap delivered and go on", "zh": "点送达走人"}, {"en": "Try every number, report unreachable; the clock stops", "zh": "号码都打过，上报联系不上，计时停止"}], "right": 1},
    {"en": "A cup leaks because it was packed badly.", "zh": "包装不好，饮料漏了。",
     "choices": [{"en": "Picture and report: packaging is not your fault", "zh": "拍照上报，包装问题不算你的责任"}, {"en": "Say nothing", "zh": "不说"}], "right": 0},
    {"en": "You may leave goods at the door", "zh": "什么时候可以放门口？",
     "choices": [{"en": "always", "zh": "随时"}, {"en": "at the agreed drop point, with a picture", "zh": "约定的放置点，并拍照"}], "right": 1},
    {"en": "A deduction seems wrong to you.", "zh": "你觉得扣分不对。",
     "choices": [{"en": "Appeal within 72 hours; it does not count in your level meanwhile", "zh": "72小时内申诉，期间不计入等级"}, {"en": "Nothing can be done", "zh": "没办法"}], "right": 0}
  ]}', true, 'platform', timestamptz '2020-01-01 00:00:00+08');
