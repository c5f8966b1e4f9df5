package org.shanpai.rider.stream;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.messaging.Columns;
import org.shanpai.messaging.Instants;
import org.shanpai.messaging.Json;
import org.shanpai.messaging.Statement;
import org.shanpai.messaging.Tx;

/**
 * The stored messages of every rider: what a phone that was away gets when it comes back.
 *
 * <p>A number is taken from the rider's counter row in the transaction that also holds the message;
 * the row stays locked until the commit. So a reader who sees number n sees all before it: reading
 * "above the last" loses nothing here.
 */
@ApplicationScoped
public class RiderMessages {

  private static final String APPEND =
      "with next as (insert into rider_stream (rider_id, last_seq) values (:rider, 1)"
          + " on conflict (rider_id) do update set last_seq = rider_stream.last_seq + 1"
          + " returning last_seq)"
          + " insert into rider_message (rider_id, seq, type, body, created_at)"
          + " select :rider, last_seq, :type, :body, :at from next returning seq";

  private static final Statement APPEND_ALL =
      Statement.of(
          "with m as (select r, t, b, row_number() over (partition by r order by n) as i"
              + " from unnest(:riders::text[], :types::text[], :bodies::text[])"
              + " with ordinality as x (r, t, b, n)),"
              + " total as (select r, count(*) as c from m group by r),"
              + " next as (insert into rider_stream (rider_id, last_seq)"
              + " select r, c from total order by r"
              + " on conflict (rider_id) do update"
              + " set last_seq = rider_stream.last_seq + excluded.last_seq"
              + " returning rider_id, last_seq)"
              + " insert into rider_message (rider_id, seq, type, body, created_at)"
              + " select m.r, next.last_seq - total.c + m.i, m.t, m.b, :at from m"
              + " join next on next.rider_id = m.r join total on total.r = m.r"
              + " returning rider_id, seq, type, body, created_at");

  private final Tx tx;
  private final WallClock wall;
  private final CityClock city;
  private final RiderStreams streams;

  public RiderMessages(Tx tx, WallClock wall, CityClock city, RiderStreams streams) {
    this.tx = tx;
    this.wall = wall;
    this.city = city;
    this.streams = streams;
  }

  /**
   * Where a phone that comes new starts.
   *
   * @param seq the newest message already contained in what follows
   * @param work JSON of the rider's work; null when dispatch never told any
   * @param openOffers JSON of each offer still open, oldest first
   */
  record Snapshot(long seq, String work, List<String> openOffers) {}

  /**
   * Stores a message in the present transaction; open streams get it right after the commit.
   *
   * @param type what the phone knows it by, such as {@code offer}: one of {@link MessageType}
   */
  public Uni<Void> append(String riderId, String type, String body) {
    Instant now = wall.now();
    return tx.session()
        .chain(
            session ->
                session
                    .createNativeQuery(APPEND, Long.class)
                    .setParameter("rider", riderId)
                    .setParameter("type", MessageType.known(type))
                    .setParameter("body", body)
                    .setParameter("at", now)
                    .getSingleResult())
        .invoke(
            seq -> {
              RiderMessage message = new RiderMessage(riderId, seq, type, body, now.toEpochMilli());
              tx.afterCommit(() -> streams.committed(message));
            })
        .replaceWithVoid();
  }

  /**
   * A message for {@link #appendAll}.
   *
   * @param type as in {@link #append}
   */
  public record Addressed(String riderId, String type, String body) {}

  /** Stores many messages in the present transaction in one statement; each rider's in order. */
  public Uni<Void> appendAll(List<Addressed> messages) {
    if (messages.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Instant now = wall.now();
    Columns<Addressed> columns = Columns.of(messages);
    return tx.select(
            APPEND_ALL
                .filled()
                .with("riders", columns.texts(Addressed::riderId))
                .with("types", columns.texts(one -> MessageType.known(one.type())))
                .with("bodies", columns.texts(Addressed::body))
                .with("at", now))
        .invoke(
            stored -> {
              List<RiderMessage> sent =
                  read(stored).stream()
                      .sorted(java.util.Comparator.comparingLong(RiderMessage::seq))
                      .toList();
              tx.afterCommit(() -> sent.forEach(streams::committed));
            })
        .replaceWithVoid();
  }

  /**
   * The same message to many riders, in the present transaction. Open streams find it at their next
   * look, half a second later at most.
   *
   * @param riders a query that gives rider ids; takes the parameters named
   */
  public Uni<Integer> appendToMany(
      String riders, Map<String, Object> parameters, String type, String body) {
    return tx.session()
        .chain(
            session -> {
              var query =
                  session
                      .createNativeQuery(
                          "with addressed as ("
                              + riders
                              + "), numbered as ("
                              + " insert into rider_stream (rider_id, last_seq)"
                              + " select rider_id, 1 from addressed order by rider_id"
                              + " on conflict (rider_id) do update"
                              + " set last_seq = rider_stream.last_seq + 1"
                              + " returning rider_id, last_seq)"
                              + " insert into rider_message (rider_id, seq, type, body, created_at)"
                              + " select rider_id, last_seq, :type, :body, :at from numbered")
                      .setParameter("type", MessageType.known(type))
                      .setParameter("body", body)
                      .setParameter("at", wall.now());
              parameters.forEach(query::setParameter);
              return query.executeUpdate();
            });
  }

  /** The rider's messages after that number, oldest first, at most so many. */
  Uni<List<RiderMessage>> after(String riderId, long seq, int limit) {
    return tx.detached(
        () ->
            tx.read(
                () ->
                    tx.session()
                        .chain(
                            session ->
                                session
                                    .createNativeQuery(
                                        "select rider_id, seq, type, body, created_at"
                                            + " from rider_message where rider_id = :rider"
                                            + " and seq > :seq order by seq",
                                        Object[].class)
                                    .setParameter("rider", riderId)
                                    .setParameter("seq", seq)
                                    .setMaxResults(limit)
                                    .getResultList())
                        .map(RiderMessages::read)));
  }

  /** For every rider named, the messages after theirs; one query however many riders. */
  Uni<List<RiderMessage>> after(Map<String, Long> seqs, int limit) {
    List<Map<String, Object>> wanted = new ArrayList<>();
    seqs.forEach((rider, seq) -> wanted.add(Map.of("rider", rider, "seq", seq)));
    String json = Json.write(wanted);
    return tx.detached(
        () ->
            tx.read(
                () ->
                    tx.session()
                        .chain(
                            session ->
                                session
                                    .createNativeQuery(
                                        "select m.rider_id, m.seq, m.type, m.body, m.created_at"
                                            + " from json_to_recordset(cast(cast(:wanted as text)"
                                            + " as json)) as w (rider text, seq bigint)"
                                            + " join rider_message m on m.rider_id = w.rider"
                                            + " and m.seq > w.seq order by m.rider_id, m.seq",
                                        Object[].class)
                                    .setParameter("wanted", json)
                                    .setMaxResults(limit)
                                    .getResultList())
                        .map(RiderMessages::read)));
  }

  /**
   * Whether every message after that number is still stored, so that a phone can go on from it.
   *
   * @param seq the last message the phone got
   */
  Uni<Boolean> reachesBackTo(String riderId, long seq) {
    return tx.detached(
        () ->
            tx.read(
                () ->
                    tx.session()
                        .chain(
                            session ->
                                session
                                    .createNativeQuery(
                                        "select s.last_seq, (select min(m.seq) from rider_message m"
                                            + " where m.rider_id = s.rider_id)"
                                            + " from rider_stream s where s.rider_id = :rider",
                                        Object[].class)
                                    .setParameter("rider", riderId)
                                    .getSingleResultOrNull())
                        .map(
                            row -> {
                              if (row == null) {
                                return seq == 0;
                              }
                              long last = number(row[0]);
                              long oldest = row[1] == null ? last + 1 : number(row[1]);
                              return seq <= last && seq >= oldest - 1;
                            })));
  }

  /** The rider's present state and the number of the newest message, seen at one moment. */
  Uni<Snapshot> snapshot(String riderId) {
    Instant now = city.now();
    return tx.detached(
        () ->
            tx.read(
                () ->
                    tx.session()
                        .chain(
                            session ->
                                session
                                    // One statement sees one moment; two would not.
                                    .createNativeQuery(
                                        "select coalesce(s.last_seq, 0), w.body, o.body"
                                            + " from (select cast(:rider as text) as rider_id) r"
                                            + " left join rider_stream s"
                                            + " on s.rider_id = r.rider_id"
                                            + " left join rider_work w on w.rider_id = r.rider_id"
                                            + " left join rider_offer o on o.rider_id = r.rider_id"
                                            + " and o.status = 'OPEN' and o.expires_at > :now"
                                            + " order by o.created_at, o.offer_id",
                                        Object[].class)
                                    .setParameter("rider", riderId)
                                    .setParameter("now", now)
                                    .getResultList())
                        .map(
                            rows -> {
                              Object[] first = rows.get(0);
                              List<String> offers =
                                  rows.stream()
                                      .map(row -> (String) row[2])
                                      .filter(body -> body != null)
                                      .toList();
                              return new Snapshot(number(first[0]), (String) first[1], offers);
                            })));
  }

  /** Forgets messages older than that; returns how many. */
  Uni<Integer> forgetBefore(Duration age) {
    Instant oldest = wall.now().minus(age);
    return tx.detached(
        () ->
            tx.write(
                () ->
                    tx.session()
                        .chain(
                            session ->
                                session
                                    .createNativeQuery(
                                        "delete from rider_message where created_at < :oldest")
                                    .setParameter("oldest", oldest)
                                    .executeUpdate())));
  }

  private static List<RiderMessage> read(List<Object[]> rows) {
    return rows.stream()
        .map(
            row ->
                new RiderMessage(
                    (String) row[0],
                    number(row[1]),
                    (String) row[2],
                    (String) row[3],
                    Instants.of(row[4]).toEpochMilli()))
        .toList();
  }

  private static long number(Object column) {
    return ((Number) column).longValue();
  }
}
