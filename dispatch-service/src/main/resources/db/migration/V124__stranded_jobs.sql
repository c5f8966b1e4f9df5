-- Whom a job was last taken from through no fault of theirs, so that somebody else carries it on (滞留单); JSON.
alter table job add column stranded text;
