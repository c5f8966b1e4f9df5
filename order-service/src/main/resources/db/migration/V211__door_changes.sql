-- Doors that were asked for. What is personal is sealed, and gone once the change is decided.
create table order_change (
    change_id text primary key,
    order_id  text        not null references orders,
    change_no bigint      not null check (change_no > 0),
    metres    integer     not null check (metres >= 0),
    sealed    text,
    at        timestamptz not null,
    unique (order_id, change_no)
);
