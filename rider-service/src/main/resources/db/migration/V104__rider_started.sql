-- First working day, business date; unknown for who was there before anybody asked.
alter table rider add column started_on date;
