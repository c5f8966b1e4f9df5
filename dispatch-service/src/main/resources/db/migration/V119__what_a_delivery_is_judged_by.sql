-- What the score judges a delivery by, beside deadline and compensation: all of the present rider's time in hand.
alter table job add column planned_at_offer timestamptz;
alter table job add column no_fault_delays text;
alter table job add column exemptions text;
comment on column job.planned_at_offer is 'arrival at the customer by the plan that was offered, city time';
comment on column job.no_fault_delays is 'JSON list of cause, start and end; compensation_millis is their union';
comment on column job.exemptions is 'E codes of the reports that exempt the delivery, separated by blanks';
alter table job add column hand_backs text;
comment on column job.hand_backs is 'JSON list of riders who lost the job before the pickup; grows only';
