package org.shanpai.order.live.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Tx;
import org.shanpai.order.live.MerchantEvent;
import org.shanpai.order.live.MerchantEvents;

/** {@link MerchantEvents} in PostgreSQL. */
@ApplicationScoped
class PostgresMerchantEvents implements MerchantEvents {

  // A gap where nothing was stored for a while: a reader from before cannot go on as if all were
  // there.
  private static final String LISTEN =
      """
      insert into merchant_stream as s (merchant_id, last_seq, listening, wall_listened_at)
      select m.merchant_id, 0, true, :now from merchant m where m.merchant_id = :merchant
      on conflict (merchant_id) do update set wall_listened_at = :now, listening = true,
        last_seq = s.last_seq + case when s.listening then 0 else 1 end
      returning cast(pg_current_xact_id() as text)
      """;

  private static final String TRY_LOCK =
      "select pg_try_advisory_xact_lock(hashtextextended('merchant-event-numbers', 0))";

  // Ids of one order's events rise with its versions, for each is written under the order's lock.
  private static final String NUMBER =
      """
      with fresh as (
        select event_id, merchant_id,
            row_number() over (partition by merchant_id order by event_id) as n
        from (select event_id, merchant_id from merchant_event where seq is null
              order by event_id limit :most) f),
      counted as (select merchant_id, count(*) as k from fresh group by merchant_id),
      raised as (
        update merchant_stream s set last_seq = s.last_seq + c.k from counted c
        where s.merchant_id = c.merchant_id
        returning s.merchant_id, s.last_seq - c.k as base)
      update merchant_event e set seq = r.base + f.n
      from fresh f join raised r on r.merchant_id = f.merchant_id
      where e.event_id = f.event_id
      """;

  private static final String AFTER =
      """
      select w.merchant, e.seq, e.type, e.body
      from json_to_recordset(cast(cast(:wanted as text) as json)) as w (merchant text, seq bigint)
      cross join lateral (
        select m.seq, m.type, m.body from merchant_event m
        where m.merchant_id = w.merchant and m.seq > w.seq order by m.seq limit :most) e
      order by w.merchant, e.seq
      """;

  // Numbers have no gap, so as many must be stored as were given since; a merchant that did not
  // listen for a while left out a number.
  private static final String REACHES =
      """
      select s.last_seq, (select count(*) from merchant_event e
                          where e.merchant_id = s.merchant_id and e.seq > :seq)
      from merchant_stream s where s.merchant_id = :merchant
      """;

  private final Tx tx;

  PostgresMerchantEvents(Tx tx) {
    this.tx = tx;
  }

  @Override
  public Uni<Optional<Listening>> listen(String merchantId, Instant now) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(LISTEN, String.class)
                    .setParameter("merchant", merchantId)
                    .setParameter("now", now)
                    .getSingleResultOrNull())
        .map(mark -> Optional.ofNullable(mark).map(Listening::new));
  }

  @Override
  public Uni<Boolean> settled(Listening listening) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select pg_snapshot_xmin(pg_current_snapshot())"
                            + " > cast(cast(:mark as text) as xid8)",
                        Boolean.class)
                    .setParameter("mark", listening.mark())
                    .getSingleResult());
  }

  @Override
  public Uni<Long> newest(String merchantId) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select last_seq from merchant_stream where merchant_id = :merchant",
                        Long.class)
                    .setParameter("merchant", merchantId)
                    .getSingleResultOrNull())
        .map(last -> last == null ? 0 : last);
  }

  @Override
  public Uni<Integer> number(int most) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(TRY_LOCK, Boolean.class)
                    .getSingleResult()
                    .chain(
                        mine ->
                            // A statement of its own, so that it sees what the last one numbered.
                            mine
                                ? session
                                    .createNativeQuery(NUMBER)
                                    .setParameter("most", most)
                                    .executeUpdate()
                                : Uni.createFrom().item(0)));
  }

  @Override
  public Uni<List<MerchantEvent>> after(Map<String, Long> cursors, int most) {
    List<Map<String, Object>> wanted = new ArrayList<>();
    cursors.forEach((merchant, seq) -> wanted.add(Map.of("merchant", merchant, "seq", seq)));
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(AFTER, Object[].class)
                    .setParameter("wanted", Json.write(wanted))
                    .setParameter("most", most)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new MerchantEvent(
                                (String) row[0],
                                ((Number) row[1]).longValue(),
                                (String) row[2],
                                (String) row[3]))
                    .toList());
  }

  @Override
  public Uni<Boolean> reachesBackTo(String merchantId, long seq) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(REACHES, Object[].class)
                    .setParameter("merchant", merchantId)
                    .setParameter("seq", seq)
                    .getSingleResultOrNull())
        .map(
            row ->
                row != null
                    && ((Number) row[0]).longValue() - seq == ((Number) row[1]).longValue());
  }

  @Override
  public Uni<Void> touch(Collection<String> merchants, Instant now) {
    if (merchants.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update merchant_stream set wall_listened_at = :now"
                            + " where merchant_id in (:merchants)")
                    .setParameter("now", now)
                    .setParameter("merchants", merchants)
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Integer> forget(Instant before) {
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "update merchant_stream set listening = false"
                            + " where listening and wall_listened_at < :before")
                    .setParameter("before", before)
                    .executeUpdate()
                    .chain(
                        () ->
                            session
                                .createNativeQuery(
                                    "delete from merchant_event where wall_at < :before")
                                .setParameter("before", before)
                                .executeUpdate()));
  }
}
