-- What riders are called, as rider-service tells it: a label.
create table rider_label (
    rider_id text primary key,
    version  bigint not null,
    label    text   not null
);

-- Whose doors a rider has before one of them.
create index orders_aboard on orders (rider_id) where status in ('PICKED_UP', 'RIDER_AT_CUSTOMER');

-- What a customer says of a delivery, at most once of each kind; later words replace earlier ones.
create table order_feedback (
    order_id        text        not null references orders,
    kind            text        not null check (kind in ('RATING', 'PRAISE', 'COMPLAINT')),
    revision        bigint      not null check (revision > 0),
    stars           integer check (stars between 1 and 5),
    tags            text        not null,
    words           text,
    verified        boolean     not null,
    at              timestamptz not null,
    wall_changed_at timestamptz not null,
    primary key (order_id, kind)
);
create index order_feedback_words on order_feedback (wall_changed_at) where words is not null;

-- Delivery codes typed with feedback that were wrong.
create table feedback_code_try (
    order_id text primary key references orders,
    tries    integer not null
);
