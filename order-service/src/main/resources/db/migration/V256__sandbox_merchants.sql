-- A merchant that only rehearses: its keys make sandbox orders and no others.
alter table merchant add column sandbox_only boolean not null default false;
