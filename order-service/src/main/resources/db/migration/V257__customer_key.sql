-- What dispatch knows a customer by: a keyed hash of the telephone, so that a rider's block finds the next order.
-- Goes with the contact. Orders from before have none.
alter table orders add column customer_key text;
