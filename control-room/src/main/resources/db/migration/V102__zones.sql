-- Zones as geo-service told them; one that holds no longer stays with removed in its document, so
-- that an older state cannot bring it back.
create table zone_state (
  zone_id text primary key,
  version bigint not null,
  doc     jsonb  not null
);
