-- The row of the table of exceptions that stands for the job; null while all is well.
alter table job add column exception text;
