-- When a store is open, in the city's zone, beside its switch: one line such as
-- "Mo-Fr 08:00-22:00; Sa 10:00-02:00; 2027-02-06 off". Null: the switch alone.
alter table store add column hours text;
