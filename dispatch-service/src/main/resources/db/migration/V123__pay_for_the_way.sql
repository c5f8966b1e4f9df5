-- Which part of a job's pay is for the way (里程). Jobs from before are paid as one sum.
alter table job add column distance_pay_fen bigint;
alter table job add constraint job_distance_pay check (distance_pay_fen between 0 and base_pay_fen);
