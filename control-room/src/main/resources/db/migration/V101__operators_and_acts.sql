create table operator (
  username      text primary key,
  password_hash text        not null,
  roles         text        not null,
  created_at    timestamptz not null,
  created_by    text        not null
);

-- One-time codes for the first operator, hashed. Every unused one is good until somebody is the
-- first; then all of them are gone.
create table first_operator_code (
  code_hash  text primary key,
  created_at timestamptz not null
);

-- Failed sign-ins by user name and by address, so that neither can be guessed at for long.
create table sign_in_failure (
  who           text primary key,
  failures      int         not null,
  first_at      timestamptz not null,
  blocked_until timestamptz
);

-- Signed-out sessions whose token would still be good.
create table ended_session (
  session_id text primary key,
  expires_at timestamptz not null
);

-- Every act of an operator, with its reason and what came of it. Rows are never changed but for the
-- outcome.
create table operator_act (
  act_id      text primary key,
  operator    text        not null,
  request_key text        not null,
  kind        text        not null,
  subject     text        not null,
  reason      text        not null,
  request     text        not null,
  at_city     timestamptz not null,
  at_wall     timestamptz not null,
  status      int,
  answer      text,
  unique (operator, request_key)
);
create index operator_act_subject on operator_act (subject, at_wall);

-- The streets drawn behind everything: one document a city.
create table street_map (
  city_id  text primary key,
  version  bigint      not null,
  put_by   text        not null,
  put_at   timestamptz not null,
  doc      jsonb       not null
);
