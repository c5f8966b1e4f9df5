-- One purchase that takes several riders (切箱): the first order leads, the others are linked to it.
alter table orders add column linked_to text references orders;
-- Orders that are linked to this one.
alter table orders add column part_count integer not null default 0 check (part_count >= 0);
-- The boxes the goods are packed in, as JSON; null for orders from before there were boxes.
alter table orders add column boxes text;
create index orders_linked on orders (linked_to) where linked_to is not null;
