-- Sessions of the merchants' page that were signed out before their token ended.
create table merchant_session_ended (
    session_id      text primary key,
    wall_expires_at timestamptz not null
);
