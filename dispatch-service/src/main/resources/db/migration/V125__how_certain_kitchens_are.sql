-- By when four of five orders of a store can be taken; null for what was learned before it was kept.
alter table learned_store add column kitchen_p80_seconds integer;
