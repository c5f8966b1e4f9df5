-- Personal data is sealed: the plain columns stay only until the start-up sweep has sealed what an
-- older version wrote in them. `sealed` opens with the key named by `sealed_with` and only as this
-- order's. The hashes are keyed: they find equal phones and doors and tell neither.
alter table order_contact alter column name drop not null;
alter table order_contact alter column phone drop not null;
alter table order_contact alter column address drop not null;
alter table order_contact
    add column sealed         text,
    add column sealed_with    text,
    add column phone_hash     text,
    add column door_hash      text,
    -- When the order was first seen ended, and when its personal data went. Wall time: what is
    -- promised to people does not run on the city's clock.
    add column wall_ended_at  timestamptz,
    add column wall_erased_at timestamptz;
alter table order_contact
    add constraint order_contact_one_form check ((sealed is null) = (sealed_with is null));
create index order_contact_phone on order_contact (phone_hash) where phone_hash is not null;
create index order_contact_door on order_contact (door_hash) where door_hash is not null;
create index order_contact_plain on order_contact (order_id) where phone is not null;
create index order_contact_under_way on order_contact (order_id) where wall_ended_at is null;
create index order_contact_kept on order_contact (wall_ended_at)
    where wall_ended_at is not null and wall_erased_at is null;
